import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readBeginning } from '../../extension/editor/bodyReading.ts';
import { inOrder, listFolderEntries, parentOf } from '../../extension/editor/listing.ts';
import { INTERNET_FLAG_PASSIVE } from '../../extension/shared/constants.ts';
import { openCount } from '../../extension/shared/model.ts';
import { startFtpFixture } from '../drivers/ftpFixture.ts';
import { withPlayground } from '../playground/withPlayground.ts';
import { engineBench, guestSession } from './engineBench.ts';

const playground = withPlayground();

test('readBeginning reads a short body to its end', async (t) => {
  const { wininet } = engineBench(t);
  const handle = await wininet.InternetOpenUrl(
    await wininet.InternetOpen('test'),
    new URL('/bytes/1024', playground().http).href,
  );
  const body = await readBeginning(wininet, handle, 1024);
  assert.deepEqual([body.length, body.complete], [1024, true]);
});

test('readBeginning stops soon after the limit and leaves the rest', async (t) => {
  const { wininet } = engineBench(t);
  const handle = await wininet.InternetOpenUrl(
    await wininet.InternetOpen('test'),
    new URL('/bytes/1048576', playground().http).href,
  );
  const body = await readBeginning(wininet, handle, 100_000);
  assert.equal(body.complete, false);
  assert.ok(body.length > 100_000 && body.length <= 100_000 + 64 * 1024, `${body.length}`);
});

test('readBeginning goes on where it has stopped', async (t) => {
  const { wininet } = engineBench(t);
  const root = await wininet.InternetOpen('test');
  const handle = await wininet.InternetOpenUrl(root, new URL('/bytes/1048576', playground().http).href);
  const first = await readBeginning(wininet, handle, 100_000);
  const whole = await readBeginning(wininet, handle, 2_000_000, first.pieces);
  assert.deepEqual([whole.length, whole.complete], [1_048_576, true]);
});

test('readBeginning reads the page of a folder with a name that no piece holds', async (t) => {
  const { port } = await startFtpFixture(t, {
    listing: `-rw-r--r-- 1 o g 3 Jan 02  2020 ${'€'.repeat(15_000)}\r\n`,
  });
  const { wininet } = engineBench(t);
  const root = await wininet.InternetOpen('test');
  const handle = await wininet.InternetOpenUrl(root, `ftp://127.0.0.1:${port}/`, null, INTERNET_FLAG_PASSIVE);
  const body = await readBeginning(wininet, handle, 1_000_000);
  assert.equal(body.complete, true);
  assert.match(Buffer.concat(body.pieces).toString('utf8'), /€{15000}<\/a>\r\n<\/pre>\r\n<\/body><\/html>\r\n$/);
});

test('listFolderEntries lists what a mask names and closes its search', async (t) => {
  const { wininet, journal } = engineBench(t);
  const session = await guestSession(wininet, playground().ftp);
  const entries = await listFolderEntries(wininet, session, 'pub/source/*.c', 1);
  assert.deepEqual(
    inOrder(entries).map(({ name }) => name),
    ['hello.c', 'list.c'],
  );
  assert.equal(openCount(journal.tree), 2, 'root and session');
  assert.equal(journal.tree.nodes.get(session.serial)?.state, 'idle');
});

test('listFolderEntries finds nothing where nothing matches', async (t) => {
  const { wininet } = engineBench(t);
  assert.deepEqual(
    await listFolderEntries(wininet, await guestSession(wininet, playground().ftp), 'pub/*.nothing', 1),
    [],
  );
});

test('listFolderEntries lists a long folder whole', async (t) => {
  const { wininet } = engineBench(t);
  assert.equal(
    (await listFolderEntries(wininet, await guestSession(wininet, playground().ftp), 'many/', 1)).length,
    3000,
  );
});

test('parentOf goes up one folder and stops at the top', () => {
  assert.equal(parentOf('pub/source/'), 'pub/');
  assert.equal(parentOf('pub/'), '');
  assert.equal(parentOf('/pub/'), '/');
  assert.equal(parentOf('/'), null);
  assert.equal(parentOf(''), null);
});
