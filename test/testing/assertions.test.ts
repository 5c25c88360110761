import assert, { AssertionError } from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import * as library from '../../extension/library.ts';
import type { EntryBody } from '../../extension/shared/journal.ts';
import {
  assertCallbackOrder,
  assertNoOpenHandles,
  assertTree,
  HandleJournal,
  watchHandles,
} from '../../extension/testing/index.ts';
import { withPlayground } from '../playground/withPlayground.ts';

const { HttpOpenRequest, HttpSendRequest, InternetCloseHandle, InternetConnect, InternetOpen } = library;
const { INTERNET_SERVICE_HTTP } = library;
const playground = withPlayground();
const toClose: library.HINTERNET<'root'>[] = [];

afterEach(async () => {
  for (const root of toClose.splice(0)) await InternetCloseHandle(root).catch(() => undefined);
});

test('assertNoOpenHandles names every handle that is open, below its parent, with value, function and target', async () => {
  assertNoOpenHandles();
  const { session } = await openSession();
  const { message, actual, operator } = thrown(() => assertNoOpenHandles());
  const { href } = new URL(playground().http);
  assert.equal(
    message.replaceAll(/ \(made at .*\)$/gm, ''),
    `2 handles are still open. InternetCloseHandle closes a handle and all below it.

0x00CC0004 InternetOpen: root, open, testing/1.0
  0x00CC0008 InternetConnect: http-connect, open, ${href.slice(0, -1)}
`,
  );
  assert.match(String(actual), /^0x00CC0004 InternetOpen/);
  assert.equal(operator, 'assertNoOpenHandles');
  await InternetCloseHandle(session);
  assert.match(thrown(() => assertNoOpenHandles()).message, /^1 handle is still open/);
});

test('assertNoOpenHandles advises a watch when it tells nothing but what it has told before', async () => {
  const { session } = await openSession();
  const advice = /This was told before\..*assertNoOpenHandles\(watch\)\.$/m;
  assert.doesNotMatch(thrown(() => assertNoOpenHandles()).message, advice);
  assert.match(thrown(() => assertNoOpenHandles()).message, advice);
  await HttpOpenRequest(session, 'GET', '/status/200', null, null, null, 0, 0);
  assert.doesNotMatch(thrown(() => assertNoOpenHandles()).message, advice, 'something is new');
});

test('assertNoOpenHandles points at the test, not into itself', async () => {
  await openSession();
  assert.match(thrown(() => assertNoOpenHandles()).stack?.match(/^ {4}at .*$/m)?.[0] ?? '', /assertions\.test\.ts/);
});

test('assertNoOpenHandles names the line that made a handle, where the journal tells it', () => {
  const journal = new HandleJournal();
  const site = '/src/client.ts:12:3';
  journal.record({ type: 'call-begin', call: 1, fn: 'InternetOpen', handle: null, args: [], site });
  journal.record(opening(null));
  const { message } = thrown(() => assertNoOpenHandles(journal));
  assert.match(message, /InternetOpen: root, open, agent \(made at \/src\/client\.ts:12:3\)$/m);
});

test('assertNoOpenHandles sees a handle whose parent was opened before anybody listened', () => {
  const journal = new HandleJournal();
  journal.record(opening(77));
  assert.match(thrown(() => assertNoOpenHandles(journal)).message, /^1 handle is still open/);
});

test('watchHandles begins when it is called: what was open before counts for nothing', async () => {
  const { root, session } = await openSession();
  const watch = watchHandles();
  assertNoOpenHandles(watch);
  assertTree('', watch);
  const request = await HttpOpenRequest(session, 'GET', '/status/200', null, null, null, 0, 0);
  assertTree('HttpOpenRequest: http-request, unsent', watch);
  assert.match(thrown(() => assertNoOpenHandles(watch)).message, /^1 handle is/);
  await InternetCloseHandle(request);
  assertNoOpenHandles(watch);
  await InternetCloseHandle(root);
});

test('assertNoOpenHandles and assertTree look at an engine of the test’s own through a HandleJournal', async () => {
  const journal = new HandleJournal();
  const own = library.createWinInet({ drivers: library.createDrivers(), recorder: journal });
  const first = await own.InternetOpen('first');
  const watch = watchHandles(journal);
  await own.InternetOpen('second');
  assertNoOpenHandles();
  assertTree('InternetOpen: root, open, first\nInternetOpen: root, open, second', journal);
  assertTree('InternetOpen: root, open, second', watch);
  await own.InternetCloseHandle(first);
  assert.throws(() => assertNoOpenHandles(journal), AssertionError);
  await own.dispose();
  assertNoOpenHandles(journal);
});

test('assertTree compares what a line tells: value, function, kind, state and target, or less', async () => {
  await openSession();
  const server = new URL(playground().http).origin;
  assertTree(`
    0x00CC0004 InternetOpen: root, open, testing/1.0
      0x00CC0008 InternetConnect: http-connect, open, ${server}
  `);
  assertTree(`
    InternetOpen: root, open

      0x00CC0008 InternetConnect
  `);
  for (const wrong of [
    '',
    'InternetOpen',
    'InternetOpen\nInternetConnect',
    'InternetOpen\n  InternetConn',
    'InternetOpen: root, closed\n  InternetConnect',
    '0x00CC0008 InternetOpen\n  InternetConnect',
    'InternetOpen\n  InternetConnect: http-connect, open, http:',
    'InternetOpen\n  InternetConnect\n  InternetConnect',
  ]) {
    assert.throws(() => assertTree(wrong), AssertionError, wrong);
  }
});

test('assertTree says what it found and what was expected, for runners that show no difference themselves', async () => {
  const root = await InternetOpen('testing/1.0');
  toClose.push(root);
  const { message, actual, expected } = thrown(() => assertTree('InternetOpen: root, open, other/2.0'));
  assert.equal(
    message,
    `The tree of handles is another than expected:

Found:
  InternetOpen: root, open, testing/1.0

Expected:
  InternetOpen: root, open, other/2.0
`,
  );
  assert.deepEqual(
    [actual, expected],
    ['InternetOpen: root, open, testing/1.0', 'InternetOpen: root, open, other/2.0'],
  );
  await InternetCloseHandle(root);
  assert.match(thrown(() => assertTree('InternetOpen')).message, /Found:\n {2}nothing\n/);
});

test('assertCallbackOrder compares the statuses of a handle by their names', async () => {
  const { session } = await openSession();
  const watch = watchHandles();
  const request = await HttpOpenRequest(session, 'GET', '/status/200', null, null, null, 0, 0);
  await HttpSendRequest(request);
  await InternetCloseHandle(request);
  const all = [
    library.INTERNET_STATUS_RESOLVING_NAME,
    library.INTERNET_STATUS_NAME_RESOLVED,
    library.INTERNET_STATUS_CONNECTING_TO_SERVER,
    library.INTERNET_STATUS_CONNECTED_TO_SERVER,
    library.INTERNET_STATUS_SENDING_REQUEST,
    library.INTERNET_STATUS_REQUEST_SENT,
    library.INTERNET_STATUS_RECEIVING_RESPONSE,
    library.INTERNET_STATUS_RESPONSE_RECEIVED,
    library.INTERNET_STATUS_HANDLE_CLOSING,
  ];
  assertCallbackOrder(request, all);
  assertCallbackOrder(request, all, { watched: watch });
  assertCallbackOrder(request, [library.INTERNET_STATUS_REQUEST_SENT, library.INTERNET_STATUS_HANDLE_CLOSING], {
    others: true,
  });
  const swapped = [library.INTERNET_STATUS_HANDLE_CLOSING, library.INTERNET_STATUS_REQUEST_SENT];
  assert.match(
    thrown(() => assertCallbackOrder(request, swapped, { others: true })).message,
    /^The statuses of 0x00CC000C did not come in the expected order:[\s\S]*Expected:\n {2}INTERNET_STATUS_HANDLE_CLOSING\n {2}INTERNET_STATUS_REQUEST_SENT\n$/,
  );
  const { message, actual } = thrown(() => assertCallbackOrder(request, all.slice(0, -1)));
  assert.match(message, /^The statuses of 0x00CC000C are others than expected:/);
  assert.match(String(actual), /^INTERNET_STATUS_RESPONSE_RECEIVED\nINTERNET_STATUS_HANDLE_CLOSING$/m);
});

test('assertCallbackOrder refuses a handle that it cannot know: of another engine, or older than its journal', async () => {
  const journal = new HandleJournal(2);
  const own = library.createWinInet({ drivers: library.createDrivers(), recorder: journal });
  const root = await InternetOpen('testing/1.0');
  toClose.push(root);
  const foreign = await own.InternetOpen('foreign');
  assert.throws(
    () => assertCallbackOrder(root, [], { watched: journal }),
    /0x00CC0004 was not watched from its beginning/,
  );
  const closed = await own.InternetOpen('closed');
  await own.InternetCloseHandle(closed);
  assert.throws(() => assertCallbackOrder(foreign, [], { watched: journal }), /was not watched from its beginning/);
  await own.dispose();
});

test('assertCallbackOrder tells handles of several engines apart, though all count them from the same number', async () => {
  const [one, other] = [new HandleJournal(), new HandleJournal()];
  const drivers = library.createDrivers();
  const [first, second] = [one, other].map((recorder) => library.createWinInet({ drivers, recorder }));
  assert.ok(first !== undefined && second !== undefined);
  const ofFirst = await first.InternetOpen('first');
  const ofSecond = await second.InternetOpen('second');
  assert.equal(ofFirst.serial, ofSecond.serial);
  await second.InternetCloseHandle(ofSecond);
  assertCallbackOrder(ofFirst, [], { watched: one });
  assertCallbackOrder(ofSecond, [library.INTERNET_STATUS_HANDLE_CLOSING], { watched: other });
  assert.throws(() => assertCallbackOrder(ofSecond, [], { watched: one }), /a handle of another engine/);
  await first.dispose();
});

test('assertCallbackOrder does not take a handle of a test’s own engine for the one of the process with its number', async () => {
  const root = await InternetOpen('testing/1.0');
  toClose.push(root);
  const own = library.createWinInet({ drivers: library.createDrivers(), recorder: new HandleJournal() });
  let foreign = await own.InternetOpen('foreign');
  while (foreign.serial < root.serial) {
    await own.InternetCloseHandle(foreign);
    foreign = await own.InternetOpen('foreign');
  }
  assert.deepEqual([foreign.serial, foreign.value], [root.serial, root.value]);
  assertCallbackOrder(root, []);
  assert.throws(() => assertCallbackOrder(foreign, []), /a handle of another engine/);
  await own.dispose();
});

function opening(parent: number | null): EntryBody {
  const [serial, value, call] = [1, 0x00cc0004, 1];
  const made = { kind: 'root', state: 'open', fn: 'InternetOpen', target: 'agent' } as const;
  return { type: 'handle-open', serial, value, parent, call, ...made };
}

async function openSession(): Promise<{
  readonly root: library.HINTERNET<'root'>;
  readonly session: library.HINTERNET<'http-connect'>;
}> {
  const { hostname, port } = playground().http;
  const root = await InternetOpen('testing/1.0');
  toClose.push(root);
  const session = await InternetConnect(root, hostname, Number(port), null, null, INTERNET_SERVICE_HTTP, 0, 0);
  return { root, session };
}

/** The AssertionError that must be thrown. */
function thrown(assertion: () => void): AssertionError {
  try {
    assertion();
  } catch (error) {
    assert.ok(error instanceof AssertionError);
    return error;
  }
  assert.fail('the assertion was to throw');
}
