import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { leftNothingSince } from '../wininet/engineFixture.ts';
import { openResources } from '../wininet/openResources.ts';
import { type FtpAct, startFtpFixture } from './ftpFixture.ts';
import { failsWith, logOn } from './ftpLogon.ts';

test('write waits while the server does not read', async (t) => {
  let release = (): void => undefined;
  const acts: Record<string, FtpAct> = {
    STOR: async (_, client) => {
      client.reply('150 Send');
      const data = await client.data();
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      data.resume();
      await once(data, 'end');
      client.reply('226 Done');
    },
  };
  const { session, context } = await logOn(t, await startFtpFixture(t, { acts }));
  const sink = await session.openWrite('a', 'I', context);
  const block = Buffer.alloc(1024 * 1024);
  let written = 0;
  const writing = (async () => {
    for (; written < 64; written += 1) await sink.write(block);
  })();
  let before = -1;
  while (before !== written) {
    before = written;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.ok(written < 32, `${written} MiB were sent although nobody reads`);
  release();
  await writing;
  await sink.finish();
});

test('write fails with ERROR_INTERNET_TIMEOUT when the server takes nothing', async (t) => {
  const acts: Record<string, FtpAct> = { STOR: '150 Send' };
  const timeouts = { connect: 5000, send: 5000, receive: 200, dataSend: 200 };
  const { session, context } = await logOn(t, await startFtpFixture(t, { acts }), { timeouts, passive: true });
  const sink = await session.openWrite('a', 'I', context);
  await assert.rejects(
    sink.write(Buffer.alloc(64 * 1024 * 1024)),
    failsWith('ERROR_INTERNET_TIMEOUT', /took no bytes/),
  );
  await sink.cancel();
});

test('write fails with the words of the server when it breaks off an upload', async (t) => {
  const acts: Record<string, FtpAct> = {
    STOR: async (_, client) => {
      client.reply('150 Send');
      (await client.data()).resetAndDestroy();
      client.reply('552 Disk full');
    },
  };
  const { session, context } = await logOn(t, await startFtpFixture(t, { acts }));
  const sink = await session.openWrite('a', 'I', context);
  const writing = (async () => {
    for (;;) await sink.write(Buffer.alloc(100_000));
  })();
  await assert.rejects(writing, failsWith('ERROR_INTERNET_EXTENDED_ERROR', /552 Disk full/));
  await sink.cancel();
  await session.command('NOOP', context);
});

test('cancel while an upload comes to its end leaves no socket behind', async (t) => {
  let taken = 0;
  const acts: Record<string, FtpAct> = {
    STOR: async (_, client) => {
      client.reply('150 Send');
      for await (const bytes of await client.data()) taken += (bytes as Buffer).length;
      client.reply('226 Done');
    },
  };
  const { session, context } = await logOn(t, await startFtpFixture(t, { acts }));
  const baseline = openResources();
  const sink = await session.openWrite('a', 'I', context);
  await sink.write(Buffer.alloc(5000));
  const finishing = assert.rejects(sink.finish(), failsWith('ERROR_INTERNET_OPERATION_CANCELLED'));
  await new Promise((resolve) => process.nextTick(resolve));
  await sink.cancel();
  await finishing;
  assert.equal(taken, 5000);
  await leftNothingSince(baseline);
});

for (const [reply, symbol] of [
  ['552 Disk full', 'ERROR_INTERNET_EXTENDED_ERROR'],
  ['426 Broken', 'ERROR_INTERNET_CONNECTION_ABORTED'],
  ['421 Leaving', 'ERROR_FTP_DROPPED'],
] as const) {
  test(`finish of an upload fails with ${symbol} at ${reply}`, async (t) => {
    const acts: Record<string, FtpAct> = {
      STOR: async (_, client) => {
        client.reply('150 Send');
        const data = await client.data();
        await once(data.resume(), 'end');
        client.reply(reply);
      },
    };
    const { session, context } = await logOn(t, await startFtpFixture(t, { acts }));
    const sink = await session.openWrite('a', 'I', context);
    await sink.write(Buffer.from('x'));
    await assert.rejects(sink.finish(), failsWith(symbol, new RegExp(reply)));
    await sink.cancel();
  });
}

test('cancel of an upload resets the data connection, so that the server does not take it for complete', async (t) => {
  let complete: boolean | undefined;
  const acts: Record<string, FtpAct> = {
    STOR: async (_, client) => {
      client.reply('150 Send');
      const data = await client.data();
      await once(data.resume(), 'close').then(
        () => {
          complete = data.errored === null;
        },
        () => {
          complete = false;
        },
      );
      client.reply('426 Aborted');
    },
  };
  const { session, context } = await logOn(t, await startFtpFixture(t, { acts }));
  const sink = await session.openWrite('a', 'I', context);
  await sink.write(Buffer.from('half'));
  await sink.cancel();
  assert.equal(complete, false);
  await assert.rejects(sink.write(Buffer.from('more')), failsWith('ERROR_INTERNET_OPERATION_CANCELLED'));
  await assert.rejects(sink.finish(), failsWith('ERROR_INTERNET_OPERATION_CANCELLED'));
  await session.command('NOOP', context);
});
