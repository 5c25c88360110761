import type { Context, HrTime, Span, SpanKind, SpanStatusCode, Tracer } from '@opentelemetry/api';
import { constantName } from '../shared/constantNames.ts';
import { INTERNET_STATUS_HANDLE_CLOSING } from '../shared/constants.ts';
import { errorCode } from '../shared/errorCodes.ts';
import { formatHandleValue, printable } from '../shared/format.ts';
import { functionRow } from '../shared/hierarchy.ts';
import type { Bytes, CallBegin, CallEnd, EntryBody, HandleClose, HandleOpen, Note, Status } from '../shared/journal.ts';
import {
  argumentAttributes,
  informationAttributes,
  ORDINARY_ERRORS,
  SPAN_ATTRIBUTES,
  SPAN_EVENTS,
  type SpanAttributes,
  valueAttributes,
} from '../shared/spanAttributes.ts';
import { SPAN_KEY } from './registeredApi.ts';

/** Numbers of @opentelemetry/api, which is not loaded. */
const INTERNAL: SpanKind.INTERNAL = 0;
const CLIENT: SpanKind.CLIENT = 2;
const ERROR: SpanStatusCode.ERROR = 2;

/** How many closed handles are remembered, for calls on them. */
const GRAVE_LIMIT = 1000;
/** Longest name of a span. */
const NAME_LIMIT = 200;

/** Where spans go. */
export interface SpanTarget {
  readonly tracer: Tracer;
  /** The context of the code that runs now. */
  readonly active: () => Context;
  /** Tells this engine from others. */
  readonly engine: string;
}

interface OpenHandle {
  readonly span: Span;
  state: string;
  bytesIn: number;
  bytesOut: number;
  /** When it became invalid; what belongs to it may still come to its end. */
  closed: HrTime | null;
}

interface RunningCall {
  readonly begin: CallBegin;
  readonly sequence: number;
  readonly time: HrTime;
  /** The program's own, when it made the call. */
  readonly active: Context;
  /** Null until it is known under which handle it belongs. */
  span: Span | null;
}

/**
 * Turns a journal into spans: one for each handle, from its opening to its closing, below that of its parent; one for each call,
 * below that of the handle which it uses, or, where it uses none, of the one that it returns. What the program itself was doing
 * is above the roots, and linked from every call. Status callbacks, changes of state and diagnoses are events.
 */
export class SpanWriter {
  readonly #target: SpanTarget;
  readonly #handles = new Map<number, OpenHandle>();
  /** Contexts of all handles, closed ones too as long as they are remembered. */
  readonly #contexts = new Map<number, Context>();
  readonly #graves: number[] = [];
  readonly #calls = new Map<number, RunningCall>();
  #sequence = 0;

  constructor(target: SpanTarget) {
    this.#target = target;
  }

  /** Takes what happened, and when: in microseconds since 1970. */
  write(body: EntryBody, microseconds: number): void {
    this.#sequence += 1;
    const time = hrTime(microseconds);
    switch (body.type) {
      case 'call-begin':
        this.#begin(body, time);
        break;
      case 'call-pending':
        this.#event(this.#calls.get(body.call)?.span, SPAN_EVENTS.pending, {}, time);
        break;
      case 'call-end':
        this.#end(body, time);
        break;
      case 'handle-open':
        this.#open(body, time);
        break;
      case 'handle-state':
        this.#changeState(body.serial, body.state, time);
        break;
      case 'handle-close':
        this.#close(body, time);
        break;
      case 'status':
        this.#status(body, time);
        break;
      case 'bytes':
        this.#count(body);
        break;
      case 'note':
        this.#note(body, time);
        break;
      case 'wire':
        break;
    }
  }

  /** Ends what is still open, the newest first, and says that it did not end by itself. */
  finish(microseconds: number): void {
    const time = hrTime(microseconds);
    for (const { span } of this.#calls.values()) {
      span?.setAttribute(SPAN_ATTRIBUTES.unfinished, true);
      span?.end(time);
    }
    for (const handle of [...this.#handles.values()].reverse()) {
      if (handle.closed === null) handle.span.setAttribute(SPAN_ATTRIBUTES.unfinished, true);
      this.#endHandle(handle, handle.closed ?? time);
    }
    this.#calls.clear();
    this.#handles.clear();
  }

  #begin(begin: CallBegin, time: HrTime): void {
    const call: RunningCall = { begin, sequence: this.#sequence, time, active: this.#target.active(), span: null };
    this.#calls.set(begin.call, call);
    // A closed handle is none that the call uses, but it says where the call belongs.
    const passed = begin.args.find((value) => typeof value === 'object' && value !== null);
    const serial = begin.handle ?? (typeof passed === 'object' ? (passed?.handle ?? null) : null);
    const above = serial === null ? undefined : this.#contexts.get(serial);
    if (above !== undefined) call.span = this.#startCall(call, above);
  }

  #startCall({ begin, sequence, time, active }: RunningCall, above: Context): Span {
    const { fn, call, handle, args, site } = begin;
    const own = spanIn(active)?.spanContext();
    const isLinked = own !== undefined && own.spanId !== spanIn(above)?.spanContext().spanId;
    return this.#target.tracer.startSpan(
      fn,
      {
        startTime: time,
        kind: functionRow(fn).mayPend === true ? CLIENT : INTERNAL,
        ...(isLinked ? { links: [{ context: own }] } : {}),
        attributes: {
          [SPAN_ATTRIBUTES.span]: 'call',
          [SPAN_ATTRIBUTES.engine]: this.#target.engine,
          [SPAN_ATTRIBUTES.sequence]: sequence,
          [SPAN_ATTRIBUTES.function]: fn,
          [SPAN_ATTRIBUTES.call]: call,
          ...(handle === null ? {} : { [SPAN_ATTRIBUTES.handle]: handle }),
          ...(site === undefined ? {} : { [SPAN_ATTRIBUTES.site]: site }),
          ...argumentAttributes(fn, args),
        },
      },
      above,
    );
  }

  #end({ call: number, result, error, message }: CallEnd, time: HrTime): void {
    const call = this.#calls.get(number);
    if (call === undefined) return;
    this.#calls.delete(number);
    const made = typeof result === 'object' && result !== null ? this.#contexts.get(result.handle) : undefined;
    const span = call.span ?? this.#startCall(call, made ?? call.active);
    span.setAttributes({
      [SPAN_ATTRIBUTES.endSequence]: this.#sequence,
      ...valueAttributes(SPAN_ATTRIBUTES.result, result),
    });
    if (error !== undefined) {
      const code = errorCode(error);
      span.setAttributes({ [SPAN_ATTRIBUTES.errorType]: error, [SPAN_ATTRIBUTES.errorCode]: code });
      if (message !== undefined) span.setAttribute(SPAN_ATTRIBUTES.errorMessage, message);
      if (!ORDINARY_ERRORS.has(error)) {
        span.setStatus({ code: ERROR, message: message ?? error });
        if (call.begin.handle !== null) {
          this.#handles.get(call.begin.handle)?.span.setStatus({ code: ERROR, message: message ?? error });
        }
      }
    }
    span.end(time);
  }

  #open(body: HandleOpen, time: HrTime): void {
    const { serial, value, kind, state, parent, fn, call, target } = body;
    const above =
      (parent === null ? undefined : this.#contexts.get(parent)) ??
      this.#calls.get(call)?.active ??
      this.#target.active();
    const span = this.#target.tracer.startSpan(
      `${fn} ${printable(target, NAME_LIMIT)}`.trim(),
      {
        startTime: time,
        kind: INTERNAL,
        attributes: {
          [SPAN_ATTRIBUTES.span]: 'handle',
          [SPAN_ATTRIBUTES.engine]: this.#target.engine,
          [SPAN_ATTRIBUTES.sequence]: this.#sequence,
          [SPAN_ATTRIBUTES.serial]: serial,
          [SPAN_ATTRIBUTES.value]: formatHandleValue(value),
          [SPAN_ATTRIBUTES.kind]: kind,
          [SPAN_ATTRIBUTES.firstState]: state,
          [SPAN_ATTRIBUTES.function]: fn,
          [SPAN_ATTRIBUTES.call]: call,
          [SPAN_ATTRIBUTES.target]: target,
          ...(parent === null ? {} : { [SPAN_ATTRIBUTES.parent]: parent }),
          ...serverOf(target),
        },
      },
      above,
    );
    this.#handles.set(serial, { span, state, bytesIn: 0, bytesOut: 0, closed: null });
    this.#contexts.set(serial, above.setValue(SPAN_KEY, span));
  }

  #changeState(serial: number, state: string, time: HrTime): void {
    const handle = this.#handles.get(serial);
    if (handle === undefined) return;
    handle.state = state;
    this.#event(handle.span, SPAN_EVENTS.state, { [SPAN_ATTRIBUTES.state]: state }, time);
  }

  #close({ serial, reason, cascadeRoot }: HandleClose, time: HrTime): void {
    const handle = this.#handles.get(serial);
    if (handle === undefined || handle.closed !== null) return;
    handle.closed = time;
    const closing = { [SPAN_ATTRIBUTES.closeReason]: reason, [SPAN_ATTRIBUTES.closeRoot]: cascadeRoot };
    handle.span.setAttributes(closing);
    this.#event(handle.span, SPAN_EVENTS.close, closing, time);
    if (reason === 'failed') handle.span.setStatus({ code: ERROR, message: 'The call that was making it failed.' });
  }

  /** The span ends with the last that its callback is told: INTERNET_STATUS_HANDLE_CLOSING. */
  #endHandle({ span, state, bytesIn, bytesOut }: OpenHandle, time: HrTime): void {
    span.setAttributes({
      [SPAN_ATTRIBUTES.state]: state,
      [SPAN_ATTRIBUTES.bytesIn]: bytesIn,
      [SPAN_ATTRIBUTES.bytesOut]: bytesOut,
      [SPAN_ATTRIBUTES.endSequence]: this.#sequence,
    });
    span.end(time);
  }

  #bury(serial: number, handle: OpenHandle, time: HrTime): void {
    this.#endHandle(handle, time);
    this.#handles.delete(serial);
    this.#graves.push(serial);
    if (this.#graves.length > GRAVE_LIMIT) this.#contexts.delete(this.#graves.shift() ?? 0);
  }

  #status({ serial, code, context, information }: Status, time: HrTime): void {
    const name = constantName('INTERNET_STATUS_', code) ?? `INTERNET_STATUS ${code}`;
    const attributes = {
      [SPAN_ATTRIBUTES.statusCode]: code,
      [SPAN_ATTRIBUTES.context]: context,
      ...informationAttributes(information),
    };
    const handle = this.#handles.get(serial);
    this.#event(handle?.span, name, attributes, time);
    if (handle !== undefined && handle.closed !== null && code === INTERNET_STATUS_HANDLE_CLOSING)
      this.#bury(serial, handle, time);
  }

  #count({ serial, direction, count }: Bytes): void {
    const handle = this.#handles.get(serial);
    if (handle === undefined) return;
    if (direction === 'in') handle.bytesIn += count;
    else handle.bytesOut += count;
  }

  /** A diagnosis of an open handle is its error; one of a closed handle stands with the call that it is about. */
  #note({ topic, serial, call, text, hit }: Note, time: HrTime): void {
    const handle = serial === null ? undefined : this.#handles.get(serial);
    const span = handle?.span ?? (call === null ? undefined : this.#calls.get(call)?.span);
    handle?.span.setStatus({ code: ERROR, message: text });
    const attributes = {
      [SPAN_ATTRIBUTES.topic]: topic,
      [SPAN_ATTRIBUTES.text]: text,
      ...(serial === null ? {} : { [SPAN_ATTRIBUTES.serial]: serial }),
      ...(call === null ? {} : { [SPAN_ATTRIBUTES.call]: call }),
      ...(hit === undefined ? {} : { [SPAN_ATTRIBUTES.hit]: hit }),
    };
    this.#event(span, SPAN_EVENTS.diagnosis, attributes, time);
  }

  #event(span: Span | null | undefined, name: string, attributes: SpanAttributes, time: HrTime): void {
    span?.addEvent(name, { ...attributes, [SPAN_ATTRIBUTES.sequence]: this.#sequence }, time);
  }
}

/** The server of an address, in OpenTelemetry's own words. */
function serverOf(target: string): SpanAttributes {
  const [, host, port] = /^(?:[A-Z]+ )?[a-z]+:\/\/(?:[^/?#@]*@)?(\[[^\]]+\]|[^/:?#]+)(?::(\d+))?/.exec(target) ?? [];
  if (host === undefined) return {};
  return { 'server.address': host, ...(port === undefined ? {} : { 'server.port': Number(port) }) };
}

function spanIn(context: Context): Span | undefined {
  // Only the package and this file put something there.
  return context.getValue(SPAN_KEY) as Span | undefined;
}

/** Whole seconds and nanoseconds: a number of milliseconds would lose the last digits. */
function hrTime(microseconds: number): HrTime {
  return [Math.floor(microseconds / 1_000_000), (microseconds % 1_000_000) * 1000];
}
