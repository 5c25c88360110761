import {
  type FunctionName,
  type FunctionsOfLibrary,
  functionRow,
  type HandleKind,
  type HandleState,
  type KindsUsedBy,
  kindRow,
  refusal,
  type StateOf,
} from '../shared/hierarchy.ts';
import type { CloseReason, Recorder } from '../shared/journal.ts';
import { Calls } from './calls.ts';
import { checkArguments } from './checks.ts';
import { Closer } from './closer.ts';
import { CookieJar } from './cookieJar.ts';
import { CredentialsMemory } from './credentialsMemory.ts';
import { FlagNotes } from './flagNotes.ts';
import { HINTERNET } from './handle.ts';
import type { HandleData } from './handleData.ts';
import { type HandleRecord, HandleStore } from './handleStore.ts';
import { LastError } from './lastError.ts';
import { Library } from './library.ts';
import type { PendingCall } from './pendingCall.ts';
import type { CallSite } from './ports/callSite.ts';
import type { Dialogs } from './ports/dialogs.ts';
import type { Drivers } from './ports/drivers.ts';
import { Reports } from './reports.ts';
import type { SystemProxies } from './systemProxies.ts';
import { CallFailure } from './winInetError.ts';

/** What an engine is made of. */
export interface EngineParts {
  readonly drivers: Drivers;
  /** Is told everything that happens; without one nothing is recorded and nothing is spent on it. */
  readonly recorder?: Recorder | null;
  /** Tells the recorder where each call was made; without it nobody looks. */
  readonly callSite?: CallSite | null;
  /** Asks a person for InternetErrorDlg; without it nobody is asked. */
  readonly dialogs?: Dialogs | null;
  /** Asks the system for its proxies, for INTERNET_OPEN_TYPE_PRECONFIG; without it there are none. */
  readonly systemProxies?: () => SystemProxies | null;
}

/** How a new handle begins. */
export interface Opening<K extends HandleKind> {
  readonly kind: K;
  readonly parent: HandleRecord | null;
  readonly state: StateOf<K> & HandleState;
  readonly data: HandleData[K];
  readonly context: number;
  /** What the handle leads to, as the views name it; asked only when somebody records. */
  readonly target: () => string;
  /** Report INTERNET_STATUS_HANDLE_CREATED on the parent, which lets a callback close the handle early. */
  readonly announce: boolean;
}

/**
 * The one dispatch path: look the function up in the table, check the handle, run, record, settle.
 *
 * Families of functions (internet.ts, http.ts, ftp.ts, …) call `use` or `free` and throw CallFailure; everything that is the
 * same for all functions happens here, once.
 */
export class Engine {
  readonly drivers: Drivers;
  readonly dialogs: Dialogs | null;
  readonly store = new HandleStore();
  readonly lastError = new LastError();
  readonly library: Library;
  readonly cookies = new CookieJar();
  /** What servers and proxies have accepted, for every root. */
  readonly credentials = new CredentialsMemory();
  readonly reports: Reports;
  readonly #calls: Calls;
  readonly #closer: Closer;
  readonly #flagNotes: FlagNotes;
  #disposing = false;

  constructor(parts: EngineParts) {
    this.drivers = parts.drivers;
    this.dialogs = parts.dialogs ?? null;
    this.library = new Library(parts.systemProxies);
    parts.recorder?.attach?.({ owns: (candidate) => HINTERNET.isFrom(candidate, this.store) });
    this.reports = new Reports(parts.recorder ?? null, parts.callSite ?? null, this.lastError);
    this.#flagNotes = new FlagNotes(this.reports);
    this.library.onSessionEnd.add(() => this.cookies.endSession());
    this.library.onSessionEnd.add(() => this.credentials.clear());
    this.#calls = new Calls({
      reports: this.reports,
      lastError: this.lastError,
      library: this.library,
      setState: (record, state) => this.setState(record, state),
    });
    this.#closer = new Closer(this.reports, (record) => this.#leave(record));
  }

  /** Runs a call that uses no handle. */
  free<T>(fn: FunctionName, args: readonly unknown[], run: (call: PendingCall) => T | Promise<T>): Promise<T> {
    const call = this.#calls.begin(fn, null, args);
    return this.#calls.run(call, null, () => {
      checkArguments(fn, args);
      if (functionRow(fn).returns === undefined) this.#flagNotes.note(call, null);
      return run(call);
    });
  }

  /** Runs a call on a handle, if the table allows it on this kind in this state. */
  use<F extends FunctionName, T>(
    fn: F,
    candidate: unknown,
    args: readonly unknown[],
    run: (record: HandleRecord<KindsUsedBy<F>>, call: PendingCall) => T | Promise<T>,
  ): Promise<T> {
    const found = this.store.find(candidate);
    const record = found.is === 'live' ? found.record : null;
    const call = this.#calls.begin(fn, record, args);
    if (record === null) return this.#calls.refuse(call, null, candidate, found, 'ERROR_INVALID_HANDLE');
    const refused = refusal(fn, record.kind, record.state);
    if (refused !== undefined) return this.#calls.refuse(call, record, candidate, found, refused);
    return this.#calls.run(call, record, () => {
      checkArguments(fn, args);
      if (functionRow(fn).returns === undefined) this.#flagNotes.note(call, record);
      // The table has just said that the record is of a kind which the function uses.
      return run(record as unknown as HandleRecord<KindsUsedBy<F>>, call);
    });
  }

  /** As `use`, where NULL stands for the library itself: the record is null then. */
  useOrLibrary<F extends FunctionsOfLibrary, T>(
    fn: F,
    candidate: unknown,
    args: readonly unknown[],
    run: (record: HandleRecord<KindsUsedBy<F>> | null) => T,
  ): Promise<T> {
    return candidate === null ? this.free(fn, args, () => run(null)) : this.use(fn, candidate, args, run);
  }

  /**
   * Makes a handle. Fails with ERROR_INTERNET_OPERATION_CANCELLED if the parent was closed meanwhile, and with
   * ERROR_INTERNET_SHUTDOWN for a root while the engine closes all.
   */
  open<K extends HandleKind>(call: PendingCall, from: Opening<K>): HandleRecord<K> {
    const { parent } = from;
    if (parent === null && this.#disposing) throw new CallFailure('ERROR_INTERNET_SHUTDOWN');
    if (call.cancelled || parent?.open === false) throw new CallFailure('ERROR_INTERNET_OPERATION_CANCELLED');
    const record = this.store.add({
      kind: from.kind,
      parent,
      state: from.state,
      data: from.data,
      context: from.context,
      options: (parent ?? this.library).options,
      callback: parent?.callback ?? null,
    });
    call.opened = record;
    this.reports.opened(call, record, from.target);
    this.#flagNotes.note(call, record);
    this.#occupyParent(record);
    if (from.announce) this.reports.created(record);
    return record;
  }

  /**
   * Does the work that a new handle needs before its call may return it: closing the handle meanwhile cancels the call, and
   * if the work fails the handle goes away again.
   */
  async establish<T>(record: HandleRecord, call: PendingCall, work: () => Promise<T>): Promise<T> {
    // A callback may have closed the handle when INTERNET_STATUS_HANDLE_CREATED told of it.
    if (!record.open) throw new CallFailure('ERROR_INTERNET_OPERATION_CANCELLED');
    record.pending.add(call);
    try {
      const result = await work();
      if (!record.open) throw new CallFailure('ERROR_INTERNET_OPERATION_CANCELLED');
      return result;
    } catch (failure) {
      record.pending.delete(call);
      // What closing has to say comes second: the call failed for another reason.
      if (record.open) await this.close(record, 'failed')?.catch(() => undefined);
      throw failure;
    } finally {
      record.pending.delete(call);
    }
  }

  /** Moves a handle to another state; a closed handle stays as it was. */
  setState(record: HandleRecord, state: HandleState): void {
    if (!record.open || record.state === state) return;
    record.state = state;
    this.reports.stateChanged(record, state);
  }

  /** Closes a handle and everything below it. See Closer. */
  close(top: HandleRecord, reason: Exclude<CloseReason, 'cascade'>): undefined | Promise<undefined> {
    return this.#closer.close(top, reason);
  }

  /** Closes every handle and every connection. Meanwhile a status callback opens nothing: ERROR_INTERNET_SHUTDOWN. */
  async dispose(): Promise<void> {
    this.#disposing = true;
    const closings = [...this.store.roots].map((root) => (root.open ? this.close(root, 'call') : root.leaving));
    await Promise.allSettled(closings);
    this.drivers.network.close();
    await this.drivers.http.close();
    this.#disposing = false;
  }

  #leave(record: HandleRecord): void {
    this.store.remove(record);
    if (record.parent !== null && record.parentStateBefore !== null) {
      this.setState(record.parent, record.parentStateBefore);
    }
  }

  #occupyParent(record: HandleRecord): void {
    const occupied = kindRow(record.kind).occupies;
    if (occupied === undefined || record.parent === null || !(occupied in kindRow(record.parent.kind).states)) return;
    record.parentStateBefore = record.parent.state;
    this.setState(record.parent, occupied as HandleState);
  }
}
