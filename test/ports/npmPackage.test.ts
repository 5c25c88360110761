import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { cli, record } from '../cli/recordedTraces.ts';
import { packageProgram } from '../run/command.ts';
import { withInstalledPackage } from './installedPackage.ts';

const project = withInstalledPackage();

test('the npm package holds the library, the program, what tests need, and types; nothing of the editor', async () => {
  const installed = path.join(project().folder, 'node_modules', 'hinternet-explorer');
  const files = readdirSync(installed, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile() && !one.name.endsWith('.d.ts'))
    .map((one) => path.relative(installed, path.join(one.parentPath, one.name)).replaceAll(path.sep, '/'));
  assert.deepEqual(files.toSorted(), [
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'dist/cli.js',
    'dist/opentelemetry.cjs',
    'dist/opentelemetry.js',
    'dist/testing.cjs',
    'dist/testing.js',
    'dist/types/cjs/package.json',
    'dist/wininet.cjs',
    'dist/wininet.js',
    'package.json',
  ]);
  const manifest = JSON.parse(readFileSync(path.join(installed, 'package.json'), 'utf8'));
  for (const absent of [
    'private',
    'contributes',
    'dependencies',
    'optionalDependencies',
    'devDependencies',
    'scripts',
  ]) {
    assert.ok(!(absent in manifest), absent);
  }
  assert.match(manifest.description, /^WinINet/);
});

test('everything that the npm package exports can be imported and required where it is installed', async () => {
  const { write, node, folder } = project();
  const manifest = JSON.parse(
    readFileSync(path.join(folder, 'node_modules', 'hinternet-explorer', 'package.json'), 'utf8'),
  );
  const names = Object.keys(manifest.exports).filter((name) => name !== './package.json');
  assert.ok(names.length >= 3);
  const modules = names.map((name) => `hinternet-explorer/${name.slice(2)}`);
  const imports = write('imports.mjs', modules.map((name) => `import '${name}';\n`).join(''));
  const requires = write('requires.cjs', modules.map((name) => `require('${name}');\n`).join(''));
  for (const program of [imports, requires]) assert.deepEqual(await node([program]), { code: 0, output: '' });
});

test('npx hinternet-explorer checks and shows a trace where the package is installed', async () => {
  const { folder, npx } = project();
  const trace = path.join(folder, 'x.hintrace');
  await record(trace, `${path.join(folder, 'program.mjs')}:7:1`, async (wininet) => {
    const root = await wininet.InternetOpen('npx/1.0');
    await wininet.InternetCloseHandle(root);
    await assert.rejects(wininet.InternetCloseHandle(root));
    await wininet.InternetOpen('left open');
  });
  const checked = await npx('hinternet-explorer', 'check', '--sarif', 'x.sarif', 'x.hintrace');
  assert.match(checked.output, /Closed twice \[double-close\]\n {4}program\.mjs:7:1\n/);
  assert.equal(checked.code, 1);
  assert.equal(JSON.parse(readFileSync(path.join(folder, 'x.sarif'), 'utf8')).version, '2.1.0');
  const shown = await npx('hinternet-explorer', 'show', 'x.hintrace');
  assert.deepEqual(shown, { code: 0, output: '0x00CC0004 InternetOpen: root, open, left open\n' });
  const version = await npx('hinternet-explorer', '--version');
  assert.deepEqual(version.output, (await cli(folder, ['--version'])).output);
});

test('npx hinternet-explorer finds in the trace of a program that has ended what it never closed, and where it made it', async () => {
  const { write, node, npx, folder } = project();
  const program = write(
    'leaky.mjs',
    `import * as wininet from 'hinternet-explorer/wininet';
const root = await wininet.InternetOpen('leaky/1.0');
const session = await wininet.InternetConnect(root, '127.0.0.1', 80, null, null, wininet.INTERNET_SERVICE_HTTP, 0, 0);
await wininet.InternetCloseHandle(session);
await wininet.InternetCloseHandle(session).catch(() => undefined);
`,
  );
  assert.deepEqual(await node([program], { HINTERNET_TRACE: 'leaky.hintrace' }), { code: 0, output: '' });
  const { code, output } = await npx('hinternet-explorer', 'check', '--sarif', 'leaky.sarif', 'leaky.hintrace');
  assert.equal(
    output,
    `leaky.hintrace: leaky.mjs
  error  Closed twice [double-close]
    leaky.mjs:5:15
      InternetCloseHandle was called with 0x00CC0008, which had been closed before.
      made at leaky.mjs:3:31
      closed at leaky.mjs:4:15
    Fix: Close a handle once, and forget it then.
  warning  Never closed [leak-at-exit]
    leaky.mjs:2:28
      Root 0x00CC0004 (leaky/1.0) was never closed: the program ended with it open.
    Fix: Call InternetCloseHandle on every way out, also after an error.

2 findings in 1 trace (2 handles opened, 1 open at the end): 1 of severity error, 1 of severity warning. 2 make the check fail (--fail-on error,leaks).
`,
  );
  assert.equal(code, 1);
  const [run] = JSON.parse(readFileSync(path.join(folder, 'leaky.sarif'), 'utf8')).runs;
  const artifactLocation = { uri: 'leaky.mjs', uriBaseId: '%SRCROOT%' };
  assert.deepEqual(run.results[0].relatedLocations, [
    {
      physicalLocation: { artifactLocation, region: { startLine: 3, startColumn: 31 } },
      message: { text: 'The handle was made here.' },
    },
    {
      physicalLocation: { artifactLocation, region: { startLine: 4, startColumn: 15 } },
      message: { text: 'The handle was closed here.' },
    },
  ]);
  const leaks = await npx('hinternet-explorer', 'check', '--only', 'leaks', '--fail-on', 'leaks', 'leaky.hintrace');
  assert.equal(leaks.code, 1);
  assert.match(leaks.output, /^1 finding in 1 trace/m);
});

test('hinternet-explorer/testing gives the same names to import and to require', async () => {
  const { node } = project();
  const imported = await node([
    '--input-type=module',
    '-e',
    `console.log(Object.keys(await import('hinternet-explorer/testing')).sort().join())`,
  ]);
  const required = await node(['-e', `console.log(Object.keys(require('hinternet-explorer/testing')).sort().join())`]);
  assert.equal(
    imported.output,
    'HandleJournal,assertCallbackOrder,assertNoOpenHandles,assertTree,markOpenHandles,watchHandles\n',
  );
  assert.deepEqual(required, imported);
});

test('assertNoOpenHandles of an imported test sees the handles of a program that requires the library', async () => {
  const { write, node } = project();
  write('required.cjs', "exports.open = () => require('hinternet-explorer/wininet').InternetOpen('required');\n");
  const file = write(
    'mixed.mjs',
    `import { assertNoOpenHandles, assertCallbackOrder } from 'hinternet-explorer/testing';
import { InternetOpen, InternetCloseHandle } from 'hinternet-explorer/wininet';
import required from './required.cjs';
const own = await InternetOpen('imported');
const other = await required.open();
assertCallbackOrder(own, []);
assertCallbackOrder(other, []);
await InternetCloseHandle(own);
assertNoOpenHandles();
`,
  );
  const { code, output } = await node([file]);
  assert.equal(code, 1);
  assert.match(
    output,
    /1 handle is still open.*\n\n0x00CC0004 InternetOpen: root, open, required \(made at .*required\.cjs:1:60\)\n/,
  );
});

test('assertions of an imported test take journals and watches of a file that requires them', async () => {
  const { write, node } = project();
  write(
    'checks.cjs',
    `const { HandleJournal, watchHandles } = require('hinternet-explorer/testing');
exports.journal = new HandleJournal();
exports.watch = watchHandles(exports.journal);
`,
  );
  const file = write(
    'helped.mjs',
    `import { assertTree, assertCallbackOrder } from 'hinternet-explorer/testing';
import { createDrivers, createWinInet } from 'hinternet-explorer/wininet';
import { journal, watch } from './checks.cjs';
const { InternetOpen } = createWinInet({ drivers: createDrivers(), recorder: journal });
const root = await InternetOpen('helped');
for (const watched of [journal, watch]) {
  assertTree('InternetOpen: root, open, helped', watched);
  assertCallbackOrder(root, [], { watched });
}
`,
  );
  assert.deepEqual(await node([file]), { code: 0, output: '' });
});

test('the npm package tells the types of whatever it exports to compilers that do not read exports', () => {
  const installed = path.join(project().folder, 'node_modules', 'hinternet-explorer');
  const manifest = JSON.parse(readFileSync(path.join(installed, 'package.json'), 'utf8'));
  const told: Readonly<Record<string, readonly string[]>> = manifest.typesVersions['*'];
  const names = Object.keys(manifest.exports).map((name) => name.slice(2));
  assert.deepEqual(
    Object.keys(told),
    names.filter((name) => name !== 'package.json'),
  );
  for (const file of Object.values(told).flat()) assert.ok(existsSync(path.join(installed, file)), file);
});

for (const extension of ['mts', 'cts']) {
  test(`hinternet-explorer/testing has types for a .${extension} program under nodenext`, async () => {
    const { write, lend, node, folder } = project();
    lend('@types/node');
    const compile = async (statement: string, ...types: readonly string[]) => {
      const program = write(
        `types.${extension}`,
        `import { assertCallbackOrder, assertNoOpenHandles, assertTree, HandleJournal, watchHandles } from 'hinternet-explorer/testing';
import { createDrivers, createWinInet, INTERNET_STATUS_HANDLE_CLOSING, InternetOpen } from 'hinternet-explorer/wininet';
export async function run(): Promise<void> {
  const root = await InternetOpen('types');
  ${statement}
}
`,
      );
      const options = ['--ignoreConfig', '--noEmit', '--strict', '--module', 'nodenext', ...types];
      return node([packageProgram('tsc'), ...options, '--target', 'es2024', program]);
    };
    const right = `const journal = new HandleJournal();
  createWinInet({ drivers: createDrivers(), recorder: journal });
  assertNoOpenHandles(watchHandles(journal));
  assertTree('', journal);
  assertCallbackOrder(root, [INTERNET_STATUS_HANDLE_CLOSING], { others: true });`;
    assert.deepEqual(await compile(right), { code: 0, output: '' }, 'without those of Node, too');
    assert.deepEqual(await compile(right, '--types', 'node'), { code: 0, output: '' });
    assert.match((await compile("assertCallbackOrder(root, ['HANDLE_CLOSING']);")).output, /error TS2322/);
    rmSync(path.join(folder, 'node_modules', '@types'), { recursive: true });
  });
}
