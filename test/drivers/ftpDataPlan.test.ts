import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { test } from 'node:test';
import { type FtpAct, listenForData, sendContent, startFtpFixture } from './ftpFixture.ts';
import { failsWith, logOn, readAll, summarize } from './ftpLogon.ts';

test('openRead connects to the peer of the control connection, wherever 227 points', async (t) => {
  const server = await startFtpFixture(t, {
    files: { a: Buffer.from('safe') },
    acts: {
      PASV: async (_, client) => {
        const port = await listenForData(client);
        client.reply(`227 Entering Passive Mode (192,0,2,1,${port >> 8},${port & 255})`);
      },
    },
  });
  const { session, context } = await logOn(t, server);
  const source = await session.openRead('a', 'I', context);
  assert.equal((await readAll(source)).toString(), 'safe');
  await source.finish();
});

test('openRead fails with ERROR_INTERNET_EXTENDED_ERROR when passive mode is refused, and tries nothing else', async (t) => {
  for (const [host, verb] of [
    ['127.0.0.1', 'PASV'],
    ['::1', 'EPSV'],
  ] as const) {
    const server = await startFtpFixture(t, { host, acts: { [verb]: '502 Command not implemented' } });
    const { session, context, events } = await logOn(t, server);
    await assert.rejects(
      session.openRead('a', 'I', context),
      failsWith('ERROR_INTERNET_EXTENDED_ERROR', /502 Command not implemented.*without INTERNET_FLAG_PASSIVE/),
    );
    assert.equal(summarize(events).at(-1), 'reply 502 Command not implemented');
    await session.command('NOOP', context);
    assert.deepEqual(server.lines.slice(2), ['TYPE I', verb, 'NOOP']);
  }
});

for (const [reply, symbol] of [
  ['425 No ports left', 'ERROR_INTERNET_EXTENDED_ERROR'],
  ['227 Somewhere', 'ERROR_INTERNET_EXTENDED_ERROR'],
  ['227 (127,0,0,1,0,1)', 'ERROR_INTERNET_CANNOT_CONNECT'],
] as const) {
  test(`openRead fails with ${symbol} when PASV is answered by ${reply}`, async (t) => {
    const { session, context } = await logOn(t, await startFtpFixture(t, { acts: { PASV: reply } }));
    await assert.rejects(session.openRead('a', 'I', context), failsWith(symbol));
    await session.command('NOOP', context);
  });
}

test('openRead in active mode fails with ERROR_INTERNET_EXTENDED_ERROR when the server cannot connect back', async (t) => {
  for (const acts of [
    { RETR: '150 Coming\r\n425 Cannot open data connection' },
    { PORT: '500 Illegal PORT' },
  ] as Record<string, FtpAct>[]) {
    const { session, context } = await logOn(t, await startFtpFixture(t, { acts }), { passive: false });
    await assert.rejects(session.openRead('a', 'I', context), failsWith('ERROR_INTERNET_EXTENDED_ERROR', /425|500/));
    await session.command('NOOP', context);
  }
});

test('openRead in active mode fails with ERROR_INTERNET_TIMEOUT when the server never connects back', async (t) => {
  const timeouts = { connect: 200, send: 5000, receive: 5000 };
  const server = await startFtpFixture(t, { acts: { RETR: '150 Coming' } });
  const { session, context } = await logOn(t, server, { passive: false, timeouts });
  await assert.rejects(session.openRead('a', 'I', context), failsWith('ERROR_INTERNET_TIMEOUT'));
});

test('openRead in active mode lets in only the peer of the control connection', async (t) => {
  const content = Buffer.from('from the server');
  const server = await startFtpFixture(t, {
    acts: {
      RETR: async (_, client) => {
        const port = server.lines
          .findLast((line) => line.startsWith('PORT '))
          ?.split(',')
          .map(Number);
        const stranger = connect({
          host: '127.0.0.1',
          port: (port?.[4] ?? 0) * 256 + (port?.[5] ?? 0),
          localAddress: '127.0.0.2',
        });
        stranger.on('error', () => undefined);
        stranger.write('from a stranger');
        await once(stranger.resume(), 'close');
        await sendContent(client, content);
      },
    },
  });
  const { session, context } = await logOn(t, server, { passive: false });
  const source = await session.openRead('a', 'I', context);
  assert.equal((await readAll(source)).toString(), content.toString());
  await source.finish();
});
