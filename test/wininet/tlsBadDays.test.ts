import assert from 'node:assert/strict';
import { createServer, type Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import type { TlsOptions } from 'node:tls';
import { createHttpDriver } from '../../extension/drivers/httpDriver.ts';
import { createDrivers } from '../../extension/drivers/index.ts';
import * as c from '../../extension/shared/constants.ts';
import type { HINTERNET, WinInetError } from '../../extension/wininet/index.ts';
import {
  type Flaws,
  type Made,
  makeAuthority,
  makeRevocationList,
  makeServerCertificate,
} from '../drivers/httpCertificates.ts';
import { listen, ok } from '../drivers/httpFixture.ts';
import {
  type Engine,
  failsInTime,
  failsWith,
  leavesNothingBehind,
  openRequest,
  readAll,
  startEngine,
  until,
} from './engineFixture.ts';
import { BRIEF, type ScriptedRequest, scriptedRequest, shorten } from './scriptedRequest.ts';

leavesNothingBehind();

const SECURE = { requestFlags: c.INTERNET_FLAG_SECURE };
const authority = await makeAuthority();
const rsaAuthority = await makeAuthority('rsa');
const DATE = 'ERROR_INTERNET_SEC_CERT_DATE_INVALID';
const NAME = 'ERROR_INTERNET_SEC_CERT_CN_INVALID';
const CHANNEL = 'ERROR_INTERNET_SECURITY_CHANNEL_ERROR';

interface Fault {
  readonly day: string;
  readonly flaws: Flaws;
  readonly symbol: string;
  /** Of HttpOpenRequest; 0 where no flag ignores it. */
  readonly flag: number;
  /** Of INTERNET_OPTION_SECURITY_FLAGS. */
  readonly securityFlag: number;
}

const faults: readonly Fault[] = [
  {
    day: 'has expired',
    flaws: { authority, expired: true },
    symbol: DATE,
    flag: c.INTERNET_FLAG_IGNORE_CERT_DATE_INVALID,
    securityFlag: c.SECURITY_FLAG_IGNORE_CERT_DATE_INVALID,
  },
  {
    day: 'is not valid yet',
    flaws: { authority, notYetValid: true },
    symbol: DATE,
    flag: c.INTERNET_FLAG_IGNORE_CERT_DATE_INVALID,
    securityFlag: c.SECURITY_FLAG_IGNORE_CERT_DATE_INVALID,
  },
  {
    day: 'names another server',
    flaws: { authority, wrongName: true },
    symbol: NAME,
    flag: c.INTERNET_FLAG_IGNORE_CERT_CN_INVALID,
    securityFlag: c.SECURITY_FLAG_IGNORE_CERT_CN_INVALID,
  },
  {
    day: 'is for clients',
    flaws: { authority, wrongUsage: true },
    symbol: 'ERROR_INTERNET_SEC_INVALID_CERT',
    flag: 0,
    securityFlag: c.SECURITY_FLAG_IGNORE_WRONG_USAGE,
  },
  {
    day: 'is signed with SHA-1',
    flaws: { authority, weakHash: true },
    symbol: 'ERROR_INTERNET_SEC_CERT_WEAK_SIGNATURE',
    flag: 0,
    securityFlag: c.SECURITY_FLAG_IGNORE_WEAK_SIGNATURE,
  },
  {
    day: 'has a short key',
    flaws: { authority: rsaAuthority, shortKey: true },
    symbol: 'ERROR_INTERNET_SEC_CERT_WEAK_SIGNATURE',
    flag: 0,
    securityFlag: c.SECURITY_FLAG_IGNORE_WEAK_SIGNATURE,
  },
  {
    day: 'is signed by itself',
    flaws: {},
    symbol: 'ERROR_INTERNET_INVALID_CA',
    flag: 0,
    securityFlag: c.SECURITY_FLAG_IGNORE_UNKNOWN_CA,
  },
];
const ALL_FLAGS = c.INTERNET_FLAG_IGNORE_CERT_DATE_INVALID | c.INTERNET_FLAG_IGNORE_CERT_CN_INVALID;
const ALL_SECURITY_FLAGS =
  c.SECURITY_FLAG_IGNORE_CERT_DATE_INVALID |
  c.SECURITY_FLAG_IGNORE_CERT_CN_INVALID |
  c.SECURITY_FLAG_IGNORE_UNKNOWN_CA |
  c.SECURITY_FLAG_IGNORE_WRONG_USAGE |
  c.SECURITY_FLAG_IGNORE_WEAK_SIGNATURE;

for (const { day, flaws, symbol, flag, securityFlag } of faults) {
  test(`HttpSendRequest fails with ${symbol} when the certificate ${day}, until that very fault is ignored`, async (t) => {
    const { engine, request, sockets } = await secureRequest(t, flaws);
    const { wininet } = engine;
    await failsWith(wininet.HttpSendRequest(request), symbol);
    const option = c.INTERNET_OPTION_SECURITY_FLAGS;
    await wininet.InternetSetOption(request, option, ALL_SECURITY_FLAGS & ~securityFlag);
    const error = await failsWith(wininet.HttpSendRequest(request), symbol);
    assert.equal(wininet.GetLastError(), error.code);
    await until(() => sockets.every((socket) => socket.destroyed));
    await wininet.InternetSetOption(request, option, securityFlag);
    await wininet.HttpSendRequest(request);
    assert.equal((await readAll(engine, request)).toString(), 'secret');
    await wininet.InternetCloseHandle(request);
  });

  test(`HttpOpenRequest with the flags for other faults does not ignore that the certificate ${day}`, async (t) => {
    const requestFlags = c.INTERNET_FLAG_SECURE | (ALL_FLAGS & ~flag);
    const { engine, request } = await secureRequest(t, flaws, {}, requestFlags);
    await failsWith(engine.wininet.HttpSendRequest(request), symbol);
  });

  if (flag === 0) continue;
  test(`HttpOpenRequest with INTERNET_FLAG_IGNORE_CERT_* lets through that the certificate ${day}`, async (t) => {
    const { engine, request } = await secureRequest(t, flaws, {}, c.INTERNET_FLAG_SECURE | flag);
    await engine.wininet.HttpSendRequest(request);
    assert.equal((await readAll(engine, request)).toString(), 'secret');
  });
}

test('HttpSendRequest fails with ERROR_INTERNET_SEC_CERT_REVOKED for a certificate on a list, until revocation is ignored', async (t) => {
  const certificate = await makeServerCertificate({ authority });
  const other = await makeServerCertificate({ authority });
  const lists = [await makeRevocationList(authority, [certificate])];
  const { engine, request } = await listedRequest(t, certificate, lists);
  const { wininet } = engine;
  const option = c.INTERNET_OPTION_SECURITY_FLAGS;
  await failsWith(wininet.HttpSendRequest(request), 'ERROR_INTERNET_SEC_CERT_REVOKED');
  await wininet.InternetSetOption(request, option, ALL_SECURITY_FLAGS);
  await failsWith(wininet.HttpSendRequest(request), 'ERROR_INTERNET_SEC_CERT_REVOKED');
  await wininet.InternetSetOption(request, option, c.SECURITY_FLAG_IGNORE_REVOCATION);
  await wininet.HttpSendRequest(request);
  assert.equal((await readAll(engine, request)).toString(), 'secret');
  const good = await listedRequest(t, other, lists);
  await good.engine.wininet.HttpSendRequest(good.request);
});

test('HttpSendRequest fails with ERROR_INTERNET_SEC_CERT_REV_FAILED where lists are handed in, but not that of the authority', async (t) => {
  const stranger = await makeAuthority();
  const lists = [await makeRevocationList(stranger, [])];
  const { engine, request } = await listedRequest(t, await makeServerCertificate({ authority }), lists);
  await failsWith(engine.wininet.HttpSendRequest(request), 'ERROR_INTERNET_SEC_CERT_REV_FAILED');
  const option = c.INTERNET_OPTION_SECURITY_FLAGS;
  await engine.wininet.InternetSetOption(request, option, c.SECURITY_FLAG_IGNORE_REVOCATION);
  await engine.wininet.HttpSendRequest(request);
});

test('SECURITY_FLAG_IGNORE_REVOCATION does not hide that nobody known has signed a revoked certificate', async (t) => {
  const stranger = await makeAuthority();
  const certificate = await makeServerCertificate({ authority: stranger });
  const lists = [await makeRevocationList(stranger, [certificate]), await makeRevocationList(authority, [])];
  const { engine, request } = await listedRequest(t, certificate, lists);
  const option = c.INTERNET_OPTION_SECURITY_FLAGS;
  await engine.wininet.InternetSetOption(request, option, c.SECURITY_FLAG_IGNORE_REVOCATION);
  await failsWith(engine.wininet.HttpSendRequest(request), 'ERROR_INTERNET_INVALID_CA');
});

test('HttpSendRequest fails with ERROR_INTERNET_SECURITY_CHANNEL_ERROR when no version of TLS is common', async (t) => {
  const { engine, request } = await secureRequest(
    t,
    { authority },
    { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' },
  );
  await failsTwice(engine, request, CHANNEL);
});

test('HttpSendRequest fails with ERROR_INTERNET_SECURITY_CHANNEL_ERROR when no cipher is common', async (t) => {
  const { engine, request } = await secureRequest(t, { authority }, { maxVersion: 'TLSv1.2', ciphers: 'PSK' });
  await failsTwice(engine, request, CHANNEL);
});

for (const maxVersion of ['TLSv1.2', 'TLSv1.3'] as const) {
  test(`HttpSendRequest fails with ERROR_INTERNET_CLIENT_AUTH_CERT_NEEDED when a server of ${maxVersion} demands a certificate`, async (t) => {
    const demand = { maxVersion, requestCert: true, rejectUnauthorized: true, ca: authority.cert };
    const { engine, request } = await secureRequest(t, { authority }, demand);
    await failsTwice(engine, request, 'ERROR_INTERNET_CLIENT_AUTH_CERT_NEEDED');
  });
}

const plain = [
  ['answers in the clear', CHANNEL, (socket: Socket) => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n')],
  ['ends within the handshake', CHANNEL, (socket: Socket) => socket.end()],
  ['resets within the handshake', CHANNEL, (socket: Socket) => socket.resetAndDestroy()],
  ['answers half a handshake and ends', CHANNEL, (socket: Socket) => socket.end(Buffer.from('160303007a0200', 'hex'))],
  ['is silent in the handshake', 'ERROR_INTERNET_TIMEOUT', () => undefined],
] as const;

for (const [day, symbol, act] of plain) {
  test(`HttpSendRequest fails with ${symbol} when a server for https ${day}`, async (t) => {
    const sockets: Socket[] = [];
    const server = createServer((socket) => {
      sockets.push(socket.on('error', () => undefined));
      socket.once('data', () => act(socket));
    });
    const port = await listen(t, server, sockets);
    const engine = await startEngine(t);
    const request = await openRequest(engine, new URL(`https://127.0.0.1:${port}`), '/', SECURE);
    await shorten(engine, request);
    const error = await failsTwice(engine, request, symbol);
    assert.ok(error.message.includes(`127.0.0.1:${port}`), error.message);
    await until(() => sockets.length === 2 && sockets.every((socket) => socket.destroyed));
  });
}

test('HttpSendRequest in the clear fails with ERROR_HTTP_INVALID_SERVER_RESPONSE at a server for https', async (t) => {
  const { engine, request } = await secureRequest(t, { authority }, {}, 0);
  await failsTwice(engine, request, 'ERROR_HTTP_INVALID_SERVER_RESPONSE');
});

/** A request to a server with a certificate that an authority of the engine has signed, but for its flaws. */
async function secureRequest(
  t: TestContext,
  flaws: Flaws,
  options: TlsOptions = {},
  requestFlags: number = c.INTERNET_FLAG_SECURE,
): Promise<ScriptedRequest> {
  const http = createHttpDriver({ authorities: [authority.cert, rsaAuthority.cert] });
  const engine = await startEngine(t, { ...createDrivers(), http });
  const weak = { ciphers: 'DEFAULT@SECLEVEL=0' };
  const tls = { ...weak, ...(await makeServerCertificate(flaws)), ...options };
  return await scriptedRequest(t, { '/': [ok('secret')] }, { engine, tls, requestFlags });
}

/** A request to a server with this certificate, by an engine that knows these lists of revoked ones. */
async function listedRequest(t: TestContext, tls: Made, revocationLists: readonly string[]): Promise<ScriptedRequest> {
  const http = createHttpDriver({ authorities: [authority.cert], revocationLists });
  const engine = await startEngine(t, { ...createDrivers(), http });
  return await scriptedRequest(t, { '/': [ok('secret')] }, { engine, tls, requestFlags: c.INTERNET_FLAG_SECURE });
}

/** The handle may be sent again, and may be closed. */
async function failsTwice(
  { wininet }: Engine,
  request: HINTERNET<'http-request'>,
  symbol: string,
): Promise<WinInetError> {
  await failsInTime(wininet.HttpSendRequest(request), symbol, BRIEF);
  const error = await failsInTime(wininet.HttpSendRequest(request), symbol, BRIEF);
  assert.equal(wininet.GetLastError(), error.code);
  await wininet.InternetCloseHandle(request);
  return error;
}
