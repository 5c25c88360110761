import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import fc from 'fast-check';
import { dotOf } from '../../extension/shared/dotOf.ts';
import type { Entry } from '../../extension/shared/journal.ts';
import { mermaidOf } from '../../extension/shared/mermaidOf.ts';
import { applyEntry, emptyTree, type HandleTree, openCount } from '../../extension/shared/model.ts';
import { shownHandles, treeText } from '../../extension/shared/treeText.ts';
import { toolOrSkip } from './generate/generatedProgram.ts';
import { anyJournal } from './journals.ts';
import { recordJournal } from './recordedJournal.ts';

const HOSTILE = '"]; a["x\\"<b>&amp;`*#35;\\N\n1. ‮';

test('treeText prints a line for each open handle below its parent', () => {
  assert.equal(
    treeText(smallTree()),
    '0x00000004 InternetOpen: root, open, agent\n  0x00000008 InternetConnect: http-connect, open, http://localhost\n',
  );
});

test('treeText prints closed handles where they are asked for', () => {
  assert.match(treeText(smallTree(), { closed: true }), /^ {4}0x0000000C HttpOpenRequest: http-request, closed, /m);
});

test('treeText keeps hostile text in its line', () => {
  const lines = treeText(treeWith(HOSTILE)).split('\n');
  assert.equal(lines.length, 2);
  assert.match(lines[0] ?? '', /\\n1\. \\u\{202e\}$/);
});

test('treeText, mermaidOf and dotOf show every open handle once, however deep', () => {
  fc.assert(
    fc.property(anyJournal(), fc.boolean(), (entries, closed) => {
      const tree = fold(entries);
      const count = closed ? shownHandles(tree, { closed }).length : openCount(tree);
      assert.equal(treeText(tree, { closed }).split('\n').length - 1, count);
      assert.equal(mermaidOf(tree, { closed }).match(/^ {2}h\d+\["/gm)?.length ?? 0, count);
      assert.equal(dotOf(tree, { closed }).match(/^ {2}h\d+ \[label="/gm)?.length ?? 0, count);
    }),
  );
  const deep = Array.from(
    { length: 20_000 },
    (_, index): Entry => opened(index + 1, index === 0 ? null : index, 'root', ''),
  );
  assert.equal(shownHandles(fold(deep)).at(-1)?.depth, 19_999);
});

test('mermaidOf draws shaded boxes with value, kind and state, and lines between them', () => {
  assert.equal(
    mermaidOf(smallTree(), { closed: true }),
    `flowchart TB
  classDef handle fill:#ededed,stroke:#868686,color:#1f1f1f
  classDef closed fill:#ffffff,stroke:#868686,color:#6a6a6a,stroke-dasharray:4 3
  h1["InternetOpen<br/>0x00000004 root, open<br/>agent"]:::handle
  h2["InternetConnect<br/>0x00000008 http-connect, open<br/>http://localhost"]:::handle
  h3["HttpOpenRequest<br/>0x0000000C http-request, closed<br/>GET http://localhost/"]:::closed
  h1 --> h2
  h2 --> h3
`,
  );
});

test('mermaidOf writes everything that could end a label, or begin a tag, entity, list or Markdown, as an entity', () => {
  fc.assert(
    fc.property(fc.oneof(fc.constant(HOSTILE), fc.string({ unit: 'binary' })), (target) => {
      const box = /^ {2}h1\["(.*)"\]:::handle$/m.exec(mermaidOf(treeWith(target)))?.[1];
      assert.ok(box !== undefined);
      for (const line of box.split('<br/>')) assert.match(line, /^([\p{L}\p{M}\p{N} ,.:/()=%?-]|#\d+;)*$/u);
    }),
  );
});

test('dotOf escapes what would end a label, begin an escape or an entity', () => {
  const dot = dotOf(treeWith(HOSTILE));
  assert.match(dot, /\\n\\"\]; a\[\\"x\\\\\\"<b>&amp;amp;`\*#35;\\\\N\\\\n1\. /);
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (target) => {
      assert.match(dotOf(treeWith(target)), /^ {2}h1 \[label="(?:[^"\\\n]|\\["\\n])*"\];$/m);
    }),
  );
});

test('dotOf is drawn by Graphviz with the labels as they were', async (t) => {
  if (toolOrSkip(t, 'dot') === undefined) return;
  const { journal } = await recordJournal(t);
  const tree = emptyTree();
  for (const entry of journal.entries) applyEntry(tree, entry);
  const drawn = spawnSync('dot', ['-Tjson'], { input: dotOf(tree, { closed: true }), encoding: 'utf8' });
  assert.deepEqual([drawn.status, drawn.stderr], [0, '']);
  const picture: unknown = JSON.parse(drawn.stdout);
  assert.ok(typeof picture === 'object' && picture !== null && 'objects' in picture && Array.isArray(picture.objects));
  assert.equal(picture.objects.length, shownHandles(tree, { closed: true }).length);
  const svg = spawnSync('dot', ['-Tsvg'], { input: dotOf(treeWith('<&amp;"\\N>')), encoding: 'utf8' });
  assert.deepEqual([svg.status, svg.stderr], [0, '']);
  assert.ok(svg.stdout.includes('>&lt;&amp;amp;&quot;\\N&gt;</text>'), svg.stdout);
});

function smallTree(): HandleTree {
  return fold([
    opened(1, null, 'root', 'agent'),
    opened(2, 1, 'http-connect', 'http://localhost'),
    opened(3, 2, 'http-request', 'GET http://localhost/'),
    { type: 'handle-close', serial: 3, reason: 'call', cascadeRoot: 3, seq: 4, t: 40 },
  ]);
}

function treeWith(target: string): HandleTree {
  return fold([opened(1, null, 'root', target)]);
}

const MAKERS = {
  root: { fn: 'InternetOpen', state: 'open' },
  'http-connect': { fn: 'InternetConnect', state: 'open' },
  'http-request': { fn: 'HttpOpenRequest', state: 'unsent' },
} as const;

function opened(serial: number, parent: number | null, kind: keyof typeof MAKERS, target: string): Entry {
  const rest = { call: serial, seq: serial, t: serial * 10 };
  return { type: 'handle-open', serial, value: serial * 4, parent, kind, ...MAKERS[kind], target, ...rest };
}

function fold(entries: readonly Entry[]): HandleTree {
  const tree = emptyTree();
  for (const entry of entries) applyEntry(tree, entry);
  return tree;
}
