import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { createDrivers } from '../../extension/drivers/index.ts';
import * as c from '../../extension/shared/constants.ts';
import type { RaisedSymbol } from '../../extension/shared/errorCodes.ts';
import { errorsOf } from '../../extension/shared/functionErrors.ts';
import { type FunctionName, functionRow, handleParameter, refusal } from '../../extension/shared/hierarchy.ts';
import { LiveJournal } from '../../extension/shared/liveJournal.ts';
import type { HandleRecord } from '../../extension/wininet/handleStore.ts';
import {
  createWinInet,
  HINTERNET,
  type StatusCallback,
  type WinInet,
  WinInetError,
} from '../../extension/wininet/index.ts';
import { LockedFile } from '../../extension/wininet/lockedFiles.ts';
import { LOCK, REACTING } from './randomArguments.ts';
import type { RandomCoverage } from './randomCoverage.ts';
import type { RandomCall } from './randomPrograms.ts';

/** A call that has not ended by then hangs; the time-outs of the handles are far shorter. */
const PATIENCE = 15_000;

const TIMEOUTS = [
  c.INTERNET_OPTION_CONNECT_TIMEOUT,
  c.INTERNET_OPTION_SEND_TIMEOUT,
  c.INTERNET_OPTION_RECEIVE_TIMEOUT,
  c.INTERNET_OPTION_DATA_SEND_TIMEOUT,
  c.INTERNET_OPTION_DATA_RECEIVE_TIMEOUT,
];

/** One program on an engine of its own. */
export class RandomRun {
  readonly #journal: LiveJournal;
  readonly #wininet: WinInet;
  readonly #handles: unknown[] = [null, {}, 0x00cc0004];
  readonly #locks: unknown[] = [null];
  readonly #coverage: RandomCoverage;
  readonly #records: ReadonlyMap<HINTERNET, HandleRecord>;
  readonly #running = new Set<Promise<unknown>>();
  readonly #reactions: RandomCall[];

  /**
   * @param coverage is told what comes of the calls
   * @param records what the engine knows of its handles, those that have closed too
   * @param reactions the calls that the status callback makes
   */
  constructor(
    coverage: RandomCoverage,
    records: ReadonlyMap<HINTERNET, HandleRecord>,
    reactions: readonly RandomCall[],
  ) {
    this.#coverage = coverage;
    this.#records = records;
    this.#reactions = [...reactions];
    let now = 0;
    this.#journal = new LiveJournal(() => ++now, 1_000_000);
    this.#wininet = createWinInet({ drivers: createDrivers(), recorder: this.#journal });
  }

  /** Sets time-outs that a test can wait for, for every root to come, and opens one for the first calls to hang on. */
  async start(flags: number): Promise<void> {
    for (const option of TIMEOUTS) await this.#wininet.InternetSetOption(null, option, 150);
    const root = await this.#wininet.InternetOpen('random/1.0', undefined, null, null, flags);
    await this.#wininet.InternetSetStatusCallback(root, this.#react);
    this.#keep(root);
  }

  /** The status callback: it calls back in, as often as there are reactions. */
  readonly #react: StatusCallback = (_handle, _context, _status, information) => {
    // INTERNET_STATUS_HANDLE_CREATED tells of a handle before the function that makes it has come back.
    if (information instanceof HINTERNET) this.#keep(information);
    const reaction = this.#reactions.shift();
    if (reaction === undefined) return;
    this.#coverage.reacted();
    const playing = this.play(reaction);
    this.#running.add(playing);
    playing.catch(() => undefined);
  };

  async play({ fn, of, handle, args, awaited }: RandomCall): Promise<void> {
    const position = handleParameter(fn);
    const used = position === -1 ? undefined : (this.#newest(fn, of) ?? this.#choose(fn, handle));
    const given = args.map((value) => (value === REACTING ? this.#react : value === LOCK ? this.#locks.at(-1) : value));
    const passed = position === -1 ? given : given.toSpliced(position, 0, used);
    const refused = position === -1 ? undefined : this.#refusalOf(fn, used);
    const call = this.#wininet[fn] as (...args: readonly unknown[]) => Promise<unknown>;
    const answer = call(...passed);
    const begun = this.#journal.entries.findLast((entry) => entry.type === 'call-begin');
    const what = `${fn}(${passed.map((value) => described(value)).join(', ')})`;
    const ending = this.#judge(fn, what, answer, refused);
    this.#running.add(ending);
    if (awaited) {
      await ending;
      await bounded(what, this.#ended(begun?.call ?? 0));
    } else ending.catch(() => undefined);
    this.#compare();
  }

  /** Ends with the call, also where that had answered ERROR_IO_PENDING. */
  async #ended(call: number): Promise<void> {
    while (this.#journal.tree.calls.has(call)) await pause(1);
  }

  /** The newest handle of a kind that the function takes now. */
  #newest(fn: FunctionName, kind: RandomCall['of']): unknown {
    if (kind === undefined) return undefined;
    return this.#handles.findLast(
      (one) =>
        one instanceof HINTERNET &&
        this.#journal.tree.nodes.get(one.serial)?.kind === kind &&
        this.#refusalOf(fn, one) === undefined,
    );
  }

  /** A handle: mostly one that the function takes now, otherwise anything that there was, mostly of the newest. */
  #choose(fn: FunctionName, draw: number): unknown {
    const fitting = this.#handles.filter((one) => this.#refusalOf(fn, one) === undefined);
    if (draw % 4 !== 0 && fitting.length > 0) return fitting[draw % fitting.length];
    const known = this.#handles.length;
    return draw % 3 === 0 ? this.#handles[draw % known] : this.#handles[known - 1 - (draw % Math.min(known, 6))];
  }

  /** Closes everything: what was running has to end, and nothing may stay. */
  async end(): Promise<void> {
    this.#compare();
    for (const lock of this.#locks) {
      if (lock instanceof LockedFile) await this.#wininet.InternetUnlockRequestFile(lock).catch(() => undefined);
    }
    await bounded('dispose', this.#wininet.dispose());
    await Promise.all(this.#running);
    assert.deepEqual([...this.#journal.tree.byValue.values()], [], 'no handle stays open');
    assert.deepEqual([...this.#journal.tree.calls.values()], [], 'no call stays unfinished');
    this.#compare();
    this.#checkJournal();
    this.#coverage.add(this.#journal, (serial) => this.#isAsynchronous(serial));
  }

  #isAsynchronous(serial: number): boolean {
    const record = [...this.#records.values()].find(({ handle }) => handle.serial === serial);
    return record?.root.is('root') === true && (record.root.data.flags & c.INTERNET_FLAG_ASYNC) !== 0;
  }

  /** Every call, those that pended too, failed only as its function may, and no status followed the last one of a handle. */
  #checkJournal(): void {
    const functions = new Map<number, FunctionName>();
    const silent = new Set<number>();
    for (const entry of this.#journal.entries) {
      if (entry.type === 'call-begin') functions.set(entry.call, entry.fn);
      if (entry.type === 'call-end' && entry.error !== undefined) {
        const fn = functions.get(entry.call);
        assert.ok(fn !== undefined);
        const allowed: readonly string[] = errorsOf(fn);
        assert.ok(allowed.includes(entry.error), `${fn} failed with ${entry.error}: ${entry.message}`);
      }
      if (entry.type !== 'status') continue;
      assert.ok(!silent.has(entry.serial), `status ${entry.code} of handle ${entry.serial}, which has closed`);
      if (entry.code === c.INTERNET_STATUS_HANDLE_CLOSING) silent.add(entry.serial);
    }
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
      if (result instanceof HINTERNET) this.#keep(result);
      if (result instanceof LockedFile) this.#locks.push(result);
    } catch (error) {
      if (!(error instanceof WinInetError)) throw error;
      assert.notEqual(error.symbol, 'ERROR_INTERNET_INTERNAL_ERROR', `${what}: ${String(error.cause)}`);
      // Recorded: they look at their file names before they look at the handle.
      const namesFirst = fn === 'FtpGetFile' || fn === 'FtpPutFile';
      if (namesFirst && error.symbol === 'ERROR_INVALID_PARAMETER') return;
      if (refused !== undefined) assert.equal(error.symbol, refused, what);
    }
  }

  /** Keeps a new handle for later calls. */
  #keep(handle: HINTERNET): void {
    if (!this.#handles.includes(handle)) this.#handles.push(handle);
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

  /** The journal, folded, says what the engine itself knows: no handle more, none less, and of each the same. */
  #compare(): void {
    const { nodes, byValue, calls } = this.#journal.tree;
    for (const record of this.#records.values()) {
      const { handle, parent } = record;
      const node = nodes.get(handle.serial);
      assert.ok(node !== undefined, `handle ${handle.serial} is in the journal`);
      assert.equal(record.open, node.closed === null, `handle ${handle.serial} is open in both or in neither`);
      assert.equal(this.#wininet.handleWithSerial(handle.serial), record.open ? handle : null);
      assert.deepEqual(
        { value: node.value, kind: node.kind, parent: node.parent },
        { value: handle.value, kind: record.kind, parent: parent?.handle.serial ?? null },
        `handle ${handle.serial}`,
      );
      if (!record.open) continue;
      this.#keep(handle);
      assert.equal(node.state, record.state, `state of handle ${handle.serial}`);
      assert.equal(byValue.get(node.value), node.serial, 'a value has one owner');
      assert.ok(parent === null || parent.open, `handle ${handle.serial} is no orphan`);
      for (const { id } of record.isBusy ? record.pending : []) assert.ok(calls.has(id), `call ${id} runs in both`);
    }
    assert.equal(nodes.size, this.#records.size, 'the journal has no handle that the engine never made');
  }
}

function described(value: unknown): string {
  if (value instanceof HINTERNET) return `handle ${value.serial}`;
  return (JSON.stringify(value) ?? String(value)).slice(0, 200);
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
