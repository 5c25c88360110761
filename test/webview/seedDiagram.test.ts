import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placeDiagram } from '../../webview/seedDiagram.ts';

test('placeDiagram draws ax-wnt01 as printed: the root on top, two boxes below it, five on the bracket of the right one', () => {
  const { boxes } = placeDiagram('ax-wnt01');
  const levels = [...new Set(boxes.map(({ at }) => at[1]))].map((y) =>
    boxes.filter(({ at }) => at[1] === y).map(({ fn }) => fn),
  );
  assert.deepEqual(levels, [
    ['InternetOpen'],
    ['InternetOpenUrl', 'InternetConnect'],
    ['FtpOpenFile'],
    ['FtpFindFirstFile'],
    ['HttpOpenRequest'],
    ['GopherOpenFile'],
    ['GopherFindFirstFile'],
  ]);
  assert.ok(boxes.every(({ shaded }) => shaded));
});

test('placeDiagram shades in ax-wnt06 only the functions that return a handle', () => {
  const { boxes } = placeDiagram('ax-wnt06');
  assert.equal(boxes.length, 10);
  assert.deepEqual(
    boxes.filter(({ shaded }) => shaded).map(({ fn }) => fn),
    ['InternetOpen', 'InternetConnect'],
  );
});
