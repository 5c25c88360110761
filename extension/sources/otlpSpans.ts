import * as v from 'valibot';
import type { SpanAttributes } from '../shared/spanAttributes.ts';

/** Spans in OTLP's JSON, checked where they come in. */

/** A span as far as a journal needs it. */
export interface OtlpSpan {
  /** By which a span is known again that was delivered twice; null where it has none. */
  readonly id: string | null;
  /** Nanoseconds since 1970. */
  readonly start: bigint;
  readonly end: bigint;
  readonly attributes: Readonly<SpanAttributes>;
  readonly events: readonly OtlpEvent[];
  /** Where its request begins in the file, counting lines from 1. */
  readonly line: number;
}

/** An event of a span. */
export interface OtlpEvent {
  readonly time: bigint;
  readonly name: string;
  readonly attributes: Readonly<SpanAttributes>;
}

/** Something in a file that could not be taken as it is. */
export interface OtlpProblem {
  readonly line: number;
  readonly sentence: string;
}

/** All spans of a file. */
export interface OtlpFile {
  readonly spans: readonly OtlpSpan[];
  readonly problems: readonly OtlpProblem[];
}

/**
 * Reads ExportTraceServiceRequests: one for the whole text, a list of them, or one a line, as the collector's file exporter writes
 * them, beside metrics and logs. Null where the text is no OTLP at all.
 */
export function readOtlpSpans(text: string): OtlpFile | null {
  const spans: OtlpSpan[] = [];
  const problems: OtlpProblem[] = [];
  let understood = false;
  for (const { line, data } of requestsIn(text)) {
    const request = v.safeParse(requestSchema, data);
    if (!request.success) {
      if (!isOtherSignal(data)) problems.push({ line, sentence: 'This is no ExportTraceServiceRequest.' });
      continue;
    }
    understood = true;
    for (const candidate of request.output) {
      const span = v.safeParse(spanSchema, candidate);
      if (span.success) spans.push({ ...span.output, line });
      else
        problems.push({
          line,
          sentence: `A span is damaged: ${v.getDotPath(span.issues[0]) ?? 'it'} is not as it should be.`,
        });
    }
  }
  return understood ? { spans, problems } : null;
}

function* requestsIn(text: string): Generator<{ readonly line: number; readonly data: unknown }, void> {
  const whole = parseJson(text);
  if (whole !== undefined) {
    for (const data of Array.isArray(whole) ? whole : [whole]) yield { line: 1, data };
    return;
  }
  let line = 0;
  for (let from = 0; from < text.length; ) {
    const end = text.indexOf('\n', from);
    const piece = text.slice(from, end === -1 ? text.length : end).trim();
    from = end === -1 ? text.length : end + 1;
    line += 1;
    if (piece !== '') yield { line, data: parseJson(piece) };
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    // The caller says which line it was.
    return undefined;
  }
}

/** A line of the collector's file exporter that is about something else than traces. */
function isOtherSignal(data: unknown): boolean {
  return (
    typeof data === 'object' &&
    data !== null &&
    ['resourceMetrics', 'resourceLogs', 'resourceProfiles'].some((signal) => signal in data)
  );
}

/**
 * 64 bits: protobuf's JSON writes them as texts, some programs as numbers, of which those of today are larger than numbers hold
 * exactly: they are off by less than a microsecond, and whole microseconds are what was recorded.
 */
const nanoseconds = v.pipe(
  v.union([v.pipe(v.string(), v.regex(/^\d{1,20}$/)), v.pipe(v.number(), v.integer(), v.minValue(0))]),
  v.transform((value) =>
    typeof value === 'string' || Number.isSafeInteger(value) ? BigInt(value) : BigInt(Math.round(value / 1000)) * 1000n,
  ),
);
const integer = v.pipe(
  v.union([v.pipe(v.string(), v.regex(/^-?\d{1,19}$/)), v.number()]),
  v.transform((value) => Number(value)),
);
const anyValue = v.object({
  stringValue: v.nullish(v.string()),
  boolValue: v.nullish(v.boolean()),
  intValue: v.nullish(integer),
  doubleValue: v.nullish(v.number()),
});

/** A list of protobuf: what is empty may be absent, or null. */
function list<const T extends v.GenericSchema>(item: T) {
  return v.nullish(v.array(item), []);
}

const attributes = v.pipe(
  list(v.object({ key: v.string(), value: v.nullish(anyValue, {}) })),
  v.transform((pairs): SpanAttributes => {
    const found: SpanAttributes = {};
    for (const { key, value } of pairs ?? []) {
      const plain = value?.stringValue ?? value?.boolValue ?? value?.intValue ?? value?.doubleValue;
      // Lists and maps are other people's: no attribute of ours is one.
      if (plain !== undefined && plain !== null)
        Object.defineProperty(found, key, { value: plain, enumerable: true, configurable: true });
    }
    return found;
  }),
);
const eventSchema = v.pipe(
  v.object({ timeUnixNano: nanoseconds, name: v.nullish(v.string(), ''), attributes }),
  v.transform(({ timeUnixNano, ...event }) => ({ ...event, time: timeUnixNano })),
);
const spanSchema = v.pipe(
  v.object({
    traceId: v.nullish(v.string(), ''),
    spanId: v.nullish(v.string(), ''),
    startTimeUnixNano: nanoseconds,
    endTimeUnixNano: nanoseconds,
    attributes,
    events: list(eventSchema),
  }),
  v.transform(({ traceId, spanId, startTimeUnixNano, endTimeUnixNano, ...span }) => ({
    ...span,
    id: spanId === '' ? null : `${traceId}/${spanId}`,
    start: startTimeUnixNano,
    end: endTimeUnixNano,
  })),
);
const scopesSchema = list(v.object({ spans: list(v.unknown()) }));
/** Since OTLP 1.0 scopes have the first name. */
const resourceSchema = v.object({ scopeSpans: scopesSchema, instrumentationLibrarySpans: scopesSchema });
const resourcesSchema = v.array(resourceSchema);
/** A request, or the same as Grafana Tempo answers and downloads it; all that matters of it are its spans. */
const requestSchema = v.pipe(
  v.union([
    v.object({ resourceSpans: resourcesSchema }),
    v.pipe(
      v.object({ batches: resourcesSchema }),
      v.transform(({ batches }) => ({ resourceSpans: batches })),
    ),
    v.pipe(
      v.object({ trace: v.object({ resourceSpans: resourcesSchema }) }),
      v.transform(({ trace }) => trace),
    ),
  ]),
  v.transform(({ resourceSpans }) =>
    resourceSpans
      .flatMap(({ scopeSpans, instrumentationLibrarySpans }) => [...scopeSpans, ...instrumentationLibrarySpans])
      .flatMap(({ spans }) => spans),
  ),
);
