import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, mock, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { createDrivers } from '../../extension/drivers/index.ts';
import * as c from '../../extension/shared/constants.ts';
import type { RaisedSymbol } from '../../extension/shared/errorCodes.ts';
import {
  type FunctionName,
  functionRow,
  type HandleKind,
  handleParameter,
  refusal,
} from '../../extension/shared/hierarchy.ts';
import { LiveJournal } from '../../extension/shared/liveJournal.ts';
import { HandleRecord, HandleStore } from '../../extension/wininet/handleStore.ts';
import {
  createWinInet,
  HINTERNET,
  type UncheckedHandle,
  type WinInet,
  WinInetError,
} from '../../extension/wininet/index.ts';
import { withPlayground } from '../playground/withPlayground.ts';
import { leavesNothingBehind } from './engineFixture.ts';
import { type RandomCall, randomCalls } from './randomArguments.ts';

/** A call that has not ended by then hangs; the time-outs of the handles are far shorter. */
const PATIENCE = 15_000;

/** Sequences; each has up to forty calls. */
const RUNS = 300;

const playground = withPlayground();
leavesNothingBehind();

/** What the engines know of their handles, for comparison with the journal. */
const records = new WeakMap<HINTERNET, HandleRecord>();

let folder: string;
before(() => {
  const add: unknown = HandleStore.prototype.add;
  assert.ok(typeof add === 'function');
  mock.method(HandleStore.prototype, 'add', function (this: HandleStore, ...args: readonly unknown[]) {
    const record: unknown = Reflect.apply(add, this, args);
    assert.ok(record instanceof HandleRecord);
    records.set(record.handle, record);
    return record;
  });
  folder = mkdtempSync(path.join(tmpdir(), 'hinternet-random-'));
});
after(() => rmSync(folder, { recursive: true, force: true }));

test('createWinInet survives any sequence of calls: no crash, no orphan, no leak, and the journal tells the truth', async () => {
  const seed = Number(process.env.HINTERNET_SEED ?? Date.now() % 2 ** 31);
  console.log(`HINTERNET_SEED=${seed}`);
  const made = new Set<HandleKind>();
  const property = fc.asyncProperty(randomCalls(playground(), folder), async (calls) => {
    const run = new RandomRun(made);
    try {
      await run.start();
      for (const call of calls) await run.play(call);
    } finally {
      await run.end();
    }
  });
  await fc.assert(property, { seed, numRuns: RUNS, endOnFailure: true });
  assert.ok(made.size >= 4, `the sequences made handles of ${made.size} kinds only`);
  assert.deepEqual(
    readdirSync(folder).filter((name) => name !== 'got.txt'),
    [],
    'no half-written file stays',
  );
});

/** One sequence on an engine of its own. */
class RandomRun {
  readonly #journal: LiveJournal;
  readonly #wininet: WinInet;
  readonly #handles: unknown[] = [null, {}, 0x00cc0004];
  readonly #made: Set<HandleKind>;
  readonly #running = new Set<Promise<unknown>>();

  /** @param made is told the kinds of the handles that come into being */
  constructor(made: Set<HandleKind>) {
    this.#made = made;
    let now = 0;
    this.#journal = new LiveJournal(() => ++now, 1_000_000);
    this.#wininet = createWinInet({ drivers: createDrivers(), recorder: this.#journal });
  }

  /** Opens a root, so that the first calls have something to hang on. */
  async start(): Promise<void> {
    await this.#keep(await this.#wininet.InternetOpen('random/1.0'));
  }

  async play({ fn, handle, args, awaited }: RandomCall): Promise<void> {
    const position = handleParameter(fn);
    const used = position === -1 ? undefined : this.#choose(handle);
    const passed = position === -1 ? [...args] : args.toSpliced(position, 0, used);
    const refused = position === -1 ? undefined : this.#refusalOf(fn, used);
    const call = this.#wininet[fn] as (...args: readonly unknown[]) => Promise<unknown>;
    const ending = this.#judge(fn, `${fn}(${JSON.stringify(passed)})`, call(...passed), refused);
    this.#running.add(ending);
    if (awaited) await ending;
    else ending.catch(() => undefined);
    this.#compare();
  }

  /** A handle: mostly one that a function has returned, and of those mostly the newest. */
  #choose(draw: number): unknown {
    const known = this.#handles.length;
    return draw % 3 === 0 ? this.#handles[draw % known] : this.#handles[known - 1 - (draw % Math.min(known, 6))];
  }

  /** Closes everything: what was running has to end, and nothing may stay. */
  async end(): Promise<void> {
    await bounded('dispose', this.#wininet.dispose());
    await Promise.all(this.#running);
    assert.deepEqual([...this.#journal.tree.byValue.values()], [], 'no handle stays open');
    assert.deepEqual([...this.#journal.tree.calls.values()], [], 'no call stays unfinished');
  }

  async #judge(
    fn: FunctionName,
    what: string,
    call: Promise<unknown>,
    refused: RaisedSymbol | undefined,
  ): Promise<void> {
    try {
      const result = await bounded(what, call);
      assert.equal(refused, undefined, `${what} was to be refused with ${refused}`);
      if (result instanceof HINTERNET) await this.#keep(result);
    } catch (error) {
      if (!(error instanceof WinInetError)) throw error;
      assert.notEqual(error.symbol, 'ERROR_INTERNET_INTERNAL_ERROR', `${what}: ${String(error.cause)}`);
      // Recorded: they look at their file names before they look at the handle.
      const namesFirst = fn === 'FtpGetFile' || fn === 'FtpPutFile';
      if (namesFirst && error.symbol === 'ERROR_INVALID_PARAMETER') return;
      if (refused !== undefined) assert.equal(error.symbol, refused, what);
    }
  }

  /** Keeps a new handle for later calls; roots get time-outs that a test can wait for. */
  async #keep(handle: HINTERNET): Promise<void> {
    this.#handles.push(handle);
    const kind = this.#journal.tree.nodes.get(handle.serial)?.kind;
    if (kind !== undefined) this.#made.add(kind);
    if (kind !== 'root') return;
    for (const option of [c.INTERNET_OPTION_CONNECT_TIMEOUT, c.INTERNET_OPTION_RECEIVE_TIMEOUT]) {
      await this.#wininet.InternetSetOption(handle as UncheckedHandle, option, 300).catch(() => undefined);
    }
  }

  /** What the table says of a call on a handle now; what is no live handle of the engine is invalid. */
  #refusalOf(fn: RandomCall['fn'], used: unknown): RaisedSymbol | undefined {
    if (used === null && functionRow(fn).acceptsNull) return undefined;
    // As recorded, InternetErrorDlg takes NULL for a missing parameter.
    if (used === null && fn === 'InternetErrorDlg') return 'ERROR_INVALID_PARAMETER';
    const node = used instanceof HINTERNET ? this.#journal.tree.nodes.get(used.serial) : undefined;
    if (node === undefined || node.closed !== null) return 'ERROR_INVALID_HANDLE';
    return refusal(fn, node.kind, node.state);
  }

  /** The journal, folded, says what the engine itself knows. */
  #compare(): void {
    const { nodes, byValue } = this.#journal.tree;
    for (const node of nodes.values()) {
      const open = this.#wininet.handleWithSerial(node.serial);
      assert.equal(open !== null, node.closed === null, `handle ${node.serial} is open in both or in neither`);
      if (open === null) continue;
      assert.equal(open.value, node.value);
      assert.equal(byValue.get(node.value), node.serial, 'a value has one owner');
      const record = records.get(open);
      assert.ok(record !== undefined);
      assert.deepEqual(
        { kind: node.kind, state: node.state, parent: node.parent },
        { kind: record.kind, state: record.state, parent: record.parent?.handle.serial ?? null },
        `handle ${node.serial}`,
      );
      const parent = node.parent === null ? null : nodes.get(node.parent);
      assert.ok(parent === null || parent?.closed === null, `handle ${node.serial} is no orphan`);
    }
  }
}

async function bounded<T>(what: string, work: Promise<T>): Promise<T> {
  const limit = new AbortController();
  const late = pause(PATIENCE, undefined, { signal: limit.signal }).then(() => assert.fail(`${what} hangs`));
  late.catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    limit.abort();
  }
}
