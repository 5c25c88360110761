import * as v from 'valibot';
import {
  CLOSE_REASONS,
  callBegin,
  dword,
  error,
  fn,
  hasState,
  kind,
  natural,
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
import { type Checkpoint, NOTE_LIMIT } from './model.ts';

/** Trees of handles from outside: what a trace file begins with whose first entries were cut. */

/** How many handles a checkpoint may hold. */
const NODE_LIMIT = 1_000_000;

/** A checkpoint from outside, or one sentence on what is wrong with it. Its handles may still contradict each other. */
export function parseCheckpoint(data: unknown): Parsed<Checkpoint> {
  return parsed('checkpoint', v.safeParse(checkpointSchema, data, { abortEarly: true }));
}

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

type CheckpointOut = v.InferOutput<typeof checkpointSchema>;

/** Both accept each other, and have the same keys. */
const SAME: readonly [
  Same<CheckpointOut, Checkpoint>,
  Same<keyof CheckpointOut['nodes'][number], keyof Checkpoint['nodes'][number]>,
] = [true, true];
void SAME;
