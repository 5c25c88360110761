import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { ERRORS } from '../../extension/shared/errorCodes.ts';
import { functionNames, functionRow } from '../../extension/shared/hierarchy.ts';

const path = new URL('../../extension/library.ts', import.meta.url);
const GENERATED = /(?<=\n\/\/ Generated from [^\n]*\n)[\s\S]*/;

test('library.ts exports every function and every error of the tables by its name', () => {
  const text = readFileSync(path, 'utf8');
  assert.match(text, GENERATED, 'library.ts has lost the place of its exports');
  const exported = functionNames.map(
    (fn) => `/** ${functionRow(fn).summary} */\nexport const ${fn} = wininet.${fn};\n`,
  );
  const errors = Object.entries(ERRORS).map(
    ([symbol, { code, meaning }]) => `/** ${meaning} */\nexport const ${symbol} = ${code};\n`,
  );
  const expected = text.replace(GENERATED, [...exported, ...errors].join(''));
  // A stale list is mended on the spot, and the test fails so that somebody looks at the difference.
  if (text !== expected && process.env.CI === undefined) writeFileSync(path, expected);
  assert.equal(text, expected, 'library.ts did not follow the tables; it does now, look at the change');
});
