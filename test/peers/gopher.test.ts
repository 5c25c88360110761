import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { test } from 'node:test';
import { contentFiles } from './content.ts';
import { startGophernicus } from './gophernicus.ts';
import { withPeer } from './peer.ts';
import { startPygopherd } from './pygopherd.ts';

for (const [name, start] of Object.entries({ startGophernicus, startPygopherd })) {
  test(`${name} serves menus, text and binary files`, (t) =>
    withPeer(t, start, async ({ port }) => {
      await t.test(`${name} serves the root menu with one entry for each type`, async () => {
        const menu = (await ask(port, '')).toString();
        assert.match(menu, /\r\n(\.\r\n)?$/); // PyGopherd ends its menus without the dot
        const entries = menu.split('\r\n').map((line) => line.split('\t'));
        const types = ['0Hello', '9Every byte', 'hA page', '1Further down'];
        for (const label of types) {
          const entry = entries.find(([display]) => display === label);
          assert.deepEqual(entry?.slice(2, 4), ['127.0.0.1', String(port)], label);
        }
        assert.ok(entries.some(([display]) => display === 'iWelcome to a Gopher peer.'));
      });
      await t.test(`${name} serves a binary file byte for byte`, async () => {
        assert.deepEqual(await ask(port, '/bytes.bin'), contentFiles['bytes.bin']);
      });
      await t.test(`${name} serves the text of a file and of a file of dots`, async () => {
        assert.ok((await ask(port, '/hello.txt')).toString().includes('Second line, with ümläuts'));
        assert.ok((await ask(port, '/dots.txt')).toString().includes('dotted line'));
      });
      await t.test(`${name} serves menus below the root`, async () => {
        assert.match((await ask(port, '/nested')).toString(), /^1Deeper\t\/nested\/deep\t/m);
      });
      await t.test(`${name} answers an error, as an entry or as text, for an unknown selector`, async () => {
        assert.match((await ask(port, '/absent')).toString(), /^(3|Error: )/m);
      });
    }));
}

function ask(port: number, selector: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect({ host: '127.0.0.1', port }, () => socket.write(`${selector}\r\n`));
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.once('error', reject);
    socket.once('end', () => resolve(Buffer.concat(chunks)));
  });
}
