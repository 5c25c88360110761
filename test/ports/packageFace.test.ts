import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { promisify } from 'node:util';
import * as spans from 'hinternet-explorer/opentelemetry';
import * as imported from 'hinternet-explorer/wininet';
import { functionNames } from '../../extension/shared/hierarchy.ts';
import { packageProgram } from '../run/command.ts';

const run = promisify(execFile);

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
  // Inside the package, so that it can import itself by name.
  mkdirSync('test/artifacts', { recursive: true });
  const folder = mkdtempSync(path.join('test/artifacts', 'types-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const program = path.join(folder, `program.${extension}`);
  const imports = [
    "import { createDrivers, createWinInet, HttpSendRequest, InternetCloseHandle, InternetOpen } from 'hinternet-explorer/wininet';",
    "import { spanRecorder } from 'hinternet-explorer/opentelemetry';",
  ];
  writeFileSync(program, [...imports, statement, ''].join('\n'));
  const options = ['--ignoreConfig', '--noEmit', '--strict', '--module', 'nodenext', '--types', 'node'];
  await run(process.execPath, [packageProgram('tsc'), ...options, '--target', 'es2024', program]);
}
