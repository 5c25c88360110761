import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import * as c from '../../extension/shared/constants.ts';
import { connectHttp, failsWith, leavesNothingBehind, openRequest, startEngine } from './engineFixture.ts';

leavesNothingBehind();

const SERVER = new URL('http://127.0.0.1:54321/');
/** Stands for a NULL pointer. */
const NO_BUFFER = new Uint8Array();

test('InternetQueryOption fills a buffer and returns what the original leaves in the length', async (t) => {
  const engine = await startEngine(t);
  const { wininet, root } = engine;
  const request = await openRequest(engine, SERVER, '/a?b');
  const session = await wininet.InternetQueryOption(request, c.INTERNET_OPTION_PARENT_HANDLE);
  assert.ok(session !== null && typeof session === 'object' && 'value' in session);
  const dword = new Uint8Array(8);
  assert.equal(await wininet.InternetQueryOption(root, c.INTERNET_OPTION_HANDLE_TYPE, dword), 4);
  assert.deepEqual([...dword], [1, 0, 0, 0, 0, 0, 0, 0]);
  const pointer = Buffer.alloc(8);
  assert.equal(await wininet.InternetQueryOption(request, c.INTERNET_OPTION_PARENT_HANDLE, pointer), 8);
  assert.equal(pointer.readBigUInt64LE(), BigInt(session.value));
  assert.equal(await wininet.InternetQueryOption(root, c.INTERNET_OPTION_PARENT_HANDLE, pointer), 8);
  assert.equal(pointer.readBigUInt64LE(), 0n);
  const text = Buffer.alloc(64, 1);
  const url = 'http://127.0.0.1:54321/a?b';
  assert.equal(await wininet.InternetQueryOption(request, c.INTERNET_OPTION_URL, text), url.length);
  assert.equal(text.toString('latin1', 0, url.length + 1), `${url}\0`);
  const version = Buffer.alloc(8);
  assert.equal(await wininet.InternetQueryOption(null, c.INTERNET_OPTION_VERSION, version), 8);
  assert.deepEqual([version.readUInt32LE(0), version.readUInt32LE(4)], [1, 2]);
});

test('InternetQueryOption fails with ERROR_INSUFFICIENT_BUFFER and says how much it needs', async (t) => {
  const engine = await startEngine(t);
  const { wininet, root } = engine;
  const request = await openRequest(engine, SERVER, '/a?b');
  const nameless = await wininet.InternetOpen(null);
  for (const [handle, option, length, required] of [
    [root, c.INTERNET_OPTION_HANDLE_TYPE, 0, 4],
    [root, c.INTERNET_OPTION_HANDLE_TYPE, 3, 4],
    [root, c.INTERNET_OPTION_CONTEXT_VALUE, 4, 8],
    [null, c.INTERNET_OPTION_VERSION, 4, 8],
    [request, c.INTERNET_OPTION_URL, 5, 27],
    [request, c.INTERNET_OPTION_URL, 0, 27],
    [nameless, c.INTERNET_OPTION_USER_AGENT, 0, 1],
    [request, c.INTERNET_OPTION_USERNAME, 0, 1],
    [root, c.INTERNET_OPTION_CONNECT_TIMEOUT, 0, 4],
    // Recorded: a time-out leaves the length of a buffer that is too small.
    [root, c.INTERNET_OPTION_CONNECT_TIMEOUT, 3, 3],
  ] as const) {
    const buffer = length === 0 ? NO_BUFFER : new Uint8Array(length);
    const error = await failsWith(wininet.InternetQueryOption(handle, option, buffer), 'ERROR_INSUFFICIENT_BUFFER');
    assert.equal(error.requiredLength, required, `option ${option}, ${length} bytes`);
    assert.ok(
      buffer.every((byte) => byte === 0),
      'nothing was written',
    );
  }
});

test('InternetQueryOption returns records whole, and refuses a buffer for those that hold pointers', async (t) => {
  const { wininet, root } = await startEngine(t);
  assert.deepEqual(await wininet.InternetQueryOption(root, c.INTERNET_OPTION_VERSION), {
    dwMajorVersion: 1,
    dwMinorVersion: 2,
  });
  for (const option of [c.INTERNET_OPTION_PROXY, c.INTERNET_OPTION_PER_CONNECTION_OPTION]) {
    await failsWith(wininet.InternetQueryOption(root, option, new Uint8Array(64)), 'ERROR_INVALID_PARAMETER');
    await failsWith(wininet.InternetSetOption(root, option, new Uint8Array(24)), 'ERROR_INVALID_PARAMETER');
  }
});

test('InternetSetOption takes the bytes of a value', async (t) => {
  const engine = await startEngine(t);
  const { wininet, root } = engine;
  const session = await connectHttp(engine, SERVER);
  await wininet.InternetSetOption(root, c.INTERNET_OPTION_CONNECT_TIMEOUT, Uint8Array.of(0x98, 0x3a, 0, 0));
  assert.equal(await wininet.InternetQueryOption(root, c.INTERNET_OPTION_CONNECT_TIMEOUT), 15_000);
  await wininet.InternetSetOption(root, c.INTERNET_OPTION_CONTEXT_VALUE, Uint8Array.of(11, 0, 0, 0, 0, 0, 0, 0));
  assert.equal(await wininet.InternetQueryOption(root, c.INTERNET_OPTION_CONTEXT_VALUE), 11);
  assert.equal(await wininet.InternetQueryOption(root, c.INTERNET_OPTION_CONTEXT_VALUE_OLD), 11);
  await wininet.InternetSetOption(session, c.INTERNET_OPTION_PROXY_USERNAME, Buffer.from('mike\0and more'));
  assert.equal(await wininet.InternetQueryOption(session, c.INTERNET_OPTION_PROXY_USERNAME), 'mike');
  await wininet.InternetSetOption(root, c.INTERNET_OPTION_BYPASS_EDITED_ENTRY, Uint8Array.of(1, 0, 0, 0));
  assert.equal(await wininet.InternetQueryOption(root, c.INTERNET_OPTION_BYPASS_EDITED_ENTRY), true);
  await wininet.InternetSetOption(root, c.INTERNET_OPTION_CALLBACK, new Uint8Array(8));
  assert.equal(await wininet.InternetQueryOption(root, c.INTERNET_OPTION_CALLBACK), null);
  await wininet.InternetSetOption(null, c.INTERNET_OPTION_HTTP_VERSION, Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0));
  const version = await wininet.InternetQueryOption(session, c.INTERNET_OPTION_HTTP_VERSION);
  assert.deepEqual(version, { dwMajorVersion: 1, dwMinorVersion: 0 });
});

test('InternetQueryOption fills the bytes that InternetSetOption was given, whatever they are', async (t) => {
  const { wininet, root } = await startEngine(t);
  const numbers = [c.INTERNET_OPTION_SEND_TIMEOUT, c.INTERNET_OPTION_CONNECT_RETRIES];
  const texts = [c.INTERNET_OPTION_USER_AGENT];
  const bytes = (length: { readonly minLength?: number; readonly maxLength: number }) => fc.uint8Array(length);
  const cases = fc.oneof(
    fc.tuple(fc.constantFrom(...numbers), bytes({ minLength: 4, maxLength: 4 })),
    fc.tuple(fc.constantFrom(...texts), bytes({ maxLength: 40 })),
  );
  await fc.assert(
    fc.asyncProperty(cases, async ([option, given]) => {
      await wininet.InternetSetOption(root, option, given);
      const buffer = new Uint8Array(64);
      const length = await wininet.InternetQueryOption(root, option, buffer);
      const end = texts.includes(option) ? given.indexOf(0) : -1;
      assert.deepEqual(buffer.subarray(0, length), end === -1 ? given : given.subarray(0, end));
    }),
  );
});

test('InternetSetOption fails with ERROR_INTERNET_BAD_OPTION_LENGTH for bytes that are too few or too many', async (t) => {
  const { wininet, root } = await startEngine(t);
  for (const [option, length] of [
    [c.INTERNET_OPTION_CONNECT_TIMEOUT, 3],
    [c.INTERNET_OPTION_CONNECT_TIMEOUT, 8],
    [c.INTERNET_OPTION_CONNECT_TIMEOUT, 0],
    [c.INTERNET_OPTION_CONTEXT_VALUE, 4],
    [c.INTERNET_OPTION_BYPASS_EDITED_ENTRY, 1],
    [c.INTERNET_OPTION_CONNECTED_STATE, 4],
    [c.INTERNET_OPTION_CALLBACK, 4],
  ] as const) {
    const setting = wininet.InternetSetOption(root, option, new Uint8Array(length));
    await failsWith(setting, 'ERROR_INTERNET_BAD_OPTION_LENGTH');
  }
  const connections = wininet.InternetSetOption(null, c.INTERNET_OPTION_MAX_CONNS_PER_SERVER, new Uint8Array(3));
  await failsWith(connections, 'ERROR_INTERNET_BAD_OPTION_LENGTH');
});
