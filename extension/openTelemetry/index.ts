import { randomUUID } from 'node:crypto';
import type { TracerProvider } from '@opentelemetry/api';
import type { Entry, EntryBody, Recorder } from '../shared/journal.ts';
import { type Checkpoint, checkpoint, emptyTree } from '../shared/model.ts';
import { countSpanEntry } from './madeSpans.ts';
import { endSpansOfProcess } from './programEnd.ts';
import { NO_CONTEXT, registeredApi } from './registeredApi.ts';
import { now, SpanWriter } from './spanWriter.ts';

/**
 * Handles and calls as OpenTelemetry spans. The engines of hinternet-explorer/wininet need none of this, neither the first nor those
 * of createWinInet: they make spans as soon as the program has registered an SDK. This is for other providers, and for journals.
 */

/** Names of the attributes. */
export { SPAN_ATTRIBUTES, SPAN_EVENTS } from '../shared/spanAttributes.ts';

/**
 * A recorder for createWinInet that makes a span of every handle and every call, with a provider of one's own. The engine makes
 * none for the registered one then, also where a recorder of the program's own passes on to this one what it is told.
 */
export function spanRecorder(tracerProvider: TracerProvider = registeredProvider()): Recorder {
  const writer = new SpanWriter({
    tracer: tracerProvider.getTracer(TRACER),
    active: () => registeredApi()?.active() ?? NO_CONTEXT,
    engine: randomUUID(),
  });
  return {
    record(body) {
      countSpanEntry();
      writer.write(body, now());
    },
  };
}

/**
 * Ends the spans of handles that are still open, in all engines of this process, as leaked: to be called before an SDK is shut
 * down where the program goes on to end by process.exit(), as on a signal. When the event loop runs empty it happens by itself.
 */
export function endSpans(): void {
  endSpansOfProcess();
}

/** What is exported. */
export interface ExportedJournal {
  readonly entries: Iterable<Entry>;
  /** When the journal began: the times of its entries count from here. */
  readonly startedAt: Date;
  /** The tree before the first entry, of a journal that was cut. */
  readonly base?: Checkpoint;
}

/**
 * Makes spans of a journal that was recorded before, with its own times. What is still open at its end ends with it, marked
 * hinternet.unfinished. The caller flushes its provider.
 */
export function exportSpans(journal: ExportedJournal, tracerProvider: TracerProvider = registeredProvider()): void {
  const { entries, startedAt, base = checkpoint(emptyTree()) } = journal;
  const writer = new SpanWriter({
    tracer: tracerProvider.getTracer(TRACER),
    active: () => NO_CONTEXT,
    engine: randomUUID(),
  });
  const start = startedAt.getTime() * 1000;
  for (const { openedAt, ...node } of base.nodes) {
    writer.write({ type: 'handle-open', ...node }, start + openedAt);
    const { serial, closed } = node;
    if (closed !== null) {
      writer.write(
        { type: 'handle-close', serial, reason: closed.reason, cascadeRoot: closed.cascadeRoot },
        start + closed.at,
      );
    }
  }
  for (const { t, ...call } of base.calls) writer.write(call, start + t);
  let last = base.t;
  for (const { seq: _seq, t, ...body } of entries) {
    last = t;
    // Numbers and times are the journal's; the rest is what happened.
    writer.write(body as EntryBody, start + t);
  }
  writer.finish(start + last);
}

const TRACER = 'hinternet-explorer';

function registeredProvider(): TracerProvider {
  const api = registeredApi();
  if (api === null) throw new Error('Register an OpenTelemetry SDK before this, or pass its tracer provider.');
  return api.trace;
}
