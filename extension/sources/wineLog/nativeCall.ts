import type { ErrorSymbol } from '../../shared/errorCodes.ts';
import type { FunctionName } from '../../shared/hierarchy.ts';
import { type RecordedValue, UNTOLD } from '../../shared/journal.ts';
import type { NativeHandle, NativeHandles } from './nativeHandles.ts';

/** A call of the native program while its lines are read. */
export interface NativeCall {
  readonly id: number;
  readonly handles: NativeHandles;
  /** Null until a line names it: some functions look their handle up before they write anything. */
  fn: FunctionName | null;
  /** The ANSI form was seen, and the wide one that it calls was not yet. */
  ansi: boolean;
  /** In the order of the row's parameters; the entry in the journal holds the same list, which is completed as lines come. */
  readonly args: RecordedValue[];
  /** The handle that it uses. */
  handle: NativeHandle | null;
  /** It has been entered into the journal. */
  begun: boolean;
  /** Its handle has been looked up. */
  lookedUp: boolean;
  /** There was no such handle. */
  refused: boolean;
  /** It printed what a function prints last. */
  over: boolean;
  /** What the log says of its outcome, as far as it does. */
  error: ErrorSymbol | null;
  result: RecordedValue;
  /** Value of the handle that it returned. */
  returned: number | null;
  /** Bytes that it moved. */
  count: number | null;
  /** Code of the last reply of an FTP server. */
  reply: number | null;
  /** How far an HTTP request came. */
  reached: 'nothing' | 'looked-up' | 'connected' | 'sent' | 'answered';
  /** Head of the HTTP answer, line by line. */
  readonly head: string[];
}

/** A call that has just begun. */
export function nativeCall(id: number, handles: NativeHandles, fn: FunctionName | null): NativeCall {
  return {
    ...{ id, handles, fn, ansi: false, args: [], handle: null },
    ...{ begun: false, lookedUp: false, refused: false, over: false },
    ...{ error: null, result: true, returned: null, count: null, reply: null, reached: 'nothing', head: [] },
  };
}

/** A line tells an argument. */
export function setArgument({ args }: NativeCall, place: number, value: RecordedValue): void {
  while (args.length <= place) args.push(UNTOLD);
  args[place] = value;
}
