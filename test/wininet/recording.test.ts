import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as c from '../../extension/shared/constants.ts';
import { serve } from '../drivers/httpFixture.ts';
import { withPlayground } from '../playground/withPlayground.ts';
import {
  connectFtp,
  entriesOf,
  failsWith,
  leavesNothingBehind,
  openRequest,
  readAll,
  startEngine,
} from './engineFixture.ts';

const playground = withPlayground();
leavesNothingBehind();

const SECRET = 's3kr1tXYZ';

test('LiveJournal never holds a password, a cookie, an Authorization value or a body, whichever way they come', async (t) => {
  const server = await serve(t, {
    '*': [`HTTP/1.1 200 OK\r\nSet-Cookie: sid=${SECRET}\r\nContent-Length: 9\r\n\r\n${SECRET}`],
  });
  const engine = await startEngine(t);
  const { wininet, journal, root } = engine;
  const request = await openRequest(engine, new URL(`http://127.0.0.1:${server.port}`), `/?token=${SECRET}`, {
    user: 'ada',
    password: SECRET,
    verb: 'POST',
  });
  const lines = `Authorization: Basic ${SECRET}\r\n Cookie: a=${SECRET}`;
  await wininet.HttpAddRequestHeaders(request, lines, c.HTTP_ADDREQ_FLAG_ADD);
  await wininet.HttpSendRequest(request, `X-Api-Key: ${SECRET}`, `password=${SECRET}`);
  assert.match(server.received[0]?.head ?? '', new RegExp(`Cookie: a=${SECRET}`), 'the server got it');
  for (const level of [
    c.HTTP_QUERY_SET_COOKIE,
    c.HTTP_QUERY_RAW_HEADERS,
    c.HTTP_QUERY_RAW_HEADERS_CRLF,
    c.HTTP_QUERY_AUTHORIZATION | c.HTTP_QUERY_FLAG_REQUEST_HEADERS,
    c.HTTP_QUERY_COOKIE | c.HTTP_QUERY_FLAG_REQUEST_HEADERS,
    c.HTTP_QUERY_RAW_HEADERS | c.HTTP_QUERY_FLAG_REQUEST_HEADERS,
  ]) {
    assert.ok(String(await wininet.HttpQueryInfo(request, level)).includes(SECRET), 'the program gets it');
  }
  await wininet.HttpQueryInfo(request, c.HTTP_QUERY_CUSTOM, 'set-cookie');
  await wininet.InternetSetOption(request, c.INTERNET_OPTION_PASSWORD, SECRET);
  assert.equal(await wininet.InternetQueryOption(request, c.INTERNET_OPTION_PASSWORD), SECRET);
  assert.equal((await readAll(engine, request)).toString(), SECRET);
  await failsWith(wininet.InternetOpenUrl(root, `ftp://ada:${SECRET}@127.0.0.1:1/`), 'ERROR_INTERNET_CANNOT_CONNECT');
  await failsWith(wininet.InternetOpenUrl(root, `ftp://ada:x@${SECRET}@127.0.0.1/`), 'ERROR_INTERNET_INVALID_URL');
  const login = connectFtp(engine, playground().ftp, { user: 'ada', password: SECRET });
  await failsWith(login, 'ERROR_INTERNET_LOGIN_FAILURE');
  const leaks = journal.entries.filter((entry) => JSON.stringify(entry).includes(SECRET));
  assert.deepEqual(leaks, []);
});

test('LiveJournal keeps arguments short, and handles as their serials', async (t) => {
  const engine = await startEngine(t);
  const { wininet, journal, root } = engine;
  await failsWith(wininet.InternetOpenUrl(root, `nope://${'x'.repeat(5000)}`), 'ERROR_INTERNET_UNRECOGNIZED_SCHEME');
  const begin = entriesOf(journal, 'call-begin').at(-1);
  assert.deepEqual(begin?.args[0], { handle: root.serial });
  assert.ok(String(begin?.args[1]).length <= 512);
});

test('LiveJournal is plain data: every entry survives JSON', async (t) => {
  const engine = await startEngine(t);
  const request = await openRequest(engine, playground().http, '/redirect/chain/2', { context: 4 });
  await engine.wininet.HttpSendRequest(request, null, new Uint8Array(3));
  await readAll(engine, request);
  await engine.wininet.InternetCloseHandle(engine.root);
  assert.deepEqual(JSON.parse(JSON.stringify(engine.journal.entries)), engine.journal.entries);
});
