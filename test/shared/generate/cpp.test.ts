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
