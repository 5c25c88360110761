import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { constantName } from '../../extension/shared/constantNames.ts';
import * as c from '../../extension/shared/constants.ts';
import { type HINTERNET, WinInetError } from '../../extension/wininet/index.ts';
import { withPlayground } from '../playground/withPlayground.ts';
import {
  connectFtp,
  connectGopher,
  connectHttp,
  type Engine,
  leavesNothingBehind,
  openRequest,
  startEngine,
  type Told,
  until,
  witness,
} from './engineFixture.ts';

const playground = withPlayground();
leavesNothingBehind();

/** Prepares what a call needs; what it resolves to makes the call. */
type Scene = (engine: Engine) => Promise<() => Promise<unknown>>;

const context = 9;
const passive = { context, flags: c.INTERNET_FLAG_PASSIVE };

const SCENES: Record<string, Scene> = {
  'InternetOpenUrl for HTTP': async (engine) => opening(engine, new URL('/readme.txt', byName('http'))),
  'InternetOpenUrl for FTP': async (engine) => opening(engine, new URL('/readme.txt', byName('ftp'))),
  'InternetOpenUrl for Gopher': async (engine) => opening(engine, byName('gopher')),
  'InternetConnect for FTP': async (engine) => () => connectFtp(engine, byName('ftp'), passive),
  'InternetConnect for HTTP': async (engine) => () => connectHttp(engine, byName('http'), { context }),
  HttpSendRequest: async (engine) => {
    const request = await openRequest(engine, byName('http'), '/bytes/1000000', { context });
    return () => engine.wininet.HttpSendRequest(request);
  },
  'HttpSendRequest that is redirected': async (engine) => {
    const request = await openRequest(engine, byName('http'), '/redirect/302', { context });
    return () => engine.wininet.HttpSendRequest(request);
  },
  FtpOpenFile: async (engine) => {
    const session = await settled(engine, connectFtp(engine, byName('ftp'), passive));
    return () => engine.wininet.FtpOpenFile(session, '/readme.txt', c.GENERIC_READ, 0, context);
  },
  FtpFindFirstFile: async (engine) => {
    const session = await settled(engine, connectFtp(engine, byName('ftp'), { context }));
    return () => engine.wininet.FtpFindFirstFile(session, '*', null, 0, context);
  },
  FtpGetCurrentDirectory: async (engine) => {
    const session = await settled(engine, connectFtp(engine, byName('ftp'), passive));
    return () => engine.wininet.FtpGetCurrentDirectory(session);
  },
  GopherFindFirstFile: async (engine) => {
    const session = await settled(engine, connectGopher(engine, byName('gopher'), { context }));
    return () => engine.wininet.GopherFindFirstFile(session, null, null, null, 0, context);
  },
};

for (const [name, scene] of Object.entries(SCENES)) {
  for (const rootFlags of [0, c.INTERNET_FLAG_ASYNC]) {
    const root = rootFlags === 0 ? 'a synchronous' : 'an asynchronous';
    test(`${name} under ${root} root settles whatever handle is closed in whatever callback`, async (t) => {
      const undisturbed = await play(t, scene, rootFlags, () => null);
      assert.ok(undisturbed.length > 0);
      for (const [index, { status }] of undisturbed.entries()) {
        for (const [which, choose] of Object.entries(CLOSED)) {
          await t.test(
            `${which}, in callback ${index + 1}, ${constantName('INTERNET_STATUS_', status)}`,
            async (inner) => {
              await play(inner, scene, rootFlags, (told, at, engine) => (at === index ? choose(told, engine) : null));
            },
          );
        }
      }
    });
  }
}

/** The handle that is closed in a callback. */
const CLOSED: Record<string, (told: Told, engine: Engine) => HINTERNET | null> = {
  'the handle that it tells of': ({ handle }) => handle,
  'the root': (_told, { root }) => root,
  'the newest handle': (_told, { wininet, journal }) => {
    const newest = Math.max(...journal.tree.byValue.values());
    return wininet.handleWithSerial(newest);
  },
};

/** Plays a scene to its end and resolves to what the callback was told meanwhile; `choose` names a handle to close in it. */
async function play(
  t: TestContext,
  scene: Scene,
  rootFlags: number,
  choose: (told: Told, index: number, engine: Engine) => HINTERNET | null,
): Promise<readonly Told[]> {
  const plain = await startEngine(t);
  const { wininet } = plain;
  const root = await wininet.InternetOpen('closing/1.0', c.INTERNET_OPEN_TYPE_DIRECT, null, null, rootFlags);
  const engine = { ...plain, root };
  const closings: Promise<unknown>[] = [];
  let calling = false;
  const during: Told[] = [];
  const { callback } = witness((one) => {
    if (!calling) return;
    const handle = choose(one, during.push(one) - 1, engine);
    if (handle !== null) closings.push(wininet.InternetCloseHandle(handle));
  });
  await wininet.InternetSetStatusCallback(root, callback);
  const call = await scene(engine);
  calling = true;
  await settled(engine, call()).catch(onlyCancelled);
  calling = false;
  assert.deepEqual(await Promise.all(closings), Array(closings.length).fill(true));
  return during;
}

function opening({ wininet, root }: Engine, url: URL): () => Promise<unknown> {
  return () => wininet.InternetOpenUrl(root, url.href, null, c.INTERNET_FLAG_PASSIVE, context);
}

/** Waits until a call is over, whether or not it answers ERROR_IO_PENDING. */
async function settled<T>({ journal, wininet }: Engine, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof WinInetError) || error.symbol !== 'ERROR_IO_PENDING') throw error;
    await until(() => journal.tree.calls.size === 0);
    const handle = wininet.handleWithSerial(Math.max(...journal.tree.byValue.values()));
    return handle as T;
  }
}

/** A playground server by its name: that the name is looked up is the first status of a connection. */
function byName(scheme: 'http' | 'ftp' | 'gopher'): URL {
  const url = new URL(playground()[scheme]);
  url.hostname = 'localhost';
  return url;
}

function onlyCancelled(error: unknown): void {
  assert.ok(error instanceof WinInetError, String(error));
  assert.equal(error.symbol, 'ERROR_INTERNET_OPERATION_CANCELLED');
}
