import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { type FtpAct, startFtpFixture } from './ftpFixture.ts';
import { failsWith, logOn, makeCaller, readAll, summarize } from './ftpLogon.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));
const large = Buffer.from(Uint8Array.from({ length: 3_000_017 }, (_, index) => (index * 167 + (index >> 9)) & 0xff));

for (const passive of [true, false]) {
  const mode = passive ? 'passive' : 'active';

  test(`openRead delivers every byte in ${mode} mode with buffers of any size`, async (t) => {
    const server = await startFtpFixture(t, { files: { 'big.bin': large, 'empty.txt': Buffer.alloc(0) } });
    const { session, context } = await logOn(t, server, { passive });
    for (const size of [1_000, 4_096, 65_536, 65_537, 4_000_000]) {
      const source = await session.openRead('big.bin', 'I', context);
      assert.equal(source.size, large.length);
      assert.ok(large.equals(await readAll(source, size)), `buffers of ${size}`);
      assert.equal(await source.read(Buffer.alloc(8)), 0);
      assert.equal(await source.available(), 0);
      await source.finish();
    }
    const empty = await session.openRead('empty.txt', 'A', context);
    assert.equal((await readAll(empty)).length, 0);
    await empty.finish();
    const verbs = server.lines.slice(2).map((line) => line.replace(/ [\d,]+$/, ''));
    const data = passive ? 'PASV' : 'PORT';
    assert.deepEqual(verbs.slice(0, 3), ['TYPE I', data, 'RETR big.bin']);
    assert.deepEqual(verbs.slice(-3), ['TYPE A', data, 'RETR empty.txt']);
  });

  test(`openWrite stores every byte in ${mode} mode and finish waits for the confirmation`, async (t) => {
    const server = await startFtpFixture(t);
    const { session, context, events } = await logOn(t, server, { passive });
    const sink = await session.openWrite('up.bin', 'I', context);
    const reused = Buffer.alloc(50_000);
    for (let start = 0; start < large.length; start += reused.length) {
      const count = large.copy(reused, 0, start);
      await sink.write(reused.subarray(0, count));
      reused.fill(0);
    }
    await sink.write(Buffer.alloc(0));
    await sink.finish();
    assert.ok(server.files.get('up.bin')?.equals(large));
    assert.equal(summarize(events).at(-1), 'reply 226 Transfer complete');
    await session.command('NOOP', context);
  });

  test(`openRead is refused in ${mode} mode with ERROR_INTERNET_EXTENDED_ERROR and the session goes on`, async (t) => {
    const { session, context } = await logOn(t, await startFtpFixture(t), { passive });
    await assert.rejects(
      session.openRead('nope.txt', 'I', context),
      failsWith('ERROR_INTERNET_EXTENDED_ERROR', /RETR: "550 nope\.txt: No such file or directory"/),
    );
    await session.command('NOOP', context);
  });

  test(`cancel gives up a download in ${mode} mode, the read under way too, and the session goes on`, async (t) => {
    const acts: Record<string, FtpAct> = {
      RETR: async (_, client) => {
        client.reply('150 Here it comes');
        const data = await client.data();
        data.write('some');
        await once(data, 'close');
        client.reply('426 Connection closed');
      },
    };
    const { session, context, events } = await logOn(t, await startFtpFixture(t, { acts }), { passive });
    const source = await session.openRead('a.txt', 'I', context);
    assert.equal(await source.read(Buffer.alloc(100)), 4);
    const pending = assert.rejects(
      Promise.resolve(source.read(Buffer.alloc(100))),
      failsWith('ERROR_INTERNET_OPERATION_CANCELLED'),
    );
    await Promise.all([source.cancel(), source.cancel(), pending]);
    assert.equal(summarize(events).at(-1), 'reply 426 Connection closed');
    await session.command('NOOP', context);
  });
}

test('the signal of a transfer gives it up like cancel', async (t) => {
  const acts: Record<string, FtpAct> = {
    RETR: async (_, client) => {
      client.reply('150 Wait');
      await once(await client.data(), 'close').catch(() => undefined);
      client.reply('426 Aborted');
    },
  };
  const { session, context } = await logOn(t, await startFtpFixture(t, { acts }));
  const caller = makeCaller();
  const source = await session.openRead('a', 'I', caller.context);
  const pending = Promise.resolve(source.read(Buffer.alloc(1)));
  caller.abort.abort();
  await assert.rejects(pending, failsWith('ERROR_INTERNET_OPERATION_CANCELLED'));
  await session.command('NOOP', context);
});

test('list stops at once with ERROR_INTERNET_OPERATION_CANCELLED when its handle is closed', async (t) => {
  let answer = (): void => undefined;
  const acts: Record<string, FtpAct> = {
    LIST: async (_, client) => {
      client.reply('150 Wait');
      await client.data();
      answer = () => client.reply('426 Aborted');
    },
  };
  const server = await startFtpFixture(t, { acts });
  const { session, context } = await logOn(t, server);
  const caller = makeCaller();
  const pending = session.list('', caller.context);
  while (!summarize(caller.events).includes('reply 150 Wait')) await turn();
  await turn();
  caller.abort.abort();
  await assert.rejects(pending, failsWith('ERROR_INTERNET_OPERATION_CANCELLED'));
  const next = session.command('NOOP', context);
  answer();
  assert.equal(await next, '200 Command okay');
});

test('close of the session takes a transfer with it', async (t) => {
  const server = await startFtpFixture(t, { acts: { RETR: '150 Wait', STOR: '150 Send' } });
  for (const verb of ['RETR', 'STOR']) {
    const { session, context } = await logOn(t, server);
    const source = verb === 'RETR' ? await session.openRead('a', 'I', context) : undefined;
    const sink = source ? undefined : await session.openWrite('a', 'I', context);
    const pending = Promise.resolve(source?.read(Buffer.alloc(1)) ?? sink?.write(Buffer.alloc(64 * 1024 * 1024)));
    const checked = assert.rejects(pending, failsWith('ERROR_INTERNET_OPERATION_CANCELLED'));
    await session.close();
    await checked;
    await (source ?? sink)?.cancel();
  }
});

test('cancel ends the session when the server does not notice', async (t) => {
  const acts: Record<string, FtpAct> = { RETR: '150 Wait' };
  const { session, context } = await logOn(t, await startFtpFixture(t, { acts }));
  const source = await session.openRead('a', 'I', context);
  await source.cancel();
  await assert.rejects(session.command('NOOP', context), failsWith('ERROR_FTP_DROPPED'));
});
