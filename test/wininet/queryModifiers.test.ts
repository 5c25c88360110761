import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import * as c from '../../extension/shared/constants.ts';
import { serve } from '../drivers/httpFixture.ts';
import { type Engine, failsWith, leavesNothingBehind, openRequest, sendRequest, startEngine } from './engineFixture.ts';

leavesNothingBehind();

const HEADERS = [
  'X-Repeated: first',
  'X-Single: only',
  'x-repeated: second, third',
  'X-Repeated: ',
  'X-Size: 5368709120',
  'X-Negative: -2',
  'Last-Modified: Sun, 06 Nov 1994 08:49:37 GMT',
];

/** An answered request, and what HttpQueryInfo reads of it. */
async function answered(t: TestContext) {
  const answer = `HTTP/1.1 200 OK\r\n${HEADERS.map((line) => `${line}\r\n`).join('')}Content-Length: 0\r\n\r\n`;
  const server = await serve(t, { '*': [answer] });
  const engine: Engine = await startEngine(t);
  const request = await sendRequest(engine, new URL(`http://127.0.0.1:${server.port}`), '/');
  return {
    query: (level: number, buffer: Uint8Array | string | null = null, index: { index: number } | null = null) =>
      engine.wininet.HttpQueryInfo(request, level, buffer, index),
  };
}

/** A buffer of so many bytes that holds a header's name, as HTTP_QUERY_CUSTOM wants it. */
function asking(name: string, size: number): Uint8Array {
  const memory = new Uint8Array(64);
  memory.set(Buffer.from(`${name}\0`));
  return memory.subarray(0, size);
}

const CUSTOM = c.HTTP_QUERY_CUSTOM;

test('HTTP_QUERY_FLAG_NUMBER and HTTP_QUERY_FLAG_NUMBER64 read a number, whole or as 4 and 8 bytes', async (t) => {
  const { query } = await answered(t);
  for (const [flag, size] of [
    [c.HTTP_QUERY_FLAG_NUMBER, 4],
    [c.HTTP_QUERY_FLAG_NUMBER64, 8],
  ] as const) {
    assert.equal(await query(c.HTTP_QUERY_STATUS_CODE | flag), 200);
    const buffer = new Uint8Array(size);
    assert.equal(await query(c.HTTP_QUERY_STATUS_CODE | flag, buffer), size);
    assert.deepEqual([...buffer], [200, ...Array(size - 1).fill(0)]);
    const short = await failsWith(
      query(c.HTTP_QUERY_STATUS_CODE | flag, buffer.subarray(1)),
      'ERROR_INSUFFICIENT_BUFFER',
    );
    assert.equal(short.requiredLength, size);
  }
});

test('HTTP_QUERY_FLAG_NUMBER64 reads what HTTP_QUERY_FLAG_NUMBER cannot hold', async (t) => {
  const { query } = await answered(t);
  await failsWith(query(CUSTOM | c.HTTP_QUERY_FLAG_NUMBER, 'X-Size'), 'ERROR_HTTP_INVALID_HEADER');
  assert.equal(await query(CUSTOM | c.HTTP_QUERY_FLAG_NUMBER64, 'X-Size'), 5_368_709_120);
  assert.equal(await query(CUSTOM | c.HTTP_QUERY_FLAG_NUMBER64, 'X-Negative'), -2);
  const buffer = asking('X-Size', 8);
  assert.equal(await query(CUSTOM | c.HTTP_QUERY_FLAG_NUMBER64, buffer), 8);
  assert.equal(Buffer.from(buffer).readBigUInt64LE(), 5_368_709_120n);
});

test('HTTP_QUERY_FLAG_SYSTEMTIME reads a time, whole or as 16 bytes', async (t) => {
  const { query } = await answered(t);
  const level = c.HTTP_QUERY_LAST_MODIFIED | c.HTTP_QUERY_FLAG_SYSTEMTIME;
  assert.deepEqual(await query(level), new Date(Date.UTC(1994, 10, 6, 8, 49, 37)));
  const buffer = new Uint8Array(16);
  assert.equal(await query(level, buffer), 16);
  assert.deepEqual([...new Uint16Array(buffer.buffer)], [1994, 11, 0, 6, 8, 49, 37, 0]);
  const short = await failsWith(query(level, buffer.subarray(1)), 'ERROR_INSUFFICIENT_BUFFER');
  assert.equal(short.requiredLength, 16);
});

test('HTTP_QUERY_FLAG_COALESCE_WITH_COMMA joins the values of a repeated header, from the index on', async (t) => {
  const { query } = await answered(t);
  const level = CUSTOM | c.HTTP_QUERY_FLAG_COALESCE_WITH_COMMA;
  assert.equal(await query(level, 'X-Repeated'), 'first, second, third, ');
  assert.equal(await query(level, 'X-Single'), 'only');
  await failsWith(query(level, 'X-None'), 'ERROR_HTTP_HEADER_NOT_FOUND');
  const at = { index: 0 };
  const small = await failsWith(query(level, asking('X-Repeated', 22), at), 'ERROR_INSUFFICIENT_BUFFER');
  assert.deepEqual([small.requiredLength, at.index], [23, 0], 'a buffer that was too small gets the same again');
  const buffer = asking('X-Repeated', 23);
  assert.equal(await query(level, buffer, at), 22);
  assert.equal(Buffer.from(buffer).toString(), 'first, second, third, \0');
  assert.equal(at.index, 3);
  await failsWith(query(level, 'X-Repeated', at), 'ERROR_HTTP_HEADER_NOT_FOUND');
  assert.equal(await query(level, 'X-Repeated', { index: 1 }), 'second, third, ');
});

test('HTTP_QUERY_FLAG_COALESCE changes nothing: the first of a repeated header is read, the next by its index', async (t) => {
  const { query } = await answered(t);
  const level = CUSTOM | c.HTTP_QUERY_FLAG_COALESCE;
  assert.equal(await query(level, 'X-Repeated'), 'first');
  const at = { index: 0 };
  const seen: unknown[] = [];
  for (let time = 0; time < 3; time += 1) seen.push(await query(level, 'X-Repeated', at), at.index);
  assert.deepEqual(seen, ['first', 1, 'second, third', 2, '', 3]);
  await failsWith(query(level, 'X-Repeated', at), 'ERROR_HTTP_HEADER_NOT_FOUND');
});

test('HTTP_QUERY_FLAG_REQUEST_HEADERS reads the request with every other modifier too', async (t) => {
  const engine = await startEngine(t);
  const { wininet } = engine;
  const request = await openRequest(engine, new URL('http://127.0.0.1:1'), '/');
  const lines = ['X-A: 1', 'X-A: 2', 'X-Big: 5368709120', 'If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT'];
  await wininet.HttpAddRequestHeaders(request, lines.join('\r\n'), c.HTTP_ADDREQ_FLAG_ADD);
  const query = (level: number, name: string | null = null, index: { index: number } | null = null) =>
    wininet.HttpQueryInfo(request, level | c.HTTP_QUERY_FLAG_REQUEST_HEADERS, name, index);
  assert.equal(await query(CUSTOM, 'X-A', { index: 1 }), '2');
  assert.equal(await query(CUSTOM | c.HTTP_QUERY_FLAG_NUMBER, 'X-A', { index: 1 }), 2);
  assert.equal(await query(CUSTOM | c.HTTP_QUERY_FLAG_NUMBER64, 'X-Big'), 5_368_709_120);
  assert.equal(await query(CUSTOM | c.HTTP_QUERY_FLAG_COALESCE_WITH_COMMA, 'X-A'), '1, 2');
  const since = await query(c.HTTP_QUERY_IF_MODIFIED_SINCE | c.HTTP_QUERY_FLAG_SYSTEMTIME);
  assert.deepEqual(since, new Date(Date.UTC(1994, 10, 6, 8, 49, 37)));
  await failsWith(query(c.HTTP_QUERY_REQUEST_METHOD, null, { index: 1 }), 'ERROR_HTTP_HEADER_NOT_FOUND');
});
