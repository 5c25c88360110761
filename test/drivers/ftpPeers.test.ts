import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { type TestContext, test } from 'node:test';
import type { FtpSession } from '../../extension/wininet/ports/ftp.ts';
import { contentFiles } from '../peers/content.ts';
import { withPeer } from '../peers/peer.ts';
import { startProftpd } from '../peers/proftpd.ts';
import { startVsftpd } from '../peers/vsftpd.ts';
import { failsWith, logOn, makeCaller, readAll } from './ftpLogon.ts';

interface Site {
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** Folder that may be written. */
  readonly folder: string;
  readonly large: { readonly bytes: number; readonly sha256: string };
}

test('FtpSession works with vsftpd', (t) =>
  withPeer(t, startVsftpd, ({ port, large }) =>
    exercise(t, { port, large, user: 'anonymous', password: 'guest@', folder: 'incoming' }),
  ));

test('FtpSession works with ProFTPD', (t) =>
  withPeer(t, startProftpd, ({ port, large, account }) => exercise(t, { port, large, ...account, folder: 'nested' })));

async function exercise(t: TestContext, site: Site): Promise<void> {
  for (const passive of [true, false]) {
    const mode = passive ? 'passive' : 'active';
    const { user, password } = site;
    // A real server dates its files by the real clock.
    const { session, context } = await logOn(t, site, { user, password, passive }, makeCaller(), new Date());
    await t.test(`openRead fetches every content file in ${mode} mode`, async () => {
      for (const [name, bytes] of Object.entries(contentFiles)) {
        const source = await session.openRead(name, 'I', context);
        assert.ok((await readAll(source, 1000)).equals(bytes), name);
        await source.finish();
      }
      const source = await session.openRead('large.bin', 'I', context);
      assert.equal(
        createHash('sha256')
          .update(await readAll(source))
          .digest('hex'),
        site.large.sha256,
      );
      await source.finish();
    });
    await t.test(`list names what is there in ${mode} mode`, () => listContent(session));
    await t.test(`cancel in the middle leaves the session usable in ${mode} mode`, async () => {
      const source = await session.openRead('large.bin', 'I', context);
      assert.ok((await source.read(new Uint8Array(1000))) > 0);
      await source.cancel();
      assert.equal(await session.currentDirectory(context), '/');
    });
    await t.test(`openWrite stores and command deletes in ${mode} mode`, () => storeAndDelete(session, site.folder));
    await t.test(`openRead of a missing file is refused in ${mode} mode`, () =>
      assert.rejects(session.openRead('missing.txt', 'I', context), failsWith('ERROR_INTERNET_EXTENDED_ERROR', /550/)),
    );
    await session.close();
  }
  await t.test('connect is refused with a wrong user', () =>
    assert.rejects(logOn(t, site, { user: 'nobody', password: 'x' }), failsWith('ERROR_INTERNET_LOGIN_FAILURE', /530/)),
  );
}

async function listContent(session: FtpSession): Promise<void> {
  const { context } = makeCaller();
  const entries = new Map((await session.list('', context)).map((entry) => [entry.name, entry]));
  assert.equal(entries.get('bytes.bin')?.size, contentFiles['bytes.bin'].length);
  assert.equal(entries.get('name with space.txt')?.isDirectory, false);
  assert.equal(entries.get('nested')?.isDirectory, true);
  const age = Date.now() - (entries.get('bytes.bin')?.modified?.getTime() ?? 0);
  assert.ok(Math.abs(age) < 24 * 60 * 60 * 1000, `${age} ms old`);
  assert.deepEqual(
    (await session.list('nested/deep', context)).map((entry) => entry.name),
    ['note.txt'],
  );
}

async function storeAndDelete(session: FtpSession, folder: string): Promise<void> {
  const { context } = makeCaller();
  const path = `${folder}/up load.bin`;
  const sink = await session.openWrite(path, 'I', context);
  await sink.write(contentFiles['bytes.bin']);
  await sink.finish();
  const source = await session.openRead(path, 'I', context);
  assert.ok((await readAll(source)).equals(contentFiles['bytes.bin']));
  await source.finish();
  await session.command(`DELE ${path}`, context);
  await assert.rejects(session.command(`DELE ${path}`, context), failsWith('ERROR_INTERNET_EXTENDED_ERROR', /550/));
}
