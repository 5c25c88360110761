import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';

const source = new URL('../../extension/shared/constants.ts', import.meta.url);
const generated = new URL('../../extension/shared/constantMeanings.ts', import.meta.url);

test('constantMeanings.ts holds what constants.ts says of its constants', () => {
  const text = readFileSync(source, 'utf8');
  const rows = [...text.matchAll(/\/\*\* ([^\n]*?) \*\/\nexport const ([A-Z][A-Z0-9_]*)\b/g)].map(
    ([, meaning = '', name = '']) => `  ${name}: ${quoted(meaning)},\n`,
  );
  assert.ok(rows.length > 100);
  const expected =
    '// Generated from the comments of constants.ts by test/repo/constantMeanings.test.ts.\n\n' +
    '/** What a constant stands for, by its name; absent where the name says it all. */\n' +
    `export const CONSTANT_MEANINGS: Readonly<Record<string, string>> = {\n${rows.join('')}};\n`;
  const found = readFileSync(generated, 'utf8');
  // A stale file is mended on the spot, and the test fails so that somebody looks at the difference.
  if (found !== expected && process.env.CI === undefined) writeFileSync(generated, expected);
  assert.equal(found, expected, 'constantMeanings.ts did not follow constants.ts; it does now, look at the change');
});

/** As the formatter writes it. */
function quoted(meaning: string): string {
  return meaning.includes("'") && !meaning.includes('"') ? `"${meaning}"` : `'${meaning.replaceAll("'", "\\'")}'`;
}
