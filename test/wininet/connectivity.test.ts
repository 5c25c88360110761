import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { type TestContext, test } from 'node:test';
import { createDrivers } from '../../extension/drivers/index.ts';
import * as c from '../../extension/shared/constants.ts';
import { createWinInet } from '../../extension/wininet/index.ts';
import type { Dialogs } from '../../extension/wininet/ports/dialogs.ts';
import { withPlayground } from '../playground/withPlayground.ts';
import { connectFtp, connectHttp, failsWith, leavesNothingBehind, startEngine } from './engineFixture.ts';

const playground = withPlayground();
leavesNothingBehind();

test('InternetCheckConnection connects to the host of a URL, and ends the connection without a word', async (t) => {
  const { wininet } = await startEngine(t);
  const seen: number[] = [];
  let ended: (() => void) | undefined;
  const closed = new Promise<void>((resolve) => {
    ended = resolve;
  });
  const server = createServer((socket) => {
    socket.on('data', (bytes) => seen.push(bytes.length)).on('close', () => ended?.());
  });
  t.after(() => server.close());
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  const url = `http://127.0.0.1:${address.port}/any`;
  assert.equal(await wininet.InternetCheckConnection(url, c.FLAG_ICC_FORCE_CONNECTION), true);
  await closed;
  assert.deepEqual(seen, []);
});

test('InternetCheckConnection fails where nobody listens, and on what names no host', async (t) => {
  const { wininet } = await startEngine(t);
  await failsWith(wininet.InternetCheckConnection('http://127.0.0.1:1/'), 'ERROR_NOT_CONNECTED');
  assert.equal(await wininet.InternetQueryOption(null, c.INTERNET_OPTION_EXTENDED_ERROR), 10_061);
  await failsWith(wininet.InternetCheckConnection('mailto:a@b'), 'ERROR_NOT_CONNECTED');
  await failsWith(wininet.InternetCheckConnection('no url'), 'ERROR_INTERNET_UNRECOGNIZED_SCHEME');
  await failsWith(wininet.InternetCheckConnection('http://\0/'), 'ERROR_INTERNET_INVALID_URL');
  await failsWith(wininet.InternetCheckConnection(null, 0, 1), 'ERROR_INVALID_PARAMETER');
});

test('InternetCheckConnection without a URL reaches for the server of the newest session', async (t) => {
  const engine = await startEngine(t);
  const { wininet } = engine;
  await failsWith(wininet.InternetCheckConnection(null, c.FLAG_ICC_FORCE_CONNECTION), 'ERROR_NOT_CONNECTED');
  await connectHttp(engine, new URL('http://127.0.0.1:1'));
  const newest = await connectFtp(engine, playground().ftp);
  assert.equal(await wininet.InternetCheckConnection(null, c.FLAG_ICC_FORCE_CONNECTION), true);
  await wininet.InternetCloseHandle(newest);
  await failsWith(wininet.InternetCheckConnection(null, c.FLAG_ICC_FORCE_CONNECTION), 'ERROR_NOT_CONNECTED');
});

test('dispose gives up a probe that waits', async (t) => {
  const { wininet } = await startEngine(t);
  const { href } = playground().http;
  const call = failsWith(wininet.InternetCheckConnection(href), 'ERROR_INTERNET_OPERATION_CANCELLED');
  await wininet.dispose();
  await call;
});

test('InternetGetConnectedState tells of the network of this machine, and InternetGetConnectedStateEx names it', async (t) => {
  const wininet = startWith(t, ['ethernet', 'other']);
  const flags = c.INTERNET_CONNECTION_LAN | c.INTERNET_CONNECTION_CONFIGURED;
  assert.equal(await wininet.InternetGetConnectedState(), flags);
  const state = await wininet.InternetGetConnectedStateEx();
  assert.deepEqual(state, { lpdwFlags: flags, lpszConnectionName: 'ethernet' });
  const buffer = new Uint8Array(6);
  assert.equal(await wininet.InternetGetConnectedStateEx(buffer), flags);
  assert.equal(Buffer.from(buffer).toString('latin1'), 'ether\0');
  await failsWith(wininet.InternetGetConnectedState(1), 'ERROR_INVALID_PARAMETER');
  const { wininet: real } = await startEngine(t);
  const { lpszConnectionName } = await real.InternetGetConnectedStateEx();
  assert.ok(lpszConnectionName === '' || lpszConnectionName in networkInterfaces());
});

test('InternetAttemptConnect returns 0 with a network, and the number of ERROR_NOT_CONNECTED without', async (t) => {
  const [wininet, alone] = [startWith(t, ['ethernet']), startWith(t, [])];
  assert.equal(await wininet.InternetAttemptConnect(), 0);
  assert.equal(await alone.InternetAttemptConnect(), 2250);
  assert.equal(await alone.InternetGetConnectedState(), 0);
  await failsWith(alone.InternetCheckConnection(null), 'ERROR_NOT_CONNECTED');
  await wininet.InternetSetOption(null, c.INTERNET_OPTION_CONNECTED_STATE, {
    dwConnectedState: c.INTERNET_STATE_DISCONNECTED_BY_USER,
    dwFlags: 0,
  });
  assert.equal(await wininet.InternetAttemptConnect(), 2250);
  const offline = c.INTERNET_CONNECTION_OFFLINE | c.INTERNET_CONNECTION_CONFIGURED;
  assert.equal(await wininet.InternetGetConnectedState(), offline);
});

test('InternetConfirmZoneCrossing asks only where a page leads from a secure one to an open one', async (t) => {
  for (const answer of [null, true, false]) {
    const asked: string[] = [];
    const dialogs: Dialogs = {
      askCredentials: () => Promise.resolve(null),
      askCertificate: () => Promise.resolve(false),
      askClientCertificate: () => Promise.resolve(null),
      askRedirect: ({ url }) => {
        asked.push(url);
        return Promise.resolve(answer === true);
      },
    };
    const wininet = createWinInet({ drivers: createDrivers(), dialogs: answer === null ? null : dialogs });
    t.after(() => wininet.dispose());
    const confirm = (from: string, to: string) => wininet.InternetConfirmZoneCrossing(null, from, to);
    assert.equal(await confirm('http://a/', 'https://a/'), 0);
    assert.equal(await confirm('https://a/', 'https://b/'), 0);
    assert.deepEqual(asked, []);
    assert.equal(await confirm('https://a/', 'http://a/'), answer === true ? 0 : 1223);
    assert.deepEqual(asked, answer === null ? [] : ['https://a/']);
    await failsWith(confirm('', 'http://a/'), 'ERROR_INVALID_PARAMETER');
  }
});

function startWith(t: TestContext, interfaces: readonly string[]) {
  const drivers = createDrivers();
  const wininet = createWinInet({
    drivers: { ...drivers, network: { ...drivers.network, interfaces: () => interfaces } },
  });
  t.after(() => wininet.dispose());
  return wininet;
}
