import type { Context, HrTime, Span } from '@opentelemetry/api';
import { errorCode } from '../shared/errorCodes.ts';
import { bringsAnswer, functionRow } from '../shared/hierarchy.ts';
import type { CallBegin, CallEnd, EntryBody, HandleOpen, Note, Wire } from '../shared/journal.ts';
import {
  argumentAttributes,
  ORDINARY_ERRORS,
  SPAN_ATTRIBUTES,
  SPAN_EVENTS,
  valueAttributes,
} from '../shared/spanAttributes.ts';
import { addEvent, HandleSpans } from './handleSpans.ts';
import { statusAttributes } from './networkAttributes.ts';
import { endedBefore, endWithProgram, type Unended } from './programEnd.ts';
import { CLIENT, ERROR, INTERNAL, type Moment, type SpanTarget, spanIn } from './spanTarget.ts';

interface RunningCall {
  readonly begin: CallBegin;
  readonly moment: Moment;
  /** What the program itself was doing when it made the call. */
  readonly active: Context;
  /** Null until it is known under which handle it belongs. */
  span: Span | null;
  /** The request that it sends, where it does; null while nobody knows. */
  request: number | null;
}

/**
 * Turns a journal into spans: one for each handle below that of its parent; one for each call, below that of the handle which it
 * uses, or, where it uses none, of the one that it returns. What the program itself was doing is above the roots, and linked
 * from every call. Status callbacks, changes of state and diagnoses are events.
 */
export class SpanWriter implements Unended {
  readonly #target: SpanTarget;
  readonly #handles: HandleSpans;
  readonly #calls = new Map<number, RunningCall>();
  #sequence = 0;

  constructor(target: SpanTarget) {
    this.#target = target;
    this.#handles = new HandleSpans(target);
  }

  /** Takes what happened, and when: in microseconds since 1970. */
  write(body: EntryBody, microseconds: number): void {
    this.#sequence += 1;
    const moment = { time: hrTime(microseconds), sequence: this.#sequence };
    switch (body.type) {
      case 'call-begin':
        this.#begin(body, moment);
        break;
      case 'call-pending':
        addEvent(this.#calls.get(body.call)?.span, SPAN_EVENTS.pending, {}, moment);
        break;
      case 'call-end':
        this.#end(body, moment);
        break;
      case 'handle-open':
        this.#open(body, moment);
        break;
      case 'handle-state':
        this.#handles.changeState(body, moment);
        break;
      case 'handle-close':
        this.#handles.close(body, moment);
        break;
      case 'status':
        this.#handles.status(body, moment);
        if (this.#handles.areOver) endedBefore(this);
        break;
      case 'bytes':
        this.#handles.count(body);
        break;
      case 'note':
        this.#note(body, moment);
        break;
      case 'wire':
        this.#dialogue(body);
        break;
      case 'end':
        this.#finish(moment, true);
        break;
    }
  }

  /** Ends what is still open, the newest first, and says that it did not end by itself. */
  finish(microseconds: number): void {
    this.#finish({ time: hrTime(microseconds), sequence: this.#sequence }, false);
  }

  /** The program ends while this is told what happens: now. */
  end(): void {
    this.write({ type: 'end' }, now());
  }

  #finish(moment: Moment, leaked: boolean): void {
    endedBefore(this);
    for (const { span } of this.#calls.values()) {
      span?.setAttribute(SPAN_ATTRIBUTES.unfinished, true);
      span?.end(moment.time);
    }
    this.#calls.clear();
    this.#handles.finish(moment, leaked);
  }

  #open(body: HandleOpen, moment: Moment): void {
    const call = this.#calls.get(body.call);
    this.#handles.open(body, moment, call?.active ?? this.#target.active());
    endWithProgram(this);
    // InternetOpenUrl sends the request that it makes.
    if (call === undefined || functionRow(call.begin.fn).mayPend !== true) return;
    call.request = body.serial;
    const network = this.#handles.networkOf(body.serial);
    call.span?.setAttributes({ ...network?.server, ...network?.request });
  }

  /** The last answer counts: redirects and challenges come before it. */
  #dialogue({ serial, direction, text }: Wire): void {
    const status = direction === 'in' ? statusAttributes(text) : null;
    if (status === null) return;
    this.#handles.spanOf(serial)?.setAttributes(status);
    for (const { request, span } of this.#calls.values()) if (request === serial) span?.setAttributes(status);
  }

  #begin(begin: CallBegin, moment: Moment): void {
    const request = bringsAnswer(begin.fn) ? begin.handle : null;
    const call: RunningCall = { begin, moment, active: this.#target.active(), span: null, request };
    this.#calls.set(begin.call, call);
    // A closed handle is none that the call uses, but it says where the call belongs.
    const passed = begin.args.find((value) => typeof value === 'object' && value !== null);
    const serial = begin.handle ?? (typeof passed === 'object' ? (passed?.handle ?? null) : null);
    const above = serial === null ? undefined : this.#handles.contextOf(serial);
    if (above !== undefined) call.span = this.#start(call, above);
  }

  #start({ begin, moment, active, request }: RunningCall, above: Context): Span {
    const { fn, call, handle, args, site } = begin;
    const own = spanIn(active)?.spanContext();
    const kind = functionRow(fn).mayPend === true ? CLIENT : INTERNAL;
    const network = kind === CLIENT && handle !== null ? this.#handles.networkOf(handle) : undefined;
    const isLinked = own !== undefined && own.spanId !== spanIn(above)?.spanContext().spanId;
    return this.#target.tracer.startSpan(
      fn,
      {
        startTime: moment.time,
        kind,
        ...(isLinked ? { links: [{ context: own }] } : {}),
        attributes: {
          [SPAN_ATTRIBUTES.span]: 'call',
          [SPAN_ATTRIBUTES.engine]: this.#target.engine,
          [SPAN_ATTRIBUTES.sequence]: moment.sequence,
          [SPAN_ATTRIBUTES.function]: fn,
          [SPAN_ATTRIBUTES.call]: call,
          ...(handle === null ? {} : { [SPAN_ATTRIBUTES.handle]: handle }),
          ...(site === undefined ? {} : { [SPAN_ATTRIBUTES.site]: site }),
          ...argumentAttributes(fn, args),
          ...network?.server,
          ...(request === null ? {} : network?.request),
        },
      },
      above,
    );
  }

  #end({ call: number, result, error, message }: CallEnd, { time, sequence }: Moment): void {
    const call = this.#calls.get(number);
    if (call === undefined) return;
    this.#calls.delete(number);
    const made = typeof result === 'object' && result !== null ? this.#handles.contextOf(result.handle) : undefined;
    const span = call.span ?? this.#start(call, made ?? call.active);
    span.setAttributes({ [SPAN_ATTRIBUTES.endSequence]: sequence, ...valueAttributes(SPAN_ATTRIBUTES.result, result) });
    if (error !== undefined) {
      span.setAttributes({ [SPAN_ATTRIBUTES.errorType]: error, [SPAN_ATTRIBUTES.errorCode]: errorCode(error) });
      if (message !== undefined) span.setAttribute(SPAN_ATTRIBUTES.errorMessage, message);
      if (!ORDINARY_ERRORS.has(error)) {
        const status = { code: ERROR, message: message ?? error };
        span.setStatus(status);
        if (call.begin.handle !== null) this.#handles.spanOf(call.begin.handle)?.setStatus(status);
      }
    }
    span.end(time);
  }

  /** A diagnosis of an open handle is its error; one of a closed handle stands with the call that it is about. */
  #note({ topic, serial, call, text, hit }: Note, moment: Moment): void {
    const handle = serial === null ? undefined : this.#handles.spanOf(serial);
    handle?.setStatus({ code: ERROR, message: text });
    const attributes = {
      [SPAN_ATTRIBUTES.topic]: topic,
      [SPAN_ATTRIBUTES.text]: text,
      ...(serial === null ? {} : { [SPAN_ATTRIBUTES.serial]: serial }),
      ...(call === null ? {} : { [SPAN_ATTRIBUTES.call]: call }),
      ...(hit === undefined ? {} : { [SPAN_ATTRIBUTES.hit]: hit }),
    };
    const span = handle ?? (call === null ? undefined : this.#calls.get(call)?.span);
    addEvent(span, SPAN_EVENTS.diagnosis, attributes, moment);
  }
}

/** Microseconds since 1970, by a clock that never goes back. */
export function now(): number {
  return Math.round((performance.timeOrigin + performance.now()) * 1000);
}

/** Whole seconds and nanoseconds: a number of milliseconds would lose the last digits. */
function hrTime(microseconds: number): HrTime {
  return [Math.floor(microseconds / 1_000_000), (microseconds % 1_000_000) * 1000];
}
