import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { diagramFiles } from '../diagrams/diagramFiles.ts';
import { handleReference } from '../diagrams/handleReference.ts';

const media = new URL('../../media/', import.meta.url);

test('media/ holds the diagrams and the handle reference as the table has them', () => {
  const wanted = new Map([...diagramFiles()].map(([name, text]) => [`diagrams/${name}`, text]));
  wanted.set('handles.md', handleReference());
  const stale = [...wanted].filter(([name, text]) => {
    const file = new URL(name, media);
    return !existsSync(file) || readFileSync(file, 'utf8') !== text;
  });
  // Stale files are mended on the spot, and the test fails so that somebody looks at the difference.
  if (process.env.CI === undefined) for (const [name, text] of stale) writeFileSync(new URL(name, media), text);
  assert.deepEqual(
    stale.map(([name]) => name),
    [],
    'these did not follow the hierarchy table; they do now, look at the change',
  );
  const files = readdirSync(new URL('diagrams/', media)).map((name) => `diagrams/${name}`);
  assert.deepEqual(
    files.filter((name) => !wanted.has(name)),
    [],
    'no file that nothing generates',
  );
});
