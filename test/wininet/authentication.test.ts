import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import * as c from '../../extension/shared/constants.ts';
import type { HINTERNET } from '../../extension/wininet/index.ts';
import { listen, serve } from '../drivers/httpFixture.ts';
import { startNginx } from '../peers/nginx.ts';
import { withPeer } from '../peers/peer.ts';
import { withPlayground } from '../playground/withPlayground.ts';
import {
  connectHttp,
  type Engine,
  entriesOf,
  leavesNothingBehind,
  openRequest,
  readAll,
  sendRequest,
  startEngine,
} from './engineFixture.ts';

const playground = withPlayground();
leavesNothingBehind();

const ACCOUNT = { user: 'ada', password: 'first programmer' };

test('HttpSendRequest answers a Basic challenge with the name and password of InternetConnect', async (t) => {
  await withPeer(t, startNginx, async ({ urls, account }) => {
    const engine = await startEngine(t);
    const request = await sendRequest(engine, new URL(urls.http), '/private/secret.txt', account);
    assert.equal((await readAll(engine, request)).toString(), 'Only for those who know.\n');
    assert.equal(await engine.wininet.HttpQueryInfo(request, c.HTTP_QUERY_STATUS_CODE), '200');
    const wrong = { ...account, password: 'wrong' };
    const refused = await sendRequest(engine, new URL(urls.http), '/private/secret.txt', wrong);
    assert.equal(await engine.wininet.HttpQueryInfo(refused, c.HTTP_QUERY_STATUS_CODE), '401');
  });
});

test('HttpSendRequest sends its body again with the proof that a Digest challenge asks for', async (t) => {
  const engine = await startEngine(t);
  const { wininet, journal } = engine;
  const account = playgroundAccount();
  const request = await openRequest(engine, playground().http, '/auth/digest', { ...account, verb: 'POST' });
  await wininet.HttpSendRequest(request, null, 'the body');
  assert.equal(await wininet.HttpQueryInfo(request, c.HTTP_QUERY_STATUS_CODE), '200');
  const lengths = entriesOf(journal, 'wire').filter(({ text }) => /^Content-Length: 8\r?$/m.test(text));
  assert.equal(lengths.length, 2);
});

test('HttpSendRequest gives the 401 to a program that has no password, forbids it, or is asked for another scheme', async (t) => {
  const engine = await startEngine(t);
  for (const [path, options] of [
    ['/auth/basic', {}],
    ['/auth/basic', { ...ACCOUNT, requestFlags: c.INTERNET_FLAG_NO_AUTH }],
    ['/auth/ntlm', ACCOUNT],
    ['/auth/negotiate', ACCOUNT],
  ] as const) {
    const request = await sendRequest(engine, playground().http, path, options);
    assert.equal(await engine.wininet.HttpQueryInfo(request, c.HTTP_QUERY_STATUS_CODE), '401', path);
    assert.ok((await readAll(engine, request)).length > 0);
  }
});

test('HttpSendRequest takes an empty user name for none, and does not try again with it', async (t) => {
  const engine = await startEngine(t);
  const request = await sendRequest(engine, playground().http, '/auth/basic', { user: '', password: '' });
  assert.equal(await engine.wininet.HttpQueryInfo(request, c.HTTP_QUERY_STATUS_CODE), '401');
  assert.equal(entriesOf(engine.journal, 'wire').filter(({ direction }) => direction === 'out').length, 1);
});

test('HttpSendRequest takes INTERNET_OPTION_USERNAME and INTERNET_OPTION_PASSWORD for a second try', async (t) => {
  const engine = await startEngine(t);
  const { wininet } = engine;
  const account = playgroundAccount();
  const request = await sendRequest(engine, playground().http, '/auth/basic');
  assert.equal(await wininet.HttpQueryInfo(request, c.HTTP_QUERY_STATUS_CODE), '401');
  await wininet.InternetSetOption(request, c.INTERNET_OPTION_USERNAME, account.user);
  await wininet.InternetSetOption(request, c.INTERNET_OPTION_PASSWORD, account.password);
  await wininet.HttpSendRequest(request);
  assert.equal(await wininet.HttpQueryInfo(request, c.HTTP_QUERY_STATUS_CODE), '200');
});

test('HttpSendRequest answers a challenge with name and password in the place of an Authorization header that was refused', async (t) => {
  const engine = await startEngine(t);
  const { wininet, journal } = engine;
  const request = await openRequest(engine, playground().http, '/auth/basic', playgroundAccount());
  await wininet.HttpSendRequest(request, 'Authorization: Basic YTpi');
  assert.equal(await wininet.HttpQueryInfo(request, c.HTTP_QUERY_STATUS_CODE), '200');
  await readAll(engine, request);
  await wininet.HttpSendRequest(request);
  const sent = entriesOf(journal, 'wire').filter(({ direction }) => direction === 'out');
  assert.equal(sent.length, 3, 'what was accepted goes at once the next time');
});

/** What a program says between two sendings of a request, each with what a real WinINet sends the server then. */
const LOGINS: Readonly<Record<string, readonly (readonly [say: Say, sent: readonly string[]])[]>> = {
  'the same again': [
    [{}, ['-', 'ada:wrong']],
    [{}, ['ada:wrong', 'ada:wrong']],
  ],
  'a better password on the request': [
    [{}, ['-', 'ada:wrong']],
    [{ request: { password: 'right' } }, ['ada:wrong', 'ada:right']],
    [{}, ['ada:right']],
  ],
  'a better password on the session': [
    [{}, ['-', 'ada:wrong']],
    [{ session: { password: 'right' } }, ['ada:wrong', 'ada:right']],
  ],
  'another user, on the session although the request has its own': [
    [{ request: { user: 'eve' } }, ['-', 'eve:wrong']],
    [{ session: { user: 'ada', password: 'right' } }, ['eve:wrong', 'ada:right']],
    [{}, ['ada:right']],
  ],
  'a wrong password after the right one': [
    [{ request: { password: 'right' } }, ['-', 'ada:right']],
    [{ request: { password: 'wrong' } }, ['-', 'ada:wrong']],
  ],
};

for (const [what, sendings] of Object.entries(LOGINS)) {
  test(`HttpSendRequest sends to a server that refused a password: ${what}`, async (t) => {
    const { seen, engine, server } = await startLogin(t);
    const session = await connectHttp(engine, server, { user: 'ada', password: 'wrong' });
    const request = await engine.wininet.HttpOpenRequest(session, 'GET', '/');
    for (const [say, sent] of sendings) {
      await tell(engine, request, say.request);
      await tell(engine, session, say.session);
      await engine.wininet.HttpSendRequest(request);
      assert.deepEqual(seen.splice(0), sent);
      const status = await engine.wininet.HttpQueryInfo(request, c.HTTP_QUERY_STATUS_CODE);
      assert.equal(status, sent.at(-1) === 'ada:right' ? '200' : '401');
    }
  });
}

test('INTERNET_OPTION_PASSWORD belongs to the session: the next request knows what was set on the last one', async (t) => {
  const { seen, engine, server } = await startLogin(t);
  const { wininet } = engine;
  const session = await connectHttp(engine, server, { user: 'ada', password: 'wrong' });
  const first = await wininet.HttpOpenRequest(session, 'GET', '/');
  await wininet.InternetSetOption(first, c.INTERNET_OPTION_PASSWORD, 'right');
  await wininet.InternetCloseHandle(first);
  const second = await wininet.HttpOpenRequest(session, 'GET', '/');
  await wininet.HttpSendRequest(second);
  assert.deepEqual(seen, ['-', 'ada:right']);
  const other = await connectHttp(engine, server);
  assert.equal(await wininet.InternetQueryOption(session, c.INTERNET_OPTION_PASSWORD), 'right');
  assert.equal(await wininet.InternetQueryOption(other, c.INTERNET_OPTION_PASSWORD), '');
});

test('INTERNET_OPTION_USERNAME tells who was remembered, once a session without a name has sent it', async (t) => {
  const { seen, engine, server } = await startLogin(t);
  const { wininet } = engine;
  await sendRequest(engine, server, '/', { user: 'ada', password: 'right' });
  const session = await connectHttp(engine, server);
  const request = await wininet.HttpOpenRequest(session, 'GET', '/');
  assert.equal(await wininet.InternetQueryOption(request, c.INTERNET_OPTION_USERNAME), '');
  seen.length = 0;
  await wininet.HttpSendRequest(request);
  assert.deepEqual(seen, ['ada:right']);
  assert.equal(await wininet.InternetQueryOption(request, c.INTERNET_OPTION_USERNAME), 'ada');
});

test('InternetOpenUrl logs on with the user and password of the URL, and the journal knows neither', async (t) => {
  const engine = await startEngine(t);
  const { wininet, root, journal } = engine;
  const { user, password } = playgroundAccount();
  const url = new URL('/auth/basic', playground().http);
  url.username = user;
  url.password = password;
  const handle = await wininet.InternetOpenUrl(root, url.href);
  assert.equal(await wininet.HttpQueryInfo(handle, c.HTTP_QUERY_STATUS_CODE), '200');
  const journalText = JSON.stringify(entriesOf(journal, 'call-begin')) + JSON.stringify(entriesOf(journal, 'wire'));
  const encoded = Buffer.from(`${user}:${password}`).toString('base64');
  for (const secret of [url.password, password, encoded]) assert.ok(!journalText.includes(secret), journalText);
});

test('HttpSendRequest leaves an Authorization header of the program alone', async (t) => {
  const engine = await startEngine(t);
  const request = await openRequest(engine, playground().http, '/auth/basic', ACCOUNT);
  await engine.wininet.HttpSendRequest(request, 'Authorization: Basic bm86bm8=');
  assert.equal(await engine.wininet.HttpQueryInfo(request, c.HTTP_QUERY_STATUS_CODE), '401');
});

test('HttpSendRequest keeps a password from a server to which it was redirected, also when the request is sent again', async (t) => {
  const { seen, engine, server } = await startLogin(t);
  const first = await serve(t, {
    '*': [`HTTP/1.1 302 Found\r\nLocation: ${server.href}\r\nContent-Length: 0\r\n\r\n`],
  });
  const session = await connectHttp(engine, new URL(`http://127.0.0.1:${first.port}`), {
    user: 'ada',
    password: 'right',
  });
  const request = await engine.wininet.HttpOpenRequest(session, 'GET', '/');
  for (let sendings = 0; sendings < 2; sendings += 1) {
    await engine.wininet.HttpSendRequest(request);
    assert.equal(await engine.wininet.HttpQueryInfo(request, c.HTTP_QUERY_STATUS_CODE), '401');
  }
  assert.deepEqual(seen, ['-', '-']);
  await tell(engine, request, { user: 'ada', password: 'for the other' });
  await engine.wininet.HttpSendRequest(request);
  assert.deepEqual(
    seen,
    ['-', '-', '-', 'ada:for the other'],
    'what the program gives now is for the server that asked',
  );
});

interface Login {
  readonly user?: string;
  readonly password?: string;
}

interface Say {
  readonly request?: Login;
  readonly session?: Login;
}

/** Sets what is said as options of a handle. */
async function tell({ wininet }: Engine, handle: HINTERNET, { user, password }: Login = {}): Promise<void> {
  if (user !== undefined) await wininet.InternetSetOption(handle, c.INTERNET_OPTION_USERNAME, user);
  if (password !== undefined) await wininet.InternetSetOption(handle, c.INTERNET_OPTION_PASSWORD, password);
}

/** A server that lets ada in with the password "right"; `seen` is what each request proved, `-` for nothing. */
async function startLogin(t: TestContext) {
  const seen: string[] = [];
  const sockets: Socket[] = [];
  const web = createServer((request, response) => {
    const given = request.headers.authorization?.replace('Basic ', '');
    const proof = given === undefined ? '-' : Buffer.from(given, 'base64').toString();
    seen.push(proof);
    response.statusCode = proof === 'ada:right' ? 200 : 401;
    response.setHeader('WWW-Authenticate', 'Basic realm="x"').end('a body');
  });
  web.on('connection', (socket) => sockets.push(socket));
  const port = await listen(t, web, sockets);
  return { seen, engine: await startEngine(t), server: new URL(`http://127.0.0.1:${port}/`) };
}

/** Reads name and password from the page that asks for them. */
function playgroundAccount(): typeof ACCOUNT {
  const shown = playground().addresses.find(({ url }) => url.endsWith('/auth/basic'))?.detail ?? '';
  const [, user = '', password = ''] = /user is "([^"]+)", the password "([^"]+)"/.exec(shown) ?? [];
  assert.ok(user !== '' && password !== '');
  return { user, password };
}
