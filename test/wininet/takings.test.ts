import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { test } from 'node:test';
import * as c from '../../extension/shared/constants.ts';
import { ok, serve } from '../drivers/httpFixture.ts';
import { startAsynchronousEngine } from './asynchronousFixture.ts';
import { leavesNothingBehind, openRequest, startEngine, type Told, witness } from './engineFixture.ts';

leavesNothingBehind();

const CHUNKED = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n';
const HELLO = '5\r\nhello\r\n';
const WORLD = '6\r\n world\r\n';
const LAST = '0\r\n\r\n';
const LONG = ok('z'.repeat(20_000));
/** What of the long body comes with its head in the first 8192 bytes. */
const FIRST = 8192 - (LONG.length - 20_000);

/**
 * A call for so many bytes, how many it gets, and what the status callback is told meanwhile: of RECEIVING_RESPONSE only that, of
 * RESPONSE_RECEIVED how many bytes. `releases`: as many of the later texts are sent once the call is under way.
 */
type Turn = readonly [
  wanted: number | 'available',
  got: number,
  told: readonly (number | 'RECEIVING')[],
  releases?: number,
];

/** The texts of an answer, of which the first goes out at once, and what calls for its body do. An empty text ends the connection. */
type Course = readonly [texts: readonly string[], turns: readonly Turn[]];

/** As a real WinINet was recorded, but for the numbers: those count as in Windows. */
const SYNCHRONOUS: Readonly<Record<string, Course>> = {
  'chunks that have come': [
    [CHUNKED + HELLO + WORLD + LAST],
    [
      [3, 3, ['RECEIVING', 3]],
      [2, 2, ['RECEIVING', 2]],
      [100, 6, ['RECEIVING', 6]],
      [100, 0, []],
    ],
  ],
  'no chunk but the last': [
    [CHUNKED + LAST],
    [
      [100, 0, ['RECEIVING', 0]],
      [100, 0, []],
    ],
  ],
  'chunks of which one call waits for two': [
    [CHUNKED, HELLO, WORLD, LAST],
    [
      [8, 8, ['RECEIVING', 8], 2],
      [3, 3, ['RECEIVING', 3]],
      [100, 0, ['RECEIVING', 0], 1],
    ],
  ],
  'chunks of which the first is asked for': [
    [CHUNKED + HELLO, WORLD + LAST],
    [
      ['available', 5, ['RECEIVING', 5]],
      [3, 3, []],
      [8, 8, ['RECEIVING', 6], 1],
      [100, 0, []],
    ],
  ],
  'a length, and all has come': [
    [ok('hello world')],
    [
      [3, 3, []],
      ['available', 8, []],
      [100, 8, []],
      [100, 0, []],
    ],
  ],
  'a length, and a part comes later': [
    ['HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\nhello', ' world'],
    [
      [3, 3, []],
      ['available', 2, []],
      [4, 4, ['RECEIVING', 2], 1],
      [100, 4, ['RECEIVING', 4]],
      [100, 0, []],
    ],
  ],
  'a length beyond what is taken at first': [
    [LONG],
    [
      [3000, 3000, []],
      [3000, 3000, []],
      [3000, 3000, ['RECEIVING', 9000 - FIRST]],
      [20_000, 11_000, ['RECEIVING', 11_000]],
      [100, 0, []],
    ],
  ],
  'the end of the connection': [
    ['HTTP/1.1 200 OK\r\n\r\nhello', ''],
    [
      [3, 3, []],
      [100, 2, ['RECEIVING', 0], 1],
      [100, 0, []],
    ],
  ],
};

const ASYNCHRONOUS: Readonly<Record<string, Course>> = {
  'chunks that have come': [
    [CHUNKED + HELLO + WORLD + LAST],
    [
      [3, 3, []],
      [100, 8, []],
      [100, 0, []],
    ],
  ],
  'chunks of which one comes later': [
    [CHUNKED + HELLO, WORLD + LAST],
    [
      ['available', 5, []],
      [100, 11, ['RECEIVING', 6], 1],
      [100, 0, []],
    ],
  ],
  'a length, and a part comes later': [
    ['HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\nhello', ' world'],
    [
      [3, 3, []],
      [100, 8, ['RECEIVING', 6], 1],
      [100, 0, []],
    ],
  ],
};

for (const [what, course] of Object.entries(SYNCHRONOUS)) {
  test(`InternetReadFile tells once that it takes from the connection, where it does: ${what}`, async (t) => {
    const { url, release } = await scripted(t, course[0]);
    const engine = await startEngine(t);
    const { told, callback } = witness();
    await engine.wininet.InternetSetStatusCallback(engine.root, callback);
    const request = await openRequest(engine, url, '/', { context: 2 });
    await engine.wininet.HttpSendRequest(request);
    await play(course[1], { engine, request, told, release, complete: (call) => call });
  });
}

for (const [what, course] of Object.entries(ASYNCHRONOUS)) {
  test(`InternetReadFile under an asynchronous root takes what has come by the end of HttpSendRequest without a word: ${what}`, async (t) => {
    const { url, release } = await scripted(t, course[0]);
    const engine = await startAsynchronousEngine(t);
    const request = await openRequest(engine, url, '/', { context: 2 });
    await engine.complete(2, engine.wininet.HttpSendRequest(request));
    const complete = (call: Promise<number>) => engine.complete(2, call);
    await play(course[1], { engine, request, told: engine.told, release, complete });
  });
}

test('InternetReadFile takes a chunk that has come by the end of HttpEndRequest without a word', async (t) => {
  const { url } = await scripted(t, [CHUNKED + HELLO + LAST]);
  const engine = await startEngine(t);
  const { wininet, root } = engine;
  const { told, callback } = witness();
  await wininet.InternetSetStatusCallback(root, callback);
  const request = await openRequest(engine, url, '/', { context: 2, verb: 'POST' });
  await wininet.HttpSendRequestEx(request, { dwBufferTotal: 3 });
  await wininet.InternetWriteFile(request, Buffer.from('abc'));
  await wininet.HttpEndRequest(request);
  told.length = 0;
  assert.equal(await wininet.InternetReadFile(request, new Uint8Array(3)), 3);
  assert.deepEqual(told, []);
});

interface Stage {
  readonly engine: Awaited<ReturnType<typeof startEngine>>;
  readonly request: Awaited<ReturnType<typeof openRequest>>;
  readonly told: Told[];
  readonly release: (texts: number) => void;
  readonly complete: (call: Promise<number>) => Promise<number>;
}

async function play(turns: readonly Turn[], { engine, request, told, release, complete }: Stage): Promise<void> {
  const { wininet } = engine;
  for (const [wanted, got, expected, releases = 0] of turns) {
    told.length = 0;
    const call =
      wanted === 'available'
        ? wininet.InternetQueryDataAvailable(request)
        : wininet.InternetReadFile(request, new Uint8Array(wanted));
    const end = complete(call);
    release(releases);
    assert.equal(await end, got);
    assert.deepEqual(told.flatMap(brief), expected);
  }
  await wininet.InternetCloseHandle(request);
}

function brief({ status, information }: Told): readonly (number | 'RECEIVING')[] {
  if (status === c.INTERNET_STATUS_RECEIVING_RESPONSE) return ['RECEIVING'];
  return status === c.INTERNET_STATUS_RESPONSE_RECEIVED ? [Number(information)] : [];
}

/** A server that answers with these texts, the first at once, the others when they are released. */
async function scripted(t: Parameters<typeof serve>[0], [first = '', ...later]: readonly string[]) {
  let socket: Socket | undefined;
  const keep = (one: Socket) => {
    socket = one;
  };
  const { port } = await serve(t, { '/': [first, keep] });
  const release = (texts: number) => {
    for (const text of later.splice(0, texts)) text === '' ? socket?.end() : socket?.write(text);
  };
  return { url: new URL(`http://127.0.0.1:${port}`), release };
}
