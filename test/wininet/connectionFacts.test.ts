import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { readlinkSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { createHttpDriver } from '../../extension/drivers/httpDriver.ts';
import { createDrivers } from '../../extension/drivers/index.ts';
import * as c from '../../extension/shared/constants.ts';
import type { CERT_CHAIN_CONTEXT, HINTERNET, INTERNET_DIAGNOSTIC_SOCKET_INFO } from '../../extension/wininet/index.ts';
import { type Flaws, makeAuthority, makeServerCertificate } from '../drivers/httpCertificates.ts';
import { ok, serve } from '../drivers/httpFixture.ts';
import { withPeer } from '../peers/peer.ts';
import { startTinyproxy } from '../peers/tinyproxy.ts';
import { type Engine, failsWith, leavesNothingBehind, openRequest, readAll, startEngine } from './engineFixture.ts';

leavesNothingBehind();

const authority = await makeAuthority();
const CHAIN = c.INTERNET_OPTION_SERVER_CERT_CHAIN_CONTEXT;
const SOCKET = c.INTERNET_OPTION_DIAGNOSTIC_SOCKET_INFO;

test('INTERNET_OPTION_DIAGNOSTIC_SOCKET_INFO tells the socket and both ports of the answer, and whether it was used before', async (t) => {
  const { port, sockets } = await serve(t, { '/': [ok('x')] });
  const engine = await startEngine(t);
  const { wininet } = engine;
  const request = await openRequest(engine, new URL(`http://127.0.0.1:${port}`), '/');
  assert.deepEqual(await socketOf(engine, request), { Socket: 0, SourcePort: 0, DestPort: port, Flags: 0 });
  for (const Flags of [0, c.IDSI_FLAG_KEEP_ALIVE]) {
    await wininet.HttpSendRequest(request);
    const { Socket, ...told } = await socketOf(engine, request);
    assert.deepEqual(told, { SourcePort: sockets[0]?.remotePort, DestPort: port, Flags });
    if (process.platform === 'linux') assert.match(readlinkSync(`/proc/self/fd/${Socket}`), /^socket:/);
    const buffer = Buffer.alloc(24);
    assert.equal(await wininet.InternetQueryOption(request, SOCKET, buffer), 24);
    const filled = [Number(buffer.readBigUInt64LE(0)), ...[8, 12, 16].map((at) => buffer.readUInt32LE(at))];
    assert.deepEqual(filled, [Socket, told.SourcePort, told.DestPort, Flags]);
    await failsWith(wininet.InternetQueryOption(request, SOCKET, new Uint8Array(23)), 'ERROR_INSUFFICIENT_BUFFER');
    await readAll(engine, request);
  }
  assert.equal(sockets.length, 1);
});

test('INTERNET_OPTION_DIAGNOSTIC_SOCKET_INFO tells a proxy and a tunnel through it, with the port of the proxy', (t) =>
  withPeer(t, startTinyproxy, async (proxy) => {
    const plain = await serve(t, { '*': [ok('x')] });
    const secure = await serve(t, { '/': [ok('x')] }, await makeServerCertificate({ authority }));
    const { hostname, port } = new URL(proxy.urls.proxy);
    const engine = await trustingEngine(t);
    const { wininet } = engine;
    const root = await wininet.InternetOpen('x', c.INTERNET_OPEN_TYPE_PROXY, `${hostname}:${port}`, '<-loopback>', 0);
    for (const [server, requestFlags, Flags] of [
      [plain, 0, c.IDSI_FLAG_PROXY],
      [secure, c.INTERNET_FLAG_SECURE, c.IDSI_FLAG_SECURE | c.IDSI_FLAG_PROXY | c.IDSI_FLAG_TUNNEL],
    ] as const) {
      const url = new URL(`http://127.0.0.1:${server.port}`);
      const request = await openRequest({ ...engine, root }, url, '/', { requestFlags });
      await wininet.HttpSendRequest(request);
      const { DestPort, Flags: flags } = await socketOf(engine, request);
      assert.deepEqual([DestPort, flags], [Number(port), Flags]);
    }
  }));

test('INTERNET_OPTION_SERVER_CERT_CHAIN_CONTEXT tells the chain that the server has presented, and nothing wrong of a good one', async (t) => {
  const made = await makeServerCertificate({ authority });
  const engine = await trustingEngine(t);
  const request = await secureRequest(t, engine, { key: made.key, cert: `${made.cert}\n${authority.cert}` });
  await failsWith(engine.wininet.InternetQueryOption(request, CHAIN), 'ERROR_INTERNET_INCORRECT_HANDLE_STATE');
  await engine.wininet.HttpSendRequest(request);
  const { TrustStatus, rgpChain } = await chainOf(engine, request);
  assert.equal(TrustStatus.dwErrorStatus, 0);
  const elements = rgpChain[0].rgpElement.map(({ pCertContext }) => pCertContext);
  const expected = [made.cert, authority.cert].map((pem) => new X509Certificate(pem));
  assert.deepEqual(
    elements.map(({ pbCertEncoded }) => Buffer.from(pbCertEncoded)),
    expected.map(({ raw }) => raw),
  );
  assert.deepEqual(
    elements.map(({ pCertInfo }) => [pCertInfo.Subject, pCertInfo.Issuer, pCertInfo.SerialNumber]),
    expected.map(({ subject, issuer, serialNumber }) => [subject, issuer, serialNumber]),
  );
});

for (const [fault, flaws, status] of [
  ['is out of date', { authority, expired: true }, 0x1],
  ['is not for servers', { authority, wrongUsage: true }, 0x10],
  ['is signed by itself', {}, 0x20],
  ['is signed with SHA-1', { authority, weakHash: true }, 0x10_0000],
  ['names another server, which is no fault of the chain', { authority, wrongName: true }, 0],
] as const satisfies readonly (readonly [string, Flaws, number])[]) {
  test(`INTERNET_OPTION_SERVER_CERT_CHAIN_CONTEXT tells of a tolerated certificate that ${fault}`, async (t) => {
    const engine = await trustingEngine(t);
    const request = await secureRequest(t, engine, await makeServerCertificate(flaws));
    const tolerant =
      c.SECURITY_FLAG_IGNORE_CERT_DATE_INVALID |
      c.SECURITY_FLAG_IGNORE_CERT_CN_INVALID |
      c.SECURITY_FLAG_IGNORE_UNKNOWN_CA |
      c.SECURITY_FLAG_IGNORE_WRONG_USAGE |
      c.SECURITY_FLAG_IGNORE_WEAK_SIGNATURE;
    await engine.wininet.InternetSetOption(request, c.INTERNET_OPTION_SECURITY_FLAGS, tolerant);
    await engine.wininet.HttpSendRequest(request);
    assert.equal((await chainOf(engine, request)).TrustStatus.dwErrorStatus, status);
  });
}

test('INTERNET_OPTION_IGNORE_OFFLINE reads as whether it was set', async (t) => {
  const engine = await startEngine(t);
  const { wininet } = engine;
  const request = await openRequest(engine, new URL('http://127.0.0.1:1'), '/');
  const option = c.INTERNET_OPTION_IGNORE_OFFLINE;
  assert.equal(await wininet.InternetQueryOption(request, option), false);
  await wininet.InternetSetOption(request, option, null);
  assert.equal(await wininet.InternetQueryOption(request, option), true);
  const buffer = new Uint8Array(4);
  assert.equal(await wininet.InternetQueryOption(request, option, buffer), 4);
  assert.deepEqual([...buffer], [1, 0, 0, 0]);
});

function trustingEngine(t: TestContext): Promise<Engine> {
  return startEngine(t, { ...createDrivers(), http: createHttpDriver({ authorities: [authority.cert] }) });
}

async function secureRequest(t: TestContext, engine: Engine, tls: { readonly key: string; readonly cert: string }) {
  const { port } = await serve(t, { '/': [ok('x')] }, tls);
  const server = new URL(`https://127.0.0.1:${port}`);
  return await openRequest(engine, server, '/', { requestFlags: c.INTERNET_FLAG_SECURE });
}

async function socketOf({ wininet }: Engine, request: HINTERNET<'http-request'>) {
  return (await wininet.InternetQueryOption(request, SOCKET)) as INTERNET_DIAGNOSTIC_SOCKET_INFO;
}

async function chainOf({ wininet }: Engine, request: HINTERNET<'http-request'>) {
  return (await wininet.InternetQueryOption(request, CHAIN)) as CERT_CHAIN_CONTEXT;
}
