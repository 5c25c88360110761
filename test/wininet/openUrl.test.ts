import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as c from '../../extension/shared/constants.ts';
import type { HINTERNET } from '../../extension/wininet/index.ts';
import { withPlayground } from '../playground/withPlayground.ts';
import { entriesOf, failsWith, leavesNothingBehind, readAll, startEngine, witness } from './engineFixture.ts';

const playground = withPlayground();
leavesNothingBehind();

test('InternetOpenUrl opens http and hands out an answered request below the root', async (t) => {
  const engine = await startEngine(t);
  const { wininet, root } = engine;
  const url = new URL('/a/../redirect/landing?x=1#part', playground().http).href;
  const handle = await wininet.InternetOpenUrl(root, url, 'X-Mine: 1');
  assert.equal(await wininet.InternetQueryOption(handle, c.INTERNET_OPTION_HANDLE_TYPE), 13);
  assert.equal(await wininet.InternetQueryOption(handle, c.INTERNET_OPTION_PARENT_HANDLE), root);
  assert.equal(await wininet.HttpQueryInfo(handle, c.HTTP_QUERY_STATUS_CODE), '200');
  assert.match((await readAll(engine, handle)).toString(), /^You have arrived at /);
});

test('InternetOpenUrl opens https when the root allows the certificate', async (t) => {
  const engine = await startEngine(t);
  const { wininet, root, journal } = engine;
  const opening = wininet.InternetOpenUrl(root, playground().https.href);
  await failsWith(opening, 'ERROR_INTERNET_INVALID_CA');
  assert.equal(journal.tree.byValue.size, 1, 'the handle of the failed call is gone');
  assert.equal(entriesOf(journal, 'handle-close')[0]?.reason, 'failed');
});

test('InternetOpenUrl opens an FTP file, read only, and closes its session with it', async (t) => {
  const engine = await startEngine(t);
  const { wininet, root } = engine;
  for (const flags of [0, c.INTERNET_FLAG_PASSIVE]) {
    const handle = await wininet.InternetOpenUrl(root, new URL('/pub/notes.txt', playground().ftp).href, null, flags);
    assert.equal(await wininet.InternetQueryOption(handle, c.INTERNET_OPTION_HANDLE_TYPE), 7);
    assert.equal((await readAll(engine, handle)).toString(), 'First note\nSecond note\n');
    await failsWith(wininet.InternetWriteFile(handle, new Uint8Array(1)), 'ERROR_ACCESS_DENIED');
    await wininet.InternetCloseHandle(handle);
  }
});

test('InternetCloseHandle of an FTP file of InternetOpenUrl tells the end of its connection before INTERNET_STATUS_HANDLE_CLOSING', async (t) => {
  const { wininet, root } = await startEngine(t);
  const { told, callback } = witness();
  await wininet.InternetSetStatusCallback(root, callback);
  const url = new URL('/pub/notes.txt', playground().ftp).href;
  const file = await wininet.InternetOpenUrl(root, url, null, c.INTERNET_FLAG_PASSIVE, 7);
  const before = told.length;
  await wininet.InternetCloseHandle(file);
  assert.deepEqual(
    told.slice(before).map(({ handle, status }) => [handle, status]),
    [
      [file, c.INTERNET_STATUS_RECEIVING_RESPONSE],
      [file, c.INTERNET_STATUS_RESPONSE_RECEIVED],
      [file, c.INTERNET_STATUS_CLOSING_CONNECTION],
      [file, c.INTERNET_STATUS_CONNECTION_CLOSED],
      [file, c.INTERNET_STATUS_HANDLE_CLOSING],
    ],
  );
});

test('InternetOpenUrl shows an FTP folder as HTML in which no name can become markup', async (t) => {
  const engine = await startEngine(t);
  const { wininet, root } = engine;
  const url = new URL('/names/', playground().ftp).href;
  const handle = await wininet.InternetOpenUrl(root, url, null, c.INTERNET_FLAG_PASSIVE);
  assert.equal(await wininet.InternetQueryOption(handle, c.INTERNET_OPTION_HANDLE_TYPE), 6);
  const html = (await readAll(engine, handle)).toString('utf8');
  assert.match(html, /^<!DOCTYPE html>/);
  assert.ok(html.includes('say &#34;hello&#34;.txt') && !html.includes('say "hello".txt'));
  assert.ok(html.includes('href="hash%23tag%3F.txt"'));
});

test('InternetReadFile hands out the page of an FTP folder or Gopher menu in whole lines, and fails with ERROR_INSUFFICIENT_BUFFER where none fits', async (t) => {
  const engine = await startEngine(t);
  const { wininet, root } = engine;
  for (const url of [new URL('/names/', playground().ftp), playground().gopher]) {
    const open = () => wininet.InternetOpenUrl(root, url.href, null, c.INTERNET_FLAG_PASSIVE);
    const whole = await readAll(engine, await open());
    const longest = Math.max(
      ...whole
        .toString('latin1')
        .split('\n')
        .map((line) => line.length + 1),
    );
    const handle = await open();
    assert.equal(await wininet.InternetQueryDataAvailable(handle), whole.length);
    const small = await failsWith(wininet.InternetReadFile(handle, new Uint8Array(16)), 'ERROR_INSUFFICIENT_BUFFER');
    assert.equal(small.requiredLength, '<!DOCTYPE html>\r\n'.length);
    assert.equal(await wininet.InternetReadFile(handle, new Uint8Array(0)), 0);
    const parts: Buffer[] = [];
    for (;;) {
      const buffer = Buffer.alloc(longest);
      const count = await wininet.InternetReadFile(handle, buffer);
      if (count === 0) break;
      assert.equal(buffer.toString('latin1', count - 2, count), '\r\n', 'a read ends with a line');
      parts.push(buffer.subarray(0, count));
    }
    assert.ok(parts.some((part) => part.length < longest));
    assert.deepEqual(Buffer.concat(parts), whole, 'the refused read has taken nothing');
  }
});

test('InternetOpenUrl with INTERNET_FLAG_RAW_DATA gives an FTP folder to InternetFindNextFile, the first entry included', async (t) => {
  const engine = await startEngine(t);
  const { wininet, root } = engine;
  const url = new URL('/pub/source/', playground().ftp).href;
  const flags = c.INTERNET_FLAG_RAW_DATA | c.INTERNET_FLAG_PASSIVE;
  const handle = await wininet.InternetOpenUrl(root, url, null, flags);
  assert.equal(await wininet.InternetQueryOption(handle, c.INTERNET_OPTION_HANDLE_TYPE), 5);
  const names = [];
  for (let time = 0; time < 3; time += 1) names.push((await wininet.InternetFindNextFile(handle)).cFileName);
  assert.deepEqual(names.sort(), ['hello.c', 'list.c', 'makefile']);
  await failsWith(wininet.InternetFindNextFile(handle), 'ERROR_NO_MORE_FILES');
  await failsWith(wininet.InternetReadFile(handle, new Uint8Array(1)), 'ERROR_INTERNET_INCORRECT_HANDLE_TYPE');
});

test('InternetOpenUrl refuses bad URLs with the right code and makes no handle', async (t) => {
  const { wininet, root, journal } = await startEngine(t);
  const rows = [
    ['', 'ERROR_INVALID_PARAMETER'],
    ['no scheme', 'ERROR_INTERNET_UNRECOGNIZED_SCHEME'],
    ['/path', 'ERROR_INTERNET_UNRECOGNIZED_SCHEME'],
    ['mailto:a@b', 'ERROR_INTERNET_UNRECOGNIZED_SCHEME'],
    ['javascript://x/', 'ERROR_INTERNET_UNRECOGNIZED_SCHEME'],
    ['http://', 'ERROR_INTERNET_INVALID_URL'],
    ['http:///path', 'ERROR_INTERNET_INVALID_URL'],
    ['http://host:0/', 'ERROR_INTERNET_INVALID_URL'],
    ['http://host:65536/', 'ERROR_INTERNET_INVALID_URL'],
    ['http://host:8a/', 'ERROR_INTERNET_INVALID_URL'],
    ['http://a b/', 'ERROR_INTERNET_INVALID_URL'],
    ['http://[::1/', 'ERROR_INTERNET_INVALID_URL'],
  ] as const;
  for (const [url, symbol] of rows) await failsWith(wininet.InternetOpenUrl(root, url), symbol);
  assert.equal(journal.tree.byValue.size, 1);
  assert.equal(entriesOf(journal, 'wire').length, 0);
});

test('InternetOpenUrl lets nothing be smuggled into an FTP dialogue', async (t) => {
  const { wininet, root, journal } = await startEngine(t);
  const { host } = playground().ftp;
  for (const url of [
    `ftp://${host}/x%0D%0ADELE%20/incoming/a`,
    `ftp://${host}/x%0A/`,
    `ftp://${host}/%01I20100`,
    `ftp://${host}/x%1B%7F/`,
    `ftp://user%0D%0ADELE%20x:p@${host}/readme.txt`,
    `ftp://user:p%0D%0ADELE%20x@${host}/readme.txt`,
  ]) {
    const opening: Promise<HINTERNET> = wininet.InternetOpenUrl(root, url, null, c.INTERNET_FLAG_PASSIVE);
    const symbol = await opening.then(
      () => 'opened',
      () => wininet.GetLastError(),
    );
    assert.ok(symbol === 87 || symbol === 12005, `${url}: ${symbol}`);
  }
  const sent = entriesOf(journal, 'wire').filter(({ direction }) => direction === 'out');
  assert.ok(!sent.some(({ text }) => /DELE/.test(text)));
});

test('InternetOpenUrl fails where the FTP path is missing, and ends the session', async (t) => {
  const { wininet, root, journal } = await startEngine(t);
  for (const path of ['/no/such.txt', '/private/', '/secret.txt']) {
    const url = new URL(path, playground().ftp).href;
    await failsWith(wininet.InternetOpenUrl(root, url), 'ERROR_INTERNET_EXTENDED_ERROR');
  }
  assert.equal(journal.tree.byValue.size, 1);
});
