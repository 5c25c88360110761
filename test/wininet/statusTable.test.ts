import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import * as c from '../../extension/shared/constants.ts';
import { STATUS_ROWS } from '../../extension/shared/statusTable.ts';
import type { HINTERNET } from '../../extension/wininet/index.ts';
import { makeServerCertificate } from '../drivers/httpCertificates.ts';
import { serve } from '../drivers/httpFixture.ts';
import { withPlayground } from '../playground/withPlayground.ts';
import { type AsynchronousEngine, startAsynchronousEngine } from './asynchronousFixture.ts';
import { connectFtp, entriesOf, leavesNothingBehind } from './engineFixture.ts';

const playground = withPlayground();
leavesNothingBehind();

const FLAGS = c.INTERNET_FLAG_IGNORE_REDIRECT_TO_HTTP | c.INTERNET_FLAG_IGNORE_REDIRECT_TO_HTTPS;

test('INTERNET_STATUS_* constants are all in the table of statuses, each once', () => {
  const named = Object.keys(c).filter((name) => name.startsWith('INTERNET_STATUS_'));
  assert.deepEqual(STATUS_ROWS.map(({ name }) => name).sort(), named.sort());
});

/** A request that goes from http to https and back to where it ends; `start` is the path that begins the way. */
async function sendAround(t: TestContext, engine: AsynchronousEngine, start: string) {
  const { wininet, root, complete } = engine;
  const answer = (status: string, ...headers: string[]) =>
    `HTTP/1.1 ${status}\r\n${headers.map((line) => `${line}\r\n`).join('')}Content-Length: 0\r\n\r\n`;
  let plainPort = 0;
  const certificate = await makeServerCertificate({});
  const secure = await serve(
    t,
    { '*': [(socket) => socket.write(answer('302 Found', `Location: http://localhost:${plainPort}/end`))] },
    certificate,
  );
  const plain = await serve(t, {
    '/': [
      'HTTP/1.1 100 Continue\r\n\r\n',
      answer('302 Found', 'P3P: CP="NOI"', 'Set-Cookie: a=b', `Location: https://localhost:${secure.port}/`),
    ],
    '/same': [answer('302 Found', 'Location: /end')],
    '/end': [answer('200 OK')],
  });
  plainPort = plain.port;
  const session = await wininet.InternetConnect(
    root,
    'localhost',
    plainPort,
    null,
    null,
    c.INTERNET_SERVICE_HTTP,
    0,
    1,
  );
  const request = await wininet.HttpOpenRequest(session, 'GET', start, null, null, null, FLAGS, 2);
  await wininet.InternetSetOption(request, c.INTERNET_OPTION_SECURITY_FLAGS, c.SECURITY_FLAG_IGNORE_UNKNOWN_CA);
  await complete(2, wininet.HttpSendRequest(request));
  return request;
}

test('INTERNET_STATUS_* that the table calls raised are raised on one way through two servers, and the others never', async (t) => {
  const engine = await startAsynchronousEngine(t);
  const request = await sendAround(t, engine, '/');
  await engine.wininet.InternetCloseHandle(request);
  const session = await engine.complete(3, connectFtp(engine, playground().ftp, { context: 3 }));
  await engine.wininet.InternetCloseHandle(session);
  const seen = new Set(entriesOf(engine.journal, 'status').map(({ code }) => code));
  for (const { name, code, raised } of STATUS_ROWS) assert.equal(seen.has(code), raised, name);
});

test('INTERNET_STATUS_STATE_CHANGE tells of each move between http and https, behind the redirect that leads there', async (t) => {
  const engine = await startAsynchronousEngine(t);
  const moves = (request: HINTERNET) =>
    engine.told
      .filter(({ handle, context }) => handle === request && context === 2)
      .filter(({ status }) => status === c.INTERNET_STATUS_REDIRECT || status === c.INTERNET_STATUS_STATE_CHANGE)
      .map(({ status, information }) =>
        typeof information === 'string' ? new URL(information).protocol : [status, information],
      );
  const connected = [c.INTERNET_STATUS_STATE_CHANGE, c.INTERNET_STATE_CONNECTED];
  assert.deepEqual(moves(await sendAround(t, engine, '/')), ['https:', connected, 'http:', connected]);
  assert.deepEqual(moves(await sendAround(t, engine, '/same')), ['http:']);
});
