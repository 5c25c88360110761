import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createServer as createTcpServer, type Socket } from 'node:net';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as c from '../../extension/shared/constants.ts';
import { withPlayground } from '../playground/withPlayground.ts';
import { leavesNothingBehind, openRequest, pause, startEngine } from './engineFixture.ts';

const playground = withPlayground();
leavesNothingBehind();

const MEBIBYTE = 1024 ** 2;
const LIMIT = 64 * MEBIBYTE;
const probe = fileURLToPath(new URL('memoryProbe.ts', import.meta.url));

test('InternetReadFile reads 1 GiB over HTTP with less than 64 MiB more memory', async () => {
  const { moved, added } = await run('read', new URL('/bytes/1073741824', playground().http).href);
  assert.equal(moved, 1024 * MEBIBYTE);
  assert.ok(added < LIMIT, `${added} bytes`);
});

for (const [mode, action] of [
  ['passive', 'read'],
  ['active', 'read-active'],
] as const) {
  test(`InternetReadFile reads 1 GiB over FTP in ${mode} mode with less than 64 MiB more memory`, async () => {
    const { moved, added } = await run(action, `ftp://${playground().ftp.host}/large.bin`);
    assert.equal(moved, 1024 * MEBIBYTE);
    assert.ok(added < LIMIT, `${added} bytes`);
  });
}

test('InternetWriteFile sends 1 GiB over FTP with less than 64 MiB more memory', async (t) => {
  const sink = await startFtpSink();
  t.after(sink.close);
  const { moved, added } = await run('write', `ftp://127.0.0.1:${sink.port}/sink.bin`, String(1024 * MEBIBYTE));
  assert.equal(moved, 1024 * MEBIBYTE);
  assert.equal(sink.received(), moved);
  assert.ok(added < LIMIT, `${added} bytes`);
});

test('InternetReadFile slows the server down: what is not read is not sent', async (t) => {
  let sent = 0;
  const block = Buffer.alloc(MEBIBYTE);
  const server = createServer((_request, response) => {
    const more = (): void => {
      do sent += block.length;
      while (response.write(block));
    };
    response.on('drain', more);
    response.writeHead(200, { 'Content-Length': 4096 * MEBIBYTE });
    more();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.closeAllConnections());
  t.after(() => server.close());
  const address = server.address();
  assert.ok(address !== null && typeof address === 'object');
  const engine = await startEngine(t);
  const request = await openRequest(engine, new URL(`http://127.0.0.1:${address.port}`), '/');
  await engine.wininet.HttpSendRequest(request);
  const buffer = new Uint8Array(MEBIBYTE);
  for (let read = 1; read <= 3; read += 1) {
    assert.equal(await engine.wininet.InternetReadFile(request, buffer), MEBIBYTE);
    await settled(() => sent);
    // What is under way sits in the buffers of the two sockets.
    assert.ok(sent < (read + 24) * MEBIBYTE, `${sent} bytes sent, ${read} MiB read`);
  }
});

test('InternetReadFile slows an FTP server down: what is not read is not sent', async (t) => {
  const source = await startFtpSource();
  t.after(source.close);
  const { wininet, root } = await startEngine(t);
  const { INTERNET_SERVICE_FTP, INTERNET_FLAG_PASSIVE, GENERIC_READ } = c;
  const session = await wininet.InternetConnect(
    root,
    '127.0.0.1',
    source.port,
    null,
    null,
    INTERNET_SERVICE_FTP,
    INTERNET_FLAG_PASSIVE,
  );
  const file = await wininet.FtpOpenFile(session, 'endless.bin', GENERIC_READ);
  const buffer = new Uint8Array(MEBIBYTE);
  for (let read = 1; read <= 3; read += 1) {
    assert.equal(await wininet.InternetReadFile(file, buffer), MEBIBYTE);
    await settled(source.sent);
    // What is under way sits in the buffers of the two sockets.
    assert.ok(source.sent() < (read + 24) * MEBIBYTE, `${source.sent()} bytes sent, ${read} MiB read`);
  }
});

test('InternetWriteFile waits for a server that does not take the bytes', async (t) => {
  const sink = await startFtpSink({ paused: true });
  t.after(sink.close);
  const { wininet, root } = await startEngine(t);
  const session = await wininet.InternetConnect(
    root,
    '127.0.0.1',
    sink.port,
    null,
    null,
    c.INTERNET_SERVICE_FTP,
    c.INTERNET_FLAG_PASSIVE,
  );
  const file = await wininet.FtpOpenFile(session, 'sink.bin', c.GENERIC_WRITE);
  let written = 0;
  let waiting: Promise<unknown> | undefined;
  for (let time = 0; time < 64 && waiting === undefined; time += 1) {
    const write = wininet.InternetWriteFile(file, new Uint8Array(MEBIBYTE)).then((count) => (written += count));
    if (!(await Promise.race([write.then(() => true), pause(300).then(() => false)]))) waiting = write;
  }
  assert.ok(waiting !== undefined, `${written} bytes were taken by a server that reads nothing`);
  sink.resume();
  await waiting;
  await wininet.InternetCloseHandle(file);
  assert.equal(sink.received(), written);
});

async function run(...args: readonly string[]): Promise<{ moved: number; added: number }> {
  const { stdout } = await promisify(execFile)(process.execPath, [probe, ...args]);
  const answer: unknown = JSON.parse(stdout);
  assert.ok(typeof answer === 'object' && answer !== null && 'moved' in answer && 'added' in answer);
  return { moved: Number(answer.moved), added: Number(answer.added) };
}

/** Waits until a count stands still. */
async function settled(count: () => number): Promise<void> {
  for (let before = -1; before !== count(); ) {
    before = count();
    await pause(100);
  }
}

/** An FTP server that swallows one upload: it keeps nothing, and may leave its data connection unread. */
async function startFtpSink({ paused = false } = {}) {
  let received = 0;
  const server = await startBareFtp(paused, (socket, confirm) => {
    socket.on('data', (chunk) => {
      received += chunk.length;
    });
    socket.on('end', () => {
      socket.end();
      confirm();
    });
  });
  return { ...server, received: () => received };
}

/** An FTP server that sends as much as its client takes. */
async function startFtpSource() {
  let sent = 0;
  const block = Buffer.alloc(MEBIBYTE);
  const server = await startBareFtp(false, (socket) => {
    const more = (): void => {
      do sent += block.length;
      while (socket.write(block));
    };
    socket.on('drain', more);
    more();
  });
  return { ...server, sent: () => sent };
}

/** The control connection of an FTP server that says yes to everything; what its data connection does is the test's. */
async function startBareFtp(paused: boolean, serve: (socket: Socket, confirm: () => void) => void) {
  const sockets = new Set<Socket>();
  const controls = new Set<Socket>();
  const confirm = (): void => {
    for (const one of controls) one.write('226 Done\r\n');
  };
  const data = createTcpServer({ pauseOnConnect: paused }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    serve(socket, confirm);
  });
  const control = createTcpServer((socket) => {
    sockets.add(socket);
    controls.add(socket);
    socket.write('220 Bare\r\n');
    socket.on('error', () => undefined);
    socket.on('data', (lines) => {
      for (const line of lines.toString().trim().split('\r\n')) socket.write(answer(line, portOf(data)));
    });
  });
  await Promise.all([data, control].map((server) => once(server.listen(0, '127.0.0.1'), 'listening')));
  return {
    port: portOf(control),
    resume: () => {
      for (const socket of sockets) socket.resume();
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      data.close();
      control.close();
    },
  };
}

function answer(line: string, port: number): string {
  switch (line.split(' ')[0]?.toUpperCase()) {
    case 'USER':
      return '230 In\r\n';
    case 'EPSV':
      return `229 Entering Extended Passive Mode (|||${port}|)\r\n`;
    case 'PASV':
      return `227 Entering Passive Mode (127,0,0,1,${port >> 8},${port & 255})\r\n`;
    case 'STOR':
    case 'RETR':
      return '150 Go on\r\n';
    case 'QUIT':
      return '221 Bye\r\n';
    case 'FEAT':
      return '502 No\r\n';
    default:
      return '200 Fine\r\n';
  }
}

function portOf(server: ReturnType<typeof createTcpServer>): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
