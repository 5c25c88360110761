// Tests inside the extension host of a real VS Code: desktop VS Code where it can be downloaded, its server build elsewhere.
import { cpSync, existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import esbuild from 'esbuild';
import { root, runCommand } from './command.ts';
import { parseResults, type Results, single } from './results.ts';

const suite = path.join(root, '.vscode-test', 'suite');

/** Bundles test/vscode/suite, runs it in VS Code on a copy of the sample workspace, and yields what it counted. */
export async function runVscodeTests(): Promise<Results> {
  await bundleSuite();
  const scratch = mkdtempSync(path.join(tmpdir(), 'hinternet-vscode-'));
  const workspace = path.join(scratch, 'workspace');
  const report = path.join(scratch, 'results.json');
  cpSync(path.join(root, 'test/workspace'), workspace, { recursive: true });
  const code = await runCommand(
    'vscode',
    process.execPath,
    [path.join(import.meta.dirname, 'launchVscode.ts'), path.join(suite, 'index.cjs'), workspace],
    { HINTERNET_TEST_RESULTS: report },
  );
  const json = existsSync(report) ? readFileSync(report, 'utf8') : '';
  rmSync(scratch, { recursive: true, force: true });
  if (json === '') return single(`vscode: VS Code ended without results (exit code ${code})`, false);
  const results = parseResults(json);
  if (code === 0 || results.failed.length > 0) return results;
  return { ...results, failed: [`vscode: exit code ${code}`] };
}

/** Each test file becomes a bundle of its own, so that a new one is found by being there. */
async function bundleSuite(): Promise<void> {
  rmSync(suite, { recursive: true, force: true });
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: ['test/vscode/suite/index.ts', ...globSync('test/vscode/suite/**/*.test.ts', { cwd: root })],
    outdir: suite,
    outExtension: { '.js': '.cjs' },
    outbase: 'test/vscode/suite',
    bundle: true,
    packages: 'external',
    external: ['vscode'],
    platform: 'node',
    format: 'cjs',
    target: 'node22.19',
    sourcemap: 'inline',
    logLevel: 'warning',
  });
}
