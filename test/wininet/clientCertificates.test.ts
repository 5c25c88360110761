import assert from 'node:assert/strict';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import type { TLSSocket, TlsOptions } from 'node:tls';
import { createHttpDriver } from '../../extension/drivers/httpDriver.ts';
import { createDrivers } from '../../extension/drivers/index.ts';
import * as c from '../../extension/shared/constants.ts';
import {
  type CERT_CONTEXT,
  type HINTERNET,
  INTERNET_OPTION_CLIENT_CERT_CONTEXT,
} from '../../extension/wininet/index.ts';
import { type Made, makeAuthority, makeServerCertificate } from '../drivers/httpCertificates.ts';
import { listen } from '../drivers/httpFixture.ts';
import { startApache } from '../peers/apache.ts';
import { startNginx } from '../peers/nginx.ts';
import { withPeer } from '../peers/peer.ts';
import {
  type Engine,
  entriesOf,
  failsWith,
  leavesNothingBehind,
  openRequest,
  readAll,
  startEngine,
} from './engineFixture.ts';
import { opensslServer, pfxOf } from './opensslTools.ts';

leavesNothingBehind();

const authority = await makeAuthority();
const ada = await makeServerCertificate({ authority, wrongUsage: true });
const grace = await makeServerCertificate({ authority, wrongUsage: true });
const NEEDED = 'ERROR_INTERNET_CLIENT_AUTH_CERT_NEEDED';

for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
  const tls = { minVersion: version, maxVersion: version };

  test(`INTERNET_OPTION_CLIENT_CERT_CONTEXT set after ERROR_INTERNET_CLIENT_AUTH_CERT_NEEDED lets the request in, over ${version}`, async (t) => {
    const engine = await trustingEngine(t);
    const { request } = await requestTo(t, engine, { ...tls, rejectUnauthorized: true });
    await failsWith(engine.wininet.HttpSendRequest(request), NEEDED);
    await present(engine, request, ada);
    await engine.wininet.HttpSendRequest(request);
    assert.equal(await text(engine, request), nameOf(ada));
  });

  test(`HttpSendRequest fails with ${NEEDED} before it sends where a server of ${version} only asks, and then goes without one`, async (t) => {
    const engine = await trustingEngine(t);
    const { request, heads } = await requestTo(t, engine, { ...tls, rejectUnauthorized: false });
    await failsWith(engine.wininet.HttpSendRequest(request), NEEDED);
    assert.equal(heads.length, 0);
    await engine.wininet.HttpSendRequest(request);
    assert.equal(await text(engine, request), 'nobody');
    // Whoever has decided beforehand is not asked.
    const { request: decided } = await requestTo(t, engine, { ...tls, rejectUnauthorized: false });
    await engine.wininet.InternetSetOption(decided, INTERNET_OPTION_CLIENT_CERT_CONTEXT, null);
    await engine.wininet.HttpSendRequest(decided);
    assert.equal(await text(engine, decided), 'nobody');
  });
}

test('INTERNET_OPTION_CLIENT_CERT_CONTEXT lets requests in where nginx demands a certificate, which answers others with 400', (t) =>
  withPeer(t, startNginx, async (nginx) => {
    const http = createHttpDriver({ authorities: [nginx.certificate] });
    const engine = await startEngine(t, { ...createDrivers(), http });
    const { wininet } = engine;
    const request = await open(engine, new URL(nginx.urls.client), '/who');
    await failsWith(wininet.HttpSendRequest(request), NEEDED);
    await wininet.HttpSendRequest(request);
    assert.equal(await wininet.HttpQueryInfo(request, c.HTTP_QUERY_STATUS_CODE), '400');
    await wininet.InternetSetOption(request, INTERNET_OPTION_CLIENT_CERT_CONTEXT, nginx.client);
    await wininet.HttpSendRequest(request);
    assert.equal(await text(engine, request), 'CN=ada');
    await present(engine, request, ada);
    await wininet.HttpSendRequest(request);
    assert.equal(await wininet.HttpQueryInfo(request, c.HTTP_QUERY_STATUS_CODE), '400');
  }));

test('INTERNET_OPTION_CLIENT_CERT_CONTEXT lets requests in where Apache demands a certificate once it has seen the request', (t) =>
  withPeer(t, startApache, async (apache) => {
    const http = createHttpDriver({ authorities: [apache.certificate] });
    const engine = await startEngine(t, { ...createDrivers(), http });
    const { wininet } = engine;
    const free = await open(engine, new URL(apache.urls.https), '/files/hello.txt');
    await wininet.HttpSendRequest(free);
    const request = await open(engine, new URL(apache.urls.https), '/known/who.txt');
    await failsWith(wininet.HttpSendRequest(request), NEEDED);
    await wininet.InternetSetOption(request, INTERNET_OPTION_CLIENT_CERT_CONTEXT, apache.client);
    await wininet.HttpSendRequest(request);
    assert.equal(await text(engine, request), 'Somebody known.\n');
  }));

test('INTERNET_OPTION_CLIENT_CERT_CONTEXT keeps the connections of one certificate from requests with another', async (t) => {
  const engine = await trustingEngine(t);
  const { url, sockets } = await serve(t, { rejectUnauthorized: false });
  const seen: string[] = [];
  for (const who of [ada, grace, ada, null]) {
    const request = await open(engine, url);
    await present(engine, request, who);
    await engine.wininet.HttpSendRequest(request);
    seen.push(await text(engine, request));
    await engine.wininet.InternetCloseHandle(request);
  }
  assert.deepEqual(seen, [nameOf(ada), nameOf(grace), nameOf(ada), 'nobody']);
  assert.equal(sockets.length, 3);
});

test('INTERNET_OPTION_CLIENT_CERT_CONTEXT is for the server of the request, not for one that it redirects to', async (t) => {
  const engine = await trustingEngine(t);
  const target = await serve(t, { rejectUnauthorized: false });
  const { request } = await requestTo(t, engine, { rejectUnauthorized: true }, (_, response) => {
    response.writeHead(302, { Location: target.url.href }).end();
  });
  await present(engine, request, ada);
  await failsWith(engine.wininet.HttpSendRequest(request), NEEDED);
  assert.equal(target.heads.length, 0);
  assert.equal(await engine.wininet.InternetQueryOption(request, c.INTERNET_OPTION_URL), target.url.href);
  await present(engine, request, grace);
  await engine.wininet.HttpSendRequest(request);
  assert.equal(await text(engine, request), nameOf(grace));
});

test('HttpSendRequest fails with ERROR_INTERNET_SECURITY_CHANNEL_ERROR where the certificate is refused by an alert', async (t) => {
  const engine = await trustingEngine(t);
  for (const version of ['-tls1_2', '-tls1_3']) {
    const url = await opensslServer(t, authority, version);
    if (url === null) return;
    const request = await open(engine, url);
    const stranger = await makeServerCertificate({ wrongUsage: true });
    await present(engine, request, stranger);
    const error = await failsWith(engine.wininet.HttpSendRequest(request), 'ERROR_INTERNET_SECURITY_CHANNEL_ERROR');
    assert.match(error.message, /refused the certificate of the client/);
  }
});

test('INTERNET_OPTION_CLIENT_CERT_CONTEXT takes PFX, and PEM with an encrypted key, with their passphrase only', async (t) => {
  const engine = await trustingEngine(t);
  const { url } = await serve(t, { rejectUnauthorized: true });
  const passphrase = 'open sesame';
  const key = createPrivateKey(ada.key).export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase });
  const pfx = await pfxOf(t, ada, passphrase);
  const forms: readonly CERT_CONTEXT[] = [
    { cert: Buffer.from(ada.cert), key: Buffer.from(key), passphrase },
    ...(pfx === null ? [] : [{ pfx, passphrase }]),
  ];
  for (const form of forms) {
    const request = await open(engine, url);
    const set = (value: CERT_CONTEXT) =>
      engine.wininet.InternetSetOption(request, INTERNET_OPTION_CLIENT_CERT_CONTEXT, value);
    const error = await failsWith(set({ ...form, passphrase: 'wrong' }), 'ERROR_INVALID_PARAMETER');
    assert.match(error.message, /passphrase/);
    const { passphrase: _, ...locked } = form;
    assert.match((await failsWith(set(locked), 'ERROR_INVALID_PARAMETER')).message, /passphrase/);
    await set(form);
    await engine.wininet.HttpSendRequest(request);
    assert.equal(await text(engine, request), nameOf(ada));
    await engine.wininet.InternetCloseHandle(request);
  }
});

test('INTERNET_OPTION_CLIENT_CERT_CONTEXT refuses what cannot be presented with a sentence of its own', async (t) => {
  const engine = await trustingEngine(t);
  const request = await open(engine, new URL('https://127.0.0.1:1/'));
  const cases: readonly (readonly [given: unknown, sentence: RegExp])[] = [
    ['-----BEGIN CERTIFICATE-----', /Pass \{ cert, key, passphrase \}/],
    [ada.cert + ada.key, /Pass \{ cert, key, passphrase \}/],
    [[ada.key, ada.cert], /Pass \{ cert, key, passphrase \}/],
    [Buffer.from(ada.cert), /Pass \{ cert, key, passphrase \}/],
    [{ cert: ada.cert }, /Pass \{ cert, key, passphrase \}/],
    [{ ...ada, pfx: Buffer.alloc(1) }, /Pass \{ cert, key, passphrase \}/],
    [{ ...ada, passphrase: 1 }, /Pass \{ cert, key, passphrase \}/],
    [{ cert: ada.cert, key: grace.key }, /The key belongs to another certificate/],
    [{ cert: ada.key, key: ada.key }, /No certificate can be read from cert/],
    [{ cert: ada.cert, key: ada.cert }, /No private key can be read from key/],
    [{ pfx: Buffer.from('no PFX') }, /Nothing can be read from pfx/],
  ];
  for (const [given, sentence] of cases) {
    const setting = engine.wininet.InternetSetOption(
      request,
      INTERNET_OPTION_CLIENT_CERT_CONTEXT,
      // Programs in plain JavaScript pass anything.
      given as CERT_CONTEXT,
    );
    assert.match((await failsWith(setting, 'ERROR_INVALID_PARAMETER')).message, sentence);
  }
  await failsWith(
    engine.wininet.InternetQueryOption(request, INTERNET_OPTION_CLIENT_CERT_CONTEXT),
    'ERROR_INTERNET_INVALID_OPTION',
  );
  await present(engine, request, ada);
  const told = JSON.stringify(engine.journal.entries);
  for (const secret of ['PRIVATE KEY', ...ada.key.split('\n').filter((line) => /^[\w+/=]{8,}$/.test(line))]) {
    assert.equal(told.includes(secret), false, secret);
  }
  assert.equal(
    entriesOf(engine.journal, 'call-end').filter(({ error }) => error !== undefined).length,
    cases.length + 1,
  );
});

test('InternetErrorDlg puts the chosen certificate on the request, asks again while it cannot be presented, and returns 0 in any case', async (t) => {
  const asked: (string | null)[] = [];
  const answers: (CERT_CONTEXT | null)[] = [null, { cert: ada.cert, key: grace.key }, ada];
  const engine = await trustingEngine(t, {
    askCredentials: () => assert.fail(),
    askCertificate: () => assert.fail(),
    askRedirect: () => assert.fail(),
    askClientCertificate: ({ problem }) => {
      asked.push(problem);
      return Promise.resolve(answers.shift() ?? null);
    },
  });
  const { wininet } = engine;
  const { request } = await requestTo(t, engine, { rejectUnauthorized: false });
  const error = await failsWith(wininet.HttpSendRequest(request), NEEDED);
  const flags = c.FLAGS_ERROR_UI_FILTER_FOR_ERRORS | c.FLAGS_ERROR_UI_FLAGS_CHANGE_OPTIONS;
  assert.equal(await wininet.InternetErrorDlg(null, request, error.code, flags), 0);
  await wininet.HttpSendRequest(request);
  assert.equal(await text(engine, request), 'nobody');
  assert.equal(await wininet.InternetErrorDlg(null, request, error.code, flags), 0);
  await wininet.HttpSendRequest(request);
  assert.equal(await text(engine, request), nameOf(ada));
  assert.deepEqual(asked.slice(0, 2), [null, null]);
  assert.match(asked[2] ?? '', /The key belongs to another certificate/);
  const silent = flags | c.FLAGS_ERROR_UI_FLAGS_NO_UI;
  assert.equal(await wininet.InternetErrorDlg(null, request, error.code, silent), 0);
  assert.equal(asked.length, 3);
});

/** An engine that trusts the authority of these tests. */
function trustingEngine(t: TestContext, dialogs: Parameters<typeof startEngine>[2] = null): Promise<Engine> {
  const http = createHttpDriver({ authorities: [authority.cert] });
  return startEngine(t, { ...createDrivers(), http }, dialogs);
}

/** A server that asks for a certificate and answers with its name, with the heads and connections that it has got. */
async function serve(t: TestContext, options: TlsOptions, respond?: RequestListener) {
  const heads: string[] = [];
  const sockets: Socket[] = [];
  const tls = { ...(await makeServerCertificate({ authority })), ca: authority.cert, requestCert: true, ...options };
  const server = createServer(tls, (request, response) => {
    heads.push(`${request.method} ${request.url}`);
    if (respond !== undefined) return respond(request, response);
    const { fingerprint256 } = (request.socket as TLSSocket).getPeerCertificate();
    response.end(fingerprint256 ?? 'nobody');
  });
  server.on('connection', (socket: Socket) => sockets.push(socket));
  return { url: new URL(`https://127.0.0.1:${await listen(t, server, sockets)}/`), heads, sockets };
}

async function requestTo(t: TestContext, engine: Engine, options: TlsOptions, respond?: RequestListener) {
  const server = await serve(t, options, respond);
  return { ...server, request: await open(engine, server.url) };
}

function open(engine: Engine, url: URL, name = '/'): Promise<HINTERNET<'http-request'>> {
  return openRequest(engine, url, name, { requestFlags: c.INTERNET_FLAG_SECURE });
}

function present({ wininet }: Engine, request: HINTERNET<'http-request'>, who: Made | null): Promise<true> {
  return wininet.InternetSetOption(request, INTERNET_OPTION_CLIENT_CERT_CONTEXT, who);
}

async function text(engine: Engine, request: HINTERNET<'http-request'>): Promise<string> {
  return (await readAll(engine, request)).toString();
}

function nameOf({ cert }: Made): string {
  return new X509Certificate(cert).fingerprint256;
}
