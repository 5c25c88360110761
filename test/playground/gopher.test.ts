import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { startGopherServer } from '../../extension/playground/gopherServer.ts';
import { withPlayground } from './withPlayground.ts';

const playground = withPlayground();

test('startGopherServer answers every address that the playground lists', async () => {
  const { addresses } = playground();
  const listed = addresses.filter(({ protocol, group }) => protocol === 'gopher' && group === 'Menus');
  assert.ok(listed.length > 3);
  for (const { url } of listed) {
    const selector = decodeURIComponent(new URL(url).pathname).slice(2);
    assert.match((await ask(`${selector}\r\n`)).toString(), /(^|\r\n)\.\r\n$/, url);
  }
});

test('startGopherServer ends menus and texts with a dot and doubles the dots of a text', async () => {
  const { hostname, port } = playground().gopher;
  assert.ok((await ask('\r\n')).toString().includes(`0Short text\t/readme.txt\t${hostname}\t${port}\t+\r\n`));
  const dots = (await ask('/dots.txt\r\n')).toString();
  assert.equal(dots, 'A line\r\n..\r\n..begins with a dot\r\n...\r\nThe last line\r\n.\r\n');
  assert.equal((await ask('/empty.txt\n')).toString(), '.\r\n');
});

test('startGopherServer sends a binary file as it is', async () => {
  const bytes = await ask('/binary.bin\r\n');
  assert.deepEqual(bytes, Buffer.from(Array.from({ length: 256 }, (_, value) => value)));
});

test('startGopherServer finds titles that have all the words', async () => {
  const hits = (await ask('/search\tempty FILE\r\n')).toString();
  assert.match(hits, /^0Empty file\t\/empty\.txt\t.*\r\n\.\r\n$/);
  assert.equal((await ask('/search\t\r\n')).toString(), '.\r\n');
});

test('startGopherServer speaks Gopher+', async () => {
  assert.match((await ask('/binary.bin\t+\r\n')).toString('latin1'), /^\+256\r\n/);
  assert.match(
    (await ask('/pub/notes.txt\t!\r\n')).toString(),
    /^\+-1\r\n\+INFO: 0Notes\t.*\+ADMIN:.*<20240229120000>.*\+ABSTRACT/s,
  );
  assert.match((await ask('/pub\t$\r\n')).toString(), /^\+-1\r\n\+INFO: i.*\+INFO: 0Notes.*<23>/s);
  assert.match((await ask('/absent\t!\r\n')).toString(), /^--1\r\n1 .*\r\nNothing lives at \/absent\r\n\.\r\n$/);
});

test('startGopherServer refuses what is not there and requests without an end', async () => {
  assert.match((await ask('/absent\r\n')).toString(), /^3Nothing lives at \/absent\t/);
  assert.match((await ask('x'.repeat(5000))).toString(), /^3The request is too long\t/);
});

test('startGopherServer closes a connection that says nothing', async () => {
  const server = await startGopherServer('127.0.0.1', { idleLimit: 50 });
  const socket = connect({ host: '127.0.0.1', port: Number(server.url.port) }).resume();
  await new Promise((resolve) => socket.once('close', resolve));
  // The server hears of it a moment later.
  while (server.connections() > 0) await pause(5);
  await server.close();
});

function ask(request: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const { hostname: host, port } = playground().gopher;
    const socket = connect({ host, port: Number(port) }, () => socket.write(request));
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.once('error', reject);
    socket.once('close', () => resolve(Buffer.concat(chunks)));
  });
}
