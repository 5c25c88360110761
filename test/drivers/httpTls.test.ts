import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import type { TlsOptions } from 'node:tls';
import type { CertificateTolerance, HttpExchange } from '../../extension/wininet/ports/http.ts';
import { type Flaws, makeAuthority, makeServerCertificate } from './httpCertificates.ts';
import { driverFor, failsWith, get, ok, readAll, serve, until, witness } from './httpFixture.ts';

const none: CertificateTolerance = {
  unknownAuthority: false,
  wrongName: false,
  wrongDate: false,
  wrongUsage: false,
  weak: false,
  revocation: false,
};
const authority = await makeAuthority();

async function secureServer(t: TestContext, flaws: Flaws, options: TlsOptions = {}) {
  const { key, cert } = await makeServerCertificate(flaws);
  return serve(t, { '/': [ok('secret')] }, { key, cert, ...options });
}

function secure(port: number, tolerated: Partial<CertificateTolerance> = {}, host = '127.0.0.1'): HttpExchange {
  return get(port, '/', { server: { scheme: 'https', host, port }, certificates: { ...none, ...tolerated } });
}

test('HttpDriver.send trusts the authorities that it is given and keeps secure connections', async (t) => {
  const server = await secureServer(t, { authority });
  const driver = driverFor(t, { authorities: [authority.cert] });
  for (const first of ['resolving', 'sending']) {
    const { context, told } = witness();
    const answer = await driver.send(secure(server.port), context);
    assert.equal((await readAll(answer.body)).toString(), 'secret');
    assert.equal(told()[0]?.split(' ')[0], first);
  }
  await readAll((await driver.send(secure(server.port, {}, 'localhost'), witness().context)).body);
  assert.equal(server.sockets.length, 2);
});

test('judgeCertificate names each fault, the first of several, and accepts exactly what is tolerated', async (t) => {
  const unknown = 'ERROR_INTERNET_INVALID_CA';
  const name = 'ERROR_INTERNET_SEC_CERT_CN_INVALID';
  const date = 'ERROR_INTERNET_SEC_CERT_DATE_INVALID';
  const signed = { authority };
  const cases: readonly (readonly [flaws: Flaws, tolerated: Partial<CertificateTolerance>, symbol: string | null])[] = [
    [{}, {}, unknown],
    [{}, { wrongName: true, wrongDate: true }, unknown],
    [{}, { unknownAuthority: true }, null],
    [{ ...signed, wrongName: true }, {}, name],
    [{ ...signed, wrongName: true }, { unknownAuthority: true, wrongDate: true }, name],
    [{ ...signed, wrongName: true }, { wrongName: true }, null],
    [{ ...signed, expired: true }, {}, date],
    [{ ...signed, expired: true }, { unknownAuthority: true, wrongName: true }, date],
    [{ ...signed, expired: true }, { wrongDate: true }, null],
    [{ ...signed, expired: true, wrongName: true }, {}, name],
    [{ expired: true, wrongName: true }, {}, unknown],
    [{ expired: true }, { wrongDate: true }, unknown],
    [{ expired: true, wrongName: true }, { unknownAuthority: true }, name],
    [{ expired: true, wrongName: true }, { unknownAuthority: true, wrongName: true }, date],
    [{ expired: true, wrongName: true }, { unknownAuthority: true, wrongName: true, wrongDate: true }, null],
  ];
  for (const [flaws, tolerated, symbol] of cases) {
    const server = await secureServer(t, flaws);
    const driver = driverFor(t, { authorities: [authority.cert] });
    const { context, told } = witness();
    const pending = driver.send(secure(server.port, tolerated), context);
    const what = JSON.stringify([{ ...flaws, authority: flaws.authority !== undefined }, tolerated]);
    if (symbol === null) {
      assert.equal((await readAll((await pending).body)).toString(), 'secret', what);
    } else {
      const failure = await failsWith(pending, symbol);
      assert.match(failure.message, /SECURITY_FLAG/, what);
      assert.deepEqual(told().slice(-3), ['connected 127.0.0.1', 'closing', 'closed'], what);
      assert.equal(server.received.length, 0, what);
    }
  }
});

test('HttpDriver.send does not trust what Node does not, without authorities of its own', async (t) => {
  const server = await secureServer(t, { authority });
  await failsWith(driverFor(t).send(secure(server.port), witness().context), 'ERROR_INTERNET_INVALID_CA');
});

test('HttpPool.acquire keeps a connection that was only tolerated from those who do not tolerate', async (t) => {
  const server = await secureServer(t, {});
  const driver = driverFor(t);
  await readAll((await driver.send(secure(server.port, { unknownAuthority: true }), witness().context)).body);
  await failsWith(driver.send(secure(server.port), witness().context), 'ERROR_INTERNET_INVALID_CA');
});

test('HttpDriver.send fails with SECURITY_CHANNEL_ERROR where the peer speaks no TLS or hangs up', async (t) => {
  const plain = await serve(t, { '/': [ok('x')] });
  const garbage = await serve(t, {});
  const driver = driverFor(t);
  const pending = failsWith(
    driver.send(secure(plain.port), witness().context),
    'ERROR_INTERNET_SECURITY_CHANNEL_ERROR',
  );
  await until(() => plain.sockets.length === 1);
  plain.sockets[0]?.write('HTTP/1.1 400 Bad Request\r\n\r\n');
  await pending;
  const hung = failsWith(driver.send(secure(garbage.port), witness().context), 'ERROR_INTERNET_SECURITY_CHANNEL_ERROR');
  await until(() => garbage.sockets.length === 1);
  garbage.sockets[0]?.end();
  await hung;
  const old = await secureServer(t, { authority }, { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2', ciphers: 'PSK' });
  await failsWith(driver.send(secure(old.port), witness().context), 'ERROR_INTERNET_SECURITY_CHANNEL_ERROR');
});

test('HttpDriver.send fails with CLIENT_AUTH_CERT_NEEDED where the server demands a certificate', async (t) => {
  // Node's own server just hangs up; OpenSSL's sends the alert of RFC 8446.
  const folder = await mkdtemp(path.join(tmpdir(), 'client-auth-'));
  t.after(() => rm(folder, { recursive: true }));
  const { key, cert } = await makeServerCertificate({ authority });
  await writeFile(path.join(folder, 'server.pem'), key + cert);
  const openssl = spawn(
    'openssl',
    ['s_server', '-accept', '127.0.0.1:0', '-Verify', '1', '-tls1_3', '-cert', 'server.pem'],
    {
      cwd: folder,
      stdio: ['pipe', 'pipe', 'ignore'],
    },
  );
  t.after(() => openssl.kill());
  const port = await new Promise<number>((resolve) => {
    let said = '';
    openssl.on('error', () => resolve(0));
    openssl.stdout.on('data', (chunk) => {
      said += String(chunk);
      const accepted = /ACCEPT 127\.0\.0\.1:(\d+)/.exec(said);
      if (accepted !== null) resolve(Number(accepted[1]));
    });
  });
  if (port === 0) {
    t.skip('openssl is not installed');
    return;
  }
  const driver = driverFor(t, { authorities: [authority.cert] });
  await failsWith(driver.send(secure(port), witness().context), 'ERROR_INTERNET_CLIENT_AUTH_CERT_NEEDED');
});
