import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { test } from 'node:test';
import { driverFor, failsWith, get, ok, readAll, serve, until, witness } from './httpFixture.ts';

const MIB = 1024 * 1024;
const block = Buffer.alloc(MIB, 'b');

/** Writes an answer of so many MiB as fast as the client takes it; tells how much has been handed over. */
function pour(size: number, progress: { written: number }): (socket: Socket) => void {
  return (socket) => {
    socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${size * MIB}\r\n\r\n`);
    const more = () => {
      while (progress.written < size) {
        progress.written += 1;
        if (!socket.write(block)) return;
      }
    };
    socket.on('drain', more);
    more();
  };
}

test('ByteSource.read slows the server down to the pace of the reader', async (t) => {
  const progress = { written: 0 };
  const server = await serve(t, { '/': [pour(64, progress)] });
  const { body } = await driverFor(t).send(get(server.port, '/'), witness().context);
  let seen = -1;
  while (seen !== progress.written) {
    seen = progress.written;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.ok(progress.written < 32, `${progress.written} MiB were taken although nobody read`);
  assert.equal((await readAll(body)).length, 64 * MIB);
  assert.equal(server.sockets[0]?.destroyed, false);
});

test('ByteSource.read copies synchronously what waits, across pieces and into any buffer', async (t) => {
  const server = await serve(t, {
    '/': ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n3\r\ncde\r\n1\r\nf\r\n0\r\n\r\n'],
  });
  const { body } = await driverFor(t).send(get(server.port, '/'), witness().context);
  const text = (bytes: Uint8Array, count: number | Promise<number>) => {
    assert.equal(typeof count, 'number');
    return Buffer.from(bytes.subarray(0, Number(count))).toString();
  };
  assert.equal(body.available(), 6);
  const one = new Uint8Array(1);
  assert.equal(text(one, body.read(one)), 'a');
  const three = new Uint8Array(3);
  assert.equal(text(three, body.read(three)), 'bcd');
  assert.equal(body.read(new Uint8Array(0)), 0);
  assert.equal(body.available(), 2);
  const many = new Uint8Array(10);
  assert.equal(text(many, body.read(many)), 'ef');
  assert.equal(body.read(many), 0);
  assert.equal(body.available(), 0);
});

test('ByteSource.available waits for the first byte', async (t) => {
  const sockets: Socket[] = [];
  const server = await serve(t, {
    '/': ['HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n', (taken) => sockets.push(taken)],
  });
  const { body } = await driverFor(t).send(get(server.port, '/'), witness().context);
  const waiting = body.available();
  assert.ok(waiting instanceof Promise);
  sockets[0]?.write('abc');
  assert.equal(await waiting, 3);
  assert.equal(body.read(new Uint8Array(3)), 3);
});

test('ByteSource.cancel ends the connection in the middle of a long body', async (t) => {
  const progress = { written: 0 };
  const server = await serve(t, { '/': [pour(64, progress)] });
  const { context, told } = witness();
  const { body } = await driverFor(t).send(get(server.port, '/'), context);
  await body.read(new Uint8Array(10));
  await body.cancel();
  await body.cancel();
  assert.deepEqual(told().slice(-2), ['closing', 'closed']);
  await failsWith(
    Promise.resolve().then(() => body.read(new Uint8Array(10))),
    'ERROR_INTERNET_OPERATION_CANCELLED',
  );
  await until(() => server.sockets[0]?.destroyed === true);
});

test('ByteSource.cancel ends the connection of a body that only its end would end', async (t) => {
  for (const version of ['1.0', '1.1']) {
    const server = await serve(t, { '/': [`HTTP/${version} 200 OK\r\nConnection: close\r\n\r\npart`] });
    const { events, context } = witness();
    const answer = await driverFor(t).send(get(server.port, '/'), context);
    await answer.body.cancel();
    assert.deepEqual(events.slice(-2), [{ type: 'closing' }, { type: 'closed' }]);
  }
});

test('ByteSource.cancel rejects a read under way', async (t) => {
  const server = await serve(t, { '/': ['HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n'] });
  const { body } = await driverFor(t).send(get(server.port, '/'), witness().context);
  const waiting = failsWith(Promise.resolve(body.read(new Uint8Array(3))), 'ERROR_INTERNET_OPERATION_CANCELLED');
  await body.cancel();
  await waiting;
});

test('ByteSource.cancel keeps a connection whose short rest arrives soon', async (t) => {
  const server = await serve(t, {
    '/': [
      'HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nabc',
      (socket) => void setTimeout(() => socket.write('def'), 20),
    ],
    '/next': [ok('next')],
  });
  const driver = driverFor(t);
  const { context, abort, told } = witness();
  const { body } = await driver.send(get(server.port, '/'), context);
  await body.cancel();
  abort();
  await failsWith(
    Promise.resolve().then(() => body.read(new Uint8Array(3))),
    'ERROR_INTERNET_OPERATION_CANCELLED',
  );
  const next = await driver.send(get(server.port, '/next', { maxConnectionsPerServer: 1 }), witness().context);
  assert.equal((await readAll(next.body)).toString(), 'next');
  assert.equal(server.sockets.length, 1);
  assert.ok(!told().includes('closing'));
});

test('ByteSource.cancel gives up a short rest that never comes', async (t) => {
  const server = await serve(t, { '/': ['HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nabc'] });
  const { body } = await driverFor(t).send(get(server.port, '/'), witness().context);
  await body.cancel();
  await until(() => server.sockets[0]?.destroyed === true);
});

test('ByteSource.read keeps memory flat over a body of 1 GiB', { timeout: 120_000 }, async (t) => {
  const server = await serve(t, { '/': [pour(1024, { written: 0 })] });
  const { body } = await driverFor(t).send(get(server.port, '/'), witness().context);
  const buffer = new Uint8Array(65_536);
  const start = process.memoryUsage().rss;
  let highest = start;
  let total = 0;
  let next = 0;
  for (let count = await body.read(buffer); count > 0; count = await body.read(buffer)) {
    total += count;
    if (total > next) {
      next += 64 * MIB;
      highest = Math.max(highest, process.memoryUsage().rss);
    }
  }
  assert.equal(total, 1024 * MIB);
  t.diagnostic(`${((highest - start) / MIB).toFixed(1)} MiB more than before, server in the same process included`);
  assert.ok(highest - start < 64 * MIB);
});
