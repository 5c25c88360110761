import { isFunctionName } from '../shared/hierarchy.ts';
import type { Entry } from '../shared/journal.ts';
import { parseEntry } from '../shared/journalSchema.ts';
import {
  argumentsIn,
  informationIn,
  SPAN_ATTRIBUTES as NAMES,
  SPAN_EVENTS,
  type SpanAttributes,
  valueIn,
} from '../shared/spanAttributes.ts';
import { EngineNumbers } from './engineNumbers.ts';
import { type OtlpEvent, type OtlpFile, type OtlpProblem, type OtlpSpan, readOtlpSpans } from './otlpSpans.ts';
import { TraceAudit } from './traceAudit.ts';
import { ENTRY_LIMIT, PROBLEM_LIMIT } from './traceFile.ts';

/** A journal that was rebuilt from spans, or one sentence on why there is none. */
export type ReadOtlpTrace =
  | {
      readonly ok: true;
      readonly startedAt: Date;
      /** Numbers and times only grow, no serial is opened twice, and parents are opened before their children. */
      readonly entries: readonly Entry[];
      /** The first PROBLEM_LIMIT of them. */
      readonly problems: readonly OtlpProblem[];
      readonly problemCount: number;
      /** Spans that tell of no handle and no call: those of the program around them. */
      readonly others: number;
    }
  | {
      readonly ok: false;
      readonly problem: string /** With spans, perhaps, but none of handles. */;
      readonly isOtlp: boolean;
    };

/**
 * Rebuilds a journal from the spans of handles and calls in OTLP's JSON: one ExportTraceServiceRequest, or one a line. Handles of
 * several engines get numbers of their own. What is still open when spans are exported is not among them: handles below it are
 * shown as roots.
 */
export function readOtlpTrace(text: string): ReadOtlpTrace {
  const file = readOtlpSpans(text);
  if (file === null)
    return {
      ok: false,
      problem: 'This is no trace of OpenTelemetry: no line is an ExportTraceServiceRequest.',
      isOtlp: false,
    };
  const told = file.spans.filter(
    ({ attributes }) => attributes[NAMES.span] === 'handle' || attributes[NAMES.span] === 'call',
  );
  if (told.length === 0) return { ok: false, problem: nothingIn(file), isOtlp: true };
  const own = eachOnce(told);
  const moments = own.flatMap(momentsOf).sort(inOrder);
  const problems: OtlpProblem[] = [...file.problems];
  const entries: Entry[] = [];
  const audit = new TraceAudit();
  // One engine's numbers are good as they are.
  const numbers = new Set(moments.map(({ engine }) => engine)).size > 1 ? new EngineNumbers() : null;
  const start = moments[0]?.time ?? 0n;
  for (const { body, engine, time, line } of moments) {
    if (entries.length >= ENTRY_LIMIT) {
      problems.push({ line, sentence: `The trace has more than ${ENTRY_LIMIT} entries: the rest was left out.` });
      break;
    }
    const stamp = { seq: entries.length + 1, t: Number((time - start) / 1000n) };
    const parsed = parseEntry({ ...(numbers?.renumber(engine, body) ?? body), ...stamp });
    const verdict = parsed.ok ? audit.entry(parsed.value) : { entry: null, problem: parsed.problem };
    if (verdict.problem !== null) problems.push({ line, sentence: verdict.problem });
    if (verdict.entry !== null) entries.push(verdict.entry);
  }
  return {
    ok: true,
    startedAt: new Date(Number(start / 1_000_000n)),
    entries,
    problems: problems.slice(0, PROBLEM_LIMIT),
    problemCount: problems.length,
    others: file.spans.length - told.length,
  };
}

function nothingIn({ problems }: OtlpFile): string {
  const nothing = 'This trace has no spans of HINTERNET handles: hinternet-explorer/opentelemetry makes them.';
  const [first] = problems;
  if (first === undefined) return nothing;
  const count = problems.length === 1 ? 'One span or line' : `${problems.length} spans or lines`;
  return `${nothing} ${count} could not be read; the first is in line ${first.line}: ${first.sentence}`;
}

/** Whoever delivers spans, and gets no answer, delivers them again. */
function eachOnce(spans: readonly OtlpSpan[]): readonly OtlpSpan[] {
  const seen = new Set<string>();
  return spans.filter(({ id }) => {
    if (id === null) return true;
    const isNew = !seen.has(id);
    seen.add(id);
    return isNew;
  });
}

/** Something that happened, as an entry that is still to be checked. */
interface Moment {
  readonly engine: string;
  readonly time: bigint;
  /** Where it stands among what its engine has told. */
  readonly sequence: number;
  readonly line: number;
  readonly body: Readonly<Record<string, unknown>>;
}

function inOrder(one: Moment, other: Moment): number {
  if (one.time !== other.time) return one.time < other.time ? -1 : 1;
  return one.sequence - other.sequence;
}

function momentsOf(span: OtlpSpan): readonly Moment[] {
  const { attributes, start, end, events, line } = span;
  const engine = String(attributes[NAMES.engine] ?? '');
  const at = (time: bigint, sequence: number, body: Moment['body']): Moment => ({ engine, time, sequence, line, body });
  const first = numberOr(attributes[NAMES.sequence], 0);
  const last = numberOr(attributes[NAMES.endSequence], Number.MAX_SAFE_INTEGER);
  const isHandle = attributes[NAMES.span] === 'handle';
  const told = events.flatMap((event) => {
    const body = eventBody(event, attributes);
    return body === null ? [] : [at(event.time, numberOr(event.attributes[NAMES.sequence], first), body)];
  });
  const between = isHandle ? totalBodies(span, told) : [];
  const isClosed = told.some(({ body }) => body.type === 'handle-close');
  const ending = isHandle ? (isClosed ? null : closeBody(attributes)) : endBody(attributes);
  return [
    at(start, first, isHandle ? openBody(attributes) : beginBody(attributes)),
    ...told,
    // What the span tells only as a sum happened before it closed.
    ...between.map((body) => ({ ...at(end, last, body), ...beforeClosing(told, end, last) })),
    ...(ending === null ? [] : [at(end, last, ending)]),
  ];
}

function beforeClosing(told: readonly Moment[], end: bigint, last: number): Pick<Moment, 'time' | 'sequence'> {
  const closing = told.find(({ body }) => body.type === 'handle-close');
  return { time: closing?.time ?? end, sequence: (closing?.sequence ?? last) - 0.5 };
}

function openBody(attributes: SpanAttributes): Moment['body'] {
  return {
    type: 'handle-open',
    serial: attributes[NAMES.serial],
    value: Number.parseInt(String(attributes[NAMES.value] ?? ''), 16),
    kind: attributes[NAMES.kind],
    state: attributes[NAMES.firstState],
    parent: attributes[NAMES.parent] ?? null,
    fn: attributes[NAMES.function],
    call: attributes[NAMES.call],
    target: attributes[NAMES.target] ?? '',
  };
}

/** The last state, where an event of it was dropped, and the bytes. */
function totalBodies({ attributes, events }: OtlpSpan, told: readonly Moment[]): readonly Moment['body'][] {
  const serial = attributes[NAMES.serial];
  const state = attributes[NAMES.state];
  const known = told.findLast(({ body }) => body.type === 'handle-state')?.body.state ?? attributes[NAMES.firstState];
  const isNews =
    state !== undefined && (state !== known || events.length === 0) && state !== attributes[NAMES.firstState];
  const bytes = (['in', 'out'] as const).flatMap((direction) => {
    const count = attributes[direction === 'in' ? NAMES.bytesIn : NAMES.bytesOut];
    return typeof count === 'number' && count > 0 ? [{ type: 'bytes', serial, direction, count }] : [];
  });
  return [...bytes, ...(isNews ? [{ type: 'handle-state', serial, state }] : [])];
}

function closeBody(attributes: SpanAttributes): Moment['body'] | null {
  const serial = attributes[NAMES.serial];
  const reason = attributes[NAMES.closeReason];
  return reason === undefined
    ? null
    : { type: 'handle-close', serial, reason, cascadeRoot: attributes[NAMES.closeRoot] ?? serial };
}

function beginBody(attributes: SpanAttributes): Moment['body'] {
  const fn = String(attributes[NAMES.function] ?? '');
  return {
    type: 'call-begin',
    call: attributes[NAMES.call],
    fn,
    handle: attributes[NAMES.handle] ?? null,
    args: isFunctionName(fn) ? argumentsIn(attributes, fn) : [],
    ...optional('site', attributes[NAMES.site]),
  };
}

function endBody(attributes: SpanAttributes): Moment['body'] | null {
  if (attributes[NAMES.unfinished] === true) return null;
  return {
    type: 'call-end',
    call: attributes[NAMES.call],
    result: valueIn(attributes, NAMES.result),
    ...optional('error', attributes[NAMES.errorType]),
    ...optional('message', attributes[NAMES.errorMessage]),
  };
}

/** What an event of a span tells; null where it is somebody else's. */
function eventBody({ name, attributes }: OtlpEvent, span: SpanAttributes): Moment['body'] | null {
  if (name === SPAN_EVENTS.pending) return { type: 'call-pending', call: span[NAMES.call] };
  if (name === SPAN_EVENTS.state)
    return { type: 'handle-state', serial: span[NAMES.serial], state: attributes[NAMES.state] };
  if (name === SPAN_EVENTS.close) return closeBody({ ...span, ...attributes });
  if (name === SPAN_EVENTS.diagnosis) {
    return {
      type: 'note',
      topic: attributes[NAMES.topic],
      serial: attributes[NAMES.serial] ?? null,
      call: attributes[NAMES.call] ?? null,
      text: attributes[NAMES.text],
      ...optional('hit', attributes[NAMES.hit]),
    };
  }
  if (attributes[NAMES.statusCode] === undefined) return null;
  return {
    type: 'status',
    serial: span[NAMES.serial],
    code: attributes[NAMES.statusCode],
    context: attributes[NAMES.context] ?? 0,
    information: informationIn(attributes),
  };
}

function optional(name: string, value: unknown): Readonly<Record<string, unknown>> {
  return value === undefined ? {} : { [name]: value };
}

function numberOr(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}
