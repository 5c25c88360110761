import type { Recorder } from '../shared/journal.ts';

/** On a recorder that makes spans: known to all copies of this library in the process, and to all its bundles. */
const MAKES_SPANS = Symbol.for('hinternet-explorer.spans');

/** Marks a recorder as one that makes spans. */
export function markSpanRecorder(recorder: Recorder): Recorder {
  return Object.defineProperty(recorder, MAKES_SPANS, { value: true });
}

/** Does this recorder make spans, so that an engine that it records needs no second one? */
export function makesSpans(recorder: Recorder): boolean {
  return MAKES_SPANS in recorder;
}
