// `npm run package:npm`: builds for production and packs what `npm publish` takes in the repository's root.
//
// The package for npm is another than the extension: it holds the library, the command line program and what tests need, and its
// manifest must neither tell of commands and menus nor install what only this repository's own tests run on. So it gets a manifest
// of its own, made from package.json, which itself stays private.
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from '../esbuild.mjs';
import { runNpm } from './npmInstall.mjs';

const root = path.resolve(import.meta.dirname, '..');
/** What belongs to the package besides what package.json says can be imported or run. */
const FILES = ['dist/types', 'CHANGELOG.md', 'LICENSE', 'README.md'];
/** Parts of package.json that mean the same to npm as to VS Code. */
const SHARED = [
  ...['name', 'version', 'license', 'type', 'engines', 'keywords', 'exports', 'bin'],
  ...['peerDependencies', 'peerDependenciesMeta'],
];

/** See npmPackage.d.mts. */
export async function packForNpm(folder) {
  const staged = mkdtempSync(path.join(tmpdir(), 'hinternet-npm-'));
  try {
    const manifest = npmManifest();
    for (const file of [...FILES, ...filesIn([manifest.exports, manifest.bin])]) {
      cpSync(path.join(root, file), path.join(staged, file), { recursive: true });
    }
    writeFileSync(path.join(staged, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
    await runNpm(['pack', '--pack-destination', path.resolve(folder)], staged);
    return path.resolve(folder, `${manifest.name}-${manifest.version}.tgz`);
  } finally {
    rmSync(staged, { recursive: true, force: true });
  }
}

function npmManifest() {
  const own = readJson('package.json');
  const { description } = readJson('package.nls.json');
  const engines = { node: own.engines.node };
  return {
    ...Object.fromEntries(SHARED.map((name) => [name, own[name]])),
    typesVersions: { '*': typesByName(own.exports) },
    description,
    engines,
  };
}

/** For compilers that are told to resolve modules as Node 10 did, by default or by habit: they do not read `exports`. */
function typesByName(exports) {
  const required = Object.entries(exports).filter(([, conditions]) => conditions.require !== undefined);
  return Object.fromEntries(required.map(([name, { require }]) => [name.slice(2), [require.types]]));
}

/** The bundles that a part of package.json names. Types go along as a folder, and package.json is npm's own. */
function filesIn(part) {
  if (typeof part !== 'string') return Object.values(part).flatMap(filesIn);
  return /^\.\/dist\/[^/]+$/.test(part) ? [part] : [];
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
