import type { ErrorSymbol } from './errorCodes.ts';
import type { FunctionName } from './hierarchy.ts';
import { functionRow } from './hierarchy.ts';
import type { RecordedValue, StatusInformation } from './journal.ts';

/**
 * Names of what the spans of handles and calls carry, for those who write them and those who read them again. Each is written so
 * that the journal can be rebuilt from it; `error.type`, `server.address` and `server.port` are OpenTelemetry's own.
 */
export const SPAN_ATTRIBUTES = {
  /** `handle` or `call`. */
  span: 'hinternet.span',
  /** Whose handles these are: serials and numbers of calls are unique within one engine. */
  engine: 'hinternet.engine',
  /** Where the span's beginning, its end or an event stands among everything that the engine has told. */
  sequence: 'hinternet.sequence',
  endSequence: 'hinternet.sequence.end',
  /** The function that was called, or that returned the handle. */
  function: 'hinternet.function',
  /** Number of the call, or of the one that returned the handle. */
  call: 'hinternet.call',
  /** Of a handle: never used twice. Of a diagnosis: the handle that it is about. */
  serial: 'hinternet.serial',
  /** As 0x00CC0004; recycled, lowest first. */
  value: 'hinternet.value',
  kind: 'hinternet.kind',
  target: 'hinternet.target',
  /** Serial of the handle above; absent for a root. */
  parent: 'hinternet.parent',
  /** At the end of the span, and in events of this name. */
  state: 'hinternet.state',
  firstState: 'hinternet.state.first',
  bytesIn: 'hinternet.bytes.in',
  bytesOut: 'hinternet.bytes.out',
  /** `call`, `cascade` or `failed`. */
  closeReason: 'hinternet.close.reason',
  /** Serial of the handle whose closing brought this one along. */
  closeRoot: 'hinternet.close.root',
  /** True where the span ended only because the journal did. */
  unfinished: 'hinternet.unfinished',
  /** Serial of the handle that a call uses; absent for none. */
  handle: 'hinternet.handle',
  /** Before the name of a parameter. */
  argument: 'hinternet.argument.',
  result: 'hinternet.result',
  /** Where the caller's code stands. */
  site: 'hinternet.site',
  errorType: 'error.type',
  errorCode: 'hinternet.error.code',
  errorMessage: 'hinternet.error.message',
  statusCode: 'hinternet.status.code',
  context: 'hinternet.context',
  information: 'hinternet.information',
  topic: 'hinternet.diagnosis.topic',
  text: 'hinternet.diagnosis.text',
  hit: 'hinternet.diagnosis.hit',
} as const;

/** Names of events that are no status callbacks; those have the names of their constants. */
export const SPAN_EVENTS = {
  state: 'hinternet.state',
  /** The handle has become invalid; its span ends when its callback has been told so. */
  close: 'hinternet.close',
  diagnosis: 'hinternet.diagnosis',
  /** The call has answered ERROR_IO_PENDING. */
  pending: 'hinternet.pending',
} as const;

/** Attributes as spans have them. */
export type SpanAttributes = Record<string, string | number | boolean>;

/** Behind the name of an attribute that is the serial of a handle. */
const SERIAL = '.serial';

/** A value under a name; null is told by absence. */
export function valueAttributes(name: string, value: RecordedValue): SpanAttributes {
  if (value === null) return {};
  return typeof value === 'object' ? { [`${name}${SERIAL}`]: value.handle } : { [name]: value };
}

/** The value under a name. */
export function valueIn(attributes: Readonly<SpanAttributes>, name: string): RecordedValue {
  const serial = attributes[`${name}${SERIAL}`];
  if (typeof serial === 'number') return { handle: serial };
  return attributes[name] ?? null;
}

/** The arguments of a call by the names of their parameters. */
export function argumentAttributes(fn: FunctionName, args: readonly RecordedValue[]): SpanAttributes {
  const { parameters } = functionRow(fn);
  return Object.assign({}, ...args.map((value, index) => valueAttributes(argumentName(parameters, index), value)));
}

/** The arguments of a call; those that were left out are null. */
export function argumentsIn(attributes: Readonly<SpanAttributes>, fn: FunctionName): readonly RecordedValue[] {
  const { parameters } = functionRow(fn);
  return parameters.map((_, index) => valueIn(attributes, argumentName(parameters, index)));
}

function argumentName(parameters: readonly string[], index: number): string {
  return `${SPAN_ATTRIBUTES.argument}${parameters[index] ?? index}`;
}

const { information: INFORMATION } = SPAN_ATTRIBUTES;
const RESULT = `${INFORMATION}.result`;
const ERROR = `${INFORMATION}.error`;

/** What a status callback carries. */
export function informationAttributes(information: StatusInformation): SpanAttributes {
  if (typeof information !== 'object' || information === null || 'handle' in information) {
    return valueAttributes(INFORMATION, information);
  }
  return { ...valueAttributes(RESULT, information.result), [ERROR]: information.error };
}

/** The same, read again; the error's symbol is for the reader to check. */
export function informationIn(attributes: Readonly<SpanAttributes>): unknown {
  const error = attributes[ERROR];
  return error === undefined ? valueIn(attributes, INFORMATION) : { result: valueIn(attributes, RESULT), error };
}

/** Failures that are an ordinary course of things: ends of lists, buffers to enlarge. Their spans are no errors. */
export const ORDINARY_ERRORS: ReadonlySet<ErrorSymbol> = new Set([
  'ERROR_NO_MORE_FILES',
  'ERROR_NO_MORE_ITEMS',
  'ERROR_INSUFFICIENT_BUFFER',
  'ERROR_MORE_DATA',
  'ERROR_INTERNET_FORCE_RETRY',
  'ERROR_HTTP_HEADER_NOT_FOUND',
]);
