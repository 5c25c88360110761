import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { programOf } from '../../../extension/shared/generate/programOf.ts';
import { typescriptOf } from '../../../extension/shared/generate/typescript.ts';
import {
  HTTP_ADDREQ_FLAG_ADD,
  INTERNET_FLAG_ASYNC,
  INTERNET_OPEN_TYPE_DIRECT,
  INTERNET_SERVICE_HTTP,
} from '../../../extension/wininet/index.ts';
import { withPlayground } from '../../playground/withPlayground.ts';
import { failsWith, startEngine, until } from '../../wininet/engineFixture.ts';
import { everyFunction } from './everyFunction.ts';
import { leftTree, programFolder, runRecorded, shapeAround, shapeOf, treeOf, typeCheck } from './generatedProgram.ts';
import { journalSources, type Recorded, wholeJournal } from './recordedJournals.ts';

const playground = withPlayground();
const folder = programFolder();
after(() => rmSync(folder, { recursive: true, force: true }));
const files: string[] = [];

/** Their last handle finds on the server what another handle has put there. */
const NEEDS_OTHERS: ReadonlySet<string> = new Set(['busy-ftp-session.md']);

for (const { name, record } of journalSources(playground)) {
  test(`typescriptOf repeats the whole of ${name}: the program runs and leaves the same tree`, async (t) => {
    const recorded = await record(t);
    const { entries } = recorded;
    const ended = await run(recorded, null);
    assert.deepEqual([ended.code, leftTree(ended.entries)], [0, leftTree(entries)], ended.errors);
  });

  if (NEEDS_OTHERS.has(name)) continue;
  test(`typescriptOf repeats the last handle of ${name} with its ancestors, and nothing else`, async (t) => {
    const recorded = await record(t);
    const { entries } = recorded;
    const serial = Math.max(...treeOf(entries).nodes.keys());
    const ended = await run(recorded, serial);
    assert.equal(ended.code, 0, ended.errors);
    assert.equal(shapeOf(treeOf(ended.entries)), shapeAround(treeOf(entries), serial), ended.errors);
  });
}

const PORTS = new URL('../../ports/', import.meta.url);

for (const [port, args] of [
  ['downloader', () => [new URL('/bytes/100000', playground().http).href, path.join(scratch(), 'file')]],
  ['downloader', () => ['http://127.0.0.1:1/', path.join(scratch(), 'file')]],
  [
    'asyncClient',
    () => ['2', ...['/bytes/10', '/status/404', '/body/chunked'].map((one) => new URL(one, playground().http).href)],
  ],
  ['ftpMirror', () => ['pull', playground().ftp.hostname, playground().ftp.port, '', '', '/pub', scratch()]],
] as const) {
  test(`typescriptOf repeats what the port ${port} ${args.toString().slice(6, 60)}… did`, async () => {
    const first = await runRecorded(new URL(`${port}.ts`, PORTS).pathname, args());
    assert.notEqual(first.entries.length, 0, first.errors);
    const ended = await run({ entries: first.entries, ftp: playground().ftp }, null);
    assert.deepEqual([ended.code, leftTree(ended.entries)], [0, leftTree(first.entries)], ended.errors);
  });
}

test('typescriptOf repeats asynchronous calls whose end nobody is told', async (t) => {
  const { wininet, journal } = await startEngine(t);
  const { hostname, port } = playground().http;
  const root = await wininet.InternetOpen('unheard/1.0', INTERNET_OPEN_TYPE_DIRECT, null, null, INTERNET_FLAG_ASYNC);
  const session = await wininet.InternetConnect(root, hostname, Number(port), null, null, INTERNET_SERVICE_HTTP, 0, 0);
  const request = await wininet.HttpOpenRequest(session, 'GET', '/bytes/1', null, null, null, 0, 0);
  await failsWith(wininet.HttpSendRequest(request), 'ERROR_IO_PENDING');
  await until(() => journal.tree.calls.size === 0);
  const entries = [...journal.entries];
  const ended = await run({ entries, ftp: playground().ftp }, null);
  assert.deepEqual([ended.code, leftTree(ended.entries)], [0, leftTree(entries)], ended.errors);
});

test('typescriptOf gives secrets names that are no word of the language or the program', async (t) => {
  const { wininet, journal } = await startEngine(t);
  const { hostname, port } = playground().http;
  const root = await wininet.InternetOpen('names/1.0', INTERNET_OPEN_TYPE_DIRECT);
  const server = await wininet.InternetConnect(root, hostname, Number(port), null, null, INTERNET_SERVICE_HTTP);
  const path = '/?session=a&secret=b&token=c';
  const headers = ['for: ••••', '9lives: ••••', 'request: ••••', 'X-Api-Key: d'].join('\r\n');
  const request = await wininet.HttpOpenRequest(server, 'GET', path);
  await wininet.HttpAddRequestHeaders(request, headers, HTTP_ADDREQ_FLAG_ADD);
  const entries = [...journal.entries];
  const recorded = { entries, ftp: playground().ftp };
  const ended = await run(recorded, null, [
    ...['HINTERNET_SESSION', 'HINTERNET_SECRET', 'HINTERNET_FOR', 'HINTERNET_9LIVES'],
    ...['HINTERNET_REQUEST', 'HINTERNET_X_API_KEY'],
  ]);
  assert.deepEqual([ended.code, leftTree(ended.entries)], [0, leftTree(entries)], ended.errors);
});

test('typescriptOf writes programs that the compiler takes, however wrong the calls were', async () => {
  const every = path.join(folder, 'every.mts');
  writeFileSync(every, typescriptOf(programOf(wholeJournal(everyFunction()), null)));
  files.push(every);
  await typeCheck(folder, files);
});

async function run(
  { entries, ftp }: Recorded,
  serial: number | null,
  others: readonly string[] = [],
): ReturnType<typeof runRecorded> {
  const file = path.join(folder, `program${files.length}.mts`);
  files.push(file);
  writeFileSync(file, typescriptOf(programOf(wholeJournal(entries), serial)));
  const secrets = {
    HINTERNET_PASSWORD: ftp.password,
    HINTERNET_USER_AND_PASSWORD: `${ftp.username}:${ftp.password}`,
    HINTERNET_TOKEN: 'secret',
    HINTERNET_COOKIE: 'a=b',
    ...Object.fromEntries(others.map((name) => [name, 'secret'])),
  };
  return await runRecorded(file, [], secrets);
}

function scratch(): string {
  const made = mkdtempSync(path.join(tmpdir(), 'hinternet-generated-'));
  after(() => rmSync(made, { recursive: true, force: true }));
  mkdirSync(made, { recursive: true });
  return made;
}
