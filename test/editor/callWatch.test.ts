import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CallWatch } from '../../extension/editor/callWatch.ts';
import { openCount } from '../../extension/shared/model.ts';
import { GENERIC_READ, WinInetError } from '../../extension/wininet/index.ts';
import { withPlayground } from '../playground/withPlayground.ts';
import { type EngineBench, engineBench, guestSession } from './engineBench.ts';

const playground = withPlayground();

function watchOf({ wininet, journal }: EngineBench): CallWatch {
  return new CallWatch(journal, (serial) => {
    const handle = wininet.handleWithSerial(serial);
    if (handle !== null) void wininet.InternetCloseHandle(handle);
  });
}

function isCancelled(error: unknown): boolean {
  return error instanceof WinInetError && error.symbol === 'ERROR_INTERNET_OPERATION_CANCELLED';
}

test('CallWatch closes the handle that a call has opened while it waits', async (t) => {
  const bench = engineBench(t);
  const root = await bench.wininet.InternetOpen('test');
  const watch = watchOf(bench);
  const opening = watch.during(() =>
    bench.wininet.InternetOpenUrl(root, new URL('/slow/never', playground().http).href),
  );
  assert.equal(bench.journal.tree.nodes.get(watch.handle ?? 0)?.kind, 'http-request');
  watch.cancel();
  await assert.rejects(opening, isCancelled);
  watch.settle();
  assert.equal(openCount(bench.journal.tree), 1, 'the root stays');
});

test('CallWatch closes a handle that appears only after the cancelling', async (t) => {
  const bench = engineBench(t);
  const session = await guestSession(bench.wininet, playground().ftp);
  const watch = watchOf(bench);
  const opening = watch.during(() => bench.wininet.FtpOpenFile(session, 'pub/notes.txt', GENERIC_READ));
  assert.equal(watch.handle, null, 'FtpOpenFile has no handle before the server sends');
  watch.cancel();
  watch.settle();
  const { serial } = await opening;
  // The closing follows in the next turn of the event loop.
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(bench.wininet.handleWithSerial(serial), null);
  assert.notEqual(bench.wininet.handleWithSerial(session.serial), null, 'the session stays');
});

test('CallWatch closes the handle that a transfer uses', async (t) => {
  const bench = engineBench(t);
  const session = await guestSession(bench.wininet, playground().ftp);
  const watch = watchOf(bench);
  const file = await bench.wininet.FtpOpenFile(session, 'large.bin', GENERIC_READ);
  const other = watch.during(() => bench.wininet.InternetReadFile(file, new Uint8Array(1024)));
  assert.equal(watch.handle, file.serial);
  watch.cancel();
  await other.catch((error: unknown) => assert.ok(isCancelled(error)));
  assert.equal(bench.wininet.handleWithSerial(file.serial), null);
});

test('CallWatch does not take the call of somebody else for its own', async (t) => {
  const bench = engineBench(t);
  const root = await bench.wininet.InternetOpen('test');
  const watch = watchOf(bench);
  const { href } = new URL('/', playground().http);
  const mine = watch.during(() => bench.wininet.InternetOpenUrl(root, href));
  const { handle } = watch;
  const theirs = bench.wininet.InternetOpenUrl(root, href);
  assert.equal(watch.handle, handle);
  assert.equal((await mine).serial, handle);
  assert.notEqual((await theirs).serial, handle);
});
