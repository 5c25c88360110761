import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as c from '../../extension/shared/constants.ts';
import { END, ok, type Step } from '../drivers/httpFixture.ts';
import { withPlayground } from '../playground/withPlayground.ts';
import { entriesOf, failsWith, leavesNothingBehind, readAll, sendRequest, startEngine } from './engineFixture.ts';
import { scriptedRequest } from './scriptedRequest.ts';

const playground = withPlayground();
leavesNothingBehind();

/** Answers without a status line, as they come. */
const SIMPLE: Readonly<Record<string, readonly Step[]>> = {
  'a page': ['<HTML>\r\n<BODY>The quick brown fox</BODY>\r\n</HTML>\r\n\r\n', END],
  'a page in pieces': ['<', (socket) => setTimeout(() => socket.end('p>\r\n\r\nlater'), 20)],
  'one byte': ['x', END],
  'a greeting of another protocol': ['220 mail.example ESMTP\r\n', END],
  'a head of another protocol': ['HTTX/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx', END],
  'bytes that are no text': [Uint8Array.of(0, 1, 0x80, 0xff, 13, 10, 13, 10), END],
};

for (const [what, steps] of Object.entries(SIMPLE)) {
  test(`HttpSendRequest takes an answer without a status line for the body of a 200, as Windows does: ${what}`, async (t) => {
    const { engine, request } = await scriptedRequest(t, { '/': steps });
    const { wininet } = engine;
    assert.equal(
      await wininet.InternetQueryOption(request, c.INTERNET_OPTION_REQUEST_FLAGS),
      c.INTERNET_REQFLAG_NO_HEADERS,
    );
    await wininet.HttpSendRequest(request);
    assert.equal(
      await wininet.InternetQueryOption(request, c.INTERNET_OPTION_REQUEST_FLAGS),
      c.INTERNET_REQFLAG_NO_HEADERS,
    );
    const body = await readAll(engine, request);
    const sent = steps.map((step) => (typeof step === 'function' ? 'p>\r\n\r\nlater' : step === END ? '' : step));
    assert.deepEqual(body, Buffer.concat(sent.map((step) => Buffer.from(step as string | Uint8Array))));
    assert.equal(await wininet.HttpQueryInfo(request, c.HTTP_QUERY_STATUS_CODE), '200');
    assert.equal(await wininet.HttpQueryInfo(request, c.HTTP_QUERY_STATUS_TEXT), 'OK');
    assert.equal(await wininet.HttpQueryInfo(request, c.HTTP_QUERY_VERSION), 'HTTP/1.0');
    assert.equal(await wininet.HttpQueryInfo(request, c.HTTP_QUERY_RAW_HEADERS_CRLF), 'HTTP/1.0 200 OK\r\n\r\n');
    const heads = entriesOf(engine.journal, 'wire').filter(({ direction }) => direction === 'in');
    assert.deepEqual(
      heads.map(({ text }) => text),
      ['HTTP/0.9 200 OK'],
    );
    await wininet.InternetCloseHandle(request);
  });
}

test('HttpSendRequest takes bytes without a head for no answer where its connection has served another request', async (t) => {
  const { engine, request } = await scriptedRequest(t, {
    '/': [[ok('x')], ['what was left of another answer\r\n', ok('y')]],
  });
  const { wininet } = engine;
  await wininet.HttpSendRequest(request);
  await readAll(engine, request);
  await failsWith(wininet.HttpSendRequest(request), 'ERROR_HTTP_INVALID_SERVER_RESPONSE');
  await wininet.InternetCloseHandle(request);
});

test('HttpQueryInfo fails with ERROR_HTTP_DOWNLEVEL_SERVER where a header of an answer without headers is asked for', async (t) => {
  const { engine, request } = await scriptedRequest(t, { '/': ['hello', END] });
  const { wininet } = engine;
  await wininet.HttpSendRequest(request);
  await failsWith(wininet.HttpQueryInfo(request, c.HTTP_QUERY_CONTENT_TYPE), 'ERROR_HTTP_DOWNLEVEL_SERVER');
  await failsWith(wininet.HttpQueryInfo(request, c.HTTP_QUERY_CUSTOM, 'X-Any'), 'ERROR_HTTP_DOWNLEVEL_SERVER');
  await failsWith(wininet.HttpQueryInfo(request, 999), 'ERROR_HTTP_INVALID_QUERY_REQUEST');
  const level = c.HTTP_QUERY_HOST | c.HTTP_QUERY_FLAG_REQUEST_HEADERS;
  assert.match(String(await wininet.HttpQueryInfo(request, level)), /^127\.0\.0\.1/);
  await wininet.InternetCloseHandle(request);
});

test('HttpSendRequest takes what the playground calls garbage for a body, and keeps no connection', async (t) => {
  const engine = await startEngine(t);
  const request = await sendRequest(engine, playground().http, '/fault/garbage');
  assert.match((await readAll(engine, request)).toString(), /^Good day to you!\r\n/);
  await engine.wininet.InternetCloseHandle(request);
});

/** Interim answers as Wine's test-suite sends them to Windows, which reads the page behind them. */
const INTERIM: Readonly<Record<string, readonly [text: string, statuses: number]>> = {
  'without blank lines': ['HTTP/1.1 100 Continue\r\nHTTP/1.1 100 Continue\r\n', 2],
  'with headers and no blank lines': [
    'HTTP/1.1 100 Continue\r\nServer: x\r\nGarbage: Header\r\nHTTP/1.1 100 Continue\r\nGarbage: Header\r\n',
    2,
  ],
  'with lines of no protocol behind them': ['HTTP/1.1 100 Continue\r\n\r\nGarbage: Header\r\n\r\nmore\r\n', 1],
};

for (const [what, [interim, statuses]] of Object.entries(INTERIM)) {
  test(`HttpSendRequest finds the answer behind interim ones ${what}, wherever they are cut`, async (t) => {
    const whole = `${interim}HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok`;
    for (const cut of [whole.length, ...Array.from(whole, (_, index) => index).filter((index) => index % 7 === 1)]) {
      const later: Step = (socket) => setTimeout(() => socket.end(whole.slice(cut)), 5);
      const { engine, request } = await scriptedRequest(t, { '/': [whole.slice(0, cut), later] });
      await engine.wininet.HttpSendRequest(request);
      assert.equal((await readAll(engine, request)).toString(), 'ok');
      const told = entriesOf(engine.journal, 'status').filter(
        ({ code }) => code === c.INTERNET_STATUS_INTERMEDIATE_RESPONSE,
      );
      assert.equal(told.length, statuses);
      await engine.wininet.InternetCloseHandle(request);
    }
  });
}
