import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import * as c from '../../extension/shared/constants.ts';
import { FLAG_ROWS } from '../../extension/shared/flagTable.ts';
import { withPlayground } from '../playground/withPlayground.ts';
import {
  connectFtp,
  connectHttp,
  type Engine,
  entriesOf,
  failsWith,
  leavesNothingBehind,
  openRequest,
  readAll,
  startEngine,
} from './engineFixture.ts';

const playground = withPlayground();
leavesNothingBehind();

const PASSIVE = c.INTERNET_FLAG_PASSIVE;
const EXISTING = c.INTERNET_FLAG_EXISTING_CONNECT;

function notesOf({ journal }: Engine) {
  return entriesOf(journal, 'note').map(({ topic, serial, text }) => ({ topic, serial, name: text.split(' ')[0] }));
}

/** An address for an anonymous user. */
function anonymous(where: string): string {
  const url = new URL(where, playground().ftp);
  url.username = '';
  url.password = '';
  return url.href;
}

/** How often the playground's FTP server was logged on to. */
function logons({ journal }: Engine): number {
  return entriesOf(journal, 'wire').filter(({ direction, text }) => direction === 'out' && text.startsWith('USER '))
    .length;
}

test('INTERNET_FLAG_* that HttpOpenRequest does not honour are noted on the new request, each with its own topic', async (t) => {
  for (const { flag, name, note } of FLAG_ROWS) {
    const engine = await startEngine(t);
    const request = await openRequest(engine, playground().http, '/', { requestFlags: flag });
    const noted = notesOf(engine);
    if (note === undefined || note.of?.includes('HttpOpenRequest') === false) assert.deepEqual(noted, [], name);
    else {
      const first = FLAG_ROWS.find((row) => row.flag === flag)?.name;
      assert.deepEqual(noted, [{ topic: note.topic, serial: request.serial, name: first }], name);
    }
  }
});

test('INTERNET_FLAG_* without effect are noted once for a handle, however often a call on it has them', async (t) => {
  const engine = await startEngine(t);
  const { wininet } = engine;
  const folder = mkdtempSync(path.join(tmpdir(), 'hinternet-flags-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const session = await connectFtp(engine, playground().ftp, { flags: PASSIVE });
  const get = (flags: number) =>
    wininet.FtpGetFile(session, '/readme.txt', path.join(folder, 'got.txt'), false, 0, flags);
  await get(c.INTERNET_FLAG_HYPERLINK);
  await get(c.INTERNET_FLAG_HYPERLINK | c.INTERNET_FLAG_READ_PREFETCH);
  await get(c.INTERNET_FLAG_HYPERLINK | c.INTERNET_FLAG_READ_PREFETCH);
  const { serial } = session;
  assert.deepEqual(notesOf(engine), [
    { topic: 'no-cache', serial, name: 'INTERNET_FLAG_HYPERLINK' },
    { topic: 'flag-without-effect', serial, name: 'INTERNET_FLAG_READ_PREFETCH' },
  ]);
});

test('INTERNET_FLAG_RESTRICTED_ZONE of InternetSetCookieEx is noted, and the cookie kept', async (t) => {
  const engine = await startEngine(t);
  const { wininet } = engine;
  const flags = c.INTERNET_FLAG_RESTRICTED_ZONE;
  await wininet.InternetSetCookieEx('http://a.example/', 'name', 'value', flags);
  assert.equal(await wininet.InternetGetCookie('http://a.example/'), 'name=value');
  assert.deepEqual(notesOf(engine), [
    { topic: 'flag-without-effect', serial: null, name: 'INTERNET_FLAG_RESTRICTED_ZONE' },
  ]);
});

test('INTERNET_FLAG_EXISTING_CONNECT lets InternetOpenUrl use an idle FTP session of the same server and user', async (t) => {
  const engine = await startEngine(t);
  const { wininet, journal, root } = engine;
  const session = await connectFtp(engine, playground().ftp, { flags: PASSIVE });
  const url = anonymous('/readme.txt');
  const own = await wininet.InternetOpenUrl(root, url, null, PASSIVE);
  const content = await readAll(engine, own);
  await wininet.InternetCloseHandle(own);
  assert.equal(logons(engine), 2, 'without the flag there is a logon for each');

  const shared = await wininet.InternetOpenUrl(root, url, null, PASSIVE | EXISTING);
  assert.equal(logons(engine), 2);
  assert.equal(journal.tree.nodes.get(shared.serial)?.parent, session.serial);
  await failsWith(wininet.FtpGetCurrentDirectory(session), 'ERROR_FTP_TRANSFER_IN_PROGRESS');
  assert.deepEqual(await readAll(engine, shared), content);
  const second = await wininet.InternetOpenUrl(root, url, null, PASSIVE | EXISTING);
  assert.equal(logons(engine), 3, 'the session was busy');
  await wininet.InternetCloseHandle(second);
  await wininet.InternetCloseHandle(shared);
  assert.equal(await wininet.FtpGetCurrentDirectory(session), '/', 'the session outlives the file');

  const folder = anonymous('/pub/');
  const search = await wininet.InternetOpenUrl(root, folder, null, PASSIVE | EXISTING | c.INTERNET_FLAG_RAW_DATA);
  assert.equal(logons(engine), 3);
  assert.ok(await wininet.InternetFindNextFile(search as never));
  await wininet.InternetCloseHandle(search);
  const missing = anonymous('/none');
  await failsWith(wininet.InternetOpenUrl(root, missing, null, PASSIVE | EXISTING), 'ERROR_INTERNET_EXTENDED_ERROR');
  assert.equal(await wininet.FtpGetCurrentDirectory(session), '/', 'a refusal leaves it idle');
  const page = await wininet.InternetOpenUrl(root, folder, null, PASSIVE | EXISTING);
  assert.equal(journal.tree.nodes.get(page.serial)?.parent, root.serial);
  assert.equal(logons(engine), 4);
});

test('INTERNET_FLAG_EXISTING_CONNECT leaves sessions of others alone', async (t) => {
  const engine = await startEngine(t);
  const { wininet, root } = engine;
  await connectFtp(engine, playground().ftp, { flags: PASSIVE, user: 'ada', password: 'lovelace' });
  await connectFtp(engine, playground().ftp);
  const elsewhere = await wininet.InternetOpen('other/1.0');
  await connectFtp({ ...engine, root: elsewhere }, playground().ftp, { flags: PASSIVE });
  const before = logons(engine);
  const url = anonymous('/readme.txt');
  await wininet.InternetOpenUrl(root, url, null, PASSIVE | EXISTING);
  assert.equal(logons(engine), before + 1);
});

test('INTERNET_FLAG_EXISTING_CONNECT of InternetConnect makes a session of its own and says so', async (t) => {
  const engine = await startEngine(t);
  await connectFtp(engine, playground().ftp, { flags: PASSIVE });
  const second = await connectFtp(engine, playground().ftp, { flags: PASSIVE | EXISTING });
  assert.equal(logons(engine), 2);
  assert.deepEqual(notesOf(engine), [
    { topic: 'flag-without-effect', serial: second.serial, name: 'INTERNET_FLAG_EXISTING_CONNECT' },
  ]);
  await connectHttp(engine, playground().http);
  assert.equal(notesOf(engine).length, 1);
});
