import * as v from 'valibot';
import type { ConnectionPurpose, Entry } from './journal.ts';
import {
  CLOSE_REASONS,
  callBegin,
  DIRECTIONS,
  dword,
  error,
  finite,
  fn,
  handle,
  hasState,
  kind,
  natural,
  numbering,
  type Parsed,
  parsed,
  positive,
  recordedValue,
  reference,
  type Same,
  state,
  text,
  topic,
  wrongState,
} from './journalValues.ts';

/** Journals from outside, checked where they come in: a trace file, another program. Typed from here on. */

/** Version of the journal's form; it grows when a reader of the old form could misunderstand the new one. */
export const JOURNAL_VERSION = 1;
/** How many characters the name of a mark may have. */
export const MARK_NAME_LIMIT = 200;
/** How many further handles a note may name. */
const OTHERS_LIMIT = 10_000;

/** An entry from outside, or one sentence on what is wrong with it. What the journal does not know is left out. */
export function parseEntry(data: unknown): Parsed<Entry> {
  return parsed('entry', v.safeParse(entrySchema, data, { abortEarly: true }));
}

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

/** Both accept each other, and have the same keys in every member: an entry that the schema forgets does not compile. */
type KeysByType<E extends { readonly type: string }> = {
  [T in E['type']]: keyof Extract<E, { readonly type: T }>;
};
type Out = v.InferOutput<typeof anyEntry>;

const SAME: readonly [Same<Out, Entry>, Same<KeysByType<Out>, KeysByType<Entry>>] = [true, true];
void SAME;
