import * as constants from '../shared/constants.ts';
import { QUERY_ATTRIBUTE_HEADERS } from '../shared/queryAttributes.ts';
import { fillBytes, fillDword, fillPointer, fillText, textIn } from './callerBuffer.ts';
import { parseHttpDate } from './httpDate.ts';
import type { AnswerHead, HttpRequestData } from './httpRequest.ts';
import type { Header } from './requestHeaders.ts';
import { systemTimeBytes } from './systemTime.ts';
import { CallFailure } from './winInetError.ts';

/** What HttpQueryInfo answers: text, a number (HTTP_QUERY_FLAG_NUMBER) or a time (HTTP_QUERY_FLAG_SYSTEMTIME). */
export type QueryInfo = string | number | Date;

/** Which occurrence of a header to read; counts up with each call, as lpdwIndex does. */
export interface QueryIndex {
  index: number;
}

/** Where a header is looked for: from which occurrence on, and whether that one alone or all that follow too. */
interface Place {
  index: number;
  readonly all: boolean;
}

/** HTTP_QUERY_FLAG_COALESCE is not among them: the page calls it not implemented, and as recorded it changes nothing. */
const COALESCED = constants.HTTP_QUERY_FLAG_COALESCE_WITH_COMMA;

/**
 * Reads an attribute of a request or its answer, or writes it into a buffer. See HttpQueryInfo for the errors.
 * @param lpBuffer with HTTP_QUERY_CUSTOM the header's name, or a buffer that holds it
 */
export function queryInfo(
  data: HttpRequestData,
  dwInfoLevel: number,
  lpBuffer: Uint8Array | string | null,
  lpdwIndex: QueryIndex | null,
): QueryInfo {
  const attribute = (dwInfoLevel & constants.HTTP_QUERY_HEADER_MASK) >>> 0;
  const buffer = lpBuffer instanceof Uint8Array ? lpBuffer : null;
  const customName = typeof lpBuffer === 'string' ? lpBuffer : buffer && nameIn(memoryOf(buffer));
  const ofRequest = (dwInfoLevel & constants.HTTP_QUERY_FLAG_REQUEST_HEADERS) !== 0;
  const read = ofRequest ? requestText : answerText;
  const index: Place = { index: lpdwIndex?.index ?? 0, all: (dwInfoLevel & COALESCED) !== 0 };
  if (ofRequest && attribute === constants.HTTP_QUERY_STATUS_CODE) {
    throw new CallFailure('ERROR_HTTP_INVALID_QUERY_REQUEST', 'A request has no status: it is that of the answer.');
  }
  // Asserted on Windows: of what is no header there is one, and asking for another fails.
  if (index.index > 0 && !isHeader(attribute)) throw new CallFailure('ERROR_HTTP_HEADER_NOT_FOUND');
  const text = read(data, attribute, customName, index);
  const result = buffer === null ? wholeValue(text, dwInfoLevel) : fillWith(buffer, text, dwInfoLevel);
  // A buffer that was too small gets the same header again: recorded.
  if (lpdwIndex !== null) lpdwIndex.index = index.index;
  return result;
}

function isHeader(attribute: number): boolean {
  return attribute === constants.HTTP_QUERY_CUSTOM || QUERY_ATTRIBUTE_HEADERS.has(attribute);
}

/**
 * The memory in which a buffer begins: as in the original a name may be longer than the buffer that is told of, which then is
 * too small for the value.
 */
function memoryOf({ buffer, byteOffset }: Uint8Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset);
}

/** The name that a buffer holds on entry; null where there is no memory that could hold one. */
function nameIn(memory: Uint8Array): string | null {
  return memory.length === 0 ? null : textIn(memory);
}

function wholeValue(text: string, level: number): QueryInfo {
  if ((level & constants.HTTP_QUERY_FLAG_NUMBER) !== 0) return leadingNumber(text);
  if ((level & constants.HTTP_QUERY_FLAG_NUMBER64) !== 0) return Number(leadingDigits(text));
  return (level & constants.HTTP_QUERY_FLAG_SYSTEMTIME) !== 0 ? asTime(text) : text;
}

function fillWith(buffer: Uint8Array, text: string, level: number): number {
  if ((level & constants.HTTP_QUERY_FLAG_NUMBER) !== 0) return fillDword(buffer, leadingNumber(text));
  if ((level & constants.HTTP_QUERY_FLAG_NUMBER64) !== 0) return fillPointer(buffer, leadingDigits(text));
  if ((level & constants.HTTP_QUERY_FLAG_SYSTEMTIME) !== 0) return fillBytes(buffer, systemTimeBytes(asTime(text)));
  return fillText(buffer, text);
}

function requestText(data: HttpRequestData, attribute: number, customName: string | null, index: Place): string {
  const headers = data.sent?.headers ?? data.headers.all;
  const line = data.sent?.line ?? `${data.verb} ${data.path} ${data.version}`;
  switch (attribute) {
    case constants.HTTP_QUERY_RAW_HEADERS_CRLF:
      return rawHeaders(line, headers, '\r\n');
    case constants.HTTP_QUERY_RAW_HEADERS:
      return rawHeaders(line, headers, '\0');
    case constants.HTTP_QUERY_REQUEST_METHOD:
      return data.verb;
    case constants.HTTP_QUERY_VERSION:
      return data.version;
    default:
      // Recorded: an attribute that nobody knows is a header that a request does not have.
      if (!isHeader(attribute)) throw new CallFailure('ERROR_HTTP_HEADER_NOT_FOUND');
      return headerText(headers, attribute, customName, index);
  }
}

function answerText(data: HttpRequestData, attribute: number, customName: string | null, index: Place): string {
  if (attribute === constants.HTTP_QUERY_REQUEST_METHOD) return data.verb;
  const { answer } = data;
  switch (attribute) {
    case constants.HTTP_QUERY_STATUS_CODE:
      // Recorded: before there is an answer its status is 0 and its head is empty.
      return answer === null ? '0' : String(answer.status);
    case constants.HTTP_QUERY_STATUS_TEXT:
      if (answer !== null) return answer.reason;
      throw new CallFailure('ERROR_HTTP_HEADER_NOT_FOUND', 'Send the request first: there is no answer yet.');
    case constants.HTTP_QUERY_VERSION:
      // Recorded: before there is an answer this is the version that the request asks with.
      return answer === null ? data.version : answer.version;
    case constants.HTTP_QUERY_RAW_HEADERS_CRLF:
      return answer === null ? '\r\n' : rawHeaders(statusLine(answer), answer.headers, '\r\n');
    case constants.HTTP_QUERY_RAW_HEADERS:
      return answer === null ? '' : rawHeaders(statusLine(answer), answer.headers, '\0');
    default:
      // Error Messages: the server did not return any headers. Wine 8 says ERROR_HTTP_HEADER_NOT_FOUND here too.
      if (answer?.simple && isHeader(attribute)) throw new CallFailure('ERROR_HTTP_DOWNLEVEL_SERVER');
      return headerText(answer?.headers ?? [], attribute, customName, index);
  }
}

/** With a blank behind the number even where no reason follows: recorded. */
function statusLine(answer: AnswerHead): string {
  return `${answer.version} ${answer.status} ${answer.reason}`;
}

function rawHeaders(firstLine: string, headers: readonly Header[], end: string): string {
  const lines = [firstLine, ...headers.map(([name, value]) => `${name}: ${value}`)].map((line) => line + end).join('');
  // The NUL that ends the list is the one that ends every text.
  return end === '\0' ? lines : lines + end;
}

function headerText(headers: readonly Header[], attribute: number, customName: string | null, place: Place): string {
  const name = attribute === constants.HTTP_QUERY_CUSTOM ? customName : QUERY_ATTRIBUTE_HEADERS.get(attribute);
  if (name === null) {
    throw new CallFailure('ERROR_INVALID_PARAMETER', "Pass the header's name, or a buffer that holds it, as lpBuffer.");
  }
  if (name === undefined) throw new CallFailure('ERROR_HTTP_INVALID_QUERY_REQUEST');
  const wanted = name.toLowerCase();
  const found = headers.filter(([one]) => one.toLowerCase() === wanted);
  const values = found.slice(place.index, place.all ? undefined : place.index + 1).map(([, value]) => value);
  if (values.length === 0) throw new CallFailure('ERROR_HTTP_HEADER_NOT_FOUND');
  place.index += values.length;
  return values.join(', ');
}

/** A number as the original reads it: 0 where the text does not begin with digits. Fails with ERROR_HTTP_INVALID_HEADER beyond 32 bits. */
function leadingNumber(text: string): number {
  const number = leadingDigits(text);
  if (number > 0xffff_ffffn) {
    throw new CallFailure(
      'ERROR_HTTP_INVALID_HEADER',
      'The number needs more than 32 bits: use HTTP_QUERY_FLAG_NUMBER64.',
    );
  }
  return Number(BigInt.asUintN(32, number));
}

function leadingDigits(text: string): bigint {
  const [, sign, digits = '0'] = /^\s*([+-]?)(\d+)/.exec(text) ?? [];
  return sign === '-' ? -BigInt(digits) : BigInt(digits);
}

function asTime(text: string): Date {
  const time = parseHttpDate(text);
  if (time === undefined) throw new CallFailure('ERROR_HTTP_INVALID_QUERY_REQUEST');
  return time;
}
