import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { nodeIsTooOld } from '../../extension/shared/nodeVersion.ts';
import { functionCommands } from './functionCommands.ts';

const path = new URL('../../package.json', import.meta.url);

interface Manifest {
  engines: { node: string };
  contributes: {
    commands: { command: string; title: string }[];
    menus: Record<string, { command: string; when?: string; group?: string }[]>;
  };
}

const isDerived = (entry: { readonly command: string }) => entry.command.startsWith('hinternet.fn.');

test('package.json has a command for each function that can be called on a handle, as the table says', () => {
  const text = readFileSync(path, 'utf8');
  const manifest = JSON.parse(text) as Manifest;
  const wanted = functionCommands();
  const { commands, menus } = manifest.contributes;
  const fresh = (existing: readonly { command: string }[], derived: readonly { command: string }[]) => [
    ...existing.filter((entry) => !isDerived(entry)),
    ...derived,
  ];
  const updated = {
    ...manifest,
    contributes: {
      ...manifest.contributes,
      commands: fresh(commands, wanted.commands),
      menus: {
        ...menus,
        commandPalette: fresh(menus.commandPalette ?? [], wanted.palette),
        'view/item/context': fresh(menus['view/item/context'] ?? [], wanted.context),
      },
    },
  };
  const expected = `${JSON.stringify(updated, null, 2)}\n`;
  // A stale manifest is mended on the spot, and the test fails so that somebody looks at the difference.
  if (text !== expected && process.env.CI === undefined) writeFileSync(path, expected);
  assert.equal(text, expected, 'package.json did not follow the hierarchy table; it does now, look at the change');
});

test('package.json names every command once', () => {
  const { commands } = (JSON.parse(readFileSync(path, 'utf8')) as Manifest).contributes;
  const ids = commands.map((entry) => entry.command);
  assert.deepEqual(ids, [...new Set(ids)]);
});

test('package.json asks for the Node that undici needs, which the bundles carry and are built for', () => {
  const read = (where: string) => readFileSync(new URL(where, path), 'utf8');
  const needed = (JSON.parse(read('node_modules/undici/package.json')) as Manifest).engines.node;
  assert.equal((JSON.parse(readFileSync(path, 'utf8')) as Manifest).engines.node, needed);
  const [, major = '', minor = ''] =
    /^>=(\d+)\.(\d+)\.0$/.exec(needed) ?? assert.fail(`${needed} is more than a number`);
  assert.ok(read('esbuild.mjs').includes(`target: 'node${major}.${minor}'`), 'the bundles are built for it');
  assert.equal(nodeIsTooOld(`${major}.${minor}.0`), null);
  assert.notEqual(nodeIsTooOld(`${major}.${Number(minor) - 1}.0`), null, 'the extension refuses an older one');
  assert.ok(read('README.md').includes(`${major}.${minor} or newer`), 'README.md says so');
});
