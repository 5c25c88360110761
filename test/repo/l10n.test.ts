import assert from 'node:assert/strict';
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { getL10nJson } from '@vscode/l10n-dev';
import { FILTER_KEYS } from '../../extension/shared/filterKeys.ts';
import { filterSentences } from '../../extension/shared/filterSentences.ts';
import { BUILT_IN_FILTERS } from '../../extension/shared/savedFilters.ts';
import { LIST_KEYS, TIMELINE_KEYS, TRAVEL_KEYS, TREE_KEYS } from '../../webview/keyboard.ts';

const root = path.resolve(import.meta.dirname, '../..');
const bundle = path.join(root, 'l10n/bundle.l10n.json');
const SOURCES = ['extension/editor/**/*.ts', 'webview/**/*.ts'];
/** Shared with pages or the editor, which lend them their own translator. */
const LENT = ['extension/shared/stepSentence.ts', 'extension/shared/compare/*.ts'];

test('l10n/bundle.l10n.json holds every sentence that editor and graph can show in another language', async () => {
  const own = SOURCES.flatMap((pattern) => globSync(pattern, { cwd: root })).map((file) =>
    source(file, (text) => text),
  );
  const lent = LENT.flatMap((pattern) => globSync(pattern, { cwd: root })).map((file) =>
    source(file, (text) => `import * as l10n from '@vscode/l10n';\n${text.replaceAll(/(?<![\w.])t\(/g, 'l10n.t(')}`),
  );
  const found = await getL10nJson([...own, ...lent]);
  for (const { text } of [...TREE_KEYS, ...LIST_KEYS, ...TRAVEL_KEYS, ...TIMELINE_KEYS]) found[text] = text;
  const filters = [...filterSentences, ...Object.values(FILTER_KEYS).map(({ help }) => help)];
  for (const text of [...filters, ...BUILT_IN_FILTERS.map(({ name }) => name)]) found[text] = text;
  const keys = Object.keys(found).sort((one, other) => (one < other ? -1 : 1));
  assert.ok(keys.length > 400);
  const expected = `${JSON.stringify(Object.fromEntries(keys.map((key) => [key, found[key]])), null, 2)}\n`;
  const present = existsSync(bundle) ? readFileSync(bundle, 'utf8') : '';
  // A stale bundle is mended on the spot, and the test fails so that somebody looks at the difference.
  if (present !== expected && process.env.CI === undefined) {
    mkdirSync(path.dirname(bundle), { recursive: true });
    writeFileSync(bundle, expected);
  }
  assert.equal(present, expected, 'the bundle did not follow the sources; it does now, look at the change');
});

test('package.nls.json has a sentence for every key of package.json, and no other', () => {
  const manifest = readFileSync(path.join(root, 'package.json'), 'utf8');
  const used = new Set([...manifest.matchAll(/"%([\w.-]+)%"/g)].map(([, key]) => key));
  const known: unknown = JSON.parse(readFileSync(path.join(root, 'package.nls.json'), 'utf8'));
  assert.ok(typeof known === 'object' && known !== null);
  assert.deepEqual([...used].sort(), Object.keys(known).sort());
});

function source(
  file: string,
  change: (text: string) => string,
): { readonly extension: '.ts'; readonly contents: string } {
  return { extension: '.ts', contents: change(readFileSync(path.join(root, file), 'utf8')) };
}
