import * as v from 'valibot';
import { DIAGNOSES } from './diagnoses/explanations.ts';
import { type ErrorSymbol, isErrorSymbol } from './errorCodes.ts';
import { functionNames, type HandleKind, type HandleState, handleKinds, statesOf } from './hierarchy.ts';
import type { NoteTopic } from './journal.ts';

/** The values that entries and checkpoints of a journal from outside are made of, each with what is asked of it. */

/** How many characters a text may have; the engine's own are much shorter. */
const TEXT_LIMIT = 262_144;

/** What came of looking at data from outside. */
export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: string };

type Outcome<T> =
  | { readonly success: true; readonly output: T }
  | { readonly success: false; readonly issues: readonly [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]] };

/** The outcome of a schema, with one sentence on what is wrong. */
export function parsed<T>(what: string, result: Outcome<T>): Parsed<T> {
  if (result.success) return { ok: true, value: result.output };
  const [issue] = result.issues;
  const path = v.getDotPath(issue);
  // What was received may be long, and strange: it is shortened here, and shown only as text.
  const message = issue.message.length > 200 ? `${issue.message.slice(0, 199)}…` : issue.message;
  return { ok: false, problem: `This is no ${what} of a journal: ${path === null ? '' : `${path}: `}${message}.` };
}

// A program may tell thousands of entries a second: one question for each value, and no search through lists.
const wholeFrom = (least: number, most = Number.MAX_SAFE_INTEGER) =>
  v.custom<number>(
    (input) => Number.isSafeInteger(input) && Number(input) >= least && Number(input) <= most,
    `no whole number from ${least} on`,
  );
const oneOf = <const T extends string>(names: readonly T[], message: string) => {
  const known: ReadonlySet<unknown> = new Set(names);
  return v.custom<T>((input) => known.has(input), message);
};
export const natural = wholeFrom(0);
export const positive = wholeFrom(1);
/** A handle that was opened, or 0 for one that nobody knows. */
export const reference = natural;
export const finite = v.custom<number>((input) => Number.isFinite(input), 'no number');
export const dword = wholeFrom(0, 0xffffffff);
export const text = v.pipe(v.string(), v.maxLength(TEXT_LIMIT, 'a text is too long'));
export const fn = oneOf(functionNames, 'an unknown function');
export const kind = oneOf(handleKinds, 'an unknown kind of handle');
export const error = v.custom<ErrorSymbol>(
  (input) => typeof input === 'string' && isErrorSymbol(input),
  'an unknown error',
);

const STATES: ReadonlyMap<HandleKind, ReadonlySet<string>> = new Map(
  handleKinds.map((one) => [one, new Set(statesOf(one))]),
);
const ANY_STATE: ReadonlySet<unknown> = new Set(handleKinds.flatMap((one) => statesOf(one)));
export const state = v.custom<HandleState>((input) => ANY_STATE.has(input), 'an unknown state');
export const wrongState = 'a state that this kind of handle does not have';

/** Is the handle's state one that its kind has? */
export function hasState(of: { readonly kind: HandleKind; readonly state: HandleState }): boolean {
  return STATES.get(of.kind)?.has(of.state) ?? false;
}

export const handle = v.object({ handle: natural });
const otherValue = v.union([finite, v.boolean(), v.null(), handle]);
// A union tries its members one by one, and makes up a complaint for each that does not fit.
export const recordedValue = v.lazy((input) =>
  typeof input === 'string' ? text : typeof input === 'number' ? finite : otherValue,
);
export const CLOSE_REASONS = ['call', 'cascade', 'failed'] as const;
export const DIRECTIONS = ['in', 'out'] as const;
export const topic = oneOf(Object.keys(DIAGNOSES) as NoteTopic[], 'an unknown topic');

export const numbering = { seq: positive, t: natural };
export const callBegin = {
  type: v.literal('call-begin'),
  call: natural,
  fn,
  handle: v.nullable(natural),
  args: v.pipe(v.array(recordedValue), v.maxLength(64, 'too many arguments'), v.readonly()),
  site: v.exactOptional(text),
  callback: v.exactOptional(v.object({ serial: reference, code: dword })),
};

/** For a schema that is to say neither more nor less than a type: `true` only where both accept each other. */
export type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
