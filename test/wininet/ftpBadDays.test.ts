import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import * as c from '../../extension/shared/constants.ts';
import { emptyFindData, type HINTERNET } from '../../extension/wininet/index.ts';
import {
  type FtpAct,
  type FtpFixture,
  type FtpFixtureOptions,
  listenForData,
  startFtpFixture,
} from '../drivers/ftpFixture.ts';
import {
  connectFtp,
  type Engine,
  failsInTime,
  failsWith,
  leavesNothingBehind,
  readAll,
  startEngine,
  until,
} from './engineFixture.ts';
import { portThatAcceptsNobody } from './portThatAcceptsNobody.ts';

leavesNothingBehind();

const BRIEF = 300;
const UNIX_LINE = '-rw-r--r-- 1 o g 3 Jan 02  2020 ';

test('FtpCreateDirectory and every call after it fail with ERROR_FTP_DROPPED when the server says 421', async (t) => {
  const { engine, session, server } = await logOn(t, {
    acts: {
      MKD: (_, client) => {
        client.reply('421 Idle for too long');
        client.control.end();
      },
    },
  });
  const error = await failsWith(engine.wininet.FtpCreateDirectory(session, 'x'), 'ERROR_FTP_DROPPED');
  assert.match(error.message, /421 Idle for too long.*connect again/);
  assert.equal(await engine.wininet.InternetGetLastResponseInfo(), '421 Idle for too long');
  await failsWith(engine.wininet.FtpOpenFile(session, 'a', c.GENERIC_READ), 'ERROR_FTP_DROPPED');
  await failsWith(engine.wininet.FtpFindFirstFile(session, null), 'ERROR_FTP_DROPPED');
  await engine.wininet.InternetCloseHandle(session);
  await until(() => server.openControls() === 0);
});

test('FtpGetCurrentDirectory and every call after it fail with ERROR_FTP_DROPPED when the server has said 421 between two calls', async (t) => {
  const { engine, session } = await logOn(t, {
    acts: {
      NOOP: (_, client) => {
        client.reply('200 ok');
        setTimeout(() => client.control.end('421 Idle for too long\r\n'), 20);
      },
    },
  });
  const { wininet, journal } = engine;
  await wininet.FtpCommand(session, false, 0, 'NOOP');
  await until(() => journal.entries.some((entry) => entry.type === 'status' && entry.code === CLOSED));
  for (const call of [
    () => wininet.FtpGetCurrentDirectory(session),
    () => wininet.FtpOpenFile(session, 'a', c.GENERIC_READ),
  ]) {
    const error = await failsWith(call(), 'ERROR_FTP_DROPPED');
    assert.match(error.message, /421 Idle for too long.*connect again/);
    assert.equal(await wininet.InternetGetLastResponseInfo(), '421 Idle for too long');
  }
});

test('FtpGetFile fails with ERROR_FTP_DROPPED and leaves nothing when 421 comes in place of the last word', async (t) => {
  const folder = await scratch(t);
  const { engine, session } = await logOn(t, {
    acts: {
      RETR: async (_, client) => {
        client.reply('150 Here it comes');
        (await client.data()).end('half');
        client.reply('421 Shutting down');
        client.control.end();
      },
    },
  });
  await failsWith(engine.wininet.FtpGetFile(session, 'a', join(folder, 'a')), 'ERROR_FTP_DROPPED');
  assert.deepEqual(await readdir(folder), []);
});

test('FtpOpenFile fails with ERROR_INTERNET_TIMEOUT when the passive port takes nobody, and the session goes on', {
  skip: process.platform === 'linux' ? false : 'other systems refuse where the queue is full',
}, async (t) => {
  const port = await portThatAcceptsNobody(t);
  const { engine, session } = await logOn(t, {
    acts: { PASV: `227 Entering Passive Mode (127,0,0,1,${port >> 8},${port & 255})` },
  });
  await engine.wininet.InternetSetOption(session, c.INTERNET_OPTION_CONNECT_TIMEOUT, BRIEF);
  const opening = engine.wininet.FtpOpenFile(session, 'a', c.GENERIC_READ);
  const error = await failsInTime(opening, 'ERROR_INTERNET_TIMEOUT', BRIEF);
  assert.match(error.message, new RegExp(`did not open its data port ${port}`));
  assert.equal(await engine.wininet.FtpGetCurrentDirectory(session), '/pub');
});

test('FtpOpenFile fails with ERROR_INTERNET_TIMEOUT when the server never connects back, and the session is over', async (t) => {
  const { engine, session, server } = await logOn(t, { acts: { RETR: '150 Coming', STOR: '150 Send' } }, 0);
  await engine.wininet.InternetSetOption(session, c.INTERNET_OPTION_CONNECT_TIMEOUT, BRIEF);
  await failsInTime(engine.wininet.FtpOpenFile(session, 'a', c.GENERIC_WRITE), 'ERROR_INTERNET_TIMEOUT', BRIEF);
  await failsWith(engine.wininet.FtpGetCurrentDirectory(session), 'ERROR_FTP_DROPPED');
  await until(() => server.openControls() === 0);
});

test('FtpOpenFile never connects to another host than the server, wherever 227 points', async (t) => {
  let visitors = 0;
  const stranger = createServer(() => {
    visitors += 1;
  });
  t.after(() => stranger.close());
  const { engine, session } = await logOn(t, {
    files: { a: Buffer.from('safe') },
    acts: {
      PASV: async (_, client) => {
        const port = await listenForData(client);
        if (!stranger.listening) await once(stranger.listen(port, '127.0.0.2'), 'listening');
        client.reply(`227 Entering Passive Mode (127,0,0,2,${port >> 8},${port & 255})`);
      },
    },
  });
  const file = await engine.wininet.FtpOpenFile(session, 'a', c.GENERIC_READ);
  assert.equal((await readAll(engine, file)).toString(), 'safe');
  await engine.wininet.InternetCloseHandle(file);
  assert.equal(visitors, 0);
});

test('FtpFindFirstFile and InternetFindNextFile list a folder of 200,000 entries', async (t) => {
  const count = 200_000;
  const listing = Buffer.from(Array.from({ length: count }, (_, index) => `${UNIX_LINE}f${index}\r\n`).join(''));
  const { engine, session } = await logOn(t, { listing });
  const data = emptyFindData();
  const find = await engine.wininet.FtpFindFirstFile(session, '*', data);
  assert.equal(data.cFileName, 'f0');
  for (let index = 1; index < count; index += 1) await engine.wininet.InternetFindNextFile(find, data);
  assert.equal(data.cFileName, `f${count - 1}`);
  await failsWith(engine.wininet.InternetFindNextFile(find, data), 'ERROR_NO_MORE_FILES');
  await engine.wininet.InternetCloseHandle(find);
  assert.equal(await engine.wininet.FtpGetCurrentDirectory(session), '/pub');
});

test('FtpFindFirstFile finds nothing in garbage, with ERROR_NO_MORE_FILES, and the session stays idle', async (t) => {
  const garbage = Buffer.from(Array.from({ length: 100_000 }, (_, index) => (index * 7919) & 0xff));
  for (const listing of [garbage, '<html>\r\nNot found\r\n', '\0\0\0\n'.repeat(1000)]) {
    const { engine, session } = await logOn(t, { listing });
    await failsWith(engine.wininet.FtpFindFirstFile(session, null), 'ERROR_NO_MORE_FILES');
    assert.equal(engine.journal.tree.nodes.get(session.serial)?.state, 'idle');
    assert.equal(await engine.wininet.FtpGetCurrentDirectory(session), '/pub');
  }
});

for (const [words, symbol, how] of [
  ['552 Disk full', 'ERROR_INTERNET_EXTENDED_ERROR', 'with a reset'],
  ['426 Connection closed', 'ERROR_INTERNET_CONNECTION_ABORTED', 'with a reset'],
  ['552 Quota exceeded', 'ERROR_INTERNET_EXTENDED_ERROR', 'with the data connection left open'],
] as const) {
  test(`FtpPutFile and InternetWriteFile fail with ${symbol} at ${words} in the middle, ${how}, and the session goes on`, async (t) => {
    const act = how === 'with a reset' ? refusingAfter(100_000, words) : stoppingAfter(100_000, words);
    const { engine, session } = await logOn(t, { acts: { STOR: act } });
    const { wininet } = engine;
    const local = join(await scratch(t), 'large.bin');
    await writeFile(local, Buffer.alloc(8_000_000));
    await failsWith(wininet.FtpPutFile(session, local, 'a'), symbol);
    assert.equal(await wininet.FtpGetCurrentDirectory(session), '/pub');
    const file = await wininet.FtpOpenFile(session, 'a', c.GENERIC_WRITE);
    const writing = async () => {
      for (;;) await wininet.InternetWriteFile(file, new Uint8Array(100_000));
    };
    const error = await failsWith(writing(), symbol);
    assert.match(error.message, new RegExp(`(?:refused|did not confirm) the transfer: "${words}"`));
    assert.equal(await wininet.InternetGetLastResponseInfo(), words);
    await failsWith(wininet.InternetCloseHandle(file), symbol);
    assert.equal(await wininet.FtpGetCurrentDirectory(session), '/pub');
  });
}

test('InternetCloseHandle fails with what the server says to the end of an upload', async (t) => {
  for (const [words, symbol] of [
    ['552 Disk full', 'ERROR_INTERNET_EXTENDED_ERROR'],
    ['426 Connection closed', 'ERROR_INTERNET_CONNECTION_ABORTED'],
    ['421 Leaving', 'ERROR_FTP_DROPPED'],
  ] as const) {
    const { engine, session } = await logOn(t, { acts: { STOR: refusingAfter(Number.POSITIVE_INFINITY, words) } });
    const file = await engine.wininet.FtpOpenFile(session, 'a', c.GENERIC_WRITE);
    await engine.wininet.InternetWriteFile(file, Buffer.from('x'));
    await failsWith(engine.wininet.InternetCloseHandle(file), symbol);
    assert.equal(await engine.wininet.InternetGetLastResponseInfo(), words);
  }
});

test('FtpGetFile fails with ERROR_DISK_FULL when a device takes no more, and the session goes on', {
  skip: process.platform === 'linux' ? false : 'only Linux has /dev/full',
}, async (t) => {
  const { engine, session } = await logOn(t, { files: { a: Buffer.alloc(3_000_000) } });
  await failsWith(engine.wininet.FtpGetFile(session, 'a', '/dev/full'), 'ERROR_DISK_FULL');
  await engine.wininet.FtpGetFile(session, 'a', '/dev/null');
  assert.equal(await engine.wininet.FtpGetCurrentDirectory(session), '/pub');
});

test('FtpGetFile fails with ERROR_DISK_FULL and leaves an older file as it was', async (t) => {
  const folder = await scratch(t);
  const local = join(folder, 'kept.bin');
  await writeFile(local, 'as before');
  const { engine, session } = await logOn(t, { files: { a: Buffer.alloc(3_000_000) } });
  await fillDisk(t, local);
  await failsWith(engine.wininet.FtpGetFile(session, 'a', local), 'ERROR_DISK_FULL');
  t.mock.restoreAll();
  assert.equal(await readFile(local, 'utf8'), 'as before');
  assert.deepEqual(await readdir(folder), ['kept.bin']);
  assert.equal(await engine.wininet.FtpGetCurrentDirectory(session), '/pub');
});

test('FtpGetCurrentDirectory fails with ERROR_FTP_DROPPED on a connection that the server has half closed', async (t) => {
  let control: Socket | undefined;
  const { engine, session } = await logOn(t, {
    acts: {
      NOOP: (_, client) => {
        control = client.control;
        client.reply('200 ok');
      },
    },
  });
  await engine.wininet.FtpCommand(session, false, 0, 'NOOP');
  control?.end();
  await until(() => engine.journal.entries.some((entry) => entry.type === 'status' && entry.code === CLOSED));
  await failsWith(engine.wininet.FtpGetCurrentDirectory(session), 'ERROR_FTP_DROPPED');
});

test('FtpGetCurrentDirectory fails with ERROR_INTERNET_TIMEOUT on a connection that is dead without a word', async (t) => {
  const { engine, session, server } = await logOn(t, { acts: { PWD: null } });
  await engine.wininet.InternetSetOption(session, c.INTERNET_OPTION_RECEIVE_TIMEOUT, BRIEF);
  await failsInTime(engine.wininet.FtpGetCurrentDirectory(session), 'ERROR_INTERNET_TIMEOUT', BRIEF);
  await failsWith(engine.wininet.FtpGetCurrentDirectory(session), 'ERROR_FTP_DROPPED');
  await until(() => server.openControls() === 0);
});

test('InternetReadFile fails with ERROR_INTERNET_TIMEOUT when the data stop, and closing lets the session go on', async (t) => {
  const { engine, session } = await logOn(t, {
    acts: {
      RETR: async (_, client) => {
        client.reply('150 Here it comes');
        const data = await client.data();
        data.write('some');
        await once(data, 'close');
        client.reply('426 Gone');
      },
    },
  });
  await engine.wininet.InternetSetOption(session, c.INTERNET_OPTION_DATA_RECEIVE_TIMEOUT, BRIEF);
  const file = await engine.wininet.FtpOpenFile(session, 'a', c.GENERIC_READ);
  const buffer = new Uint8Array(100);
  assert.equal(await engine.wininet.InternetReadFile(file, buffer), 4);
  await failsInTime(engine.wininet.InternetReadFile(file, buffer), 'ERROR_INTERNET_TIMEOUT', BRIEF);
  await engine.wininet.InternetCloseHandle(file);
  assert.equal(await engine.wininet.FtpGetCurrentDirectory(session), '/pub');
});

test('InternetWriteFile fails with ERROR_INTERNET_TIMEOUT when the server takes no more, and the session goes on', async (t) => {
  let interrupted: (() => void) | undefined;
  const { engine, session } = await logOn(t, {
    acts: {
      STOR: async (_, client) => {
        client.reply('150 Send it');
        (await client.data()).pause();
        interrupted = () => client.reply('426 Gone');
      },
    },
  });
  await engine.wininet.InternetSetOption(session, c.INTERNET_OPTION_DATA_SEND_TIMEOUT, BRIEF);
  const file = await engine.wininet.FtpOpenFile(session, 'a', c.GENERIC_WRITE);
  const block = new Uint8Array(1 << 20);
  const filling = async () => {
    for (;;) await engine.wininet.InternetWriteFile(file, block);
  };
  await failsInTime(filling(), 'ERROR_INTERNET_TIMEOUT', BRIEF);
  interrupted?.();
  await engine.wininet.InternetCloseHandle(file).catch(() => undefined);
  assert.equal(await engine.wininet.FtpGetCurrentDirectory(session), '/pub');
});

test('InternetConnect fails with ERROR_INTERNET_TIMEOUT when the greeting never comes, and leaves no handle', async (t) => {
  const engine = await startEngine(t);
  const server = await startFtpFixture(t, { greeting: null });
  await engine.wininet.InternetSetOption(engine.root, c.INTERNET_OPTION_RECEIVE_TIMEOUT, BRIEF);
  await failsInTime(connectFtp(engine, address(server)), 'ERROR_INTERNET_TIMEOUT', BRIEF);
  assert.equal(engine.journal.tree.byValue.size, 1);
  await until(() => server.openControls() === 0);
});

test('FtpGetCurrentDirectory fails with ERROR_FTP_DROPPED when a line, or a reply, has no end', async (t) => {
  for (const endless of ['x'.repeat(10_000), '257-and so on\r\n'.repeat(1_000)]) {
    const { engine, session, server } = await logOn(t, {
      acts: {
        PWD: async (_, { control }) => {
          control.write('257-');
          while (!control.destroyed && control.write(endless)) await new Promise((resolve) => setImmediate(resolve));
        },
      },
    });
    await failsWith(engine.wininet.FtpGetCurrentDirectory(session), 'ERROR_FTP_DROPPED');
    await failsWith(engine.wininet.FtpGetCurrentDirectory(session), 'ERROR_FTP_DROPPED');
    await until(() => server.openControls() === 0);
  }
});

const CLOSED = c.INTERNET_STATUS_CONNECTION_CLOSED;

async function logOn(
  t: TestContext,
  options: FtpFixtureOptions,
  flags: number = c.INTERNET_FLAG_PASSIVE,
): Promise<{ engine: Engine; session: HINTERNET<'ftp-connect'>; server: FtpFixture }> {
  const server = await startFtpFixture(t, options);
  const engine = await startEngine(t);
  return { engine, server, session: await connectFtp(engine, address(server), { flags }) };
}

function address({ host, port }: FtpFixture): URL {
  return new URL(`ftp://${host}:${port}`);
}

async function scratch(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'hinternet-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Takes so many bytes of an upload, or all of them, and says no. */
function refusingAfter(limit: number, words: string): FtpAct {
  return async (_, client) => {
    client.reply('150 Send');
    const data = await client.data();
    let taken = 0;
    data.on('data', (bytes: Buffer) => {
      taken += bytes.length;
      if (taken >= limit) data.resetAndDestroy();
    });
    await once(data, 'close');
    client.reply(words);
  };
}

/** Takes so many bytes of an upload, says no, and neither reads on nor ends the connection. */
function stoppingAfter(limit: number, words: string): FtpAct {
  return async (_, client) => {
    client.reply('150 Send');
    const data = await client.data();
    let taken = 0;
    data.on('data', (bytes: Buffer) => {
      taken += bytes.length;
      if (taken < limit || data.isPaused()) return;
      data.pause();
      client.reply(words);
    });
  };
}

/** A disk that is full after the first bytes: the file system itself cannot be made so without rights. */
async function fillDisk(t: TestContext, path: string): Promise<void> {
  const file = await open(path);
  const prototype: unknown = Object.getPrototypeOf(file);
  await file.close();
  assert.ok(typeof prototype === 'object' && prototype !== null && 'writeFile' in prototype);
  let writes = 0;
  const { writeFile: original } = prototype as typeof file;
  t.mock.method(prototype as typeof file, 'writeFile', function (this: typeof file, bytes: Uint8Array) {
    writes += 1;
    if (writes === 1) return original.call(this, bytes);
    return Promise.reject(Object.assign(new Error('no space left on device'), { code: 'ENOSPC' }));
  });
}
