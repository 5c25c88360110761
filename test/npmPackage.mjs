// `npm run package:npm`: builds for production and packs what `npm publish` takes in the repository's root.
//
// The package for npm is another than the extension: it holds the library, the command line program and what tests need, and its
// manifest must neither tell of commands and menus nor install what only this repository's own tests run on. So it gets a manifest
// of its own, made from package.json, which itself stays private.
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from '../esbuild.mjs';
import { runNpm } from './npmInstall.mjs';

const root = path.resolve(import.meta.dirname, '..');
const FILES = ['dist/{cli,testing,wininet}.{js,cjs}', 'dist/types', 'CHANGELOG.md', 'LICENSE', 'README.md'];
/** The library asks Node for the system's certificates, which Node gives since this version. */
const OLDEST_NODE = '22.15.0';

/** See npmPackage.d.mts. */
export async function packForNpm(folder) {
  const staged = mkdtempSync(path.join(tmpdir(), 'hinternet-npm-'));
  try {
    for (const file of globSync(FILES, { cwd: root })) {
      cpSync(path.join(root, file), path.join(staged, file), { recursive: true });
    }
    const manifest = npmManifest();
    writeFileSync(path.join(staged, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
    await runNpm(['pack', '--pack-destination', path.resolve(folder)], staged);
    return path.resolve(folder, `${manifest.name}-${manifest.version}.tgz`);
  } finally {
    rmSync(staged, { recursive: true, force: true });
  }
}

function npmManifest() {
  const { name, version, license, type, keywords, exports, bin } = readJson('package.json');
  const { description } = readJson('package.nls.json');
  return { name, version, description, license, type, engines: { node: `>=${OLDEST_NODE}` }, keywords, exports, bin };
}

function readJson(file) {
  return JSON.parse(readFileSync(path.join(root, file), 'utf8'));
}

if (process.argv[1] === import.meta.filename) {
  try {
    await build({ production: true });
    const file = await packForNpm(root);
    console.log(`${path.relative(process.cwd(), file)}: ${Math.ceil(statSync(file).size / 1024)} KB`);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
