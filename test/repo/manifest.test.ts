import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { functionCommands } from './functionCommands.ts';

const path = new URL('../../package.json', import.meta.url);

interface Manifest {
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
