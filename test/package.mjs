// `npm run package`: builds for production and packs hinternet-explorer.vsix in the repository's root.
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import path from 'node:path';
import { build } from '../esbuild.mjs';

const root = path.resolve(import.meta.dirname, '..');
const vsix = path.join(root, 'hinternet-explorer.vsix');

/** See package.d.mts. */
export async function packageExtension() {
  await build({ production: true });
  // Everything is bundled, so no dependency is packed; links in the README stay as they are, for there is no repository to point to.
  vsce('package', '--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links', '--out', vsix);
  return vsix;
}

/** See package.d.mts. */
export function packagedFiles() {
  return vsce('ls', '--no-dependencies')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .sort();
}

function vsce(...args) {
  const program = path.join(root, 'node_modules/@vscode/vsce/vsce');
  const run = spawnSync(process.execPath, [program, ...args], { cwd: root, encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`vsce ${args[0]} failed:\n${run.stdout}${run.stderr}`);
  return run.stdout;
}

if (process.argv[1] === import.meta.filename) {
  try {
    const file = await packageExtension();
    console.log(`${path.relative(process.cwd(), file)}: ${Math.ceil(statSync(file).size / 1024)} KB`);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
