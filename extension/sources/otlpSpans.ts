import * as v from 'valibot';
import type { SpanAttributes } from '../shared/spanAttributes.ts';

/** Spans in OTLP's JSON, checked where they come in. */

/** A span as far as a journal needs it. */
export interface OtlpSpan {
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
 * Reads ExportTraceServiceRequests: one for the whole text, or one a line, as the collector's file exporter writes them.
 * Null where the text is no OTLP at all.
 */
export function readOtlpSpans(text: string): OtlpFile | null {
  const spans: OtlpSpan[] = [];
  const problems: OtlpProblem[] = [];
  let understood = false;
  for (const { line, data } of requestsIn(text)) {
    const request = v.safeParse(requestSchema, data);
    if (!request.success) {
      problems.push({ line, sentence: 'This is no ExportTraceServiceRequest.' });
      continue;
    }
    understood = true;
    for (const candidate of request.output.resourceSpans.flatMap(({ scopeSpans }) =>
      scopeSpans.flatMap((one) => one.spans),
    )) {
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
    yield { line: 1, data: whole };
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

/** 64 bits: protobuf's JSON writes them as texts, some programs as numbers. */
const nanoseconds = v.pipe(
  v.union([v.pipe(v.string(), v.regex(/^\d{1,20}$/)), v.pipe(v.number(), v.safeInteger(), v.minValue(0))]),
  v.transform((value) => BigInt(value)),
);
const integer = v.pipe(
  v.union([v.pipe(v.string(), v.regex(/^-?\d{1,19}$/)), v.number()]),
  v.transform((value) => Number(value)),
);
const anyValue = v.object({
  stringValue: v.optional(v.string()),
  boolValue: v.optional(v.boolean()),
  intValue: v.optional(integer),
  doubleValue: v.optional(v.number()),
});
const attributes = v.pipe(
  v.optional(v.array(v.object({ key: v.string(), value: v.optional(anyValue, {}) })), []),
  v.transform((pairs): SpanAttributes => {
    const found: SpanAttributes = {};
    for (const { key, value } of pairs) {
      const plain = value.stringValue ?? value.boolValue ?? value.intValue ?? value.doubleValue;
      // Lists and maps are other people's: no attribute of ours is one.
      if (plain !== undefined)
        Object.defineProperty(found, key, { value: plain, enumerable: true, configurable: true });
    }
    return found;
  }),
);
const eventSchema = v.pipe(
  v.object({ timeUnixNano: nanoseconds, name: v.optional(v.string(), ''), attributes }),
  v.transform(({ timeUnixNano, ...event }) => ({ ...event, time: timeUnixNano })),
);
const spanSchema = v.pipe(
  v.object({
    startTimeUnixNano: nanoseconds,
    endTimeUnixNano: nanoseconds,
    attributes,
    events: v.optional(v.array(eventSchema), []),
  }),
  v.transform(({ startTimeUnixNano, endTimeUnixNano, ...span }) => ({
    ...span,
    start: startTimeUnixNano,
    end: endTimeUnixNano,
  })),
);
const requestSchema = v.object({
  resourceSpans: v.array(
    v.object({ scopeSpans: v.optional(v.array(v.object({ spans: v.optional(v.array(v.unknown()), []) })), []) }),
  ),
});
