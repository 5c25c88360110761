import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startFtpFixture } from './ftpFixture.ts';
import { failsWith, logOn, makeCaller, readAll, summarize } from './ftpLogon.ts';

test('command resolves to the whole reply and reports its last line', async (t) => {
  const server = await startFtpFixture(t, { acts: { HELP: '214-These:\r\n CWD\r\n214 End', RNFR: '350 Go on' } });
  const { session, context, events } = await logOn(t, server);
  assert.equal(await session.command('HELP', context), '214-These:\n CWD\n214 End');
  assert.equal(await session.command('RNFR a b', context), '350 Go on');
  assert.deepEqual(
    summarize(events)
      .filter((line) => line.startsWith('reply'))
      .slice(-2),
    ['reply 214 End', 'reply 350 Go on'],
  );
});

test('command rejects a negative reply with ERROR_INTERNET_EXTENDED_ERROR and the session goes on', async (t) => {
  const server = await startFtpFixture(t, { acts: { DELE: '550 nope: No such file' } });
  const { session, context } = await logOn(t, server);
  await assert.rejects(
    session.command('DELE nope', context),
    failsWith('ERROR_INTERNET_EXTENDED_ERROR', /refused DELE: "550 nope: No such file"/),
  );
  await assert.rejects(session.command('FROB x', context), failsWith('ERROR_INTERNET_EXTENDED_ERROR', /500 FROB/));
  assert.equal(await session.command('NOOP', context), '200 Command okay');
});

test('command sends an empty argument and letters beyond ASCII as they are', async (t) => {
  const server = await startFtpFixture(t);
  const { session, context } = await logOn(t, server);
  await session.command('CWD ', context);
  await session.command('CWD größe 漢字', context);
  assert.deepEqual(server.lines.slice(2), ['CWD ', 'CWD größe 漢字']);
});

test('FtpSession refuses control characters with ERROR_INVALID_PARAMETER before anything is sent', async (t) => {
  const server = await startFtpFixture(t);
  const { session, context } = await logOn(t, server);
  const before = server.lines.length;
  const bad = 'a\r\nDELE b';
  for (const call of [
    session.command(`CWD ${bad}`, context),
    session.command('CWD a\nb', context),
    session.command('CWD a\0b', context),
    session.command('CWD a\x1bb', context),
    session.command('CWD a\x7f', context),
    session.list(bad, context),
    session.openRead(bad, 'I', context),
    session.openWrite(bad, 'I', context),
  ]) {
    await assert.rejects(call, failsWith('ERROR_INVALID_PARAMETER'));
  }
  await session.command('CWD a\tb', context);
  assert.deepEqual(server.lines.slice(before), ['CWD a\tb']);
});

test('currentDirectory undoes doubled quotes and refuses a reply without a folder', async (t) => {
  const paths = ['257 "/a ""b""" is it', '257 nothing'];
  const server = await startFtpFixture(t, { acts: { PWD: (_, client) => client.reply(paths.shift() ?? '') } });
  const { session, context } = await logOn(t, server);
  assert.equal(await session.currentDirectory(context), '/a "b"');
  await assert.rejects(session.currentDirectory(context), failsWith('ERROR_INTERNET_EXTENDED_ERROR', /257 nothing/));
});

test('command fails with ERROR_FTP_DROPPED at 421 and repeats the words of the server later', async (t) => {
  const server = await startFtpFixture(t, {
    acts: {
      NOOP: (_, client) => {
        client.reply('421 Idle for too long');
        client.control.end();
      },
    },
  });
  const { session, context, events } = await logOn(t, server);
  for (const _ of [1, 2]) {
    await assert.rejects(session.command('NOOP', context), failsWith('ERROR_FTP_DROPPED', /421 Idle for too long/));
  }
  await session.close();
  const said = 'reply 421 Idle for too long';
  assert.deepEqual(summarize(events).slice(-4), [said, 'closing', said, 'closed']);
});

test('command fails with ERROR_FTP_DROPPED after the server has left between two calls', async (t) => {
  const server = await startFtpFixture(t, {
    acts: {
      NOOP: (_, client) => {
        client.reply('200 ok\r\n421 And goodbye');
        client.control.end();
      },
    },
  });
  const { session, context, events } = await logOn(t, server);
  await session.command('NOOP', context);
  while (!summarize(events).includes('closed')) await new Promise((resolve) => setImmediate(resolve));
  await assert.rejects(session.command('NOOP', context), failsWith('ERROR_FTP_DROPPED', /421 And goodbye/));
  assert.equal(summarize(events).at(-1), 'reply 421 And goodbye');
  assert.equal(server.lines.filter((line) => line === 'NOOP').length, 1);
});

test('command fails with ERROR_INTERNET_TIMEOUT when the server is silent and the session is over', async (t) => {
  const server = await startFtpFixture(t, { acts: { NOOP: null } });
  const { session, context } = await logOn(t, server, { timeouts: { connect: 5000, send: 5000, receive: 200 } });
  await assert.rejects(session.command('NOOP', context), failsWith('ERROR_INTERNET_TIMEOUT', /within 200 ms/));
  await assert.rejects(session.command('PWD', context), failsWith('ERROR_FTP_DROPPED'));
});

test('command is cancelled at once and the next one waits for the late reply', async (t) => {
  let answer = (): void => undefined;
  const server = await startFtpFixture(t, {
    acts: {
      NOOP: (_, client) => {
        answer = () => client.reply('200 Late');
      },
    },
  });
  const { session, context } = await logOn(t, server);
  const hasty = makeCaller();
  const pending = session.command('NOOP', hasty.context);
  while (!server.lines.includes('NOOP')) await new Promise((resolve) => setImmediate(resolve));
  hasty.abort.abort();
  await assert.rejects(pending, failsWith('ERROR_INTERNET_OPERATION_CANCELLED'));
  const next = session.currentDirectory(context);
  answer();
  assert.equal(await next, '/pub');
});

test('close sends no QUIT, cancels what is under way and can be called twice', async (t) => {
  const server = await startFtpFixture(t, { acts: { NOOP: null } });
  const { session, context, events } = await logOn(t, server);
  const pending = session.command('NOOP', context);
  const checked = assert.rejects(pending, failsWith('ERROR_INTERNET_OPERATION_CANCELLED'));
  while (!server.lines.includes('NOOP')) await new Promise((resolve) => setImmediate(resolve));
  await Promise.all([session.close(), session.close(), checked]);
  await session.close();
  assert.deepEqual(summarize(events).slice(-2), ['closing', 'closed']);
  while (server.openControls() > 0) await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(server.lines, ['USER user', 'PASS secret', 'NOOP']);
  await assert.rejects(session.command('NOOP', context), failsWith('ERROR_FTP_DROPPED'));
});

test('list sends TYPE A, PASV and LIST with the path, and returns the entries', async (t) => {
  const listing = 'total 1\r\n-rw-r--r-- 1 o g 3 Jan 02  2020 a b.txt\r\ndrwxr-xr-x 1 o g 0 Jan 02  2020 sub\r\n';
  const server = await startFtpFixture(t, { listing });
  const { session, context } = await logOn(t, server);
  const modified = new Date('2020-01-02T12:00:00Z');
  const expected = [
    { name: 'a b.txt', isDirectory: false, size: 3, modified },
    { name: 'sub', isDirectory: true, size: 0, modified },
  ];
  assert.deepEqual(await session.list('', context), expected);
  assert.deepEqual(await session.list('pub/', context), expected);
  assert.deepEqual(server.lines.slice(2), ['TYPE A', 'PASV', 'LIST', 'TYPE A', 'PASV', 'LIST pub/']);
});

test('list keeps a folder that begins with a dash or a blank from being read as an option or cut', async (t) => {
  const server = await startFtpFixture(t);
  const { session, context } = await logOn(t, server);
  for (const path of ['-rf/', ' blank/', '/-rf/']) await session.list(path, context);
  const lines = server.lines.filter((line) => line.startsWith('LIST'));
  assert.deepEqual(lines, ['LIST ./-rf/', 'LIST ./ blank/', 'LIST /-rf/']);
});

test('command of REST is repeated immediately before the next transfer, and only there', async (t) => {
  const server = await startFtpFixture(t, { files: { a: Buffer.from('x') }, acts: { REST: '350 Restarting' } });
  const { session, context } = await logOn(t, server);
  await session.command('REST 5', context);
  for (const _ of [1, 2]) {
    const source = await session.openRead('a', 'I', context);
    await readAll(source);
    await source.finish();
  }
  await session.command('REST 7', context);
  await session.command('NOOP', context);
  await session.list('', context);
  const first = ['REST 5', 'TYPE I', 'PASV', 'REST 5', 'RETR a', 'TYPE I', 'PASV', 'RETR a'];
  assert.deepEqual(server.lines.slice(2), [...first, 'REST 7', 'NOOP', 'TYPE A', 'PASV', 'LIST']);
});

test('list answers nothing for garbage and for an empty folder', async (t) => {
  for (const listing of ['<html>no listing</html>\n'.repeat(1000), '']) {
    const { session, context } = await logOn(t, await startFtpFixture(t, { listing }));
    assert.deepEqual(await session.list('', context), []);
  }
});

test('list refuses an endless listing with ERROR_NOT_ENOUGH_MEMORY and the session goes on', async (t) => {
  const line = '-rw-r--r-- 1 o g 3 Jan 02  2020 a.txt\r\n';
  const server = await startFtpFixture(t, { listing: Buffer.from(line.repeat(300_000)) });
  const { session, context } = await logOn(t, server);
  await assert.rejects(session.list('', context), failsWith('ERROR_NOT_ENOUGH_MEMORY'));
  assert.equal(await session.command('NOOP', context), '200 Command okay');
});

test('list fails with ERROR_INTERNET_EXTENDED_ERROR when the server refuses it', async (t) => {
  const { session, context } = await logOn(t, await startFtpFixture(t, { acts: { LIST: '450 Not now' } }));
  await assert.rejects(session.list('', context), failsWith('ERROR_INTERNET_EXTENDED_ERROR', /LIST: "450 Not now"/));
  await session.command('NOOP', context);
});

test('FtpSession works over IPv6 in passive and active mode', async (t) => {
  const server = await startFtpFixture(t, { host: '::1', files: { 'a.txt': Buffer.from('six') } });
  for (const passive of [true, false]) {
    const { session, context } = await logOn(t, server, { passive });
    const source = await session.openRead('a.txt', 'I', context);
    assert.equal((await readAll(source)).toString(), 'six');
    await source.finish();
    const sink = await session.openWrite('b.txt', 'I', context);
    await sink.write(Buffer.from('up'));
    await sink.finish();
    assert.equal(server.files.get('b.txt')?.toString(), 'up');
    await session.close();
  }
  const verbs = server.lines.map((line) => line.split(' ')[0]);
  assert.deepEqual(
    verbs.filter((verb) => verb?.startsWith('E') || verb === 'PASV' || verb === 'PORT'),
    ['EPSV', 'EPSV', 'EPRT', 'EPRT'],
  );
});
