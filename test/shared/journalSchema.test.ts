import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseCheckpoint } from '../../extension/shared/checkpointSchema.ts';
import type { Entry } from '../../extension/shared/journal.ts';
import { parseEntry } from '../../extension/shared/journalSchema.ts';
import { applyEntry, checkpoint, emptyTree } from '../../extension/shared/model.ts';
import { anyJournal } from './journals.ts';
import { recordJournal } from './recordedJournal.ts';

const OPEN = {
  type: 'handle-open',
  serial: 1,
  value: 0xcc0004,
  kind: 'http-request',
  state: 'unsent',
  parent: null,
  fn: 'HttpOpenRequest',
  call: 1,
  target: 'GET http://localhost/',
  seq: 1,
  t: 1,
};

test('parseEntry takes every entry that the engine records over every protocol, unchanged', async (t) => {
  const { journal } = await recordJournal(t);
  const types = new Set<string>();
  for (const entry of journal.entries) {
    const json: unknown = JSON.parse(JSON.stringify(entry));
    assert.deepEqual(parseEntry(json), { ok: true, value: json });
    types.add(entry.type);
  }
  for (const type of ['call-begin', 'call-end', 'handle-open', 'handle-close', 'status', 'wire', 'bytes', 'connection'])
    assert.ok(types.has(type), `${type} was recorded`);
});

test('parseEntry and parseCheckpoint take any journal by the rules, and the tree folded from it', () => {
  fc.assert(
    fc.property(anyJournal(), (entries) => {
      const tree = emptyTree();
      for (const entry of entries) {
        assert.deepEqual(parseEntry(structuredClone(entry)), { ok: true, value: entry });
        applyEntry(tree, entry);
      }
      const whole = structuredClone(checkpoint(tree));
      // A running call is kept as its entry; its number there is not part of a checkpoint.
      const calls = whole.calls.map((call) =>
        Object.fromEntries(Object.entries(call).filter(([key]) => key !== 'seq')),
      );
      assert.deepEqual(parseCheckpoint(whole), { ok: true, value: { ...whole, calls } });
    }),
  );
});

test('parseEntry says in one sentence what is wrong', () => {
  const wrong: readonly (readonly [unknown, RegExp])[] = [
    [null, /entry/],
    [[], /entry/],
    [{ ...OPEN, type: 'handle-opened' }, /type/],
    [{ ...OPEN, state: 'reading' }, /does not have/],
    [{ ...OPEN, state: 'constructor' }, /state: an unknown state/],
    [{ ...OPEN, kind: 'toString' }, /kind: an unknown kind/],
    [{ ...OPEN, fn: 'HttpSmuggle' }, /fn: an unknown function/],
    [{ ...OPEN, serial: 0 }, /serial/],
    [{ ...OPEN, serial: 1.5 }, /serial/],
    [{ ...OPEN, value: 2 ** 32 }, /value/],
    [{ ...OPEN, t: -1 }, /t: /],
    [{ ...OPEN, t: Number.POSITIVE_INFINITY }, /t: /],
    [{ ...OPEN, seq: 1e300 }, /seq/],
    [{ ...OPEN, target: 'x'.repeat(262_145) }, /target: a text is too long/],
    [{ type: 'call-end', call: 1, result: null, error: 'hasOwnProperty', seq: 1, t: 1 }, /error: an unknown error/],
    [{ type: 'note', topic: 'rumour', serial: 1, call: 1, text: '', seq: 1, t: 1 }, /topic: an unknown topic/],
    [
      { type: 'call-begin', call: 1, fn: 'InternetOpen', handle: null, args: Array(65).fill(1), seq: 1, t: 1 },
      /args: too many/,
    ],
    [{ type: 'call-begin', call: 1, fn: 'InternetOpen', handle: null, args: [{ evil: 1 }], seq: 1, t: 1 }, /args\.0/],
  ];
  assert.equal(parseEntry(OPEN).ok, true);
  for (const [data, expected] of wrong) {
    const result = parseEntry(data);
    assert.ok(!result.ok, JSON.stringify(data).slice(0, 200));
    assert.match(result.problem, expected);
    assert.match(result.problem, /^This is no entry of a journal: .*\.$/);
    assert.ok(result.problem.length < 400);
  }
});

test('parseEntry leaves out what the journal does not know, prototypes among it', () => {
  const data: unknown = JSON.parse(`{"__proto__":{"polluted":1},"extra":1,${JSON.stringify(OPEN).slice(1)}`);
  const result = parseEntry(data);
  assert.ok(result.ok);
  assert.deepEqual(Object.keys(result.value).sort(), Object.keys(OPEN).sort());
  assert.equal(Object.getPrototypeOf(result.value), Object.prototype);
  const tally: unknown = JSON.parse('{"__proto__":{"count":1,"totalMicroseconds":1,"lastError":null}}');
  const node = {
    serial: 1,
    value: 1,
    generation: 1,
    kind: 'root',
    parent: null,
    fn: 'InternetOpen',
    call: 1,
    args: [],
    target: '',
    openedAt: 1,
    usedAt: 1,
    state: 'open',
    bytesIn: 0,
    bytesOut: 0,
    running: [],
    tallies: tally,
    lastError: null,
    notes: [],
    closed: null,
  };
  const tree = parseCheckpoint({ seq: 1, t: 1, nodes: [node], calls: [], graves: [], generations: [] });
  assert.deepEqual(tree.ok && tree.value.nodes[0]?.tallies, {});
  assert.equal('count' in {}, false);
});

test('parseEntry never throws, whatever it is given', () => {
  fc.assert(
    fc.property(fc.oneof(fc.anything(), fc.record({ type: fc.constantFrom('status', 'wire', 'bytes') })), (data) => {
      const result = parseEntry(data);
      assert.equal(typeof result.ok, 'boolean');
    }),
  );
});

test('parseEntry checks a hundred thousand entries', (t) => {
  const entries: Entry[] = fc.sample(anyJournal(400), { numRuns: 300, seed: 7 }).flat();
  const many = Array.from({ length: 100_000 }, (_, index) => entries[index % entries.length]);
  const before = performance.now();
  for (const entry of many) assert.deepEqual(parseEntry(entry).ok || entry, true);
  t.diagnostic(`${Math.round(performance.now() - before)} ms`);
});
