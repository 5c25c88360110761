import type { FunctionName } from '../../shared/hierarchy.ts';
import type { NativeCall } from './callRecord.ts';
import type { Draft } from './draftJournal.ts';
import type { NativeHandle } from './handleBook.ts';
import type { LogLine } from './logLine.ts';

/** The handle that a callback is about, and INTERNET_STATUS_*. */
interface CallbackAbout {
  readonly serial: number;
  readonly code: number;
}

/** What a thread is busy with. */
interface Occupation {
  call: NativeCall | null;
  /** A handle that was looked up outside of any known call; the next line may name the function. */
  lookUp: { readonly value: number; readonly object: string; readonly line: LogLine } | null;
  /** A thread of Wine's works for this object; null in a thread of the program. */
  work: string | null;
}

/** A thread of the native program, or of Wine's own. */
export interface NativeThread extends Occupation {
  /** The FTP session whose dialogue goes on: the reply to a transfer comes when its handle has been let go. */
  session: NativeHandle | null;
  /** The end of the last call, where it failed: GetLastError tells why. */
  failed: Draft<'call-end'> | null;
  /** The object that was looked up last. */
  object: string | null;
  /** The status callback that runs, and what was interrupted for it; callbacks may cause others. */
  readonly callbacks: {
    readonly about: CallbackAbout | null;
    readonly before: Occupation;
    /** The call of the program's whose return is all that tells of its end; null where Wine tells that. */
    readonly until: FunctionName | null;
  }[];
}

/** A thread that does nothing yet. */
export function nativeThread(): NativeThread {
  return { call: null, lookUp: null, work: null, session: null, failed: null, object: null, callbacks: [] };
}

/** Wine calls the program's status callback: what the thread does until it returns, it does for the program. */
export function enterCallback(
  thread: NativeThread,
  about: CallbackAbout | null,
  until: FunctionName | null = null,
): void {
  const { call, lookUp, work } = thread;
  thread.callbacks.push({ about, before: { call, lookUp, work }, until });
  Object.assign(thread, { call: null, lookUp: null, work: null } satisfies Occupation);
}

/** The callback has returned. */
export function leaveCallback(thread: NativeThread): void {
  Object.assign(thread, thread.callbacks.pop()?.before);
}
