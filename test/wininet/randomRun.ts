import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { createDrivers } from '../../extension/drivers/index.ts';
import * as c from '../../extension/shared/constants.ts';
import type { RaisedSymbol } from '../../extension/shared/errorCodes.ts';
import { errorsOf } from '../../extension/shared/functionErrors.ts';
import {
  type FunctionName,
  functionRow,
  type HandleKind,
  handleParameter,
  refusal,
} from '../../extension/shared/hierarchy.ts';
import { LiveJournal } from '../../extension/shared/liveJournal.ts';
import type { HandleRecord } from '../../extension/wininet/handleStore.ts';
import {
  createWinInet,
  HINTERNET,
  type StatusCallback,
  type StatusCallbackInformation,
  type WinInet,
  WinInetError,
} from '../../extension/wininet/index.ts';
import { type RandomCall, REACTING } from './randomArguments.ts';

/** A call that has not ended by then hangs; the time-outs of the handles are far shorter. */
const PATIENCE = 15_000;

/** What the sequences have led to so far: where that is little, they prove little. */
export interface Happened {
  readonly kinds: Set<HandleKind>;
  /** Calls that answered ERROR_IO_PENDING. */
  pended: number;
  /** Calls that a status callback made. */
  reacted: number;
}

/** What the engines know of their handles, for comparison with the journal. */
export type Records = WeakMap<HINTERNET, HandleRecord>;

/** One sequence on an engine of its own. */
export class RandomRun {
  readonly #journal: LiveJournal;
  readonly #wininet: WinInet;
  readonly #handles: unknown[] = [null, {}, 0x00cc0004];
  readonly #happened: Happened;
  readonly #records: Records;
  readonly #running = new Set<Promise<unknown>>();
  readonly #reactions: RandomCall[];

  /**
   * @param happened is told what comes of the calls
   * @param reactions the calls that the status callback makes
   */
  constructor(happened: Happened, records: Records, reactions: readonly RandomCall[]) {
    this.#happened = happened;
    this.#records = records;
    this.#reactions = [...reactions];
    let now = 0;
    this.#journal = new LiveJournal(() => ++now, 1_000_000);
    this.#wininet = createWinInet({ drivers: createDrivers(), recorder: this.#journal });
  }

  /** Sets time-outs that a test can wait for, for every root to come, and opens one for the first calls to hang on. */
  async start(flags: number): Promise<void> {
    for (const option of [c.INTERNET_OPTION_CONNECT_TIMEOUT, c.INTERNET_OPTION_RECEIVE_TIMEOUT]) {
      await this.#wininet.InternetSetOption(null, option, 300);
    }
    const root = await this.#wininet.InternetOpen('random/1.0', undefined, null, null, flags);
    await this.#wininet.InternetSetStatusCallback(root, this.#react);
    this.#keep(root);
  }

  /** The status callback: it calls back in, as often as there are reactions. */
  readonly #react: StatusCallback = (_handle, _context, _status, information) => {
    const made = information instanceof HINTERNET ? information : handleIn(information);
    if (made !== null) this.#keep(made);
    const reaction = this.#reactions.shift();
    if (reaction === undefined) return;
    this.#happened.reacted += 1;
    const playing = this.play(reaction);
    this.#running.add(playing);
    playing.catch(() => undefined);
  };

  async play({ fn, handle, args, awaited }: RandomCall): Promise<void> {
    const position = handleParameter(fn);
    const used = position === -1 ? undefined : this.#choose(fn, handle);
    const given = args.map((value) => (value === REACTING ? this.#react : value));
    const passed = position === -1 ? given : given.toSpliced(position, 0, used);
    const refused = position === -1 ? undefined : this.#refusalOf(fn, used);
    const call = this.#wininet[fn] as (...args: readonly unknown[]) => Promise<unknown>;
    const ending = this.#judge(fn, `${fn}(${JSON.stringify(passed)})`, call(...passed), refused);
    this.#running.add(ending);
    if (awaited) await ending;
    else ending.catch(() => undefined);
    this.#compare();
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
    await bounded('dispose', this.#wininet.dispose());
    await Promise.all(this.#running);
    assert.deepEqual([...this.#journal.tree.byValue.values()], [], 'no handle stays open');
    assert.deepEqual([...this.#journal.tree.calls.values()], [], 'no call stays unfinished');
    this.#checkJournal();
  }

  /** Every call, those that pended too, failed only as its function may, and no status followed the last one of a handle. */
  #checkJournal(): void {
    const functions = new Map<number, FunctionName>();
    const silent = new Set<number>();
    for (const entry of this.#journal.entries) {
      if (entry.type === 'call-pending') this.#happened.pended += 1;
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
    if (this.#handles.includes(handle)) return;
    this.#handles.push(handle);
    const kind = this.#journal.tree.nodes.get(handle.serial)?.kind;
    if (kind !== undefined) this.#happened.kinds.add(kind);
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
      const record = this.#records.get(open);
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

/** The handle that a call which pended has made, as INTERNET_STATUS_REQUEST_COMPLETE brings it. */
function handleIn(information: StatusCallbackInformation): HINTERNET | null {
  if (typeof information !== 'object' || information === null || !('dwResult' in information)) return null;
  return information.dwResult instanceof HINTERNET ? information.dwResult : null;
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
