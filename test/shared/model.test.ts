import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Entry } from '../../extension/shared/journal.ts';
import {
  applyEntry,
  checkpoint,
  childrenOf,
  emptyTree,
  type HandleNode,
  type HandleTree,
  NOTE_LIMIT,
  openChildren,
  openCount,
  restore,
  TOMBSTONE_LIMIT,
} from '../../extension/shared/model.ts';
import { anyJournal, numbered } from './journals.ts';

test('applyEntry folds any prefix and then the rest to the same tree as all at once', () => {
  fc.assert(
    fc.property(anyJournal(), fc.nat(), (journal, at) => {
      const cut = journal.length === 0 ? 0 : at % (journal.length + 1);
      const through = restore(structuredClone(checkpoint(fold(journal.slice(0, cut)))));
      for (const entry of journal.slice(cut)) applyEntry(through, entry);
      assert.deepEqual(plain(through), plain(fold(journal)));
    }),
    { numRuns: 300 },
  );
});

test('applyEntry never changes a serial that is closed, not even by opening it again; it only notes diagnoses', () => {
  fc.assert(
    fc.property(anyJournal(), (journal) => {
      const tree = emptyTree();
      const graves = new Map<number, HandleNode>();
      for (const entry of [...journal, ...again(journal)]) {
        applyEntry(tree, entry);
        for (const [serial, grave] of graves) {
          const now = tree.nodes.get(serial) ?? grave;
          assert.deepEqual({ ...now, notes: [] }, { ...grave, notes: [] }, `serial ${serial}`);
          if (entry.type !== 'note') assert.equal(now, grave, `serial ${serial}`);
          graves.set(serial, now);
        }
        for (const node of tree.nodes.values()) if (node.closed !== null) graves.set(node.serial, node);
      }
    }),
    { numRuns: 300 },
  );
});

test('applyEntry keeps byValue to the open handles, one handle a value', () => {
  fc.assert(
    fc.property(anyJournal(), (journal) => {
      const tree = fold(journal);
      const open = [...tree.nodes.values()].filter((node) => node.closed === null);
      assert.equal(openCount(tree), open.length);
      assert.deepEqual(new Map(open.map((node) => [node.value, node.serial])), new Map(sorted(tree.byValue, open)));
    }),
    { numRuns: 300 },
  );
});

test('applyEntry replaces nodes and leaves the old ones as they were', () => {
  fc.assert(
    fc.property(anyJournal(), (journal) => {
      const tree = emptyTree();
      for (const entry of journal) {
        const before = [...tree.nodes.values()].map((node) => [node, structuredClone(node)] as const);
        applyEntry(tree, entry);
        for (const [node, copy] of before) assert.deepEqual(node, copy);
      }
    }),
    { numRuns: 50 },
  );
});

test('applyEntry tells which owner of its value a handle is, with the call that made it, also after a checkpoint', () => {
  const first = numbered([
    { type: 'call-begin', call: 1, fn: 'InternetOpen', handle: null, args: ['first/1.0'] },
    { ...opening(1, null), value: 4 },
    { type: 'handle-close', serial: 1, reason: 'call', cascadeRoot: 1 },
  ]);
  const tree = restore(structuredClone(checkpoint(fold(first))));
  applyEntry(tree, { ...opening(2, null), value: 4, call: 9, seq: 4, t: 40 });
  const [before, after] = [tree.nodes.get(1), tree.nodes.get(2)];
  assert.deepEqual([before?.generation, before?.call, before?.args], [1, 1, ['first/1.0']]);
  assert.deepEqual([after?.generation, after?.call, after?.args], [2, 9, []]);
});

test('applyEntry keeps the newest diagnoses of a handle, which may have been closed, with the handle that it would have hit', () => {
  const notes = Array.from(
    { length: NOTE_LIMIT + 2 },
    (_, index) => ({ type: 'note', topic: 'stale-use', serial: 1, call: index, text: `use ${index}`, hit: 2 }) as const,
  );
  const tree = fold(
    numbered([opening(1, null), { type: 'handle-close', serial: 1, reason: 'call', cascadeRoot: 1 }, ...notes]),
  );
  const kept = tree.nodes.get(1)?.notes ?? [];
  assert.equal(kept.length, NOTE_LIMIT);
  assert.deepEqual(kept.at(-1), {
    seq: NOTE_LIMIT + 4,
    topic: 'stale-use',
    call: NOTE_LIMIT + 1,
    text: `use ${NOTE_LIMIT + 1}`,
    hit: 2,
  });
});

test('applyEntry counts calls, their time and their last error on the handle that they used', () => {
  const tree = fold(
    numbered([
      opening(1, null),
      { type: 'call-begin', call: 7, fn: 'InternetConnect', handle: 1, args: [] },
      { type: 'call-end', call: 7, result: null, error: 'ERROR_INTERNET_CANNOT_CONNECT' },
      { type: 'call-begin', call: 8, fn: 'InternetConnect', handle: 1, args: [] },
      { type: 'bytes', serial: 1, direction: 'in', count: 5 },
      { type: 'call-end', call: 8, result: { handle: 2 } },
    ]),
  );
  const node = tree.nodes.get(1);
  assert.deepEqual(node?.tallies.InternetConnect, {
    count: 2,
    totalMicroseconds: 30,
    lastError: null,
    lastResult: { handle: 2 },
  });
  assert.equal(node?.lastError, 'ERROR_INTERNET_CANNOT_CONNECT');
  assert.deepEqual(node?.running, []);
  assert.equal(node?.bytesIn, 5);
});

test('childrenOf names roots and children in the order of their opening, openChildren only the open ones', () => {
  const tree = fold(
    numbered([
      opening(1, null),
      opening(2, 1),
      opening(3, 1),
      opening(4, null),
      { type: 'handle-close', serial: 2, reason: 'call', cascadeRoot: 2 },
    ]),
  );
  assert.deepEqual(serials(childrenOf(tree, null)), [1, 4]);
  assert.deepEqual(serials(childrenOf(tree, 1)), [2, 3]);
  assert.deepEqual(serials(openChildren(tree, 1)), [3]);
  assert.deepEqual(serials(childrenOf(tree, 99)), []);
});

test('applyEntry keeps no more tombstones than TOMBSTONE_LIMIT, the newest ones', () => {
  const many = TOMBSTONE_LIMIT + 25;
  const bodies = Array.from({ length: many }, (_, index) => [
    opening(index + 2, 1),
    { type: 'handle-close', serial: index + 2, reason: 'call', cascadeRoot: index + 2 } as const,
  ]);
  const tree = fold(numbered([opening(1, null), ...bodies.flat()]));
  assert.equal(tree.nodes.size, TOMBSTONE_LIMIT + 1);
  assert.equal(tree.graves.length, TOMBSTONE_LIMIT);
  assert.ok(!tree.nodes.has(26) && tree.nodes.has(27));
  assert.equal(childrenOf(tree, 1).length, TOMBSTONE_LIMIT);
});

function opening(serial: number, parent: number | null) {
  return {
    type: 'handle-open',
    serial,
    value: serial * 4,
    kind: 'root',
    state: 'open',
    parent,
    fn: 'InternetOpen',
    call: 1,
    target: '',
  } as const;
}

function fold(journal: readonly Entry[]): HandleTree {
  const tree = emptyTree();
  for (const entry of journal) applyEntry(tree, entry);
  return tree;
}

/** Everything that a view can see. */
function plain(tree: HandleTree) {
  return {
    checkpoint: checkpoint(tree),
    roots: [...tree.roots],
    byValue: new Map([...tree.byValue].sort()),
    children: [...tree.nodes.keys()].map((serial) => serials(childrenOf(tree, serial))),
  };
}

function serials(nodes: readonly HandleNode[]): number[] {
  return nodes.map((node) => node.serial);
}

/** The entries about handles once more, as a source that repeats itself would send them. */
function again(journal: readonly Entry[]): Entry[] {
  return journal
    .filter((entry) => entry.type !== 'call-begin' && entry.type !== 'call-end')
    .map((entry, index) => ({ ...entry, seq: journal.length + index + 1 }));
}

function sorted(byValue: ReadonlyMap<number, number>, open: readonly HandleNode[]): [number, number][] {
  return open.flatMap((node) => {
    const serial = byValue.get(node.value);
    return serial === undefined ? [] : [[node.value, serial]];
  });
}
