// Builds dist/: extension.cjs for the extension host, webview.js and webview.css for the webview, and the library for plain
// Node: wininet.js and opentelemetry.js, the same as .cjs, and their types.
// usage: node esbuild.mjs [--production] [--watch] [--metafile]
import { execFile } from 'node:child_process';
import { cpSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { parseArgs, promisify } from 'node:util';
import esbuild from 'esbuild';

const root = import.meta.dirname;

/** undici's second HTTP parser runs only where UNDICI_USE_MILO=1 asks for it; left out, the bundle is a third smaller. */
const withoutMilo = {
  name: 'without-milo',
  setup(bundle) {
    bundle.onLoad({ filter: /[\\/]undici[\\/]lib[\\/]milo[\\/]/ }, () => ({ contents: 'module.exports = {};' }));
  },
};

/** See esbuild.d.mts. */
export function settings({ production = false, metafile = false }) {
  const common = {
    absWorkingDir: root,
    bundle: true,
    legalComments: 'eof', // licences of bundled packages travel with their code
    logLevel: 'warning',
    metafile,
    minifySyntax: production,
    minifyWhitespace: production,
    sourcemap: production ? false : 'linked',
    define: { 'process.env.NODE_ENV': JSON.stringify(production ? 'production' : 'development') },
  };
  const node = {
    ...common,
    outdir: 'dist',
    platform: 'node',
    target: 'node22.19', // inside VS Code 1.105, the oldest supported
    plugins: [withoutMilo],
    define: { ...common.define, 'process.env.UNDICI_USE_MILO': '"0"' },
    // Identifiers stay readable: a stack trace in a report has to mean something.
    minifyIdentifiers: false,
    // Node shows the line that threw what nobody caught.
    lineLimit: 160,
  };
  const extension = {
    ...node,
    entryPoints: { extension: 'extension/extension.ts' },
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
    external: ['vscode'],
  };
  const library = {
    ...node,
    entryPoints: {
      wininet: 'extension/library.ts',
      testing: 'extension/testing/index.ts',
      opentelemetry: 'extension/openTelemetry/index.ts',
    },
  };
  const libraryModule = {
    ...library,
    format: 'esm',
    // The bundled packages are CommonJS and ask for Node's own modules with require. Nothing here may name the file that it is in:
    // a program's bundler may put it into a CommonJS script, where import.meta is empty.
    banner: { js: 'const require = (name) => process.getBuiltinModule(name);' },
  };
  const libraryCommonJs = { ...library, outExtension: { '.js': '.cjs' }, format: 'cjs' };
  const cli = { ...node, entryPoints: { cli: 'extension/cli/main.ts' }, format: 'esm' };
  const webview = {
    ...common,
    entryPoints: { webview: 'webview/main.ts', comparison: 'webview/comparison/main.ts' },
    outdir: 'dist',
    platform: 'browser',
    format: 'iife',
    target: 'chrome138', // inside VS Code 1.105
    tsconfig: 'webview/tsconfig.json',
    loader: { '.ttf': 'file' },
    assetNames: '[name]',
    minifyIdentifiers: production,
  };
  return { extension, webview, libraryModule, libraryCommonJs, cli };
}

/** See esbuild.d.mts. */
export async function build(options = {}) {
  rmSync(path.join(root, 'dist'), { recursive: true, force: true });
  const bundles = Object.entries(settings(options)).map(async ([name, bundle]) => {
    const { metafile } = await esbuild.build(bundle);
    if (metafile) writeFileSync(path.join(root, 'dist', `meta-${name}.json`), JSON.stringify(metafile));
  });
  await Promise.all([...bundles, declareTypes()]);
}

/** Writes the library's types, once for importers and once for those who use require. */
async function declareTypes() {
  const types = path.join(root, 'dist', 'types');
  const compiler = path.join(
    path.dirname(createRequire(import.meta.url).resolve('typescript/package.json')),
    'bin/tsc',
  );
  await promisify(execFile)(process.execPath, [compiler, '-p', path.join(root, 'extension/tsconfig.library.json')]);
  for (const file of globSync(path.join(types, 'esm/**/*.d.ts'))) {
    writeFileSync(file, readFileSync(file, 'utf8').replace(/(["']\.{1,2}\/[^"'\n]*)\.ts(?=["'])/g, '$1.js'));
  }
  cpSync(path.join(types, 'esm'), path.join(types, 'cjs'), { recursive: true });
  writeFileSync(path.join(types, 'cjs/package.json'), '{ "type": "commonjs" }\n');
}

/** Builds again after every change of a source, until the process ends. */
async function watch(options) {
  for (const bundle of Object.values(settings(options))) {
    const context = await esbuild.context({ ...bundle, logLevel: 'info' });
    await context.watch();
  }
}

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({
    options: { production: { type: 'boolean' }, watch: { type: 'boolean' }, metafile: { type: 'boolean' } },
  });
  try {
    await (values.watch ? watch(values) : build(values));
  } catch (error) {
    // esbuild has shown its own errors already.
    if (!error.errors) console.error(error.message);
    process.exitCode = 1;
  }
}
