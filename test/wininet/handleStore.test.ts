import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { HINTERNET } from '../../extension/wininet/handle.ts';
import { type HandleRecord, HandleStore } from '../../extension/wininet/handleStore.ts';
import { LowestFirst } from '../../extension/wininet/lowestFirst.ts';
import { DEFAULT_OPTIONS } from '../../extension/wininet/options.ts';

/** What the store must agree with: which slots are taken and by whom. */
interface Model {
  readonly live: Map<number, HandleRecord>;
  readonly closed: HandleRecord[];
  lastSerial: number;
}

class Open implements fc.Command<Model, HandleStore> {
  check = () => true;
  run(model: Model, store: HandleStore): void {
    const parent = [...model.live.values()].at(-1) ?? null;
    const record = add(store, parent);
    const { value, serial } = record.handle;
    assert.equal(value, lowestFree(model), 'the lowest free value');
    assert.ok(serial > model.lastSerial, 'a serial that was never used');
    assert.deepEqual(store.find(record.handle), { is: 'live', record });
    model.lastSerial = serial;
    model.live.set(value, record);
  }
  toString = () => 'open';
}

class Close implements fc.Command<Model, HandleStore> {
  readonly #which: number;
  constructor(which: number) {
    this.#which = which;
  }
  check = (model: Readonly<Model>) => model.live.size > 0;
  run(model: Model, store: HandleStore): void {
    const record = [...model.live.values()][this.#which % model.live.size];
    assert.ok(record !== undefined);
    record.open = false;
    assert.deepEqual(store.find(record.handle), { is: 'closed' });
    store.remove(record);
    model.live.delete(record.handle.value);
    model.closed.push(record);
  }
  toString = () => `close(${this.#which})`;
}

class FindClosed implements fc.Command<Model, HandleStore> {
  check = (model: Readonly<Model>) => model.closed.length > 0;
  run(model: Model, store: HandleStore): void {
    for (const { handle } of model.closed) {
      const owner = model.live.get(handle.value);
      const expected = owner === undefined ? { is: 'closed' } : { is: 'stale', owner };
      assert.deepEqual(store.find(handle), expected);
      assert.equal(store.withSerial(handle.serial), undefined);
    }
    for (const record of model.live.values()) assert.equal(store.withSerial(record.handle.serial), record);
  }
  toString = () => 'find closed';
}

test('HandleStore gives values lowest first, serials never again, and tells live, closed and stale handles apart', () => {
  const commands = [
    fc.constant(new Open()),
    fc.constant(new Open()),
    fc.nat(50).map((which) => new Close(which)),
    fc.constant(new FindClosed()),
  ];
  fc.assert(
    fc.property(fc.commands(commands, { maxCommands: 120 }), (run) => {
      fc.modelRun(() => ({ model: { live: new Map(), closed: [], lastSerial: 0 }, real: new HandleStore() }), run);
    }),
    { numRuns: 200 },
  );
});

test('HandleStore begins at 0x00CC0004 and counts by 4, as the original does', () => {
  const store = new HandleStore();
  const values = [add(store, null), add(store, null), add(store, null)].map(({ handle }) => handle.toString());
  assert.deepEqual(values, ['0x00CC0004', '0x00CC0008', '0x00CC000C']);
});

test('HandleStore takes nothing for its own that it has not made', () => {
  const store = new HandleStore();
  const { handle } = add(store, null);
  const other = add(new HandleStore(), null).handle;
  const strangers: readonly unknown[] = [
    other,
    new HINTERNET(handle.value, handle.serial, {}),
    { value: handle.value, serial: handle.serial },
    Object.create(HINTERNET.prototype),
    structuredClone({ ...handle }),
    handle.value,
    null,
    undefined,
    'x',
  ];
  for (const stranger of strangers) assert.deepEqual(store.find(stranger), { is: 'foreign' });
});

test('LowestFirst gives back the lowest number that it holds', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.nat(1000), { nil: undefined })), (steps) => {
      const pool = new LowestFirst();
      const held: number[] = [];
      for (const step of steps) {
        if (step === undefined) {
          held.sort((one, other) => one - other);
          assert.equal(pool.take(), held.shift());
        } else if (!held.includes(step)) {
          pool.give(step);
          held.push(step);
        }
      }
    }),
    { numRuns: 500 },
  );
});

function add(store: HandleStore, parent: HandleRecord | null): HandleRecord {
  return store.add({
    kind: 'root',
    parent,
    state: 'open',
    data: { agent: null, flags: 0 },
    options: DEFAULT_OPTIONS,
    context: 0,
    callback: null,
  }) as unknown as HandleRecord;
}

function lowestFree(model: Model): number {
  let value = 0x00cc0004;
  while (model.live.has(value)) value += 4;
  return value;
}
