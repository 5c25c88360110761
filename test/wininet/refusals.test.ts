import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import * as c from '../../extension/shared/constants.ts';
import {
  type FunctionName,
  functionNames,
  functionRow,
  type HandleKind,
  type HandleState,
  handleParameter,
  kindRow,
  refusal,
  statesOf,
} from '../../extension/shared/hierarchy.ts';
import { type HINTERNET, WinInetError } from '../../extension/wininet/index.ts';
import { withPlayground } from '../playground/withPlayground.ts';
import {
  connectFtp,
  connectGopher,
  connectHttp,
  type Engine,
  entriesOf,
  failsWith,
  leavesNothingBehind,
  openRequest,
  readAll,
  sendRequest,
  startEngine,
} from './engineFixture.ts';

const playground = withPlayground();
leavesNothingBehind();

/** How to bring a handle of each kind into each state. */
const SETUPS: { readonly [K in HandleKind]: Readonly<Record<string, (engine: Engine) => Promise<HINTERNET>>> } = {
  root: { open: async ({ root }) => root },
  'http-connect': { open: (engine) => connectHttp(engine, playground().http) },
  'ftp-connect': {
    connecting: async (engine) => {
      pending(connectFtp(engine, playground().ftp));
      return newest(engine);
    },
    idle: (engine) => connectFtp(engine, playground().ftp),
    searching: async (engine) => {
      const session = await connectFtp(engine, playground().ftp);
      await engine.wininet.FtpFindFirstFile(session, '/pub/*');
      return session;
    },
    transferring: async (engine) => {
      const session = await connectFtp(engine, playground().ftp);
      await engine.wininet.FtpOpenFile(session, '/readme.txt', c.GENERIC_READ);
      return session;
    },
  },
  'ftp-find': {
    opening: openingUrl('/pub/', c.INTERNET_FLAG_RAW_DATA),
    listing: async (engine) => {
      const session = await connectFtp(engine, playground().ftp);
      return engine.wininet.FtpFindFirstFile(session, '/pub/*');
    },
    ended: async (engine) => {
      const session = await connectFtp(engine, playground().ftp);
      const find = await engine.wininet.FtpFindFirstFile(session, '/readme.txt');
      await failsWith(engine.wininet.InternetFindNextFile(find), 'ERROR_NO_MORE_FILES');
      return find;
    },
  },
  'ftp-find-html': {
    opening: openingUrl('/pub/', 0),
    reading: (engine) => engine.wininet.InternetOpenUrl(engine.root, new URL('/pub/', playground().ftp).href),
    drained: async (engine) => {
      const page = await engine.wininet.InternetOpenUrl(engine.root, new URL('/pub/', playground().ftp).href);
      await readAll(engine, page);
      return page;
    },
  },
  'ftp-file': {
    opening: openingUrl('/readme.txt', 0),
    reading: async (engine) => {
      const session = await connectFtp(engine, playground().ftp);
      return engine.wininet.FtpOpenFile(session, '/readme.txt', c.GENERIC_READ);
    },
    drained: async (engine) => {
      const session = await connectFtp(engine, playground().ftp);
      const file = await engine.wininet.FtpOpenFile(session, '/readme.txt', c.GENERIC_READ);
      await readAll(engine, file);
      return file;
    },
    writing: async (engine) => {
      const session = await connectFtp(engine, playground().ftp);
      return engine.wininet.FtpOpenFile(session, '/incoming/refusals.txt', c.GENERIC_WRITE);
    },
  },
  'gopher-connect': { open: (engine) => connectGopher(engine, playground().gopher) },
  'gopher-find': {
    opening: openingUrl('1/pub', c.INTERNET_FLAG_RAW_DATA, () => playground().gopher),
    listing: async (engine) =>
      engine.wininet.GopherFindFirstFile(await connectGopher(engine, playground().gopher), null),
    ended: async (engine) => {
      const find = await engine.wininet.GopherFindFirstFile(await connectGopher(engine, playground().gopher), null);
      const next = () => engine.wininet.InternetFindNextFile(find);
      while ((await next().catch(() => null)) !== null);
      return find;
    },
  },
  'gopher-find-html': {
    opening: openingUrl('1/pub', 0, () => playground().gopher),
    reading: (engine) => engine.wininet.InternetOpenUrl(engine.root, playground().gopher.href),
    drained: async (engine) => {
      const page = await engine.wininet.InternetOpenUrl(engine.root, playground().gopher.href);
      await readAll(engine, page);
      return page;
    },
  },
  'gopher-file': {
    opening: openingUrl('0/readme.txt', 0, () => playground().gopher),
    reading: (engine) => engine.wininet.InternetOpenUrl(engine.root, `${playground().gopher.href}0/readme.txt`),
    drained: async (engine) => {
      const file = await engine.wininet.InternetOpenUrl(engine.root, `${playground().gopher.href}0/readme.txt`);
      await readAll(engine, file);
      return file;
    },
  },
  'http-request': {
    unsent: (engine) => openRequest(engine, playground().http, '/'),
    sending: async (engine) => {
      const request = await openRequest(engine, playground().http, '/slow/never');
      pending(engine.wininet.HttpSendRequest(request));
      return request;
    },
    upload: async (engine) => {
      const request = await openRequest(engine, playground().http, '/echo', { verb: 'POST' });
      await engine.wininet.HttpSendRequestEx(request, { dwBufferTotal: 5 });
      return request;
    },
    retry: async (engine) => {
      const account = { verb: 'POST', user: 'ada', password: 'lovelace' };
      const request = await openRequest(engine, playground().http, '/auth/basic', account);
      await engine.wininet.HttpSendRequestEx(request, { dwBufferTotal: 2, lpvBuffer: 'ab' });
      await failsWith(engine.wininet.HttpEndRequest(request), 'ERROR_INTERNET_FORCE_RETRY');
      return request;
    },
    answered: (engine) => sendRequest(engine, playground().http, '/'),
    drained: async (engine) => {
      const request = await sendRequest(engine, playground().http, '/');
      await readAll(engine, request);
      return request;
    },
  },
};

const onHandles = functionNames.filter((name) => handleParameter(name) !== -1);

for (const [kind, states] of Object.entries(SETUPS) as [HandleKind, NonNullable<(typeof SETUPS)[HandleKind]>][]) {
  for (const [state, setUp] of Object.entries(states) as [HandleState, (engine: Engine) => Promise<HINTERNET>][]) {
    test(`refusal is what every function answers on a live ${kind} that is ${state}`, async (t) => {
      const engine = await startEngine(t);
      const handle = await setUp(engine);
      for (const name of onHandles) {
        const expected = refusal(name, kind, state);
        if (expected === undefined) continue;
        assert.equal(engine.journal.tree.nodes.get(handle.serial)?.state, state, 'as set up');
        const error = await failsWith(callOn(engine, name, handle), expected);
        assert.equal(error.functionName, name);
        assert.equal(error.handle, handle);
        assert.equal(engine.wininet.GetLastError(), error.code);
      }
    });
  }
}

/** Errors that say that a call is not for this handle, or not now. */
const REFUSALS: readonly string[] = [
  'ERROR_INVALID_HANDLE',
  'ERROR_INTERNET_INCORRECT_HANDLE_TYPE',
  'ERROR_INTERNET_INCORRECT_HANDLE_STATE',
  'ERROR_FTP_TRANSFER_IN_PROGRESS',
];

for (const [kind, states] of Object.entries(SETUPS) as [HandleKind, NonNullable<(typeof SETUPS)[HandleKind]>][]) {
  for (const [state, setUp] of Object.entries(states) as [HandleState, (engine: Engine) => Promise<HINTERNET>][]) {
    // A call on a handle that another call has in hand waits for it, or ends it.
    if (['opening', 'sending', 'connecting'].includes(state)) continue;
    test(`refusal is undefined for what no function refuses on a live ${kind} that is ${state}, and moves says what becomes of it`, async (t) => {
      for (const name of onHandles.filter((one) => refusal(one, kind, state) === undefined)) {
        const engine = await startEngine(t);
        const handle = await setUp(engine);
        const error = await callOn(engine, name, handle).then(
          () => null,
          (thrown: unknown) => thrown,
        );
        assert.ok(error === null || error instanceof WinInetError, `${name}: ${String(error)}`);
        assert.ok(error === null || !REFUSALS.includes(error.symbol), `${name}: ${error?.message}`);
        const node = engine.journal.tree.nodes.get(handle.serial);
        assert.ok(node !== undefined);
        if (node.closed !== null) assert.equal(name, 'InternetCloseHandle');
        else assert.ok(statesAfter(name, kind, state).includes(node.state), `${name} leads to ${node.state}`);
        await engine.wininet.dispose();
      }
    });
  }
}

/** Where a handle may be after a call, as the table says: where it was, where its moves lead, or occupied by a new child. */
function statesAfter(name: FunctionName, kind: HandleKind, state: HandleState): readonly string[] {
  const { moves, returns } = functionRow(name);
  const { success, failure, end } = moves?.[kind] ?? {};
  const occupied = (returns ?? []).flatMap((child) => kindRow(child).occupies ?? []);
  return [state, success, failure, end, ...occupied].filter((one) => one !== undefined);
}

test('SETUPS reaches every state that this engine can bring about', () => {
  const missing = (Object.keys(SETUPS) as HandleKind[]).flatMap((kind) =>
    statesOf(kind)
      .filter((state) => !Object.hasOwn(SETUPS[kind] ?? {}, state))
      .map((state) => `${kind} ${state}`),
  );
  assert.deepEqual(missing, []);
});

test('ERROR_INVALID_HANDLE is what every function answers to a closed, a stale, a foreign and a made-up handle', async (t) => {
  const engine = await startEngine(t);
  const { wininet, journal } = engine;
  const stranger = (await startEngine(t)).root;
  const closed = await wininet.InternetOpen('closed');
  await wininet.InternetCloseHandle(closed);
  await checkAll(t, engine, closed);
  const heir = await wininet.InternetOpen('heir');
  assert.equal(heir.value, closed.value);
  await checkAll(t, engine, closed);
  const notes = entriesOf(journal, 'note');
  assert.ok(
    notes.some(({ topic }) => topic === 'use-after-close') && notes.some(({ topic }) => topic === 'double-close'),
  );
  const stale = notes.filter(({ topic }) => topic === 'stale-use');
  assert.ok(stale.length > 0 && stale.every(({ text }) => text.includes(`serial ${heir.serial}`)));
  for (const junk of [stranger, null, undefined, 0x00cc0004, 'handle', {}, Object.create(null)]) {
    await checkAll(t, engine, junk);
  }
});

async function checkAll(_t: TestContext, engine: Engine, handle: unknown): Promise<void> {
  // For some functions NULL is the library itself.
  const names = onHandles.filter((name) => handle !== null || functionRow(name).acceptsNull !== true);
  for (const name of names) {
    // As recorded, InternetErrorDlg takes NULL for a missing parameter.
    const missing = name === 'InternetErrorDlg' && handle === null;
    await failsWith(callOn(engine, name, handle), missing ? 'ERROR_INVALID_PARAMETER' : 'ERROR_INVALID_HANDLE');
  }
}

/** Calls a function with this handle; the other arguments are such that they would not be refused first. */
function callOn({ wininet }: Engine, name: FunctionName, handle: unknown): Promise<unknown> {
  const args = functionRow(name).parameters.map((parameter, index) => {
    if (index === handleParameter(name)) return handle;
    if (/^(lpBuffer|lpOptional)$/.test(parameter)) return new Uint8Array(1);
    return parameter.startsWith('lpsz') ? 'x' : 0;
  });
  const call: unknown = wininet[name];
  assert.ok(typeof call === 'function');
  const result: unknown = Reflect.apply(call, wininet, args);
  assert.ok(result instanceof Promise, `${name} returns a promise whatever it is given`);
  return result;
}

function openingUrl(
  path: string,
  flags: number,
  server: () => URL = () => playground().ftp,
): (engine: Engine) => Promise<HINTERNET> {
  return async (engine) => {
    pending(engine.wininet.InternetOpenUrl(engine.root, new URL(path, server()).href, null, flags));
    return newest(engine);
  };
}

/** The handle that a call has made before it ends. */
function newest({ wininet, journal }: Engine): HINTERNET {
  const handle = wininet.handleWithSerial(Math.max(...journal.tree.nodes.keys()));
  assert.ok(handle !== null);
  return handle;
}

/** A call that is still running when its engine is closed. */
function pending(call: Promise<unknown>): void {
  call.catch((error: unknown) => assert.ok(error instanceof WinInetError));
}
