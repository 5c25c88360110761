import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import * as c from '../../extension/shared/constants.ts';
import { ok, serve } from '../drivers/httpFixture.ts';
import { withPlayground } from '../playground/withPlayground.ts';
import {
  connectHttp,
  failsWith,
  leavesNothingBehind,
  openRequest,
  readAll,
  sendRequest,
  startEngine,
  witness,
} from './engineFixture.ts';

const playground = withPlayground();
leavesNothingBehind();

const urlOf = ({ port }: { readonly port: number }) => new URL(`http://127.0.0.1:${port}/`);
const through = (port: number) => ({
  dwAccessType: c.INTERNET_OPEN_TYPE_PROXY,
  lpszProxy: `127.0.0.1:${port}`,
  lpszProxyBypass: null,
});
const SECURE = { flags: c.INTERNET_FLAG_SECURE };

test('InternetSetOption of a time-out counts for what a handle waits for from then on', async (t) => {
  const silent = await serve(t, { '*': ['HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab'] });
  const engine = await startEngine(t);
  const { wininet } = engine;
  const request = await sendRequest(engine, urlOf(silent), '/');
  const buffer = new Uint8Array(5);
  assert.equal(await wininet.InternetReadFile(request, buffer.subarray(0, 2)), 2);
  await wininet.InternetSetOption(request, c.INTERNET_OPTION_RECEIVE_TIMEOUT, 60);
  await failsWith(wininet.InternetReadFile(request, buffer), 'ERROR_INTERNET_TIMEOUT');
});

test('InternetSetOption of INTERNET_OPTION_PROXY sends requests through the proxy of the nearest handle', async (t) => {
  const [one, two] = [await serve(t, { '*': [ok('one')] }), await serve(t, { '*': [ok('two')] })];
  const engine = await startEngine(t);
  const { wininet, root } = engine;
  await wininet.InternetSetOption(root, c.INTERNET_OPTION_PROXY, through(one.port));
  assert.deepEqual(await wininet.InternetQueryOption(root, c.INTERNET_OPTION_PROXY), through(one.port));
  const session = await connectHttp(engine, new URL('http://origin.example:81/'));
  const open = () => wininet.HttpOpenRequest(session, null, '/', null, null, null, 0, 0);
  const [first, second] = [await open(), await open()];
  await wininet.InternetSetOption(second, c.INTERNET_OPTION_PROXY, through(two.port));
  for (const [request, answer] of [
    [first, 'one'],
    [second, 'two'],
  ] as const) {
    assert.equal(await wininet.InternetQueryOption(request, c.INTERNET_OPTION_REQUEST_FLAGS), 8);
    await wininet.HttpSendRequest(request);
    assert.equal((await readAll(engine, request)).toString(), answer);
    const flags = await wininet.InternetQueryOption(request, c.INTERNET_OPTION_REQUEST_FLAGS);
    assert.equal(flags, c.INTERNET_REQFLAG_VIA_PROXY);
  }
});

test('InternetOpen with INTERNET_OPEN_TYPE_PRECONFIG takes the proxies of the library, and INTERNET_OPTION_REFRESH takes them anew', async (t) => {
  const { wininet } = await startEngine(t);
  const configure = (port: number) =>
    wininet.InternetSetOption(null, c.INTERNET_OPTION_PER_CONNECTION_OPTION, {
      pszConnection: null,
      pOptions: [
        { dwOption: c.INTERNET_PER_CONN_FLAGS, Value: c.PROXY_TYPE_DIRECT | c.PROXY_TYPE_PROXY },
        { dwOption: c.INTERNET_PER_CONN_PROXY_SERVER, Value: `127.0.0.1:${port}` },
      ],
    });
  await configure(1);
  const root = await wininet.InternetOpen('x', c.INTERNET_OPEN_TYPE_PRECONFIG);
  const direct = await wininet.InternetOpen('x', c.INTERNET_OPEN_TYPE_DIRECT);
  await configure(2);
  const proxyOf = (handle: typeof root | null) => wininet.InternetQueryOption(handle, c.INTERNET_OPTION_PROXY);
  assert.deepEqual(await proxyOf(root), through(1));
  for (const handle of [root, direct]) await wininet.InternetSetOption(handle, c.INTERNET_OPTION_REFRESH, null);
  assert.deepEqual(await proxyOf(root), through(2));
  assert.deepEqual(await proxyOf(null), through(2));
  const none = { dwAccessType: c.INTERNET_OPEN_TYPE_DIRECT, lpszProxy: null, lpszProxyBypass: null };
  assert.deepEqual(await proxyOf(direct), none);
  assert.deepEqual(await wininet.InternetQueryOption(root, c.INTERNET_OPTION_PER_CONNECTION_OPTION), {
    pszConnection: null,
    pOptions: [
      { dwOption: c.INTERNET_PER_CONN_FLAGS, Value: c.PROXY_TYPE_PROXY },
      { dwOption: c.INTERNET_PER_CONN_PROXY_SERVER, Value: '127.0.0.1:2' },
      { dwOption: c.INTERNET_PER_CONN_PROXY_BYPASS, Value: null },
    ],
  });
});

test('InternetSetOption of INTERNET_OPTION_PER_CONNECTION_OPTION takes the name of a proxy before and after its flag', async (t) => {
  const server = await serve(t, { '*': [ok('direct')] });
  const proxy = await serve(t, { '*': [ok('proxied')] });
  const engine = await startEngine(t);
  const { wininet, root } = engine;
  const set = (dwOption: number, Value: number | string | null) =>
    wininet.InternetSetOption(root, c.INTERNET_OPTION_PER_CONNECTION_OPTION, {
      pszConnection: null,
      pOptions: [{ dwOption, Value }],
    });
  const answer = async () => {
    const request = await openRequest(engine, urlOf(server), '/');
    await wininet.HttpSendRequest(request);
    return (await readAll(engine, request)).toString();
  };
  await set(c.INTERNET_PER_CONN_PROXY_BYPASS, '<-loopback>');
  await set(c.INTERNET_PER_CONN_FLAGS, c.PROXY_TYPE_PROXY);
  assert.equal(await answer(), 'direct');
  await set(c.INTERNET_PER_CONN_PROXY_SERVER, `127.0.0.1:${proxy.port}`);
  assert.equal(await answer(), 'proxied');
  await set(c.INTERNET_PER_CONN_PROXY_SERVER, null);
  assert.equal(await answer(), 'direct');
});

test('InternetSetOption of INTERNET_OPTION_PER_CONNECTION_OPTION refuses scripts and other connections', async (t) => {
  const { wininet } = await startEngine(t);
  for (const [pszConnection, dwOption, Value] of [
    ['dial-up', c.INTERNET_PER_CONN_FLAGS, c.PROXY_TYPE_DIRECT],
    [null, c.INTERNET_PER_CONN_FLAGS, c.PROXY_TYPE_AUTO_PROXY_URL],
    [null, c.INTERNET_PER_CONN_AUTOCONFIG_URL, 'http://example/proxy.pac'],
  ] as const) {
    const list = { pszConnection, pOptions: [{ dwOption, Value }] };
    const setting = wininet.InternetSetOption(null, c.INTERNET_OPTION_PER_CONNECTION_OPTION, list);
    await failsWith(setting, 'ERROR_INVALID_PARAMETER');
  }
});

test('InternetQueryOption tells how the connection of a request is secured', async (t) => {
  const engine = await startEngine(t);
  const { wininet } = engine;
  const request = await openRequest(engine, playground().https, '/redirect/landing', SECURE);
  const ask = (option: number) => wininet.InternetQueryOption(request, option);
  assert.equal(await ask(c.INTERNET_OPTION_SECURITY_FLAGS), 0);
  assert.equal(await ask(c.INTERNET_OPTION_SECURITY_KEY_BITNESS), 0);
  await failsWith(ask(c.INTERNET_OPTION_SECURITY_CERTIFICATE), 'ERROR_INTERNET_INVALID_OPERATION');
  await failsWith(ask(c.INTERNET_OPTION_SECURITY_CERTIFICATE_STRUCT), 'ERROR_INTERNET_INVALID_OPERATION');
  await wininet.InternetSetOption(request, c.INTERNET_OPTION_SECURITY_FLAGS, c.SECURITY_FLAG_IGNORE_UNKNOWN_CA);
  await wininet.HttpSendRequest(request);
  await readAll(engine, request);
  const strong = c.SECURITY_FLAG_SECURE | c.SECURITY_FLAG_STRENGTH_STRONG;
  assert.equal(await ask(c.INTERNET_OPTION_SECURITY_FLAGS), strong | c.SECURITY_FLAG_IGNORE_UNKNOWN_CA);
  const bits = await ask(c.INTERNET_OPTION_SECURITY_KEY_BITNESS);
  assert.ok(bits === 128 || bits === 256, String(bits));
  const info = await ask(c.INTERNET_OPTION_SECURITY_CERTIFICATE_STRUCT);
  assert.ok(info !== null && typeof info === 'object' && 'ftExpiry' in info);
  assert.ok(info.ftStart < info.ftExpiry);
  assert.match(info.lpszProtocolName, /^TLSv1\.[23]$/);
  assert.equal(info.dwKeySize, bits);
  const text = String(await ask(c.INTERNET_OPTION_SECURITY_CERTIFICATE));
  assert.ok(text.startsWith(`Subject:\r\n${info.lpszSubjectInfo}\r\nIssuer:\r\n${info.lpszIssuerInfo}\r\n`), text);
});

test('InternetSetOption of INTERNET_OPTION_SECURITY_FLAGS adds what is tolerated, and nothing else', async (t) => {
  const engine = await startEngine(t);
  const { wininet } = engine;
  const request = await openRequest(engine, playground().https, '/', SECURE);
  for (const flags of [
    c.SECURITY_FLAG_IGNORE_REVOCATION,
    c.SECURITY_FLAG_IGNORE_CERT_CN_INVALID | c.SECURITY_FLAG_SECURE | 2,
    0,
  ]) {
    await wininet.InternetSetOption(request, c.INTERNET_OPTION_SECURITY_FLAGS, flags);
  }
  const tolerated = await wininet.InternetQueryOption(request, c.INTERNET_OPTION_SECURITY_FLAGS);
  assert.equal(tolerated, c.SECURITY_FLAG_IGNORE_REVOCATION | c.SECURITY_FLAG_IGNORE_CERT_CN_INVALID);
});

test('InternetSetOption of INTERNET_OPTION_ERROR_MASK refuses masks that are not implemented', async (t) => {
  const { wininet, root } = await startEngine(t);
  await wininet.InternetSetOption(root, c.INTERNET_OPTION_ERROR_MASK, 11);
  for (const mask of [c.INTERNET_ERROR_MASK_NEED_MSN_SSPI_PKG, 16, 15]) {
    await failsWith(wininet.InternetSetOption(root, c.INTERNET_OPTION_ERROR_MASK, mask), 'ERROR_INVALID_PARAMETER');
  }
  assert.equal(await wininet.InternetQueryOption(root, c.INTERNET_OPTION_ERROR_MASK), 11);
  await failsWith(
    wininet.InternetQueryOption(null, c.INTERNET_OPTION_ERROR_MASK),
    'ERROR_INTERNET_INCORRECT_HANDLE_TYPE',
  );
});

test('InternetSetOption of INTERNET_OPTION_ERROR_MASK makes one error of all faults of certificates', async (t) => {
  const engine = await startEngine(t);
  const { wininet, root } = engine;
  await wininet.InternetSetOption(root, c.INTERNET_OPTION_ERROR_MASK, c.INTERNET_ERROR_MASK_COMBINED_SEC_CERT);
  const request = await openRequest(engine, playground().https, '/', SECURE);
  await failsWith(wininet.HttpSendRequest(request), 'ERROR_INTERNET_SEC_CERT_ERRORS');
});

test('InternetSetOption of INTERNET_OPTION_SUPPRESS_SERVER_AUTH keeps the credentials, and only before the request is sent', async (t) => {
  const server = await serve(t, {
    '*': ['HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm="x"\r\nContent-Length: 0\r\n\r\n'],
  });
  const engine = await startEngine(t);
  const { wininet } = engine;
  const request = await openRequest(engine, urlOf(server), '/', { user: 'user', password: 'pass' });
  await wininet.InternetSetOption(request, c.INTERNET_OPTION_SUPPRESS_SERVER_AUTH, null);
  await wininet.HttpSendRequest(request);
  assert.equal(server.received.length, 1);
  const late = wininet.InternetSetOption(request, c.INTERNET_OPTION_SUPPRESS_SERVER_AUTH, null);
  await failsWith(late, 'ERROR_INTERNET_INCORRECT_HANDLE_STATE');
});

test('InternetSetOption of INTERNET_OPTION_CALLBACK sets what InternetSetStatusCallback sets', async (t) => {
  const engine = await startEngine(t);
  const { wininet, root } = engine;
  const { callback, told } = witness();
  await wininet.InternetSetOption(root, c.INTERNET_OPTION_CALLBACK, callback);
  assert.equal(await wininet.InternetQueryOption(root, c.INTERNET_OPTION_CALLBACK), callback);
  const session = await connectHttp(engine, playground().http, { context: 5 });
  assert.equal(await wininet.InternetQueryOption(session, c.INTERNET_OPTION_CALLBACK), callback);
  assert.deepEqual(
    told.map(({ status }) => status),
    [c.INTERNET_STATUS_HANDLE_CREATED],
  );
  assert.equal(await wininet.InternetSetStatusCallback(root, null), callback);
});

test('InternetSetOption of INTERNET_OPTION_CONTEXT_VALUE changes what status callbacks are told, and silences them with 0', async (t) => {
  const engine = await startEngine(t);
  const { wininet, root } = engine;
  const { callback, told } = witness();
  await wininet.InternetSetStatusCallback(root, callback);
  const request = await openRequest(engine, playground().http, '/', { context: 2 });
  for (const [context, heard] of [
    [99, [99]],
    [0, []],
  ] as const) {
    told.length = 0;
    await wininet.InternetSetOption(request, c.INTERNET_OPTION_CONTEXT_VALUE, context);
    await wininet.HttpSendRequest(request);
    await readAll(engine, request);
    assert.deepEqual([...new Set(told.map((one) => one.context))], heard);
  }
});

test('InternetQueryOption of INTERNET_OPTION_COMPRESSED_CONTENT_LENGTH counts a decoded body as it came', async (t) => {
  const engine = await startEngine(t);
  const { wininet, root } = engine;
  const option = c.INTERNET_OPTION_COMPRESSED_CONTENT_LENGTH;
  const packed = gzipSync('abc');
  const head = `HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: ${packed.length}\r\n\r\n`;
  const server = await serve(t, { '*': [head, packed] });
  await wininet.InternetSetOption(root, c.INTERNET_OPTION_HTTP_DECODING, true);
  const request = await openRequest(engine, urlOf(server), '/');
  await failsWith(wininet.InternetQueryOption(request, option), 'ERROR_INTERNET_INCORRECT_HANDLE_STATE');
  await wininet.HttpSendRequest(request);
  assert.equal((await readAll(engine, request)).toString(), 'abc');
  assert.equal(await wininet.InternetQueryOption(request, option), packed.length);
  assert.equal(await wininet.InternetQueryOption(request, c.INTERNET_OPTION_HTTP_PROTOCOL_USED), 0);
});

test('InternetSetOption of INTERNET_OPTION_PROXY_PASSWORD never enters the journal', async (t) => {
  const engine = await startEngine(t);
  const { wininet, journal } = engine;
  const secret = 'not for the journal';
  const session = await connectHttp(engine, playground().http);
  await wininet.InternetSetOption(session, c.INTERNET_OPTION_PROXY_PASSWORD, secret);
  assert.equal(await wininet.InternetQueryOption(session, c.INTERNET_OPTION_PROXY_PASSWORD), secret);
  await wininet.InternetSetOption(session, c.INTERNET_OPTION_PROXY_PASSWORD, Buffer.from(secret));
  await wininet.InternetSetOptionEx(session, c.INTERNET_OPTION_PROXY_PASSWORD, secret, 0);
  assert.ok(!JSON.stringify(journal.entries).includes(secret));
});
