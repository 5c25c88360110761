import type { Context, HrTime, Span } from '@opentelemetry/api';
import { constantName } from '../shared/constantNames.ts';
import { INTERNET_STATUS_HANDLE_CLOSING } from '../shared/constants.ts';
import { neverClosed } from '../shared/diagnoses/leaksAtExit.ts';
import { formatHandleValue, printable } from '../shared/format.ts';
import type { Bytes, HandleClose, HandleOpen, HandleStateChange, Status } from '../shared/journal.ts';
import { informationAttributes, SPAN_ATTRIBUTES, SPAN_EVENTS, type SpanAttributes } from '../shared/spanAttributes.ts';
import { type NetworkAttributes, networkAttributes } from './networkAttributes.ts';
import { SPAN_KEY } from './registeredApi.ts';
import { ERROR, INTERNAL, type Moment, type SpanTarget } from './spanTarget.ts';

/** How many closed handles are remembered, for calls on them. */
const GRAVE_LIMIT = 1000;
/** Longest name of a span. */
const NAME_LIMIT = 200;

interface OpenHandle {
  readonly span: Span;
  readonly opening: HandleOpen;
  /** Of what it leads to, in OpenTelemetry's own words. */
  readonly network: NetworkAttributes;
  state: string;
  bytesIn: number;
  bytesOut: number;
  /** When it became invalid; what belongs to it may still come to its end. */
  closed: HrTime | null;
}

/** A span for each handle, from its opening to the last that its callback is told, below that of its parent. */
export class HandleSpans {
  readonly #target: SpanTarget;
  readonly #handles = new Map<number, OpenHandle>();
  /** Contexts of all handles, closed ones too as long as they are remembered. */
  readonly #contexts = new Map<number, Context>();
  readonly #graves: number[] = [];

  constructor(target: SpanTarget) {
    this.#target = target;
  }

  /** The context of a handle, for what happens below it; that of a closed one as long as it is remembered. */
  contextOf(serial: number): Context | undefined {
    return this.#contexts.get(serial);
  }

  /** The span of a handle that has not ended. */
  spanOf(serial: number): Span | undefined {
    return this.#handles.get(serial)?.span;
  }

  /** What a handle that has not ended leads to, in OpenTelemetry's own words. */
  networkOf(serial: number): NetworkAttributes | undefined {
    return this.#handles.get(serial)?.network;
  }

  /** Has every span ended? */
  get areOver(): boolean {
    return this.#handles.size === 0;
  }

  /** @param active what the program itself was doing, for a root */
  open(opening: HandleOpen, moment: Moment, active: Context): void {
    const { serial, value, kind, state, parent, fn, call, target } = opening;
    const network = networkAttributes(kind, target);
    const above = (parent === null ? undefined : this.#contexts.get(parent)) ?? active;
    const span = this.#target.tracer.startSpan(
      `${fn} ${printable(target, NAME_LIMIT)}`.trim(),
      {
        startTime: moment.time,
        kind: INTERNAL,
        attributes: {
          [SPAN_ATTRIBUTES.span]: 'handle',
          [SPAN_ATTRIBUTES.engine]: this.#target.engine,
          [SPAN_ATTRIBUTES.sequence]: moment.sequence,
          [SPAN_ATTRIBUTES.serial]: serial,
          [SPAN_ATTRIBUTES.value]: formatHandleValue(value),
          [SPAN_ATTRIBUTES.kind]: kind,
          [SPAN_ATTRIBUTES.firstState]: state,
          [SPAN_ATTRIBUTES.function]: fn,
          [SPAN_ATTRIBUTES.call]: call,
          [SPAN_ATTRIBUTES.target]: target,
          ...(parent === null ? {} : { [SPAN_ATTRIBUTES.parent]: parent }),
          ...network.server,
          ...network.request,
        },
      },
      above,
    );
    this.#handles.set(serial, { span, opening, network, state, bytesIn: 0, bytesOut: 0, closed: null });
    this.#contexts.set(serial, above.setValue(SPAN_KEY, span));
  }

  changeState({ serial, state }: HandleStateChange, moment: Moment): void {
    const handle = this.#handles.get(serial);
    if (handle === undefined) return;
    handle.state = state;
    addEvent(handle.span, SPAN_EVENTS.state, { [SPAN_ATTRIBUTES.state]: state }, moment);
  }

  close({ serial, reason, cascadeRoot }: HandleClose, moment: Moment): void {
    const handle = this.#handles.get(serial);
    if (handle === undefined || handle.closed !== null) return;
    handle.closed = moment.time;
    const closing = { [SPAN_ATTRIBUTES.closeReason]: reason, [SPAN_ATTRIBUTES.closeRoot]: cascadeRoot };
    handle.span.setAttributes(closing);
    addEvent(handle.span, SPAN_EVENTS.close, closing, moment);
    if (reason === 'failed') handle.span.setStatus({ code: ERROR, message: 'The call that was making it failed.' });
  }

  status({ serial, code, context, information }: Status, moment: Moment): void {
    const handle = this.#handles.get(serial);
    if (handle === undefined) return;
    const name = constantName('INTERNET_STATUS_', code) ?? `INTERNET_STATUS ${code}`;
    const attributes = { [SPAN_ATTRIBUTES.statusCode]: code, [SPAN_ATTRIBUTES.context]: context };
    addEvent(handle.span, name, { ...attributes, ...informationAttributes(information) }, moment);
    if (handle.closed !== null && code === INTERNET_STATUS_HANDLE_CLOSING) this.#bury(serial, handle, moment);
  }

  count({ serial, direction, count }: Bytes): void {
    const handle = this.#handles.get(serial);
    if (handle === undefined) return;
    if (direction === 'in') handle.bytesIn += count;
    else handle.bytesOut += count;
  }

  /**
   * Ends what is still open, the newest first, and says that it did not end by itself.
   * @param leaked the program has ended: what is open was never closed
   */
  finish(moment: Moment, leaked: boolean): void {
    const { time, sequence } = moment;
    if (leaked) this.#tellLeaks(moment);
    for (const handle of [...this.#handles.values()].reverse()) {
      if (handle.closed === null) handle.span.setAttribute(SPAN_ATTRIBUTES.unfinished, true);
      end(handle, { time: handle.closed ?? time, sequence });
    }
    this.#handles.clear();
  }

  /** What is below a leaked handle is named with it. */
  #tellLeaks(moment: Moment): void {
    const open = [...this.#handles.values()].filter(({ closed }) => closed === null);
    const below = Map.groupBy(open, ({ opening }) => opening.parent);
    const inside = (serial: number): readonly HandleOpen[] =>
      (below.get(serial) ?? []).flatMap(({ opening }) => [opening, ...inside(opening.serial)]);
    const serials = new Set(open.map(({ opening }) => opening.serial));
    for (const { span, opening } of open) {
      if (opening.parent !== null && serials.has(opening.parent)) continue;
      const text = neverClosed(opening, inside(opening.serial));
      span.setStatus({ code: ERROR, message: text });
      const about = { [SPAN_ATTRIBUTES.serial]: opening.serial, [SPAN_ATTRIBUTES.call]: opening.call };
      const attributes = { [SPAN_ATTRIBUTES.topic]: 'leak-at-exit', [SPAN_ATTRIBUTES.text]: text, ...about };
      addEvent(span, SPAN_EVENTS.diagnosis, attributes, moment);
    }
  }

  #bury(serial: number, handle: OpenHandle, moment: Moment): void {
    end(handle, moment);
    this.#handles.delete(serial);
    this.#graves.push(serial);
    if (this.#graves.length > GRAVE_LIMIT) this.#contexts.delete(this.#graves.shift() ?? 0);
  }
}

/** Adds an event that says where it stands among all that happened. */
export function addEvent(
  span: Span | null | undefined,
  name: string,
  attributes: SpanAttributes,
  { time, sequence }: Moment,
): void {
  span?.addEvent(name, { ...attributes, [SPAN_ATTRIBUTES.sequence]: sequence }, time);
}

function end({ span, state, bytesIn, bytesOut }: OpenHandle, { time, sequence }: Moment): void {
  span.setAttributes({
    [SPAN_ATTRIBUTES.state]: state,
    [SPAN_ATTRIBUTES.bytesIn]: bytesIn,
    [SPAN_ATTRIBUTES.bytesOut]: bytesOut,
    [SPAN_ATTRIBUTES.endSequence]: sequence,
  });
  span.end(time);
}
