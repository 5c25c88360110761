// The steps of `npm test`, in the order in which they run.
import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from '../../esbuild.mjs';
import { packageExtension } from '../package.mjs';
import { prepareChromium, prepareServer } from '../vscode/host/prepare.ts';
import { heartbeat, packageProgram, root, runCommand } from './command.ts';
import { parseResults, type Results, single, total } from './results.ts';
import { runVscodeTests } from './vscodeTests.ts';

/** One part of the run. */
export interface Step {
  readonly name: string;
  readonly does: string;
  run(): Promise<Results>;
}

const PROJECTS = ['extension/shared', 'extension', 'webview', 'test'];
/** Folders whose tests need the bundles; they have steps of their own. */
const LATER = ['vscode', 'ports', 'program'];
const HANG_LIMIT_MS = 600_000;

export const STEPS: readonly Step[] = [
  { name: 'types', does: 'the TypeScript compiler on every project', run: types },
  { name: 'lint', does: 'format, rules of style and layers, promises left alone', run: lint },
  { name: 'unit', does: 'everything that needs no editor', run: unit },
  { name: 'build', does: 'the bundles, as shipped', run: buildBundles },
  {
    name: 'library',
    does: 'the library for plain Node, programs ported to it, and programs that are watched',
    run: library,
  },
  { name: 'vscode', does: 'tests inside the extension host of a real VS Code', run: vscode },
  { name: 'ui', does: 'the workbench, driven like a user would', run: ui },
  { name: 'package', does: 'the VSIX, installed into a real VS Code', run: packaged },
];

async function types(): Promise<Results> {
  const results: Results[] = [];
  for (const project of PROJECTS) {
    const code = await runCommand(`tsc ${project}`, packageProgram('tsc'), ['-p', project, '--noEmit']);
    console.log(`${code === 0 ? 'ok' : 'NOT OK'} ${project}`);
    results.push(single(`types of ${project}`, code === 0));
  }
  return total(results);
}

async function lint(): Promise<Results> {
  const floating = ['--type-aware', '-D', 'typescript/no-floating-promises', 'extension', 'webview', 'test'];
  return total([
    single('biome check', (await runCommand('biome', packageProgram('biome'), ['check'])) === 0),
    single('oxlint no-floating-promises', (await runCommand('oxlint', packageProgram('oxlint'), floating)) === 0),
  ]);
}

async function unit(): Promise<Results> {
  // The graph is tested in the Chromium that the later steps use too.
  const ready = await attempt('preparing', prepareHost);
  if (ready.failed.length > 0) return ready;
  const files = globSync('test/**/*.test.ts', { cwd: root });
  return nodeTests(
    'unit',
    files.filter((file) => !LATER.some((folder) => file.startsWith(path.join('test', folder)))),
  );
}

async function buildBundles(): Promise<Results> {
  const built = await attempt('build', () => build({ production: true, metafile: true }));
  const libraries = ['wininet', 'testing', 'opentelemetry'].flatMap((name) => [`dist/${name}.js`, `dist/${name}.cjs`]);
  const bundles = [
    ...['extension.cjs', 'webview.js', 'comparison.js', 'cli.js'].map((name) => `dist/${name}`),
    ...libraries,
  ];
  return total([built, ...bundles.map((file) => single(`${file} is there`, existsSync(path.join(root, file))))]);
}

async function library(): Promise<Results> {
  const ready = await attempt('build', () => build({ metafile: true }));
  if (ready.failed.length > 0) return ready;
  return nodeTests('library', globSync('test/{ports,program}/**/*.test.ts', { cwd: root }));
}

async function vscode(): Promise<Results> {
  const ready = await attempt('preparing', () => Promise.all([build({ metafile: true }), prepareHost()]));
  return ready.failed.length > 0 ? ready : runVscodeTests();
}

async function ui(): Promise<Results> {
  const ready = await attempt('preparing', () => Promise.all([build({ metafile: true }), prepareHost()]));
  if (ready.failed.length > 0) return ready;
  mkdirSync(path.join(root, 'test/artifacts'), { recursive: true });
  return nodeTests('ui', globSync('test/vscode/ui/**/*.test.ts', { cwd: root }));
}

async function packaged(): Promise<Results> {
  const ready = await attempt('packing', () => Promise.all([packageExtension(), prepareHost()]));
  if (ready.failed.length > 0) return ready;
  return nodeTests('package', globSync('test/vscode/vsix/**/*.test.ts', { cwd: root }));
}

/** Before the tests, where its progress can be seen, and where it does not count against a test's time. */
async function prepareHost(): Promise<void> {
  await prepareChromium(await prepareServer(console.log), console.log);
}

/** A thing that must be done before tests can run: it counts only when it fails. */
async function attempt(name: string, work: () => Promise<unknown>): Promise<Results> {
  const quiet = heartbeat(name);
  try {
    await work();
    return { passed: 0, failed: [], skipped: [] };
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return single(name, false);
  } finally {
    quiet.stop();
  }
}

/** Runs files under node:test. A file's failure to load is a failed test of that file's name. */
async function nodeTests(step: string, files: readonly string[]): Promise<Results> {
  if (files.length === 0) return { passed: 0, failed: [], skipped: [] };
  const scratch = mkdtempSync(path.join(tmpdir(), 'hinternet-results-'));
  const report = path.join(scratch, 'results.json');
  const code = await runCommand(step, process.execPath, [
    '--test',
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    `--test-reporter=${path.join(root, 'test/run/jsonReporter.mjs')}`,
    `--test-reporter-destination=${report}`,
    `--test-timeout=${HANG_LIMIT_MS}`,
    ...files.toSorted(),
  ]);
  const json = existsSync(report) ? readFileSync(report, 'utf8') : '';
  rmSync(scratch, { recursive: true, force: true });
  if (json === '') return single(`${step}: the test run ended without results (exit code ${code})`, false);
  const results = parseResults(json);
  const contradiction = code !== 0 && results.failed.length === 0;
  return contradiction ? total([results, single(`${step}: exit code ${code}`, false)]) : results;
}
