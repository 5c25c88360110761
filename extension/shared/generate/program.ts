import type { ErrorSymbol } from '../errorCodes.ts';
import type { FunctionName, HandleKind } from '../hierarchy.ts';
import type { RecordedValue } from '../journal.ts';

/** A program that repeats a piece of a journal, before it is written in a language. */
export interface Program {
  /** What it repeats, in a few words. */
  readonly title: string;
  readonly steps: readonly Step[];
  /** Handles that a step of the program gets, in the order in which they were opened. */
  readonly handles: readonly ProgramHandle[];
  /** What journals mask, and the program has to be told. */
  readonly secrets: readonly Secret[];
  /** Handles that were still open at the end. */
  readonly leftOpen: readonly ProgramHandle[];
  /** How many entries of the journal were cut off before this. */
  readonly cut: number;
}

/** A handle of the journal, by the name that the program gives it. */
export interface ProgramHandle {
  readonly name: string;
  readonly serial: number;
  readonly kind: HandleKind;
}

/** Something secret: the program reads it from the environment. */
export interface Secret {
  /** Name of the environment's variable. */
  readonly variable: string;
  /** What it is, in a few words. */
  readonly what: string;
}

/** An argument, with what the journal does not hold marked as such. */
export type Argument =
  | { readonly is: 'null' }
  | { readonly is: 'boolean'; readonly value: boolean }
  /** `names` are constants that make up the number when they are combined with |; none where it is only a number. */
  | { readonly is: 'number'; readonly value: number; readonly names: readonly string[] }
  /** A handle; null for one that the program does not have. */
  | { readonly is: 'handle'; readonly handle: ProgramHandle | null }
  /** `cut`: the journal holds only its beginning. */
  | { readonly is: 'text'; readonly parts: readonly (string | Secret)[]; readonly cut: boolean }
  | { readonly is: 'texts'; readonly texts: readonly string[] }
  /** A buffer to be filled. */
  | { readonly is: 'room'; readonly bytes: number }
  /** Bytes that were handed over; the journal holds only their number. */
  | { readonly is: 'body'; readonly bytes: number }
  /** A number that the call changes: an index, the high half of a distance. */
  | { readonly is: 'inOut'; readonly value: number }
  | { readonly is: 'callback' }
  /** What InternetLockRequestFile has returned. */
  | { readonly is: 'lock'; readonly name: string }
  /** INTERNET_BUFFERS: so many bytes of it, and the size of the whole body where that is known. */
  | { readonly is: 'buffers'; readonly bytes: number; readonly total: number | null }
  /** Another record, whose fields the journal does not hold. */
  | { readonly is: 'record' };

/** One call. */
export interface CallStep {
  readonly is: 'call';
  /** Number of the call in the journal. */
  readonly call: number;
  readonly fn: FunctionName;
  readonly args: readonly Argument[];
  /** The handle that it returns; null for none. */
  readonly opens: ProgramHandle | null;
  /** Name of what InternetLockRequestFile returns. */
  readonly locks: string | null;
  readonly result: RecordedValue;
  /** Why it failed; null after a success. */
  readonly error: ErrorSymbol | null;
  /** False where a log does not tell how it ended, or what was passed to it: then nobody knows whether it succeeds now. */
  readonly isTold: boolean;
  /** Where it may answer ERROR_IO_PENDING: the context with which its end is told; 0 where nobody is told. */
  readonly pends: { readonly context: number } | null;
  /** The next call came only after its end; otherwise a FinishStep says when it had ended, if it ever did. */
  readonly waits: boolean;
  /** Entries of the journal between which it ran; `to` is Infinity where it never ended. */
  readonly from: number;
  readonly to: number;
}

/** A call that was under way while others were made has ended. */
export interface FinishStep {
  readonly is: 'finish';
  readonly of: CallStep;
}

/** The same call again and again, until it returned 0 or failed with an error, or a number of times. */
export interface LoopStep {
  readonly is: 'loop';
  readonly call: CallStep;
  readonly until: 'zero' | ErrorSymbol | number;
}

/** A call of the journal that a program cannot repeat, and why. */
export interface RemarkStep {
  readonly is: 'remark';
  readonly text: string;
}

/** What a program does, in order. */
export type Step = CallStep | FinishStep | LoopStep | RemarkStep;

/** The calls of a program, each once. */
export function callsOf({ steps }: Pick<Program, 'steps'>): readonly CallStep[] {
  return steps.flatMap((step) => (step.is === 'call' ? [step] : step.is === 'loop' ? [step.call] : []));
}
