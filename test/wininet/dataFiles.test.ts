import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { createHttpDriver } from '../../extension/drivers/httpDriver.ts';
import { createDrivers } from '../../extension/drivers/index.ts';
import * as c from '../../extension/shared/constants.ts';
import type { HINTERNET } from '../../extension/wininet/index.ts';
import { makeServerCertificate } from '../drivers/httpCertificates.ts';
import { ok, serve } from '../drivers/httpFixture.ts';
import { withPlayground } from '../playground/withPlayground.ts';
import {
  connectFtp,
  connectHttp,
  type Engine,
  failsWith,
  leavesNothingBehind,
  openRequest,
  readAll,
  sendRequest,
  startEngine,
} from './engineFixture.ts';

const playground = withPlayground();
leavesNothingBehind();

const NAME = c.INTERNET_OPTION_DATAFILE_NAME;
const NO_WRITE = c.INTERNET_FLAG_NO_CACHE_WRITE;

async function fileOf({ wininet }: Engine, request: HINTERNET<'http-request'>): Promise<string> {
  return String(await wininet.InternetQueryOption(request, NAME));
}

test('INTERNET_OPTION_DATAFILE_NAME names a file with what was read, which is gone when the request is closed', async (t) => {
  const engine = await startEngine(t);
  const { wininet } = engine;
  for (const size of [100, 200_000]) {
    const request = await openRequest(engine, playground().http, `/bytes/${size}`);
    await failsWith(wininet.InternetQueryOption(request, NAME), 'ERROR_INTERNET_ITEM_NOT_FOUND');
    await wininet.HttpSendRequest(request);
    const file = await fileOf(engine, request);
    assert.equal(path.extname(file), '.tmp');
    assert.equal(readFileSync(file).length, 0);
    const first = new Uint8Array(60);
    await wininet.InternetReadFile(request, first);
    assert.deepEqual(readFileSync(file), Buffer.from(first));
    await wininet.InternetSetFilePointer(request, 10);
    assert.equal(await wininet.InternetReadFile(request, first.subarray(10)), 50);
    const rest = await readAll(engine, request);
    assert.deepEqual(readFileSync(file), Buffer.concat([first, rest]));
    assert.equal(await fileOf(engine, request), file);
    await wininet.InternetCloseHandle(request);
    assert.equal(existsSync(file), false);
  }
});

test('InternetLockRequestFile keeps the file of an answer after its request is closed, until it is unlocked', async (t) => {
  const engine = await startEngine(t);
  const { wininet } = engine;
  const request = await sendRequest(engine, playground().http, '/bytes/100');
  const body = await readAll(engine, request);
  const lock = await wininet.InternetLockRequestFile(request);
  const file = await fileOf(engine, request);
  await wininet.InternetCloseHandle(request);
  assert.deepEqual(readFileSync(file), body);
  await wininet.InternetUnlockRequestFile(lock);
  assert.equal(existsSync(file), false);
});

for (const [what, options] of [
  ['with INTERNET_FLAG_NO_CACHE_WRITE', { requestFlags: NO_WRITE }],
  ['to POST', { verb: 'POST' }],
] as const) {
  test(`InternetLockRequestFile keeps an answer ${what} from its first byte on, or fails with ERROR_FILE_NOT_FOUND`, async (t) => {
    const engine = await startEngine(t);
    const { wininet } = engine;
    const request = await openRequest(engine, playground().http, '/echo', options);
    await wininet.HttpSendRequest(request);
    await failsWith(wininet.InternetQueryOption(request, NAME), 'ERROR_INTERNET_ITEM_NOT_FOUND');
    const lock = await wininet.InternetLockRequestFile(request);
    const file = await fileOf(engine, request);
    const body = await readAll(engine, request);
    assert.ok(body.length > 0);
    assert.deepEqual(readFileSync(file), body);
    await wininet.InternetUnlockRequestFile(lock);
    await wininet.HttpSendRequest(request);
    assert.equal(existsSync(file), false);
    await wininet.InternetReadFile(request, new Uint8Array(1));
    const error = await failsWith(wininet.InternetLockRequestFile(request), 'ERROR_FILE_NOT_FOUND');
    assert.match(error.message, /lock it before the first read/);
  });
}

test('InternetLockRequestFile fails with ERROR_FILE_NOT_FOUND for https with INTERNET_FLAG_NO_CACHE_WRITE, but for INTERNET_FLAG_NEED_FILE', async (t) => {
  const tls = await makeServerCertificate({});
  const { port } = await serve(t, { '/': [ok('secret')] }, tls);
  const engine = await startEngine(t, { ...createDrivers(), http: createHttpDriver({ authorities: [tls.cert] }) });
  const { wininet } = engine;
  const server = new URL(`https://127.0.0.1:${port}`);
  const send = async (flags: number) => {
    const request = await openRequest(engine, server, '/', { requestFlags: c.INTERNET_FLAG_SECURE | flags });
    await wininet.InternetSetOption(request, c.INTERNET_OPTION_SECURITY_FLAGS, c.SECURITY_FLAG_IGNORE_UNKNOWN_CA);
    await wininet.HttpSendRequest(request);
    return request;
  };
  const error = await failsWith(wininet.InternetLockRequestFile(await send(NO_WRITE)), 'ERROR_FILE_NOT_FOUND');
  assert.match(error.message, /over https is not kept with INTERNET_FLAG_NO_CACHE_WRITE/);
  for (const flags of [0, NO_WRITE | c.INTERNET_FLAG_NEED_FILE]) {
    const request = await send(flags);
    await wininet.InternetUnlockRequestFile(await wininet.InternetLockRequestFile(request));
    assert.ok(existsSync(await fileOf(engine, request)));
  }
});

test('INTERNET_OPTION_DATAFILE_NAME names no file of FTP, as InternetLockRequestFile locks none', async (t) => {
  const engine = await startEngine(t);
  const { wininet } = engine;
  const session = await connectFtp(engine, playground().ftp, { flags: c.INTERNET_FLAG_PASSIVE });
  const file = await wininet.FtpOpenFile(session, 'readme.txt', c.GENERIC_READ, c.FTP_TRANSFER_TYPE_BINARY, 0);
  await failsWith(wininet.InternetQueryOption(file, NAME), 'ERROR_INTERNET_ITEM_NOT_FOUND');
  await failsWith(wininet.InternetLockRequestFile(file), 'ERROR_FILE_NOT_FOUND');
});

test('INTERNET_OPTION_DATAFILE_EXT gives the file its extension, copied when the request is opened, and refuses a path', async (t) => {
  const engine = await startEngine(t);
  const { wininet } = engine;
  const session = await connectHttp(engine, playground().http);
  const option = c.INTERNET_OPTION_DATAFILE_EXT;
  for (const bad of ['../up', 'a/b', 'a\\b', '', '.', 'a.b', 'nul\0']) {
    await failsWith(wininet.InternetSetOption(session, option, bad), 'ERROR_INVALID_PARAMETER');
  }
  const before = await wininet.HttpOpenRequest(session, null, '/bytes/10', null, null, null, 0, 0);
  await wininet.InternetSetOption(session, option, '.html');
  const after = await wininet.HttpOpenRequest(session, null, '/bytes/10', null, null, null, 0, 0);
  for (const [request, extension] of [
    [before, '.tmp'],
    [after, '.html'],
  ] as const) {
    await wininet.HttpSendRequest(request);
    assert.equal(path.extname(await fileOf(engine, request)), extension);
  }
});

test('INTERNET_OPTION_CACHE_TIMESTAMPS tells Expires and Last-Modified of an answer that is kept, and fails with ERROR_FILE_NOT_FOUND otherwise', async (t) => {
  const dates = ['Expires: Fri, 01 Jan 2027 00:00:00 GMT', 'Last-Modified: Mon, 01 Jan 2024 00:00:00 GMT'];
  const head = ['HTTP/1.1 200 OK', 'Content-Length: 0'];
  const { port } = await serve(t, {
    '/dated': [`${[...head, ...dates].join('\r\n')}\r\n\r\n`],
    '/odd': [`${[...head, 'Expires: 0'].join('\r\n')}\r\n\r\n`],
  });
  const engine = await startEngine(t);
  const { wininet } = engine;
  const server = new URL(`http://127.0.0.1:${port}`);
  const option = c.INTERNET_OPTION_CACHE_TIMESTAMPS;
  const request = await openRequest(engine, server, '/dated');
  await failsWith(wininet.InternetQueryOption(request, option), 'ERROR_FILE_NOT_FOUND');
  await wininet.HttpSendRequest(request);
  assert.deepEqual(await wininet.InternetQueryOption(request, option), {
    ftExpires: new Date('2027-01-01T00:00:00Z'),
    ftLastModified: new Date('2024-01-01T00:00:00Z'),
  });
  const buffer = Buffer.alloc(16);
  assert.equal(await wininet.InternetQueryOption(request, option, buffer), 16);
  // As Wine was seen to fill them.
  assert.deepEqual([buffer.readBigUInt64LE(0), buffer.readBigUInt64LE(8)], [0x1dd99830b47c000n, 0x1da3c457689c000n]);
  const odd = await sendRequest(engine, server, '/odd');
  assert.deepEqual(await wininet.InternetQueryOption(odd, option), { ftExpires: null, ftLastModified: null });
  const unkept = await sendRequest(engine, server, '/dated', { requestFlags: NO_WRITE });
  await failsWith(wininet.InternetQueryOption(unkept, option), 'ERROR_FILE_NOT_FOUND');
});
