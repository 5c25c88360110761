import * as v from 'valibot';
import { type ErrorSymbol, isErrorSymbol } from './errorCodes.ts';
import { functionNames, type HandleKind, type HandleState, handleKinds, statesOf } from './hierarchy.ts';
import type { ConnectionPurpose, Entry, NoteTopic } from './journal.ts';
import { type Checkpoint, NOTE_LIMIT } from './model.ts';

/** Journals from outside, checked where they come in: a trace file, another program. Typed from here on. */

/** Version of the journal's form; it grows when a reader of the old form could misunderstand the new one. */
export const JOURNAL_VERSION = 1;

/** How many characters a text may have; the engine's own are much shorter. */
export const TEXT_LIMIT = 262_144;
/** How many characters the name of a mark may have. */
export const MARK_NAME_LIMIT = 200;
/** How many further handles a note may name. */
const OTHERS_LIMIT = 10_000;
/** How many handles a checkpoint may hold. */
export const NODE_LIMIT = 1_000_000;

/** An entry from outside, or one sentence on what is wrong with it. What the journal does not know is left out. */
export function parseEntry(data: unknown): Parsed<Entry> {
  return parsed('entry', v.safeParse(entrySchema, data, { abortEarly: true }));
}

/** A checkpoint from outside, or one sentence on what is wrong with it. Its handles may still contradict each other. */
export function parseCheckpoint(data: unknown): Parsed<Checkpoint> {
  return parsed('checkpoint', v.safeParse(checkpointSchema, data, { abortEarly: true }));
}

/** What came of looking at data from outside. */
export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: string };

type Outcome<T> =
  | { readonly success: true; readonly output: T }
  | { readonly success: false; readonly issues: readonly [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]] };

function parsed<T>(what: string, result: Outcome<T>): Parsed<T> {
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
const natural = wholeFrom(0);
const positive = wholeFrom(1);
/** A handle that was opened, or 0 for one that nobody knows. */
const reference = natural;
const finite = v.custom<number>((input) => Number.isFinite(input), 'no number');
const dword = wholeFrom(0, 0xffffffff);
const text = v.pipe(v.string(), v.maxLength(TEXT_LIMIT, 'a text is too long'));
const fn = oneOf(functionNames, 'an unknown function');
const kind = oneOf(handleKinds, 'an unknown kind of handle');
const error = v.custom<ErrorSymbol>((input) => typeof input === 'string' && isErrorSymbol(input), 'an unknown error');

const STATES: ReadonlyMap<HandleKind, ReadonlySet<string>> = new Map(
  handleKinds.map((one) => [one, new Set(statesOf(one))]),
);
const ANY_STATE: ReadonlySet<unknown> = new Set(handleKinds.flatMap((one) => statesOf(one)));
const state = v.custom<HandleState>((input) => ANY_STATE.has(input), 'an unknown state');
const wrongState = 'a state that this kind of handle does not have';

/** Is the handle's state one that its kind has? */
export function hasState(of: { readonly kind: HandleKind; readonly state: HandleState }): boolean {
  return STATES.get(of.kind)?.has(of.state) ?? false;
}

const handle = v.object({ handle: natural });
const otherValue = v.union([finite, v.boolean(), v.null(), handle]);
// A union tries its members one by one, and makes up a complaint for each that does not fit.
const recordedValue = v.lazy((input) =>
  typeof input === 'string' ? text : typeof input === 'number' ? finite : otherValue,
);
const CLOSE_REASONS = ['call', 'cascade', 'failed'] as const;
const DIRECTIONS = ['in', 'out'] as const;
// A record, so that a new topic cannot be forgotten.
const TOPICS: Readonly<Record<NoteTopic, true>> = {
  'stale-use': true,
  'double-close': true,
  'use-after-close': true,
  'wrong-kind': true,
  'wrong-state': true,
  'session-busy': true,
  'leak-at-exit': true,
  'leak-under-parent': true,
  'leak-by-age': true,
  'leak-since-mark': true,
  'read-stopped-early': true,
  'status-not-checked': true,
  'end-request-forgotten': true,
  'retry-ignored': true,
  'upload-size': true,
  'no-context': true,
  'no-callback': true,
  'callback-late': true,
  'callback-removed': true,
  'close-in-callback': true,
  'last-error-lost': true,
  'connection-limit': true,
  'callback-threw': true,
  'short-body': true,
  'no-dialog': true,
  'unanswered-challenge': true,
  'no-cache': true,
  'flag-without-effect': true,
};
const topic = v.picklist(Object.keys(TOPICS) as NoteTopic[], 'an unknown topic');

const PURPOSES: Readonly<Record<ConnectionPurpose, true>> = {
  http: true,
  gopher: true,
  'ftp-control': true,
  'ftp-passive': true,
  'ftp-active': true,
};
const port = v.pipe(natural, v.maxValue(65_535));
const endpoint = v.object({ address: text, port });
const name = v.pipe(v.string(), v.maxLength(MARK_NAME_LIMIT, 'a name is too long'));

const numbering = { seq: positive, t: natural };
const callBegin = {
  type: v.literal('call-begin'),
  call: natural,
  fn,
  handle: v.nullable(natural),
  args: v.pipe(v.array(recordedValue), v.maxLength(64, 'too many arguments'), v.readonly()),
  site: v.exactOptional(text),
  callback: v.exactOptional(v.object({ serial: reference, code: dword })),
};

const anyEntry = v.variant('type', [
  v.object({ ...callBegin, ...numbering }),
  v.object({
    type: v.literal('call-end'),
    call: natural,
    result: recordedValue,
    error: v.exactOptional(error),
    message: v.exactOptional(text),
    ...numbering,
  }),
  v.object({ type: v.literal('call-pending'), call: natural, ...numbering }),
  v.pipe(
    v.object({
      type: v.literal('handle-open'),
      serial: positive,
      value: dword,
      kind,
      state,
      parent: v.nullable(positive),
      fn,
      call: natural,
      target: text,
      ...numbering,
    }),
    v.check((node) => hasState(node), wrongState),
  ),
  v.object({ type: v.literal('handle-state'), serial: reference, state, ...numbering }),
  v.object({
    type: v.literal('handle-close'),
    serial: reference,
    reason: v.picklist(CLOSE_REASONS),
    cascadeRoot: reference,
    ...numbering,
  }),
  v.object({
    type: v.literal('status'),
    serial: reference,
    code: dword,
    context: finite,
    information: v.union([text, finite, v.null(), handle, v.object({ result: v.union([finite, handle]), error })]),
    ...numbering,
  }),
  v.object({
    type: v.literal('bytes'),
    serial: reference,
    direction: v.picklist(DIRECTIONS),
    count: natural,
    ...numbering,
  }),
  v.object({ type: v.literal('wire'), serial: reference, direction: v.picklist(DIRECTIONS), text, ...numbering }),
  v.object({
    type: v.literal('note'),
    topic,
    serial: v.nullable(natural),
    call: v.nullable(natural),
    text,
    hit: v.exactOptional(positive),
    others: v.exactOptional(v.pipe(v.array(positive), v.maxLength(OTHERS_LIMIT), v.readonly())),
    ...numbering,
  }),
  v.object({ type: v.literal('connection-wait'), serial: reference, limit: natural, ...numbering }),
  v.object({
    type: v.literal('connection'),
    serial: reference,
    call: natural,
    connection: positive,
    openedFor: reference,
    use: positive,
    purpose: v.picklist(Object.keys(PURPOSES) as ConnectionPurpose[], 'an unknown purpose of a connection'),
    local: v.nullable(endpoint),
    peer: v.nullable(endpoint),
    proxy: v.exactOptional(v.object({ host: text, port, tunnel: v.boolean() })),
    security: v.exactOptional(
      v.object({
        protocol: text,
        cipher: text,
        keyBits: natural,
        subject: text,
        issuer: text,
        validFrom: text,
        validTo: text,
      }),
    ),
    ...numbering,
  }),
  v.object({ type: v.literal('last-error'), code: dword, ...numbering }),
  v.object({ type: v.literal('mark'), name, ...numbering }),
  v.object({ type: v.literal('mark-comparison'), name, ...numbering }),
  v.object({ type: v.literal('end'), ...numbering }),
]);
type EntrySchema = (typeof anyEntry.options)[number];
const byType: ReadonlyMap<unknown, EntrySchema> = new Map(
  anyEntry.options.map((one) => [one.entries.type.literal, one]),
);
/** The same as `anyEntry`, found by its type at once instead of by trying one after the other. */
const entrySchema = v.lazy((input) => {
  const type = typeof input === 'object' && input !== null && 'type' in input ? input.type : undefined;
  return byType.get(type) ?? anyEntry;
});

const nodeSchema = v.pipe(
  v.object({
    serial: positive,
    value: dword,
    generation: positive,
    kind,
    parent: v.nullable(positive),
    fn,
    call: natural,
    args: callBegin.args,
    site: callBegin.site,
    target: text,
    openedAt: natural,
    usedAt: natural,
    state,
    bytesIn: natural,
    bytesOut: natural,
    running: v.pipe(v.array(v.object({ call: natural, fn, since: natural })), v.maxLength(10_000), v.readonly()),
    tallies: v.record(
      fn,
      v.object({ count: natural, totalMicroseconds: natural, lastError: v.nullable(error), lastResult: recordedValue }),
    ),
    lastError: v.nullable(error),
    notes: v.pipe(
      v.array(v.object({ seq: natural, topic, call: v.nullable(natural), text, hit: v.exactOptional(positive) })),
      v.maxLength(NOTE_LIMIT),
      v.readonly(),
    ),
    closed: v.nullable(v.object({ at: natural, reason: v.picklist(CLOSE_REASONS), cascadeRoot: reference })),
  }),
  v.check((node) => hasState(node), wrongState),
);

const checkpointSchema = v.object({
  seq: natural,
  t: natural,
  nodes: v.pipe(v.array(nodeSchema), v.maxLength(NODE_LIMIT, 'too many handles'), v.readonly()),
  calls: v.pipe(
    v.array(v.object({ ...callBegin, t: natural })),
    v.maxLength(NODE_LIMIT, 'too many calls'),
    v.readonly(),
  ),
  graves: v.pipe(v.array(positive), v.maxLength(NODE_LIMIT, 'too many closed handles'), v.readonly()),
  generations: v.pipe(
    v.array(v.pipe(v.tuple([dword, positive]), v.readonly())),
    v.maxLength(NODE_LIMIT, 'too many values'),
    v.readonly(),
  ),
});

/** Both accept each other, and have the same keys in every member: an entry that the schema forgets does not compile. */
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
type KeysByType<E extends { readonly type: string }> = {
  [T in E['type']]: keyof Extract<E, { readonly type: T }>;
};
type Out = v.InferOutput<typeof anyEntry>;
type CheckpointOut = v.InferOutput<typeof checkpointSchema>;

const SAME: readonly [
  Same<Out, Entry>,
  Same<KeysByType<Out>, KeysByType<Entry>>,
  Same<CheckpointOut, Checkpoint>,
  Same<keyof CheckpointOut['nodes'][number], keyof Checkpoint['nodes'][number]>,
] = [true, true, true, true];
void SAME;
