import assert from 'node:assert/strict';
import { test } from 'node:test';
import { callsOf, type Program, type Step } from '../../../extension/shared/generate/program.ts';
import { programOf } from '../../../extension/shared/generate/programOf.ts';
import { typescriptOf } from '../../../extension/shared/generate/typescript.ts';
import type { FunctionName } from '../../../extension/shared/hierarchy.ts';
import type { Entry, EntryBody, RecordedValue } from '../../../extension/shared/journal.ts';
import { checkpoint } from '../../../extension/shared/model.ts';
import {
  INTERNET_FLAG_ASYNC,
  INTERNET_OPEN_TYPE_DIRECT,
  INTERNET_OPTION_CONNECT_TIMEOUT,
  INTERNET_SERVICE_HTTP,
} from '../../../extension/wininet/index.ts';
import { withPlayground } from '../../playground/withPlayground.ts';
import {
  connectFtp,
  connectHttp,
  failsWith,
  openRequest,
  readAll,
  sendRequest,
  startEngine,
  until,
  witness,
} from '../../wininet/engineFixture.ts';
import { treeOf } from './generatedProgram.ts';
import { wholeJournal } from './recordedJournals.ts';

const playground = withPlayground();

/** What a program does, in short: function, variable of its result, error. */
function outline({ steps }: Program): readonly string[] {
  return steps.map(stepText);
}

function stepText(step: Step): string {
  if (step.is === 'remark') return 'remark';
  if (step.is === 'finish') return `finish ${step.of.fn}`;
  if (step.is === 'loop') return `${step.call.fn} until ${step.until}`;
  const name = step.opens === null ? '' : `${step.opens.name} = `;
  return `${name}${step.fn}${step.error === null ? '' : ` ! ${step.error}`}${step.waits ? '' : ' …'}`;
}

test('programOf leaves out siblings, and keeps what was set above before the handle was made', async (t) => {
  const engine = await startEngine(t);
  const { wininet, root, journal } = engine;
  await wininet.InternetSetOption(root, INTERNET_OPTION_CONNECT_TIMEOUT, 5000);
  await sendRequest(engine, playground().http, '/bytes/1');
  const request = await openRequest(engine, playground().http, '/bytes/2');
  await wininet.InternetSetOption(root, INTERNET_OPTION_CONNECT_TIMEOUT, 6000);
  await wininet.InternetCloseHandle(root);
  assert.deepEqual(outline(programOf(wholeJournal(journal.entries), request.serial)), [
    'session = InternetOpen',
    'InternetSetOption',
    'connection = InternetConnect',
    'request = HttpOpenRequest',
    'InternetCloseHandle',
  ]);
});

test('programOf folds reads to the end, a search to its end and writes of one size', async (t) => {
  const engine = await startEngine(t);
  const { wininet, journal } = engine;
  const session = await connectFtp(engine, playground().ftp);
  const search = await wininet.FtpFindFirstFile(session, '/pub/source/*');
  for (let more = true; more; ) {
    more = await wininet.InternetFindNextFile(search).then(
      () => true,
      () => false,
    );
  }
  await wininet.InternetCloseHandle(search);
  const request = await sendRequest(engine, playground().http, '/bytes/10');
  await readAll(engine, request, 3);
  const upload = await openRequest(engine, playground().http, '/upload', { verb: 'PUT' });
  await wininet.HttpSendRequestEx(upload, { dwBufferTotal: 6 });
  for (let count = 0; count < 3; count += 1) await wininet.InternetWriteFile(upload, Buffer.from('ab'));
  const steps = outline(programOf(wholeJournal(journal.entries), null));
  for (const loop of [
    'InternetFindNextFile until ERROR_NO_MORE_FILES',
    'InternetReadFile until zero',
    'InternetWriteFile until 3',
  ]) {
    assert.ok(steps.includes(loop), `${loop} is among ${steps.join(', ')}`);
  }
});

test('programOf folds no reads that stop before the end', async (t) => {
  const engine = await startEngine(t);
  const request = await sendRequest(engine, playground().http, '/bytes/10');
  for (let count = 0; count < 2; count += 1) await engine.wininet.InternetReadFile(request, new Uint8Array(2));
  const steps = outline(programOf(wholeJournal(engine.journal.entries), null));
  assert.deepEqual(steps.slice(-2), ['InternetReadFile', 'InternetReadFile']);
});

test('programOf lets a call go on where others were made meanwhile', async (t) => {
  const engine = await startEngine(t);
  const { wininet, journal } = engine;
  const request = await openRequest(engine, playground().http, '/slow/stall');
  const sending = failsWith(wininet.HttpSendRequest(request), 'ERROR_INTERNET_OPERATION_CANCELLED');
  await wininet.InternetCloseHandle(request);
  await sending;
  const steps = outline(programOf(wholeJournal(journal.entries), null));
  assert.deepEqual(
    steps.slice(3),
    [
      'HttpSendRequest ! ERROR_INTERNET_OPERATION_CANCELLED …',
      'InternetCloseHandle',
      'finish HttpSendRequest',
    ].toSorted((one, other) => steps.indexOf(one) - steps.indexOf(other)),
  );
  assert.ok(steps.includes('finish HttpSendRequest'));
});

test('programOf knows with which context the end of an asynchronous call is told, and that without a callback it is not', async (t) => {
  const { wininet, journal } = await startEngine(t);
  const { hostname, port } = playground().http;
  const contexts: (number | undefined)[] = [];
  for (const callback of [witness(), null]) {
    const root = await wininet.InternetOpen('async/1.0', INTERNET_OPEN_TYPE_DIRECT, null, null, INTERNET_FLAG_ASYNC);
    if (callback !== null) await wininet.InternetSetStatusCallback(root, callback.callback);
    const session = await wininet.InternetConnect(
      root,
      hostname,
      Number(port),
      null,
      null,
      INTERNET_SERVICE_HTTP,
      0,
      0,
    );
    const request = await wininet.HttpOpenRequest(session, 'GET', '/bytes/1', null, null, null, 0, 7);
    await failsWith(wininet.HttpSendRequest(request), 'ERROR_IO_PENDING');
    await until(() => journal.tree.calls.size === 0);
    const program = programOf(wholeJournal(journal.entries), request.serial);
    contexts.push(callsOf(program).find(({ fn }) => fn === 'HttpSendRequest')?.pends?.context);
  }
  assert.deepEqual(contexts, [7, 0]);
});

test('programOf names each secret once, and another of the same name by number', async (t) => {
  const engine = await startEngine(t);
  const { http } = playground();
  await connectHttp(engine, http, { user: 'ada', password: 'one' });
  await connectHttp(engine, http, { user: 'ada', password: 'one' });
  await connectHttp(engine, http, { user: 'bob', password: 'two' });
  const { secrets } = programOf(wholeJournal(engine.journal.entries), null);
  assert.deepEqual(
    secrets.map(({ variable, what }) => `${variable}: ${what}`),
    ['HINTERNET_PASSWORD: the password of ada on 127.0.0.1', 'HINTERNET_PASSWORD_2: the password of bob on 127.0.0.1'],
  );
});

test('programOf passes a closed handle as the journal does: by the variable that held it', async (t) => {
  const engine = await startEngine(t);
  const session = await connectHttp(engine, playground().http);
  await engine.wininet.InternetCloseHandle(session);
  await failsWith(engine.wininet.InternetCloseHandle(session), 'ERROR_INVALID_HANDLE');
  const text = typescriptOf(programOf(wholeJournal(engine.journal.entries), session.serial));
  assert.match(text, /await failing\('ERROR_INVALID_HANDLE', InternetCloseHandle\(connection\)\);/);
});

test('programOf begins a journal that was cut with the calls that made its handles', async (t) => {
  const engine = await startEngine(t);
  const { journal } = engine;
  const request = await sendRequest(engine, playground().http, '/bytes/10');
  const cut = journal.entries.length;
  await readAll(engine, request);
  const base = checkpoint(treeOf(journal.entries.slice(0, cut)));
  const program = programOf({ base, entries: journal.entries.slice(cut) }, request.serial);
  assert.equal(program.cut, cut);
  assert.deepEqual(outline(program).slice(0, 3), [
    'session = InternetOpen',
    'connection = InternetConnect',
    'request = HttpOpenRequest',
  ]);
  assert.match(typescriptOf(program), /The journal was cut: what its first \d+ entries told/);
});

test('programOf closes what an engine closed when it ended', async (t) => {
  const { wininet, journal } = await startEngine(t);
  await wininet.dispose();
  assert.deepEqual(outline(programOf(wholeJournal(journal.entries), null)), [
    'session = InternetOpen',
    'InternetCloseHandle',
  ]);
});

test('programOf remarks a call on a handle which its own call had not returned yet', () => {
  const entries: Entry[] = [];
  const record = (body: EntryBody) => entries.push({ ...body, seq: entries.length + 1, t: entries.length + 1 });
  const begin = (call: number, fn: FunctionName, handle: number | null, args: readonly RecordedValue[]) =>
    record({ type: 'call-begin', call, fn, handle, args });
  begin(1, 'InternetOpen', null, ['a', 1, null, null, 0]);
  record({
    type: 'handle-open',
    serial: 1,
    value: 4,
    kind: 'root',
    state: 'open',
    parent: null,
    fn: 'InternetOpen',
    call: 1,
    target: 'a',
  });
  record({ type: 'call-end', call: 1, result: { handle: 1 } });
  begin(2, 'InternetOpenUrl', 1, [{ handle: 1 }, 'http://x/', null, 0, 1]);
  record({
    type: 'handle-open',
    serial: 2,
    value: 8,
    kind: 'http-request',
    state: 'sending',
    parent: 1,
    fn: 'InternetOpenUrl',
    call: 2,
    target: 'GET http://x/',
  });
  begin(3, 'InternetQueryOption', 2, [{ handle: 2 }, 9, null]);
  record({ type: 'call-end', call: 3, result: 13 });
  record({ type: 'call-end', call: 2, result: { handle: 2 } });
  const program = programOf(wholeJournal(entries), null);
  assert.deepEqual(outline(program), [
    'session = InternetOpen',
    'request = InternetOpenUrl …',
    'remark',
    'finish InternetOpenUrl',
  ]);
});

test('typescriptOf says what the journal does not hold', async (t) => {
  const engine = await startEngine(t);
  const request = await openRequest(engine, playground().http, '/echo', { verb: 'POST' });
  await engine.wininet.HttpSendRequest(request, `X-Long: ${'x'.repeat(600)}`, 'hello');
  const text = typescriptOf(programOf(wholeJournal(engine.journal.entries), null));
  assert.match(text, /placeholder\(5\)/);
  assert.match(text, /\/\/ Journals hold no bodies/);
  assert.match(text, /\/\/ The journal holds only the beginning of this text\./);
  assert.doesNotMatch(text, /hello/);
});

test('typescriptOf writes what servers and programs wrote as text, and nothing else', async (t) => {
  const engine = await startEngine(t);
  const placeholder = '$' + '{process.exit(7)}';
  await engine.wininet.InternetOpen(`'; process.exit(7); //${placeholder}\`\n*/ \u2028 \u202e`);
  await openRequest(engine, playground().http, `/a?token=x&b=\`${placeholder}\``);
  const text = typescriptOf(programOf(wholeJournal(engine.journal.entries), null));
  for (const line of text.split('\n')) assert.doesNotMatch(line, /^\s*process\.exit\(7\)/);
  assert.match(text, /'\\'; process[^\n]*\\n\*\/ \\u\{2028\} \\u\{202e\}'/);
  assert.match(text, /`\/a\?token=\$\{token\}&b=\\`\\\$\{process/);
});
