import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { promisify } from 'node:util';
import { cppOf } from '../../../extension/shared/generate/cpp.ts';
import { wide } from '../../../extension/shared/generate/cppArguments.ts';
import { programOf } from '../../../extension/shared/generate/programOf.ts';
import type { Entry } from '../../../extension/shared/journal.ts';
import { withPlayground } from '../../playground/withPlayground.ts';
import { everyFunction } from './everyFunction.ts';
import { toolOrSkip } from './generatedProgram.ts';
import { journalSources, wholeJournal } from './recordedJournals.ts';

const playground = withPlayground();
const COMPILER = 'x86_64-w64-mingw32-g++';
const STRICT = ['-std=c++11', '-Wall', '-Wextra', '-Wpedantic', '-Werror'];

test('cppOf writes programs that a compiler for Windows takes: every lesson, scenario and protocol', async (t) => {
  const compiler = toolOrSkip(t, COMPILER);
  if (compiler === undefined) return;
  const folder = scratch(t);
  const files: string[] = [];
  for (const { record } of journalSources(playground)) {
    files.push(path.join(folder, `program${files.length}.cpp`));
    writeFileSync(files.at(-1) ?? '', source((await record(t)).entries));
  }
  await promisify(execFile)(compiler, [...STRICT, '-fsyntax-only', ...files]);
});

test('cppOf knows how every function of the table is called, and every option', async (t) => {
  const text = source(everyFunction());
  assert.doesNotMatch(text, /\/\* \w+ \*\//);
  const compiler = toolOrSkip(t, COMPILER);
  if (compiler === undefined) return;
  const folder = scratch(t);
  writeFileSync(path.join(folder, 'every.cpp'), text);
  const program = path.join(folder, 'every.exe');
  await promisify(execFile)(compiler, [...STRICT, path.join(folder, 'every.cpp'), '-lwininet', '-o', program]);
});

test('cppOf keeps comments on their lines, and puts the name of a header together before it is asked for', async (t) => {
  const opened = { value: 4, kind: 'root', state: 'open', parent: null, target: 'a\\' } as const;
  const names = ['x', 80, 'ada', '••••', 3, 0, 0];
  const entries = [
    { type: 'call-begin', call: 1, fn: 'InternetOpen', handle: null, args: ['a\\', 1, null, null, 0] },
    { type: 'handle-open', serial: 1, fn: 'InternetOpen', call: 1, ...opened },
    { type: 'call-end', call: 1, result: { handle: 1 } },
    {
      type: 'call-begin',
      call: 2,
      fn: 'InternetConnect',
      handle: 1,
      args: [{ handle: 1 }, ...names.with(0, 'host??/')],
    },
    { type: 'handle-open', serial: 2, fn: 'InternetConnect', call: 2, ...opened, kind: 'http-connect', parent: 1 },
    { type: 'call-end', call: 2, result: { handle: 2 } },
    {
      type: 'call-begin',
      call: 3,
      fn: 'InternetConnect',
      handle: 1,
      args: [{ handle: 1 }, ...names.with(0, 'host\\')],
    },
    { type: 'handle-open', serial: 3, fn: 'InternetConnect', call: 3, ...opened, kind: 'http-connect', parent: 1 },
    { type: 'call-end', call: 3, result: { handle: 3 } },
    { type: 'call-begin', call: 4, fn: 'HttpOpenRequest', handle: 3, args: [{ handle: 3 }, 'GET', '/'] },
    { type: 'handle-open', serial: 4, fn: 'HttpOpenRequest', call: 4, ...opened, kind: 'http-request', parent: 3 },
    { type: 'call-end', call: 4, result: { handle: 4 } },
    { type: 'call-begin', call: 5, fn: 'HttpQueryInfo', handle: 4, args: [{ handle: 4 }, 65535, 'X?token=••••'] },
    { type: 'call-end', call: 5, result: 'y' },
  ].map((entry, index) => ({ ...entry, seq: index + 1, t: index }) as Entry);
  const texts = [null, 3].map((serial) => cppOf(programOf(wholeJournal(entries), serial)));
  for (const text of texts) assert.doesNotMatch(text, /\/\/.*(?:\\|\?\?\/)$/m);
  const compiler = toolOrSkip(t, COMPILER);
  if (compiler === undefined) return;
  const folder = scratch(t);
  const files = texts.map((_, index) => path.join(folder, `comments${index}.cpp`));
  for (const [index, file] of files.entries()) writeFileSync(file, texts[index] ?? '');
  await promisify(execFile)(compiler, [...STRICT, '-fsyntax-only', ...files]);
});

test('wide writes any text as a literal of C++', () => {
  assert.equal(wide('a "b" \\ ?? \r\n\x01é😀\ud800'), 'L"a \\"b\\" \\\\ \\?\\? \\r\\n\\001\\u00E9\\U0001F600\\uFFFD"');
});

function source(entries: readonly Entry[]): string {
  return cppOf(programOf(wholeJournal(entries), null));
}

function scratch(t: TestContext): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'hinternet-cpp-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
