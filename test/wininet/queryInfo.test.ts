import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as c from '../../extension/shared/constants.ts';
import { serve } from '../drivers/httpFixture.ts';
import { withPlayground } from '../playground/withPlayground.ts';
import { failsWith, leavesNothingBehind, openRequest, sendRequest, startEngine } from './engineFixture.ts';

const playground = withPlayground();
leavesNothingBehind();

const NUMBER = c.HTTP_QUERY_FLAG_NUMBER;
const TIME = c.HTTP_QUERY_FLAG_SYSTEMTIME;
const OF_REQUEST = c.HTTP_QUERY_FLAG_REQUEST_HEADERS;

test('HttpQueryInfo reads status line and headers as text', async (t) => {
  const engine = await startEngine(t);
  const { wininet } = engine;
  const request = await sendRequest(engine, playground().http, '/bytes/1048576');
  assert.equal(await wininet.HttpQueryInfo(request, c.HTTP_QUERY_STATUS_CODE), '200');
  assert.equal(await wininet.HttpQueryInfo(request, c.HTTP_QUERY_STATUS_TEXT), 'OK');
  assert.equal(await wininet.HttpQueryInfo(request, c.HTTP_QUERY_VERSION), 'HTTP/1.1');
  assert.equal(await wininet.HttpQueryInfo(request, c.HTTP_QUERY_REQUEST_METHOD), 'GET');
  assert.equal(await wininet.HttpQueryInfo(request, c.HTTP_QUERY_CONTENT_LENGTH), '1048576');
  assert.equal(await wininet.HttpQueryInfo(request, c.HTTP_QUERY_CUSTOM, 'content-TYPE'), 'application/octet-stream');
  await failsWith(wininet.HttpQueryInfo(request, c.HTTP_QUERY_COOKIE), 'ERROR_HTTP_HEADER_NOT_FOUND');
  await failsWith(wininet.HttpQueryInfo(request, c.HTTP_QUERY_CUSTOM, 'X-None'), 'ERROR_HTTP_HEADER_NOT_FOUND');
});

test('HttpQueryInfo reads numbers, 0 where there is none, and times, and refuses what is no time', async (t) => {
  const engine = await startEngine(t);
  const { wininet } = engine;
  const request = await sendRequest(engine, playground().http, '/headers/dates');
  assert.equal(await wininet.HttpQueryInfo(request, c.HTTP_QUERY_STATUS_CODE | NUMBER), 200);
  const modified = await wininet.HttpQueryInfo(request, c.HTTP_QUERY_LAST_MODIFIED | TIME);
  assert.deepEqual(modified, new Date(Date.UTC(1996, 7, 24, 12, 34, 56)));
  assert.equal(await wininet.HttpQueryInfo(request, c.HTTP_QUERY_LAST_MODIFIED | NUMBER), 0);
  const reading = wininet.HttpQueryInfo(request, c.HTTP_QUERY_CONTENT_TYPE | TIME);
  await failsWith(reading, 'ERROR_HTTP_INVALID_QUERY_REQUEST');
});

test('HttpQueryInfo tells headers whose names are no tokens, and takes only blanks and tabs from around a value', async (t) => {
  const lines = ['X A: 1', 'X(B) : 2', '"X": 3', 'X-\xe4: 4', ': 5', ' folded: 6', 'X-C:\t\xa07\x0b \t'];
  const answer = `HTTP/1.1 200 OK\r\nX-D: 0\r\n${lines.join('\r\n')}\r\nContent-Length: 0\r\n\r\n`;
  const server = await serve(t, { '/': [answer] });
  const engine = await startEngine(t);
  const { wininet } = engine;
  const request = await sendRequest(engine, new URL(`http://127.0.0.1:${server.port}`), '/');
  const told = ['X-D: 0', 'X A: 1', 'X(B): 2', '"X": 3', 'X-\xe4: 4', 'X-C: \xa07\x0b', 'Content-Length: 0'];
  const raw = await wininet.HttpQueryInfo(request, c.HTTP_QUERY_RAW_HEADERS_CRLF);
  assert.deepEqual(String(raw).trimEnd().split('\r\n').slice(1), told);
  assert.equal(await wininet.HttpQueryInfo(request, c.HTTP_QUERY_CUSTOM, 'x a'), '1');
});

test('HttpQueryInfo reads the three forms of a date in HTTP as the same moment, in every time zone', async (t) => {
  const before = process.env.TZ;
  t.after(() => {
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  });
  process.env.TZ = 'America/New_York';
  const answer = (date: string) => `HTTP/1.1 200 OK\r\nLast-Modified: ${date}\r\nContent-Length: 0\r\n\r\n`;
  const server = await serve(t, {
    '/1': [answer('Sun, 06 Nov 1994 08:49:37 GMT')],
    '/2': [answer('Sunday, 06-Nov-94 08:49:37 GMT')],
    '/3': [answer('Sun Nov  6 08:49:37 1994')],
    '/4': [answer('5')],
    '/5': [answer('tomorrow')],
  });
  const engine = await startEngine(t);
  for (const path of ['/1', '/2', '/3']) {
    const request = await sendRequest(engine, new URL(`http://127.0.0.1:${server.port}`), path);
    const time = await engine.wininet.HttpQueryInfo(request, c.HTTP_QUERY_LAST_MODIFIED | TIME);
    assert.deepEqual(time, new Date(Date.UTC(1994, 10, 6, 8, 49, 37)), path);
  }
  for (const path of ['/4', '/5']) {
    const request = await sendRequest(engine, new URL(`http://127.0.0.1:${server.port}`), path);
    const reading = engine.wininet.HttpQueryInfo(request, c.HTTP_QUERY_LAST_MODIFIED | TIME);
    await failsWith(reading, 'ERROR_HTTP_INVALID_QUERY_REQUEST');
  }
});

test('HttpQueryInfo returns the raw headers as the server sent them, separated by CR LF or by NUL', async (t) => {
  const server = await serve(t, {
    '*': ['HTTP/1.1 299 All  Right\r\nx-ODD: caf\u00e9\r\nX-Empty:\r\nX-ODD: 2\r\nContent-Length: 0\r\n\r\n'],
  });
  const engine = await startEngine(t);
  const request = await sendRequest(engine, new URL(`http://127.0.0.1:${server.port}`), '/');
  const lines = ['HTTP/1.1 299 All  Right', 'x-ODD: café', 'X-Empty: ', 'X-ODD: 2', 'Content-Length: 0'];
  const crlf = await engine.wininet.HttpQueryInfo(request, c.HTTP_QUERY_RAW_HEADERS_CRLF);
  assert.equal(crlf, `${lines.join('\r\n')}\r\n\r\n`);
  const nul = await engine.wininet.HttpQueryInfo(request, c.HTTP_QUERY_RAW_HEADERS);
  // The NUL that ends the list is the one behind every text in a buffer.
  assert.equal(nul, `${lines.join('\0')}\0`);
});

test('HttpQueryInfo walks through a repeated header by its index, and fails behind the last', async (t) => {
  const engine = await startEngine(t);
  const request = await sendRequest(engine, playground().http, '/headers/duplicates');
  const at = { index: 0 };
  const seen: unknown[] = [];
  for (let time = 0; time < 3; time += 1) {
    seen.push(await engine.wininet.HttpQueryInfo(request, c.HTTP_QUERY_CUSTOM, 'X-Repeated', at), at.index);
  }
  assert.deepEqual(seen, ['first', 1, 'second', 2, 'third', 3]);
  const fourth = engine.wininet.HttpQueryInfo(request, c.HTTP_QUERY_CUSTOM, 'X-Repeated', at);
  await failsWith(fourth, 'ERROR_HTTP_HEADER_NOT_FOUND');
  assert.equal(at.index, 3);
});

test('HttpQueryInfo reads 200 headers and one of 20 KiB', async (t) => {
  const engine = await startEngine(t);
  const many = await sendRequest(engine, playground().http, '/headers/many');
  const last = await engine.wininet.HttpQueryInfo(many, c.HTTP_QUERY_CUSTOM | NUMBER, 'X-Number-200');
  assert.equal(last, 40_000);
  const long = await sendRequest(engine, playground().http, '/headers/long');
  const value = await engine.wininet.HttpQueryInfo(long, c.HTTP_QUERY_CUSTOM, 'X-Long');
  assert.equal(String(value).length, 20_480);
});

test('HttpQueryInfo reads the request, before and after it was sent', async (t) => {
  const engine = await startEngine(t);
  const { wininet } = engine;
  const request = await openRequest(engine, playground().http, '/echo', { verb: 'PUT' });
  await wininet.HttpAddRequestHeaders(request, 'X-Mine: before', c.HTTP_ADDREQ_FLAG_ADD);
  const mine = () => wininet.HttpQueryInfo(request, c.HTTP_QUERY_CUSTOM | OF_REQUEST, 'X-Mine');
  assert.equal(await mine(), 'before');
  assert.equal(await wininet.HttpQueryInfo(request, c.HTTP_QUERY_REQUEST_METHOD | OF_REQUEST), 'PUT');
  assert.equal(await wininet.HttpQueryInfo(request, c.HTTP_QUERY_STATUS_CODE), '0');
  await failsWith(wininet.HttpQueryInfo(request, c.HTTP_QUERY_STATUS_TEXT), 'ERROR_HTTP_HEADER_NOT_FOUND');
  await wininet.HttpSendRequest(request, null, 'four');
  assert.equal(await wininet.HttpQueryInfo(request, c.HTTP_QUERY_CONTENT_LENGTH | OF_REQUEST | NUMBER), 4);
  const raw = await wininet.HttpQueryInfo(request, c.HTTP_QUERY_RAW_HEADERS_CRLF | OF_REQUEST);
  assert.match(String(raw), /^PUT \/echo HTTP\/1\.1\r\nHost: [^\r]+\r\n[\s\S]*X-Mine: before\r\n\r\n$/);
});

test('HttpQueryInfo tells the version before there is an answer, and wants the name of a header that is no usual one', async (t) => {
  const engine = await startEngine(t);
  const { wininet } = engine;
  const request = await openRequest(engine, playground().http, '/echo');
  assert.equal(await wininet.HttpQueryInfo(request, c.HTTP_QUERY_VERSION), 'HTTP/1.1');
  assert.equal(await wininet.HttpQueryInfo(request, c.HTTP_QUERY_RAW_HEADERS), '');
  await failsWith(wininet.HttpQueryInfo(request, c.HTTP_QUERY_STATUS_TEXT), 'ERROR_HTTP_HEADER_NOT_FOUND');
  const custom = (name: Uint8Array | string | null) => wininet.HttpQueryInfo(request, c.HTTP_QUERY_CUSTOM, name);
  await failsWith(custom(null), 'ERROR_INVALID_PARAMETER');
  await failsWith(custom(new Uint8Array(0)), 'ERROR_INVALID_PARAMETER');
  await failsWith(custom(''), 'ERROR_HTTP_HEADER_NOT_FOUND');
});

test('HttpAddRequestHeaders adds, replaces, removes and joins headers as its flags say', async (t) => {
  const engine = await startEngine(t);
  const { wininet } = engine;
  const request = await openRequest(engine, playground().http, '/echo');
  const add = (lines: string, flags: number) => wininet.HttpAddRequestHeaders(request, lines, flags);
  const value = () => wininet.HttpQueryInfo(request, c.HTTP_QUERY_CUSTOM | OF_REQUEST, 'X-A');
  const { HTTP_ADDREQ_FLAG_ADD: ADD, HTTP_ADDREQ_FLAG_REPLACE: REPLACE } = c;
  await failsWith(add('X-A:', REPLACE), 'ERROR_HTTP_HEADER_NOT_FOUND');
  await add('X-A: 1', c.HTTP_ADDREQ_FLAG_ADD_IF_NEW);
  await failsWith(add('x-a: 2', c.HTTP_ADDREQ_FLAG_ADD_IF_NEW), 'ERROR_HTTP_HEADER_ALREADY_EXISTS');
  await add('x-a: 2', c.HTTP_ADDREQ_FLAG_COALESCE_WITH_COMMA);
  assert.equal(await value(), '1, 2');
  await add('X-A: 3', c.HTTP_ADDREQ_FLAG_COALESCE_WITH_SEMICOLON);
  assert.equal(await value(), '1, 2; 3');
  await add('X-A: 4', REPLACE);
  assert.equal(await value(), '4');
  await add('X-A:', REPLACE);
  await failsWith(value(), 'ERROR_HTTP_HEADER_NOT_FOUND');
  await add('X-A:', ADD | REPLACE);
  assert.equal(await value(), '');
  await add('X-A: 5', ADD | REPLACE);
  assert.equal(await value(), '5');
  await add('x-a: 6', c.HTTP_ADDREQ_FLAG_COALESCE);
  await failsWith(add('X-A: 7', 0), 'ERROR_HTTP_INVALID_HEADER');
  await add('X-A: 8', ADD | c.HTTP_ADDREQ_FLAG_COALESCE);
  const raw = await wininet.HttpQueryInfo(request, c.HTTP_QUERY_RAW_HEADERS_CRLF | OF_REQUEST);
  assert.match(
    String(raw),
    /\r\nX-A: 5, 6\r\nX-A: 8\r\n/,
    'joined under the first name, added where the flags say both',
  );
});

test('HttpAddRequestHeaders refuses what is no header and lets nothing be smuggled in', async (t) => {
  const engine = await startEngine(t);
  const request = await openRequest(engine, playground().http, '/echo');
  for (const lines of ['no colon', ': no name', 'bad name: x', 'X-Nul: a\0b', 'Ä: x']) {
    const adding = engine.wininet.HttpAddRequestHeaders(request, lines, c.HTTP_ADDREQ_FLAG_ADD);
    await failsWith(adding, 'ERROR_HTTP_INVALID_HEADER');
  }
  await failsWith(engine.wininet.HttpAddRequestHeaders(request, '', 0), 'ERROR_HTTP_INVALID_HEADER');
  const unfinished = engine.wininet.HttpAddRequestHeaders(request, 'X-A:', c.HTTP_ADDREQ_FLAG_ADD);
  await failsWith(unfinished, 'ERROR_INVALID_PARAMETER');
});
