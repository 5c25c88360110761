import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { createDrivers } from '../../extension/drivers/index.ts';
import * as c from '../../extension/shared/constants.ts';
import { diagnose } from '../../extension/shared/diagnoses/diagnose.ts';
import { DiagnosingRecorder } from '../../extension/shared/diagnoses/diagnosingRecorder.ts';
import type { Entry } from '../../extension/shared/journal.ts';
import { LiveJournal } from '../../extension/shared/liveJournal.ts';
import { createWinInet } from '../../extension/wininet/index.ts';
import { withPlayground } from '../playground/withPlayground.ts';
import {
  connectHttp,
  type Engine,
  failsWith,
  leavesNothingBehind,
  openRequest,
  readAll,
  sendRequest,
  startEngine,
} from './engineFixture.ts';

const playground = withPlayground();
leavesNothingBehind();

const TEN = Buffer.from('five bytes');

/** What a program may do, although a rule might think otherwise. */
const INNOCENT: Readonly<Record<string, (engine: Engine) => Promise<unknown>>> = {
  'a body that is read up to its announced length': async (engine) => {
    const request = await sendRequest(engine, playground().http, '/bytes/1000');
    await engine.wininet.InternetReadFile(request, new Uint8Array(1000));
  },
  'a look at the first bytes of a body': async (engine) => {
    const request = await sendRequest(engine, playground().http, '/bytes/1000');
    await engine.wininet.InternetReadFile(request, new Uint8Array(4));
  },
  'a read that closing stops': async (engine) => {
    const request = await sendRequest(engine, playground().http, '/slow/stall');
    await engine.wininet.InternetReadFile(request, new Uint8Array(1000));
    const stopped = failsWith(
      engine.wininet.InternetReadFile(request, new Uint8Array(100_000)),
      'ERROR_INTERNET_OPERATION_CANCELLED',
    );
    await engine.wininet.InternetCloseHandle(request);
    await stopped;
  },
  'a program that moves about in a body': async (engine) => {
    const request = await sendRequest(engine, playground().http, '/bytes/5000');
    await engine.wininet.InternetReadFile(request, new Uint8Array(1000));
    await engine.wininet.InternetSetFilePointer(request, 0, null, c.FILE_BEGIN);
    await engine.wininet.InternetReadFile(request, new Uint8Array(1000));
  },
  'a status that is asked for after the reading': async (engine) => {
    const request = await sendRequest(engine, playground().http, '/status/404');
    await readAll(engine, request);
    await engine.wininet.HttpQueryInfo(request, c.HTTP_QUERY_RAW_HEADERS_CRLF);
  },
  'an error page that nobody reads': async (engine) => {
    await sendRequest(engine, playground().http, '/status/500');
  },
  'an upload that is given up in the middle': async (engine) => {
    const request = await openRequest(engine, playground().http, '/echo', { verb: 'POST' });
    await engine.wininet.HttpSendRequestEx(request, { dwBufferTotal: 100 });
    await engine.wininet.InternetWriteFile(request, TEN);
  },
  'an upload whose first bytes come with HttpSendRequestEx': async (engine) => {
    const request = await openRequest(engine, playground().http, '/echo', { verb: 'POST' });
    await engine.wininet.HttpSendRequestEx(request, { dwBufferTotal: 15, lpvBuffer: 'first' });
    await engine.wininet.InternetWriteFile(request, TEN);
    await engine.wininet.HttpEndRequest(request);
  },
  'an upload in chunks': async (engine) => {
    const request = await openRequest(engine, playground().http, '/echo', { verb: 'POST' });
    await engine.wininet.HttpSendRequestEx(request, null, null, c.HSR_CHUNKED);
    await engine.wininet.InternetWriteFile(request, TEN);
    await engine.wininet.HttpEndRequest(request);
  },
  'an upload that is written again when the server asks for that': async (engine) => {
    const request = await openRequest(engine, playground().http, '/redirect/307', { verb: 'POST' });
    await engine.wininet.HttpSendRequestEx(request, { dwBufferTotal: 10 });
    await engine.wininet.InternetWriteFile(request, TEN);
    await failsWith(engine.wininet.HttpEndRequest(request), 'ERROR_INTERNET_FORCE_RETRY');
    await engine.wininet.HttpSendRequestEx(request, { dwBufferTotal: 10 });
    await engine.wininet.InternetWriteFile(request, TEN);
    await engine.wininet.HttpEndRequest(request);
  },
  'a session without context below a callback, and a request with one': async (engine) => {
    await engine.wininet.InternetSetStatusCallback(engine.root, () => undefined);
    const session = await connectHttp(engine, playground().http);
    const request = await engine.wininet.HttpOpenRequest(session, null, '/', null, null, null, 0, 5);
    await engine.wininet.HttpSendRequest(request);
  },
  'a callback that is set and taken away before anything happens': async (engine) => {
    await engine.wininet.InternetSetStatusCallback(engine.root, () => undefined);
    await engine.wininet.InternetSetStatusCallback(engine.root, null);
    await sendRequest(engine, playground().http, '/', { context: 1 });
  },
  'closing when the call is over, inside the callback that says so': async (engine) => {
    const root = await engine.wininet.InternetOpen('a', 1, null, null, c.INTERNET_FLAG_ASYNC);
    let over: () => void = () => undefined;
    const closed = new Promise<void>((resolve) => {
      over = resolve;
    });
    await engine.wininet.InternetSetStatusCallback(root, (_handle, _context, status) => {
      if (status === c.INTERNET_STATUS_REQUEST_COMPLETE) void engine.wininet.InternetCloseHandle(root).then(over);
    });
    const url = new URL('/', playground().http).href;
    await failsWith(engine.wininet.InternetOpenUrl(root, url, null, 0, 1), 'ERROR_IO_PENDING');
    await closed;
  },
  'an error that is read although others were handled before': async (engine) => {
    const { wininet, root } = engine;
    await failsWith(wininet.InternetOpenUrl(root, 'foo://x/'), 'ERROR_INTERNET_UNRECOGNIZED_SCHEME');
    await failsWith(wininet.InternetOpenUrl(root, 'http://127.0.0.1:1/'), 'ERROR_INTERNET_CANNOT_CONNECT');
    wininet.GetLastError();
  },
  'two requests that close with their root': async (engine) => {
    const session = await connectHttp(engine, playground().http);
    for (const path of ['/a', '/b']) await engine.wininet.HttpOpenRequest(session, null, path, null, null, null, 0, 0);
  },
  'a root that is closed to cancel what InternetOpenUrl is making below it': async ({ wininet }) => {
    const root = await wininet.InternetOpen('b');
    const opening = ['/slow/headers/5000', '/slow/never', '/slow/stall'].map((path) =>
      failsWith(
        wininet.InternetOpenUrl(root, new URL(path, playground().http).href),
        'ERROR_INTERNET_OPERATION_CANCELLED',
      ),
    );
    await wininet.InternetCloseHandle(root);
    await Promise.all(opening);
  },
  'a body of which InternetQueryDataAvailable tells that its connection broke off': async (engine) => {
    const request = await sendRequest(engine, playground().http, '/fault/reset');
    await engine.wininet.InternetReadFile(request, new Uint8Array(1000));
    await failsWith(engine.wininet.InternetQueryDataAvailable(request), 'ERROR_INTERNET_CONNECTION_RESET');
    await engine.wininet.InternetCloseHandle(request);
  },
  'a session that is closed to cancel what runs below it': async (engine) => {
    const session = await connectHttp(engine, playground().http);
    const { HttpOpenRequest, HttpSendRequest, InternetCloseHandle } = engine.wininet;
    const request = await HttpOpenRequest(session, null, '/slow/headers/5000', null, null, null, 0, 0);
    const sending = HttpSendRequest(request);
    await InternetCloseHandle(session);
    await failsWith(sending, 'ERROR_INTERNET_OPERATION_CANCELLED');
  },
};

for (const [what, play] of Object.entries(INNOCENT)) {
  test(`diagnose says nothing of ${what}`, async (t) => {
    const engine = await startEngine(t);
    await play(engine);
    await engine.wininet.InternetCloseHandle(engine.root);
    assert.deepEqual(diagnose(engine.journal.entries), []);
  });
}

test('diagnose tells at InternetWriteFile that more is written than dwBufferTotal says', async (t) => {
  const engine = await startEngine(t);
  const request = await openRequest(engine, playground().http, '/echo', { verb: 'POST' });
  await engine.wininet.HttpSendRequestEx(request, { dwBufferTotal: 4 });
  await failsWith(engine.wininet.InternetWriteFile(request, TEN), 'ERROR_INVALID_PARAMETER');
  await engine.wininet.InternetCloseHandle(engine.root);
  const [found, ...more] = diagnose(engine.journal.entries);
  assert.deepEqual([found?.topic, found?.serial, more], ['upload-size', request.serial, []]);
  assert.match(found?.text ?? '', /announced 4 bytes .* wrote 10/);
});

test('diagnose tells that InternetCloseHandle overwrote an error which nobody had read', async (t) => {
  const { wininet, root, journal } = await startEngine(t);
  const stale = await wininet.InternetOpen('b');
  await wininet.InternetCloseHandle(stale);
  await failsWith(wininet.InternetOpenUrl(root, 'foo://x/'), 'ERROR_INTERNET_UNRECOGNIZED_SCHEME');
  await failsWith(wininet.InternetCloseHandle(stale), 'ERROR_INVALID_HANDLE');
  wininet.GetLastError();
  const lost = diagnose(journal.entries).find(({ topic }) => topic === 'last-error-lost');
  assert.match(lost?.text ?? '', /^ERROR_INTERNET_UNRECOGNIZED_SCHEME \(12006\) of InternetOpenUrl was not read/);
});

test('diagnose tells of a body without a length of which InternetReadFileEx has taken one buffer', async (t) => {
  const engine = await startEngine(t);
  const { InternetCloseHandle, InternetOpenUrl, InternetReadFileEx } = engine.wininet;
  const request = await InternetOpenUrl(engine.root, new URL('/encoding/gzip', playground().http).href);
  await InternetReadFileEx(request, { lpvBuffer: new Uint8Array(300), dwBufferLength: 300 }, 0, 0);
  await InternetCloseHandle(request);
  assert.deepEqual(
    diagnose(engine.journal.entries).map(({ topic, serial }) => [topic, serial]),
    [['read-stopped-early', request.serial]],
  );
});

test('diagnose tells of a request that is left to its root where the program has closed others itself', async (t) => {
  const engine = await startEngine(t);
  const { InternetCloseHandle, InternetOpenUrl, HttpQueryInfo } = engine.wininet;
  const [closed, left] = [
    await InternetOpenUrl(engine.root, new URL('/bytes/1', playground().http).href),
    await InternetOpenUrl(engine.root, new URL('/bytes/2', playground().http).href),
  ];
  await HttpQueryInfo(left, c.HTTP_QUERY_STATUS_CODE);
  await InternetCloseHandle(closed);
  await InternetCloseHandle(engine.root);
  assert.deepEqual(
    diagnose(engine.journal.entries).map(({ topic, serial }) => [topic, serial]),
    [['leak-under-parent', left.serial]],
  );
});

test('diagnose tells of what a line has piled up, although the root that is left to the end of the program is told of', async (t) => {
  const engine = await startEngine(t);
  const session = await connectHttp(engine, playground().http);
  const open = () => engine.wininet.HttpOpenRequest(session, null, '/', null, null, null, 0, 0);
  const requests = [await open(), await open(), await open()];
  const entries: readonly Entry[] = [...engine.journal.entries, { type: 'end', seq: 1000, t: 1000 }];
  assert.deepEqual(
    diagnose(entries).map(({ topic, serial, others }) => [topic, serial, others]),
    [
      ['leak-at-exit', engine.root.serial, undefined],
      ['leak-at-exit', requests[0]?.serial, requests.slice(1).map(({ serial }) => serial)],
    ],
  );
});

test('diagnose tells of a callback that a synchronous program never hears', async (t) => {
  const engine = await startEngine(t);
  await engine.wininet.InternetSetStatusCallback(engine.root, () => undefined);
  const request = await sendRequest(engine, playground().http, '/');
  await engine.wininet.InternetCloseHandle(engine.root);
  const found = diagnose(engine.journal.entries);
  assert.deepEqual(
    found.map(({ topic, serial }) => [topic, serial]),
    [['no-context', request.serial]],
  );
});

test('DiagnosingRecorder.look finds a request that has long waited for connections which lie idle', async (t) => {
  const { wininet, journal, recorder, pass } = watched(t);
  await wininet.InternetSetOption(null, c.INTERNET_OPTION_MAX_CONNS_PER_SERVER, 1);
  const root = await wininet.InternetOpen('a');
  const url = new URL('/bytes/5000000', playground().http).href;
  const first = await wininet.InternetOpenUrl(root, url);
  // Another file of the same server.
  const waits = wininet.InternetOpenUrl(root, `${url}1`);
  // The request waits as soon as its turn has come.
  while (!journal.entries.some(({ type }) => type === 'connection-wait')) await new Promise(setImmediate);
  const notes = (): string[] => journal.entries.flatMap((entry) => (entry.type === 'note' ? entry.topic : []));
  recorder.look();
  assert.deepEqual(notes(), []);
  pass(2_500_000);
  recorder.look();
  recorder.look();
  assert.deepEqual(notes(), ['connection-limit']);
  const [text] = journal.entries.flatMap((entry) => (entry.type === 'note' ? entry.text : []));
  assert.ok(text?.includes(`the only connection to ${new URL(url).origin}, which`), text);
  await wininet.InternetCloseHandle(first);
  await wininet.InternetCloseHandle(await waits);
  assert.deepEqual(notes(), ['connection-limit']);
});

test('DiagnosingRecorder.look finds a handle that lies forgotten for longer than leakAge', async (t) => {
  const { wininet, journal, recorder, pass } = watched(t);
  const root = await wininet.InternetOpen('a');
  const request = await wininet.InternetOpenUrl(root, new URL('/bytes/10', playground().http).href);
  while ((await wininet.InternetReadFile(request, new Uint8Array(100))) > 0);
  pass(9_000_000);
  recorder.look();
  const notes = (): unknown[] =>
    journal.entries.flatMap((one) => (one.type === 'note' ? [[one.topic, one.serial]] : []));
  assert.deepEqual(notes(), [], 'without a limit age counts for nothing');
  recorder.leakAge = 10_000_000;
  recorder.look();
  assert.deepEqual(notes(), []);
  pass(5_000_000);
  recorder.look();
  assert.deepEqual(notes(), [['leak-by-age', request.serial]]);
});

test('call-begin tells inside which status callback it was made', async (t) => {
  const engine = await startEngine(t);
  const request = await openRequest(engine, playground().http, '/', { context: 1 });
  let asked: Promise<unknown> | undefined;
  await engine.wininet.InternetSetStatusCallback(request, (_handle, _context, status) => {
    if (status === c.INTERNET_STATUS_REQUEST_SENT) asked = engine.wininet.InternetQueryOption(request, 9);
  });
  await engine.wininet.HttpSendRequest(request);
  await asked;
  const begins = engine.journal.entries.filter((entry) => entry.type === 'call-begin');
  assert.deepEqual(
    begins.flatMap(({ fn, callback }) => (callback === undefined ? [] : [[fn, callback]])),
    [['InternetQueryOption', { serial: request.serial, code: c.INTERNET_STATUS_REQUEST_SENT }]],
  );
});

test('DiagnosingRecorder leaves out topics that are no faults of its caller', async (t) => {
  const journal = new LiveJournal(() => 0, 100_000);
  const wininet = createWinInet({
    drivers: createDrivers(),
    recorder: new DiagnosingRecorder(journal, ['leak-under-parent']),
  });
  t.after(() => wininet.dispose());
  const root = await wininet.InternetOpen('a');
  const url = new URL('/bytes/10', playground().http).href;
  for (let time = 0; time < 3; time += 1) await wininet.InternetOpenUrl(root, url);
  await wininet.InternetCloseHandle(root);
  assert.deepEqual(
    diagnose(journal.entries).map(({ topic }) => topic),
    ['leak-under-parent'],
  );
  assert.ok(!journal.entries.some(({ type }) => type === 'note'));
});

/** An engine whose journal is diagnosed, on a clock that the test moves. */
function watched(t: TestContext) {
  let now = 0;
  const journal = new LiveJournal(() => ++now, 100_000);
  const recorder = new DiagnosingRecorder(journal);
  const wininet = createWinInet({ drivers: createDrivers(), recorder });
  t.after(() => wininet.dispose());
  const pass = (microseconds: number): void => {
    now += microseconds;
  };
  return { wininet, journal, recorder, pass };
}
