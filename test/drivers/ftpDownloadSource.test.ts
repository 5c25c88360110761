import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { test } from 'node:test';
import { type FtpAct, startFtpFixture } from './ftpFixture.ts';
import { failsWith, logOn, readAll, summarize } from './ftpLogon.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));

test('read answers what arrived, then 0, when the server breaks off; finish rejects and reports its words', async (t) => {
  const acts: Record<string, FtpAct> = {
    RETR: async (_, client) => {
      client.reply('150 Opening data connection');
      (await client.data()).end('Hell');
      client.reply('426 Connection closed, transfer aborted');
    },
  };
  const { session, context, events } = await logOn(t, await startFtpFixture(t, { acts }));
  const words = 'reply 426 Connection closed, transfer aborted';
  const first = await session.openRead('hello.txt', 'I', context);
  assert.equal((await readAll(first)).toString(), 'Hell');
  while (!summarize(events).some((line) => line.startsWith('< 426'))) await turn();
  assert.ok(!summarize(events).includes(words));
  await first.cancel();
  assert.equal(summarize(events).at(-1), words);
  const second = await session.openRead('hello.txt', 'I', context);
  assert.equal((await readAll(second)).toString(), 'Hell');
  await assert.rejects(second.finish(), failsWith('ERROR_INTERNET_CONNECTION_ABORTED', /426 Connection closed/));
  await second.cancel();
  assert.equal(summarize(events).filter((line) => line === words).length, 2);
});

test('finish fails with ERROR_FTP_DROPPED when the control connection ends before the confirmation', async (t) => {
  const acts: Record<string, FtpAct> = {
    RETR: async (_, client) => {
      client.reply('150 Opening data connection');
      (await client.data()).end('Hello');
      client.control.end();
    },
  };
  const { session, context } = await logOn(t, await startFtpFixture(t, { acts }));
  const source = await session.openRead('hello.txt', 'I', context);
  assert.equal((await readAll(source)).toString(), 'Hello');
  await assert.rejects(source.finish(), failsWith('ERROR_FTP_DROPPED'));
});

test('read fails with ERROR_INTERNET_CONNECTION_RESET when the data connection is reset', async (t) => {
  const acts: Record<string, FtpAct> = {
    RETR: async (_, client) => {
      client.reply('150 Opening data connection');
      (await client.data()).resetAndDestroy();
      client.reply('426 Broken');
    },
  };
  const { session, context } = await logOn(t, await startFtpFixture(t, { acts }));
  const source = await session.openRead('a', 'I', context);
  await assert.rejects(Promise.resolve(source.available()), failsWith('ERROR_INTERNET_CONNECTION_RESET'));
  await source.cancel();
  await session.command('NOOP', context);
});

test('read fails with ERROR_INTERNET_TIMEOUT when nothing arrives', async (t) => {
  const acts: Record<string, FtpAct> = { RETR: '150 Wait for it' };
  const timeouts = { connect: 5000, send: 5000, receive: 5000, dataReceive: 200 };
  const { session, context } = await logOn(t, await startFtpFixture(t, { acts }), { timeouts });
  const source = await session.openRead('a', 'I', context);
  await assert.rejects(
    Promise.resolve(source.read(Buffer.alloc(1))),
    failsWith('ERROR_INTERNET_TIMEOUT', /for 200 ms/),
  );
  await source.cancel();
});

test('available waits for the first byte and read does not wait when bytes are there', async (t) => {
  const server = await startFtpFixture(t, { files: { a: Buffer.from('Hello FTP') } });
  const { session, context } = await logOn(t, server);
  const source = await session.openRead('a', 'I', context);
  assert.equal(await source.available(), 9);
  const buffer = Buffer.alloc(4);
  assert.equal(source.read(buffer), 4);
  assert.equal(source.available(), 5);
  assert.equal(source.read(Buffer.alloc(0)), 0);
  assert.equal(buffer.toString(), 'Hell');
  assert.equal((await readAll(source)).toString(), 'o FTP');
  await source.finish();
});

test('read answers 0 for an empty file that is over before the server says that it begins', async (t) => {
  const acts: Record<string, FtpAct> = {
    RETR: async (_, client) => {
      const data = await client.data();
      await once(data.resume().end(), 'close');
      client.reply('150 Here it comes\r\n226 Done');
    },
  };
  const { session, context } = await logOn(t, await startFtpFixture(t, { acts }));
  for (const _ of [1, 2, 3]) {
    const source = await session.openRead('a', 'I', context);
    assert.equal(await source.read(Buffer.alloc(1)), 0);
    await source.finish();
  }
});

test('openRead leaves to the server what nobody reads', async (t) => {
  const total = 64 * 1024 * 1024;
  let sent = 0;
  const acts: Record<string, FtpAct> = {
    RETR: async (_, client) => {
      client.reply('150 Much');
      const block = Buffer.alloc(256 * 1024);
      const blocks = function* () {
        for (; sent < total; sent += block.length) yield block;
      };
      await pipeline(Readable.from(blocks()), await client.data());
      client.reply('226 Done');
    },
  };
  const { session, context } = await logOn(t, await startFtpFixture(t, { acts }));
  const source = await session.openRead('a', 'I', context);
  await source.available();
  let before = -1;
  while (before !== sent) {
    before = sent;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.ok(sent < total / 2, `${sent} bytes were taken although nobody reads`);
  assert.ok(Number(await source.available()) < 2 * 1024 * 1024);
  assert.equal((await readAll(source)).length, total);
  await source.finish();
});
