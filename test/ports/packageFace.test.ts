import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { promisify } from 'node:util';
import * as spans from 'hinternet-explorer/opentelemetry';
import * as imported from 'hinternet-explorer/wininet';
import { functionNames } from '../../extension/shared/hierarchy.ts';
import { nodeIsTooOld } from '../../extension/shared/nodeVersion.ts';
import { withPlayground } from '../playground/withPlayground.ts';
import { packageProgram } from '../run/command.ts';

const run = promisify(execFile);
const playground = withPlayground();

test('hinternet-explorer/wininet gives the same names to import and to require', () => {
  const required: unknown = createRequire(import.meta.url)('hinternet-explorer/wininet');
  assert.ok(typeof required === 'object' && required !== null);
  assert.deepEqual(Object.keys(required).toSorted(), Object.keys(imported).toSorted());
  const names = new Set(Object.keys(imported));
  assert.deepEqual(
    functionNames.filter((fn) => !names.has(fn)),
    [],
  );
});

test('hinternet-explorer/opentelemetry gives the same names to import and to require', () => {
  const required: unknown = createRequire(import.meta.url)('hinternet-explorer/opentelemetry');
  assert.ok(typeof required === 'object' && required !== null);
  assert.deepEqual(Object.keys(required).toSorted(), Object.keys(spans).toSorted());
  assert.ok(Object.hasOwn(required, 'spanRecorder'));
});

/** A program as a stranger would write it, but for the line that loads the library. */
const PROGRAM = `
  (async () => {
    const [url, folder] = process.argv.slice(2);
    const root = await wininet.InternetOpen('stranger/1.0');
    const buffer = new Uint8Array(4096);
    for (const [address, flags] of [[url, 0], [folder, wininet.INTERNET_FLAG_PASSIVE]]) {
      const handle = await wininet.InternetOpenUrl(root, address, null, flags);
      for (let count; (count = await wininet.InternetReadFile(handle, buffer)) > 0; ) {
        process.stdout.write(Buffer.from(buffer.subarray(0, count)));
      }
    }
    const gone = await wininet.InternetOpenUrl(root, url.replace(/:\\d+\\/.*/, ':1/')).catch((error) => error);
    console.log(gone instanceof wininet.WinInetError, gone.symbol, wininet.GetLastError() === gone.code);
    await wininet.InternetCloseHandle(root);
  })();
`;

for (const [way, extension, load] of [
  ['import', 'mjs', "import * as wininet from 'hinternet-explorer/wininet';"],
  ['require', 'cjs', "const wininet = require('hinternet-explorer/wininet');"],
] as const) {
  test(`hinternet-explorer/wininet makes requests over HTTP and FTP for a program that loads it with ${way}`, async (t) => {
    const program = path.join(ownFolder(t), `program.${extension}`);
    writeFileSync(program, load + PROGRAM);
    const { http, ftp } = playground();
    const addresses = [new URL('/bytes/10000', http).href, new URL('/pub/notes.txt', ftp).href];
    // It ends by itself: nothing that the library holds keeps a program alive.
    const { stdout } = await run(process.execPath, [program, ...addresses]);
    assert.match(stdout, /First note\nSecond note\ntrue ERROR_INTERNET_CANNOT_CONNECT true\n$/);
    assert.ok(stdout.length > 10_000);
  });
}

for (const [type, extension] of [
  ['module', 'mts'],
  ['commonjs', 'cts'],
] as const) {
  test(`hinternet-explorer/wininet has types for a ${type} program, which see a wrong kind of handle`, async (t) => {
    const right = 'void InternetOpen(null).then((root) => InternetCloseHandle(root));';
    await compile(t, extension, right);
    const recorder = 'void createWinInet({ drivers: createDrivers(), recorder: spanRecorder() }).dispose();';
    await compile(t, extension, recorder);
    const wrong = 'void InternetOpen(null).then((root) => HttpSendRequest(root));';
    await assert.rejects(compile(t, extension, wrong), ({ stdout }: { stdout: string }) => /TS2345/.test(stdout));
  });
}

/** Compiles a program as a stranger would: in a folder of its own, with the library's types checked too. */
async function compile(t: TestContext, extension: string, statement: string): Promise<void> {
  const program = path.join(ownFolder(t), `program.${extension}`);
  const imports = [
    "import { createDrivers, createWinInet, HttpSendRequest, InternetCloseHandle, InternetOpen } from 'hinternet-explorer/wininet';",
    "import { spanRecorder } from 'hinternet-explorer/opentelemetry';",
  ];
  writeFileSync(program, [...imports, statement, ''].join('\n'));
  const options = ['--ignoreConfig', '--noEmit', '--strict', '--module', 'nodenext', '--types', 'node'];
  await run(process.execPath, [packageProgram('tsc'), ...options, '--target', 'es2024', program]);
}

/** A folder inside the package, so that its programs can load it by name. */
function ownFolder(t: TestContext): string {
  mkdirSync('test/artifacts', { recursive: true });
  const folder = mkdtempSync(path.join('test/artifacts', 'program-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

for (const [way, extension, text] of [
  ['import', 'mjs', "import 'hinternet-explorer/wininet';"],
  ['require', 'cjs', "require('hinternet-explorer/wininet');"],
] as const) {
  test(`hinternet-explorer/wininet says which Node it needs where ${way} loads it into an older one`, async (t) => {
    const older = olderNode();
    if (older === undefined) return t.skip('no older Node.js is installed');
    const program = path.join(ownFolder(t), `program.${extension}`);
    writeFileSync(program, text);
    await assert.rejects(run(older, [program]), /HINTERNET Explorer needs Node\.js 22\.19 or newer; this one is \d/);
  });
}

/** A Node of this machine on which the library cannot run. */
function olderNode(): string | undefined {
  const files = (process.env.PATH ?? '').split(path.delimiter).map((folder) => path.join(folder, 'node'));
  return files.find((file) => {
    const { stdout } = spawnSync(file, ['-p', 'process.versions.node'], { encoding: 'utf8' });
    return stdout ? nodeIsTooOld(stdout.trim()) !== null : false;
  });
}
