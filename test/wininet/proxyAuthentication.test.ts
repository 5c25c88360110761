import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import * as c from '../../extension/shared/constants.ts';
import type { HINTERNET, WinInet } from '../../extension/wininet/index.ts';
import { withPeer } from '../peers/peer.ts';
import { startSquid } from '../peers/squid.ts';
import { withPlayground } from '../playground/withPlayground.ts';
import { failsWith, leavesNothingBehind, startEngine } from './engineFixture.ts';

const playground = withPlayground();
leavesNothingBehind();

const USER = 'mike';
const PASSWORD = 'proxy secret';
const BASIC = `Basic ${Buffer.from(`${USER}:${PASSWORD}`).toString('base64')}`;

/** Is a Proxy-Authorization good for this request? */
type Judge = (authorization: string | undefined, method: string, target: string) => boolean;

for (const scheme of ['http', 'https'] as const) {
  test(`HttpSendRequest shows a proxy its password by Basic, on the way to ${scheme}, and the server never`, async (t) => {
    const proxy = await startProxy(t, 'Basic realm="proxy"', (authorization) => authorization === BASIC);
    const { wininet, request } = await requestThrough(t, proxy.port, scheme, '/echo');
    await setPassword(wininet, request);
    await wininet.HttpSendRequest(request);
    assert.equal(await status(wininet, request), 200);
    assert.deepEqual(
      proxy.seen.map(({ authorization }) => authorization),
      [undefined, BASIC],
    );
    const echo = new Uint8Array(10_000);
    const count = await wininet.InternetReadFile(request, echo);
    const text = Buffer.from(echo.subarray(0, count)).toString();
    // A proxy that is asked in absolute form takes the header off itself; ours is too simple for that.
    if (scheme === 'https') assert.doesNotMatch(text, /proxy-authorization/i);
  });
}

test('HttpSendRequest proves a password to a proxy by Digest on CONNECT', async (t) => {
  const nonce = 'a-nonce';
  const proxy = await startProxy(
    t,
    `Digest realm="proxy", nonce="${nonce}", qop="auth"`,
    (authorization, method, uri) => {
      const field = (name: string) => new RegExp(`[ ,]${name}="?([^",]+)`).exec(authorization ?? '')?.[1] ?? '';
      const ha1 = md5(`${USER}:proxy:${PASSWORD}`);
      const response = md5([ha1, nonce, field('nc'), field('cnonce'), 'auth', md5(`${method}:${uri}`)].join(':'));
      return field('response') === response && field('uri') === uri;
    },
  );
  const { wininet, request } = await requestThrough(t, proxy.port, 'https', '/');
  await setPassword(wininet, request);
  await wininet.HttpSendRequest(request);
  assert.equal(await status(wininet, request), 200);
});

test('HttpSendRequest proves a password to squid by Digest and sends its body again, on the way to http and https', (t) =>
  withPeer(
    t,
    () => startSquid({ user: USER, password: PASSWORD }),
    async (squid) => {
      for (const scheme of ['http', 'https'] as const) {
        const port = Number(new URL(squid.urls.proxy).port);
        const { wininet, request } = await requestThrough(t, port, scheme, '/echo', 'POST');
        await setPassword(wininet, request);
        await wininet.HttpSendRequest(request, null, 'the body');
        assert.equal(await status(wininet, request), 200);
        const echo = new Uint8Array(10_000);
        const text = Buffer.from(echo.subarray(0, await wininet.InternetReadFile(request, echo))).toString();
        assert.match(text, /the body/);
        assert.doesNotMatch(text, /proxy-authorization/i);
      }
    },
  ));

test('HttpEndRequest wants a body in pieces again for a proxy that asks by Digest', (t) =>
  withPeer(
    t,
    () => startSquid({ user: USER, password: PASSWORD }),
    async (squid) => {
      const port = Number(new URL(squid.urls.proxy).port);
      const { wininet, request } = await requestThrough(t, port, 'http', '/echo', 'POST');
      await setPassword(wininet, request);
      const upload = async () => {
        await wininet.HttpSendRequestEx(request, { dwBufferTotal: 8 });
        await wininet.InternetWriteFile(request, Buffer.from('the body'));
        return await wininet.HttpEndRequest(request);
      };
      await failsWith(upload(), 'ERROR_INTERNET_FORCE_RETRY');
      await upload();
      assert.equal(await status(wininet, request), 200);
      const echo = new Uint8Array(10_000);
      const text = Buffer.from(echo.subarray(0, await wininet.InternetReadFile(request, echo))).toString();
      assert.match(text, /the body/);
    },
  ));

for (const scheme of ['http', 'https'] as const) {
  test(`HttpSendRequest hands over the 407 of a proxy on the way to ${scheme} that takes no password, and asks it no more`, async (t) => {
    const proxy = await startProxy(t, 'Basic realm="proxy"', () => false);
    const { wininet, request } = await requestThrough(t, proxy.port, scheme, '/');
    await setPassword(wininet, request);
    await wininet.HttpSendRequest(request);
    assert.equal(await status(wininet, request), 407);
    assert.equal(proxy.seen.length, 2);
  });
}

function setPassword(wininet: WinInet, request: HINTERNET<'http-request'>): Promise<unknown> {
  return Promise.all([
    wininet.InternetSetOption(request, c.INTERNET_OPTION_PROXY_USERNAME, USER),
    wininet.InternetSetOption(request, c.INTERNET_OPTION_PROXY_PASSWORD, PASSWORD),
  ]);
}

function status(wininet: WinInet, request: HINTERNET<'http-request'>): Promise<unknown> {
  return wininet.HttpQueryInfo(request, c.HTTP_QUERY_STATUS_CODE | c.HTTP_QUERY_FLAG_NUMBER);
}

async function requestThrough(
  t: TestContext,
  port: number,
  scheme: 'http' | 'https',
  path: string,
  verb: string | null = null,
) {
  const { wininet } = await startEngine(t);
  const proxy = `127.0.0.1:${port}`;
  const root = await wininet.InternetOpen('test/1.0', c.INTERNET_OPEN_TYPE_PROXY, proxy, '<-loopback>');
  const { hostname, port: serverPort } = playground()[scheme];
  const flags = scheme === 'https' ? c.INTERNET_FLAG_SECURE : 0;
  const http = c.INTERNET_SERVICE_HTTP;
  const session = await wininet.InternetConnect(root, hostname, Number(serverPort), null, null, http, flags, 0);
  const request = await wininet.HttpOpenRequest(session, verb, path, null, null, null, flags, 0);
  if (scheme === 'https') {
    const tolerated = c.SECURITY_FLAG_IGNORE_UNKNOWN_CA;
    await wininet.InternetSetOption(request, c.INTERNET_OPTION_SECURITY_FLAGS, tolerated);
  }
  return { wininet, request };
}

/** A proxy that asks for a password: it forwards one request of each connection, or opens a tunnel. */
async function startProxy(t: TestContext, challenge: string, judge: Judge) {
  const seen: { readonly line: string; readonly authorization: string | undefined }[] = [];
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    return socket;
  };
  const server = createServer((client) => {
    keep(client).once('data', (bytes) => {
      const head = bytes.toString('latin1');
      const [line = ''] = head.split('\r\n');
      const [method = '', target = ''] = line.split(' ');
      const authorization = /^Proxy-Authorization: (.*)$/im.exec(head)?.[1]?.trim();
      seen.push({ line, authorization });
      if (!judge(authorization, method, target)) {
        const refusal = `HTTP/1.1 407 Prove It\r\nProxy-Authenticate: ${challenge}\r\n`;
        client.end(`${refusal}Content-Length: 0\r\nConnection: close\r\n\r\n`);
        return;
      }
      const { hostname, port } = new URL(method === 'CONNECT' ? `tcp://${target}` : target);
      const upstream = keep(connect(Number(port), hostname));
      if (method === 'CONNECT') client.write('HTTP/1.1 200 Go On\r\n\r\n');
      else upstream.write(bytes);
      client.pipe(upstream).pipe(client);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { seen, port: (server.address() as AddressInfo).port };
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
