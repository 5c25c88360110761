import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type FtpAct, startFtpFixture } from './ftpFixture.ts';
import { failsWith, logOn, readAll, summarize } from './ftpLogon.ts';

const content = Buffer.alloc(3_000_000, 'size');
const small = content.subarray(0, 300_000);

/** Sends the file without telling its size, and ends the transfer when it is told to. */
function untoldSize(ending: Promise<unknown> = Promise.resolve(), bytes = content): FtpAct {
  return async (_, client) => {
    client.reply('150 Here it comes');
    (await client.data()).end(bytes);
    await ending;
    client.reply('226 Transfer complete');
  };
}

test('askSize knows what the server has announced, and sends nothing', async (t) => {
  const server = await startFtpFixture(t, { files: { a: content } });
  const { session, context } = await logOn(t, server);
  const source = await session.openRead('a', 'I', context);
  assert.equal(await source.askSize(context), content.length);
  await source.cancel();
  assert.ok(!server.lines.some((line) => line.startsWith('SIZE')));
});

test('askSize counts what has come when it is all there', async (t) => {
  const server = await startFtpFixture(t, { acts: { RETR: untoldSize() } });
  const { session, context } = await logOn(t, server);
  const source = await session.openRead('a', 'I', context);
  assert.equal(source.size, undefined);
  await readAll(source);
  assert.equal(await source.askSize(context), content.length);
  await source.finish();
  assert.ok(!server.lines.some((line) => line.startsWith('SIZE')));
});

test('askSize takes a small file ahead and counts it, and the reader still gets every byte', async (t) => {
  const server = await startFtpFixture(t, { acts: { RETR: untoldSize(undefined, small) } });
  const { session, context } = await logOn(t, server);
  for (const first of [0, 5]) {
    const source = await session.openRead('a', 'I', context);
    const beginning = Buffer.alloc(first);
    if (first > 0) assert.equal(await source.read(beginning), first);
    assert.equal(await source.askSize(context), small.length);
    assert.deepEqual(Buffer.concat([beginning, await readAll(source, 1000)]), small);
    await source.finish();
  }
  assert.ok(!server.lines.some((line) => line.startsWith('SIZE')));
});

test('askSize keeps what has come ahead over a connection that the server has opened', async (t) => {
  const server = await startFtpFixture(t, { acts: { RETR: untoldSize(undefined, small) } });
  const { session, context } = await logOn(t, server, { passive: false });
  const source = await session.openRead('a', 'I', context);
  assert.equal(await source.askSize(context), small.length);
  assert.deepEqual(await readAll(source), small);
  await source.finish();
});

test('askSize asks after a file that the server has broken off, which has another size than what came', async (t) => {
  const acts: Record<string, FtpAct> = {
    RETR: async (_, client) => {
      client.reply('150 Here it comes');
      (await client.data()).end('half');
      client.reply('426 Broken');
    },
    SIZE: '213 8',
  };
  const { session, context } = await logOn(t, await startFtpFixture(t, { acts }));
  const source = await session.openRead('a', 'I', context);
  assert.equal(await source.askSize(context), 8);
  await source.cancel();
});

test('askSize sends SIZE during the transfer and tells its answer from the last word, whichever comes first', async (t) => {
  for (const sizeFirst of [true, false]) {
    const order = Promise.withResolvers<void>();
    const acts: Record<string, FtpAct> = {
      RETR: untoldSize(sizeFirst ? order.promise : undefined),
      SIZE: async (path, client) => {
        if (!sizeFirst) while (!summarize(events).includes('< 226 Transfer complete')) await turn();
        client.reply(path === 'a b' ? '213 3000000' : '550 No such file');
        order.resolve();
      },
    };
    const { session, context, events } = await logOn(t, await startFtpFixture(t, { acts }));
    const source = await session.openRead('a b', 'I', context);
    const sizes = Promise.all([source.askSize(context), source.askSize(context)]);
    assert.deepEqual(await sizes, [3_000_000, 3_000_000]);
    assert.equal((await readAll(source)).length, content.length);
    await source.finish();
    await session.command('NOOP', context);
    assert.equal(summarize(events).filter((line) => line === '> SIZE a b').length, 1);
  }
});

test('askSize fails with ERROR_INTERNET_EXTENDED_ERROR when SIZE is refused, and the transfer goes on', async (t) => {
  const acts: Record<string, FtpAct> = { RETR: untoldSize(), SIZE: '550 SIZE not allowed' };
  const { session, context } = await logOn(t, await startFtpFixture(t, { acts }));
  const source = await session.openRead('a', 'I', context);
  await assert.rejects(source.askSize(context), failsWith('ERROR_INTERNET_EXTENDED_ERROR', /SIZE: "550 SIZE not/));
  assert.equal((await readAll(source)).length, content.length);
  await source.finish();
  await session.command('NOOP', context);
});

test('askSize fails with ERROR_INTERNET_TIMEOUT when the server does not answer meanwhile, and the session goes on', async (t) => {
  const over = Promise.withResolvers<void>();
  let answer = (): void => undefined;
  const acts: Record<string, FtpAct> = {
    RETR: untoldSize(over.promise),
    SIZE: (_, client) => {
      answer = () => client.reply('213 3000000');
    },
  };
  const timeouts = { connect: 5_000, send: 5_000, receive: 300 };
  const { session, context } = await logOn(t, await startFtpFixture(t, { acts }), { timeouts });
  const source = await session.openRead('a', 'I', context);
  await assert.rejects(source.askSize(context), failsWith('ERROR_INTERNET_TIMEOUT', /did not answer/));
  assert.equal((await readAll(source)).length, content.length);
  over.resolve();
  await source.finish();
  answer();
  assert.equal(await session.command('NOOP', context), '200 Command okay');
});

test('askSize fails with ERROR_INTERNET_INVALID_OPERATION for what is no file', async (t) => {
  const listing = '-rw-r--r-- 1 o g 3 Jan 02  2020 a.txt\r\n';
  const acts: Record<string, FtpAct> = {
    MLSD: async (_, client) => {
      client.reply('150 Here it comes');
      (await client.data()).end(listing.repeat(40_000));
      client.reply('226 Done');
    },
  };
  const { session, context } = await logOn(t, await startFtpFixture(t, { acts }));
  const source = await session.receive('MLSD', 'A', context);
  await assert.rejects(source.askSize(context), failsWith('ERROR_INTERNET_INVALID_OPERATION'));
  await source.cancel();
});

test('askSize fails with ERROR_FTP_DROPPED when the connection goes meanwhile', async (t) => {
  const acts: Record<string, FtpAct> = {
    RETR: untoldSize(new Promise(() => undefined)),
    SIZE: (_, client) => {
      client.control.end();
    },
  };
  const { session, context } = await logOn(t, await startFtpFixture(t, { acts }));
  const source = await session.openRead('a', 'I', context);
  await assert.rejects(source.askSize(context), failsWith('ERROR_FTP_DROPPED'));
  await source.cancel();
});

function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
