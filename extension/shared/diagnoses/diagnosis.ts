import type { NoteTopic } from '../journal.ts';

/** How much a diagnosis matters: an error breaks the original too, a warning may, information only explains. */
export type Severity = 'error' | 'warning' | 'information';

/** What is said about every diagnosis of a topic. */
export interface DiagnosisRule {
  readonly severity: Severity;
  /** A few words, as a heading. */
  readonly title: string;
  /** Why it is a fault, in one or two sentences. */
  readonly explanation: string;
  /** What to do about it, in one sentence. */
  readonly fix: string;
}

/** One thing that is wrong, or worth knowing, in a program that uses WinINet. */
export interface Diagnosis {
  readonly topic: NoteTopic;
  /** The entry of the journal at which it shows. */
  readonly seq: number;
  /** The handle that it is about. */
  readonly serial: number | null;
  /** The call that it is about. */
  readonly call: number | null;
  /** Where the program made that call, or the handle, as `file:line:column`; null where the journal does not know. */
  readonly site: string | null;
  readonly text: string;
  /** With `stale-use`: the newer owner of the value. */
  readonly hit?: number;
  /** Further handles that it is about just as well. */
  readonly others?: readonly number[];
  /** Where the program made the handle, as `file:line:column`; absent where the journal does not know. */
  readonly madeAt?: string;
  /** Where the program closed it, or one above it, where that is the point; absent where the journal does not know. */
  readonly closedAt?: string;
  /** With `session-busy`: where the program made the handle that keeps the session busy; absent where the journal does not know. */
  readonly heldAt?: string;
}
