import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { diagnose } from '../../extension/shared/diagnoses/diagnose.ts';
import type { Entry } from '../../extension/shared/journal.ts';
import { withPlayground } from '../playground/withPlayground.ts';

const playground = withPlayground();

/** Ported programs that do everything right, also where the server does not. */
const PROGRAMS: Readonly<Record<string, (scratch: string) => readonly [program: string, ...args: string[]]>> = {
  'downloader that saves a file': (scratch) => ['downloader', url('/bytes/1000000'), path.join(scratch, 'bytes')],
  'downloader that meets a status that is no success': (scratch) => [
    'downloader',
    url('/status/404'),
    path.join(scratch, 'nothing'),
  ],
  'downloader that finds no server': (scratch) => ['downloader', 'http://127.0.0.1:1/', path.join(scratch, 'nothing')],
  'asyncClient that works off a queue': () => [
    'asyncClient',
    '3',
    ...['/', '/bytes/500000', '/status/404', '/slow/headers/200', '/bytes/10', '/body/chunked'].map(url),
  ],
  'asyncClient with failures': () => ['asyncClient', '2', 'http://127.0.0.1:1/', url('/bytes/10'), 'foo://x/'],
  'asyncClient with more workers than connections': () => [
    'asyncClient',
    '12',
    ...Array.from({ length: 12 }, () => url('/bytes/300000')),
  ],
  'ftpMirror that pulls a folder': (scratch) => {
    const { hostname, port } = playground().ftp;
    return ['ftpMirror', 'pull', hostname, port, '', '', '/pub', path.join(scratch, 'mirror')];
  },
};

function url(where: string): string {
  return new URL(where, playground().http).href;
}

for (const [title, program] of Object.entries(PROGRAMS)) {
  test(`diagnose finds nothing in the journal of ${title}`, async (t) => {
    const entries = await journalOf(t, program);
    assert.ok(entries.filter(({ type }) => type === 'handle-open').length > 1);
    assert.equal(entries.at(-1)?.type, 'end');
    assert.deepEqual(diagnose(entries), []);
  });
}

/** Runs a program on its own, recorded. */
function journalOf(
  t: TestContext,
  program: (scratch: string) => readonly [string, ...string[]],
): Promise<readonly Entry[]> {
  const scratch = mkdtempSync(path.join(tmpdir(), 'hinternet-silence-'));
  t.after(() => rmSync(scratch, { recursive: true, force: true }));
  const journal = path.join(scratch, 'journal.json');
  const [name, ...args] = program(scratch);
  const recorded = pathToFileURL(path.join(import.meta.dirname, 'recordedLibrary.ts')).href;
  const env = { ...process.env, RECORDED_JOURNAL: journal };
  return new Promise((resolve, reject) => {
    const file = path.join(import.meta.dirname, `${name}.ts`);
    execFile(process.execPath, ['--import', recorded, file, ...args], { env, timeout: 30_000 }, (error, output) => {
      if (error?.killed) reject(new Error(`${name} did not end; it said: ${output}`));
      else resolve(JSON.parse(readFileSync(journal, 'utf8')) as Entry[]);
    });
  });
}
