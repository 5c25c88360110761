import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { test } from 'node:test';
import { driverFor, failsWith, get, ok, readAll, serve, until, witness } from './httpFixture.ts';

test('HttpPool.acquire opens no more connections than allowed and serves the others in order', async (t) => {
  const held: Socket[] = [];
  const server = await serve(t, { '*': [(socket) => void held.push(socket)] });
  const driver = driverFor(t);
  const order: string[] = [];
  const pending = ['/1', '/2', '/3', '/4', '/5'].map(async (path) => {
    const answer = await driver.send(get(server.port, path, { maxConnectionsPerServer: 2 }), witness().context);
    await readAll(answer.body);
    order.push(path);
  });
  for (let answered = 0; answered < 5; answered += 1) {
    await until(() => held.length > 0);
    held.shift()?.write(ok('x'));
  }
  await Promise.all(pending);
  assert.deepEqual(order, ['/1', '/2', '/3', '/4', '/5']);
  assert.equal(server.sockets.length, 2);
});

test('HttpPool.acquire lets a waiter go when its handle is closed', async (t) => {
  const held: Socket[] = [];
  const server = await serve(t, { '*': [(socket) => void held.push(socket)] });
  const driver = driverFor(t);
  const limited = { maxConnectionsPerServer: 1 };
  const first = driver.send(get(server.port, '/first', limited), witness().context);
  await until(() => held.length === 1);
  const second = witness();
  const waiting = failsWith(
    driver.send(get(server.port, '/second', limited), second.context),
    'ERROR_INTERNET_OPERATION_CANCELLED',
  );
  const third = driver.send(get(server.port, '/third', limited), witness().context);
  second.abort();
  await waiting;
  assert.deepEqual(second.events, [{ type: 'waiting', limit: 1 }]);
  held.shift()?.write(ok('1'));
  await readAll((await first).body);
  await until(() => held.length === 1);
  held.shift()?.write(ok('3'));
  await readAll((await third).body);
  assert.deepEqual(
    server.received.map((request) => request.head.split(' ')[1]),
    ['/first', '/third'],
  );
});

test('HttpPool.acquire hands a connection that broke on to nobody', async (t) => {
  const server = await serve(t, {
    '/cut': ['HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc', 'end'],
    '/fine': [ok('fine')],
  });
  const driver = driverFor(t);
  const limited = { maxConnectionsPerServer: 1 };
  const { body } = await driver.send(get(server.port, '/cut', limited), witness().context);
  const waiting = driver.send(get(server.port, '/fine', limited), witness().context);
  await failsWith(readAll(body), 'ERROR_INTERNET_CONNECTION_ABORTED');
  assert.equal((await readAll((await waiting).body)).toString(), 'fine');
  assert.equal(server.sockets.length, 2);
});

test('HttpPool.acquire opens a new connection when the server ended the idle one', async (t) => {
  const server = await serve(t, { '/': [ok('x')] });
  const driver = driverFor(t);
  await readAll((await driver.send(get(server.port, '/'), witness().context)).body);
  const idle = server.sockets[0];
  assert.ok(idle);
  idle.end();
  await until(() => idle.destroyed);
  const { context, told } = witness();
  await readAll((await driver.send(get(server.port, '/'), context)).body);
  assert.equal(told()[0], 'resolving 127.0.0.1');
});

test('HttpPool.acquire serves a higher priority first, and equal ones in order', async (t) => {
  const held: Socket[] = [];
  const server = await serve(t, { '*': [(socket) => void held.push(socket)] });
  const driver = driverFor(t);
  const send = async (path: string, priority: number) => {
    const exchange = get(server.port, path, { maxConnectionsPerServer: 1, priority });
    await readAll((await driver.send(exchange, witness().context)).body);
  };
  const first = send('/first', 0);
  await until(() => held.length === 1);
  const others = [send('/low', 1), send('/high', 1000), send('/higher', 2000), send('/high-too', 1000)];
  for (let answered = 0; answered < 5; answered += 1) {
    await until(() => held.length > 0);
    held.shift()?.write(ok('x'));
  }
  await Promise.all([first, ...others]);
  assert.deepEqual(
    server.received.map((request) => request.head.split(' ')[1]),
    ['/first', '/higher', '/high', '/high-too', '/low'],
  );
});

test('HttpPool.acquire gives a request that it has served before its own connection, and leaves free ones to others', async (t) => {
  const server = await serve(t, { '*': [ok('with its head')] });
  const driver = driverFor(t);
  const one = { open: true };
  const other = { open: true };
  const send = async (path: string, holder: { readonly open: boolean }) => {
    await readAll((await driver.send(get(server.port, path, { holder }), witness().context)).body);
  };
  await send('/one', one);
  await send('/other', other);
  one.open = false;
  await send('/again', other);
  await send('/third', { open: true });
  assert.deepEqual(
    server.received.map(({ connection }) => connection),
    [0, 1, 1, 0],
  );
});

test('HttpPool.close turns every waiter away, whose handles may be closed afterwards', async (t) => {
  const held: Socket[] = [];
  const server = await serve(t, { '*': [(socket) => void held.push(socket)] });
  const driver = driverFor(t);
  const limited = { maxConnectionsPerServer: 1 };
  const first = witness();
  const second = witness();
  const sending = driver.send(get(server.port, '/first', limited), first.context);
  await until(() => held.length === 1);
  const waiting = driver.send(get(server.port, '/second', limited), second.context);
  const ends = Promise.all([sending, waiting].map((each) => failsWith(each, 'ERROR_INTERNET_OPERATION_CANCELLED')));
  await driver.close();
  await ends;
  first.abort();
  second.abort();
  assert.equal(server.received.length, 1);
});
