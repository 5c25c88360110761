import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as c from '../../extension/shared/constants.ts';
import { END, ok, type RawServer, serve } from '../drivers/httpFixture.ts';
import { findFreePorts } from '../peers/ports.ts';
import { withPlayground } from '../playground/withPlayground.ts';
import { connectHttp, failsWith, leavesNothingBehind, openRequest, readAll, startEngine } from './engineFixture.ts';

const playground = withPlayground();
leavesNothingBehind();

test('HttpSendRequest follows relative, absolute and chained redirects, and INTERNET_OPTION_URL tells where it arrived', async (t) => {
  const engine = await startEngine(t);
  const { wininet } = engine;
  const { origin } = playground().http;
  for (const path of ['/redirect/relative', '/redirect/absolute', '/redirect/chain/3', '/redirect/chain/5']) {
    const request = await openRequest(engine, playground().http, path);
    await wininet.HttpSendRequest(request);
    assert.equal((await readAll(engine, request)).toString(), `You have arrived at ${origin}/redirect/landing\n`);
    assert.equal(await wininet.InternetQueryOption(request, c.INTERNET_OPTION_URL), `${origin}/redirect/landing`);
  }
});

test('HttpSendRequest follows five redirects and no more', async (t) => {
  const engine = await startEngine(t);
  for (const path of ['/redirect/chain/6', '/redirect/loop']) {
    const request = await openRequest(engine, playground().http, path);
    const error = await failsWith(engine.wininet.HttpSendRequest(request), 'ERROR_HTTP_REDIRECT_FAILED');
    assert.match(error.message, /5 times/);
  }
});

test('HttpSendRequest leaves a redirect alone with INTERNET_FLAG_NO_AUTO_REDIRECT, and one without Location', async (t) => {
  const engine = await startEngine(t);
  for (const [path, requestFlags] of [
    ['/redirect/absolute', c.INTERNET_FLAG_NO_AUTO_REDIRECT],
    ['/redirect/nowhere', 0],
  ] as const) {
    const request = await openRequest(engine, playground().http, path, { requestFlags });
    await engine.wininet.HttpSendRequest(request);
    assert.equal(await engine.wininet.HttpQueryInfo(request, c.HTTP_QUERY_STATUS_CODE), '302');
  }
});

test('HttpSendRequest hands 300 and 308 to the program, as recorded', async (t) => {
  const answer = (status: number) => [`HTTP/1.1 ${status} There\r\nLocation: /there\r\nContent-Length: 0\r\n\r\n`];
  const server = await serve(t, { '/300': answer(300), '/308': answer(308) });
  const engine = await startEngine(t);
  for (const status of ['300', '308']) {
    const request = await openRequest(engine, urlOf(server), `/${status}`);
    await engine.wininet.HttpSendRequest(request);
    assert.equal(await engine.wininet.HttpQueryInfo(request, c.HTTP_QUERY_STATUS_CODE), status);
  }
});

test('HttpSendRequest fails on a Location that is no address, and the answer can be queried and read', async (t) => {
  const head = 'HTTP/1.1 302 Found\r\nLocation: http:///nohost\r\nContent-Length: 3\r\n\r\nodd';
  const server = await serve(t, { '*': [head] });
  const engine = await startEngine(t);
  const request = await openRequest(engine, urlOf(server), '/');
  await failsWith(engine.wininet.HttpSendRequest(request), 'ERROR_INTERNET_INVALID_URL');
  assert.equal(await engine.wininet.HttpQueryInfo(request, c.HTTP_QUERY_STATUS_CODE), '302');
  assert.equal((await readAll(engine, request)).toString(), 'odd');
});

test('HttpSendRequest hands a redirect to a scheme that it does not know to the program', async (t) => {
  const head = 'HTTP/1.1 302 Found\r\nLocation: test:non:http/url\r\nContent-Length: 3\r\n\r\nodd';
  const server = await serve(t, { '*': [head] });
  const engine = await startEngine(t);
  const request = await openRequest(engine, urlOf(server), '/');
  await engine.wininet.HttpSendRequest(request);
  assert.equal(await engine.wininet.HttpQueryInfo(request, c.HTTP_QUERY_STATUS_CODE), '302');
  assert.equal((await readAll(engine, request)).toString(), 'odd');
});

test('HttpSendRequest goes on in the version of the answer that redirects', async (t) => {
  const server = await serve(t, {
    '/old': ['HTTP/1.0 302 Found\r\nLocation: /there\r\nConnection: close\r\nContent-Length: 0\r\n\r\n', END],
    '*': [ok('arrived')],
  });
  const engine = await startEngine(t);
  const request = await openRequest(engine, urlOf(server), '/old');
  await engine.wininet.HttpSendRequest(request);
  assert.match(server.received[1]?.head ?? '', /^GET \/there HTTP\/1\.0\r\n/);
});

test('HttpSendRequest does not follow to FTP', async (t) => {
  const engine = await startEngine(t);
  const request = await openRequest(engine, playground().http, '/redirect/ftp');
  await failsWith(engine.wininet.HttpSendRequest(request), 'ERROR_INTERNET_REDIRECT_SCHEME_CHANGE');
});

test('HttpSendRequest goes from https down to http only with INTERNET_FLAG_IGNORE_REDIRECT_TO_HTTP', async (t) => {
  const engine = await startEngine(t);
  const { wininet } = engine;
  const secure = { flags: c.INTERNET_FLAG_SECURE };
  const refused = await openRequest(engine, playground().https, '/redirect/http', secure);
  await wininet.InternetSetOption(refused, c.INTERNET_OPTION_SECURITY_FLAGS, c.SECURITY_FLAG_IGNORE_UNKNOWN_CA);
  await failsWith(wininet.HttpSendRequest(refused), 'ERROR_INTERNET_HTTPS_TO_HTTP_ON_REDIR');
  const requestFlags = c.INTERNET_FLAG_IGNORE_REDIRECT_TO_HTTP;
  const followed = await openRequest(engine, playground().https, '/redirect/http', { ...secure, requestFlags });
  await wininet.InternetSetOption(followed, c.INTERNET_OPTION_SECURITY_FLAGS, c.SECURITY_FLAG_IGNORE_UNKNOWN_CA);
  await wininet.HttpSendRequest(followed);
  assert.match((await readAll(engine, followed)).toString(), /^You have arrived at http:/);
});

test('HttpSendRequest goes from http up to https with INTERNET_FLAG_IGNORE_REDIRECT_TO_HTTPS, or a security flag', async (t) => {
  const engine = await startEngine(t);
  const { wininet } = engine;
  const refused = await openRequest(engine, playground().http, '/redirect/https');
  await failsWith(wininet.HttpSendRequest(refused), 'ERROR_INTERNET_HTTP_TO_HTTPS_ON_REDIR');
  const allowed = c.SECURITY_FLAG_IGNORE_UNKNOWN_CA | c.SECURITY_FLAG_IGNORE_REDIRECT_TO_HTTPS;
  await wininet.InternetSetOption(refused, c.INTERNET_OPTION_SECURITY_FLAGS, allowed);
  await wininet.HttpSendRequest(refused);
  assert.match((await readAll(engine, refused)).toString(), /^You have arrived at https:/);
  const requestFlags = c.INTERNET_FLAG_IGNORE_REDIRECT_TO_HTTPS;
  const followed = await openRequest(engine, playground().http, '/redirect/https', { requestFlags });
  await failsWith(wininet.HttpSendRequest(followed), 'ERROR_INTERNET_INVALID_CA');
});

test('HttpSendRequest keeps method and body over 307, and goes on without a body over 301, 302 and 303, where POST becomes GET', async (t) => {
  const redirect = (status: number) => [`HTTP/1.1 ${status} Go\r\nLocation: /there\r\nContent-Length: 0\r\n\r\n`];
  const script = Object.fromEntries([301, 302, 303, 307].map((status) => [`/${status}`, redirect(status)]));
  const server = await serve(t, { ...script, '*': [ok('arrived')] });
  const engine = await startEngine(t);
  for (const [status, verb, then] of [
    [301, 'POST', 'GET'],
    [302, 'POST', 'GET'],
    [303, 'POST', 'GET'],
    [307, 'POST', 'POST'],
    [307, 'PUT', 'PUT'],
    [307, 'GET', 'GET'],
    [302, 'HEAD', 'HEAD'],
    [302, 'GET', 'GET'],
    [303, 'GET', 'GET'],
  ] as const) {
    server.received.length = 0;
    const request = await openRequest(engine, urlOf(server), `/${status}`, { verb });
    await engine.wininet.HttpSendRequest(request, 'Content-Type: text/plain', 'the body');
    const [, second] = server.received;
    const what = `${verb} ${status}`;
    assert.ok(second?.head.startsWith(`${then} /there HTTP/1.1`), `${what}: ${second?.head}`);
    assert.equal(second?.body, status === 307 ? 'the body' : '', what);
    assert.equal(/^content-type:/im.test(second?.head ?? ''), status === 307, what);
    if (verb !== 'HEAD') await readAll(engine, request);
    await engine.wininet.InternetCloseHandle(request);
  }
});

test("HttpSendRequest takes the program's headers along, with the Host of the new server", async (t) => {
  const target = await serve(t, { '*': [ok('arrived')] });
  const location = `http://localhost:${target.port}/there?x=1#part`;
  const server = await serve(t, { '*': [`HTTP/1.1 302 Go\r\nLocation: ${location}\r\nContent-Length: 0\r\n\r\n`] });
  const engine = await startEngine(t);
  const request = await openRequest(engine, urlOf(server), '/here');
  await engine.wininet.HttpSendRequest(request, 'X-Mine: 1');
  const head = target.received[0]?.head ?? '';
  assert.match(head, /^GET \/there\?x=1#part HTTP\/1\.1\r\n/);
  assert.ok(head.includes(`\r\nHost: localhost:${target.port}`) && head.includes('\r\nX-Mine: 1'), head);
});

test("HttpSendRequest never gives the program's password to a server that a redirect names", async (t) => {
  const challenge = 'HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm="trap"\r\nContent-Length: 0\r\n\r\n';
  const target = await serve(t, { '*': [challenge] });
  const there = `HTTP/1.1 302 Go\r\nLocation: http://127.0.0.1:${target.port}/trap\r\nContent-Length: 0\r\n\r\n`;
  const server = await serve(t, { '/open': [there], '/locked': [[challenge], [there]] });
  const engine = await startEngine(t);
  for (const path of ['/open', '/locked']) {
    const session = await connectHttp(engine, urlOf(server), { user: 'ada', password: 'secret' });
    const request = await engine.wininet.HttpOpenRequest(session, null, path, null, null, null, 0, 0);
    await engine.wininet.HttpSendRequest(request);
    assert.equal(await engine.wininet.HttpQueryInfo(request, c.HTTP_QUERY_STATUS_CODE), '401');
  }
  assert.match(server.received[2]?.head ?? '', /Authorization: Basic/, 'the server that was named did get it');
  assert.equal(target.received.length, 2);
  for (const { head } of target.received) assert.doesNotMatch(head, /authorization/i);
});

test('HttpSendRequest resolves dots in a Location and keeps the rest as the original does', async (t) => {
  const rows = [
    ['../up', '/a/up'],
    ['./same', '/a/b/same'],
    ['/root/./x/../y', '/root/y'],
    ['?query', '/a/b/?query'],
    ['', '/a/b/'],
    ['with space', '/a/b/with%20space'],
  ] as const;
  for (const [location, expected] of rows) {
    const answer = `HTTP/1.1 302 Go\r\nLocation: ${location}\r\nContent-Length: 0\r\n\r\n`;
    const server = await serve(t, { '/a/b/c': [answer], '*': [ok('arrived')] });
    const engine = await startEngine(t);
    const request = await openRequest(engine, urlOf(server), '/a/b/c');
    await engine.wininet.HttpSendRequest(request);
    assert.equal(server.received[1]?.head.split(' ')[1], expected, location);
  }
});

function urlOf(server: RawServer): URL {
  return new URL(`http://127.0.0.1:${server.port}`);
}

test('HttpSendRequest leaves Authorization, Proxy-Authorization, Cookie and Host of the program behind when a redirect names another server', async (t) => {
  const target = await serve(t, { '*': [ok('arrived')] });
  const location = `http://127.0.0.1:${target.port}/`;
  const server = await serve(t, { '*': [`HTTP/1.1 302 Go\r\nLocation: ${location}\r\nContent-Length: 0\r\n\r\n`] });
  const engine = await startEngine(t);
  const request = await openRequest(engine, urlOf(server), '/here');
  await engine.wininet.HttpSendRequest(
    request,
    'Authorization: Bearer x\r\nProxy-Authorization: Basic y\r\nCookie: a=1\r\nHost: virtual.example\r\nX-Mine: 1',
  );
  assert.match(server.received[0]?.head ?? '', /^Host: virtual\.example\r$/m);
  assert.match(server.received[0]?.head ?? '', /^Proxy-Authorization: Basic y\r$/m);
  const head = target.received[0]?.head ?? '';
  assert.doesNotMatch(head, /^(Authorization|Proxy-Authorization|Cookie):/m);
  assert.match(head, new RegExp(`^Host: 127\\.0\\.0\\.1:${target.port}\r$`, 'm'));
  assert.match(head, /^X-Mine: 1$/m);
});

test('HttpSendRequest names the target of a redirect in Host also on the same server, in the place of what the program said', async (t) => {
  const server = await serve(t, {
    '/here': ['HTTP/1.1 302 Go\r\nLocation: /there\r\nContent-Length: 0\r\n\r\n'],
    '*': [ok('arrived')],
  });
  const engine = await startEngine(t);
  const request = await openRequest(engine, urlOf(server), '/here');
  await engine.wininet.HttpSendRequest(request, 'Host: virtual.example\r\nCookie: a=1');
  const [first, second] = server.received.map(({ head }) => head);
  assert.match(first ?? '', /^Host: virtual\.example\r$/m);
  assert.match(second ?? '', new RegExp(`^Host: 127\\.0\\.0\\.1:${server.port}\r?$`, 'm'));
  assert.match(second ?? '', /^Cookie: a=1\r?$/m);
});

test('HttpSendRequest gives the connection back when a Location cannot be followed', async (t) => {
  const server = await serve(t, {
    '/odd': ['HTTP/1.1 302 Go\r\nLocation: http:///bar\r\nContent-Length: 0\r\n\r\n'],
    '*': [ok('still there')],
  });
  const engine = await startEngine(t);
  await engine.wininet.InternetSetOption(null, c.INTERNET_OPTION_MAX_CONNS_PER_SERVER, 1);
  const odd = await openRequest(engine, urlOf(server), '/odd');
  await assert.rejects(engine.wininet.HttpSendRequest(odd));
  const next = await openRequest(engine, urlOf(server), '/next');
  await engine.wininet.HttpSendRequest(next);
  assert.equal((await readAll(engine, next)).toString(), 'still there');
});

test('HttpSendRequest keeps the answer whose redirect leads to nobody: its head can be queried, its body is read away', async (t) => {
  const nobody = await addressOfNobody();
  const server = await serve(t, {
    '/': [`HTTP/1.1 302 Found\r\nLocation: ${nobody}\r\nX-Kept: yes\r\nContent-Length: 6\r\n\r\nfollow`],
  });
  const engine = await startEngine(t);
  const { wininet } = engine;
  const request = await openRequest(engine, urlOf(server), '/');
  await failsWith(wininet.HttpSendRequest(request), 'ERROR_INTERNET_CANNOT_CONNECT');
  assert.equal(await wininet.HttpQueryInfo(request, c.HTTP_QUERY_STATUS_CODE), '302');
  assert.equal(await wininet.HttpQueryInfo(request, c.HTTP_QUERY_CUSTOM, 'X-Kept'), 'yes');
  assert.equal(await wininet.InternetQueryOption(request, c.INTERNET_OPTION_URL), nobody);
  assert.equal(await wininet.InternetQueryDataAvailable(request), 0);
  assert.equal(await wininet.InternetReadFile(request, new Uint8Array(10)), 0);
});

test('HttpSendRequest keeps no answer where its first connection fails', async (t) => {
  const nobody = await addressOfNobody();
  const engine = await startEngine(t);
  const { wininet } = engine;
  const request = await openRequest(engine, new URL(nobody), '/');
  await failsWith(wininet.HttpSendRequest(request), 'ERROR_INTERNET_CANNOT_CONNECT');
  assert.equal(await wininet.HttpQueryInfo(request, c.HTTP_QUERY_STATUS_CODE), '0');
  await failsWith(wininet.InternetReadFile(request, new Uint8Array(10)), 'ERROR_INTERNET_INCORRECT_HANDLE_STATE');
});

/** An address at which nobody listens. */
async function addressOfNobody(): Promise<string> {
  return `http://127.0.0.1:${await findFreePorts(1)}/`;
}
