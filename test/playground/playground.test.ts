import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { get } from 'node:http';
import { connect } from 'node:net';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { startFtpServer } from '../../extension/playground/ftpServer.ts';
import { startWebServer } from '../../extension/playground/httpServer.ts';
import { startPlayground } from '../../extension/playground/playground.ts';
import { RawControl } from './ftp/rawControl.ts';
import { exchange } from './http/exchange.ts';
import { withPlayground } from './withPlayground.ts';

const playground = withPlayground();

test('startPlayground lists each address once, with words for a learner', () => {
  const { addresses } = playground();
  assert.equal(new Set(addresses.map(({ url }) => url)).size, addresses.length);
  for (const { url, title, detail, protocol, group } of addresses) {
    assert.equal(new URL(url).protocol, `${protocol}:`);
    assert.ok(title !== '' && group !== '' && /^[A-Z].*\.$/s.test(detail), `${url}: ${detail}`);
  }
  assert.deepEqual([...new Set(addresses.map(({ protocol }) => protocol))], ['http', 'https', 'ftp', 'gopher']);
});

test('startPlayground links every HTTP address from its index page', async () => {
  const { http, addresses } = playground();
  const page = (await exchange(http)).body.toString();
  for (const { url } of addresses.filter(({ protocol }) => protocol === 'http')) {
    assert.ok(page.includes(`href="${url.slice(http.origin.length)}"`), url);
  }
});

test('startPlayground finds every FTP address in its tree', async () => {
  const { ftp, addresses } = playground();
  const control = await RawControl.login(ftp);
  for (const { url } of addresses.filter(({ protocol }) => protocol === 'ftp')) {
    const path = decodeURIComponent(new URL(url).pathname);
    assert.match(await control.ask(`MLST ${path}`), /^250-/, url);
  }
  control.socket.destroy();
});

test('startPlayground serves the same pages over TLS to clients that trust its certificate', async () => {
  const { https, certificate } = playground();
  const answer = await exchange(new URL('/echo', https), { ca: certificate });
  assert.equal(answer.status, 200);
  const byName = new URL('/status/404', https);
  byName.hostname = 'localhost';
  assert.equal((await exchange(byName, { ca: certificate, family: 4 })).status, 404);
  await assert.rejects(exchange(https), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
});

test('makeCertificate names localhost and 127.0.0.1, and is new with every start', async () => {
  const certificate = new X509Certificate(playground().certificate);
  assert.match(certificate.subjectAltName ?? '', /DNS:localhost, IP Address:127\.0\.0\.1/);
  assert.equal(certificate.ca, false);
  const other = await startPlayground();
  assert.notEqual(other.certificate, playground().certificate);
  await other.close();
});

test('startPlayground listens on loopback addresses only', async () => {
  for (const host of ['0.0.0.0', '::', '192.168.1.1', 'example.com', '127.0.0.1.example.com']) {
    await assert.rejects(startPlayground({ host }), RangeError, host);
  }
  const { http, https, ftp, gopher } = playground();
  for (const { hostname } of [http, https, ftp, gopher]) assert.equal(hostname, '127.0.0.1');
});

test('startPlayground dates its content by the clock it is given', async () => {
  const now = new Date('2001-02-03T04:05:06Z');
  const dated = await startPlayground({ now: () => now });
  const answer = await exchange(new URL('/cache/never', dated.http));
  assert.equal(answer.body.toString(), 'Made at 2001-02-03T04:05:06.000Z\n');
  const control = await RawControl.login(dated.ftp);
  assert.equal(await control.ask('MDTM /readme.txt'), '213 20010203040506');
  await dated.close();
});

test('close ends every connection in whatever state and leaves no handle open', async () => {
  const mine = await startPlayground();
  // Stalled answers, an unread flood, half a request, half a TLS handshake, a silent FTP session, a stalled transfer.
  const requests = ['/slow/stall', '/slow/never', '/bytes/8589934592'].map((path) =>
    get(new URL(path, mine.http), { agent: false }, (incoming) => incoming.on('error', () => undefined).pause()).on(
      'error',
      () => undefined,
    ),
  );
  for (const [port, bytes] of [
    [mine.gopher.port, '/faults/silence\r\n'],
    [mine.gopher.port, '/faults/endless\r\n'],
    [mine.gopher.port, '/slow.txt\r\n'],
    [mine.gopher.port, '/half a requ'],
    [mine.http.port, 'GET / HTT'],
    [mine.https.port, '\u0016\u0003\u0001'],
  ] as const) {
    connect({ host: '127.0.0.1', port: Number(port) })
      .on('error', () => undefined)
      .resume()
      .write(bytes, 'latin1');
  }
  await RawControl.login(mine.ftp);
  const busy = await RawControl.login(mine.ftp);
  const data = await busy.passive();
  await busy.ask('RETR /faults/stalls.bin');
  data.resume();
  const waiting = await RawControl.login(mine.ftp);
  await waiting.ask('PASV');
  await pause(100);
  await mine.close();
  await mine.close();
  // A client that has stopped reading does not notice the end by itself.
  for (const request of requests) {
    request.destroy();
  }
  await pause(100);
  const open = process.getActiveResourcesInfo().filter((name) => /TCP|TLS/.test(name));
  // The playground of the other tests keeps its four listening sockets.
  assert.deepEqual(open, ['TCPServerWrap', 'TCPServerWrap', 'TCPServerWrap', 'TCPServerWrap']);
  await assert.rejects(exchange(mine.http), { code: 'ECONNREFUSED' });
});

test('startWebServer and startFtpServer count their connections down to none', async () => {
  const web = await startWebServer('127.0.0.1');
  const ftp = await startFtpServer('127.0.0.1');
  const control = await RawControl.login(ftp.url);
  const idle = connect({ host: '127.0.0.1', port: Number(web.url.port) }).on('error', () => undefined);
  await pause(50);
  assert.equal(web.connections(), 1);
  assert.equal(ftp.connections(), 1);
  await Promise.all([web.close(), ftp.close()]);
  assert.equal(web.connections(), 0);
  assert.equal(ftp.connections(), 0);
  idle.destroy();
  control.socket.destroy();
});
