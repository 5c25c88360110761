import * as constants from '../shared/constants.ts';
import { QUERY_ATTRIBUTE_HEADERS } from '../shared/queryAttributes.ts';
import { parseHttpDate } from './httpDate.ts';
import type { AnswerHead, HttpRequestData } from './httpRequest.ts';
import type { Header } from './requestHeaders.ts';
import { CallFailure } from './winInetError.ts';

/** What HttpQueryInfo answers: text, a number (HTTP_QUERY_FLAG_NUMBER) or a time (HTTP_QUERY_FLAG_SYSTEMTIME). */
export type QueryInfo = string | number | Date;

/** Which occurrence of a header to read; counts up with each call, as lpdwIndex does. */
export interface QueryIndex {
  index: number;
}

/** Reads an attribute of a request or its answer. See HttpQueryInfo for the errors. */
export function queryInfo(
  data: HttpRequestData,
  dwInfoLevel: number,
  customName: string | null,
  lpdwIndex: QueryIndex | null,
): QueryInfo {
  const attribute = (dwInfoLevel & constants.HTTP_QUERY_HEADER_MASK) >>> 0;
  const has = (flag: number) => (dwInfoLevel & flag) !== 0;
  const ofRequest = has(constants.HTTP_QUERY_FLAG_REQUEST_HEADERS);
  const text = ofRequest
    ? requestText(data, attribute, customName, lpdwIndex)
    : answerText(data, attribute, customName, lpdwIndex);
  if (has(constants.HTTP_QUERY_FLAG_NUMBER) || has(constants.HTTP_QUERY_FLAG_NUMBER64)) return asNumber(text);
  return has(constants.HTTP_QUERY_FLAG_SYSTEMTIME) ? asTime(text) : text;
}

function requestText(
  data: HttpRequestData,
  attribute: number,
  customName: string | null,
  index: QueryIndex | null,
): string {
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
      return headerText(headers, attribute, customName, index);
  }
}

function answerText(
  data: HttpRequestData,
  attribute: number,
  customName: string | null,
  index: QueryIndex | null,
): string {
  if (attribute === constants.HTTP_QUERY_REQUEST_METHOD) return data.verb;
  const { answer } = data;
  switch (attribute) {
    case constants.HTTP_QUERY_STATUS_CODE:
      return needed(answer, (head) => String(head.status));
    case constants.HTTP_QUERY_STATUS_TEXT:
      return needed(answer, (head) => head.reason);
    case constants.HTTP_QUERY_VERSION:
      return needed(answer, (head) => head.version);
    case constants.HTTP_QUERY_RAW_HEADERS_CRLF:
      return needed(answer, (head) => rawHeaders(statusLine(head), head.headers, '\r\n'));
    case constants.HTTP_QUERY_RAW_HEADERS:
      return needed(answer, (head) => rawHeaders(statusLine(head), head.headers, '\0'));
    default:
      return headerText(answer?.headers ?? [], attribute, customName, index);
  }
}

function needed(answer: AnswerHead | null, read: (answer: AnswerHead) => string): string {
  if (answer === null)
    throw new CallFailure('ERROR_HTTP_HEADER_NOT_FOUND', 'Send the request first: there is no answer yet.');
  return read(answer);
}

function statusLine(answer: AnswerHead): string {
  return `${answer.version} ${answer.status} ${answer.reason}`.trimEnd();
}

function rawHeaders(firstLine: string, headers: readonly Header[], end: string): string {
  return [firstLine, ...headers.map(([name, value]) => `${name}: ${value}`)].map((line) => line + end).join('') + end;
}

function headerText(
  headers: readonly Header[],
  attribute: number,
  customName: string | null,
  lpdwIndex: QueryIndex | null,
): string {
  const name = attribute === constants.HTTP_QUERY_CUSTOM ? customName : QUERY_ATTRIBUTE_HEADERS.get(attribute);
  if (name === undefined || name === null || name === '') throw new CallFailure('ERROR_HTTP_INVALID_QUERY_REQUEST');
  const wanted = name.toLowerCase();
  const found = headers.filter(([one]) => one.toLowerCase() === wanted);
  const value = found[lpdwIndex?.index ?? 0]?.[1];
  if (value === undefined) throw new CallFailure('ERROR_HTTP_HEADER_NOT_FOUND');
  if (lpdwIndex !== null) lpdwIndex.index += 1;
  return value;
}

function asNumber(text: string): number {
  if (!/^\s*\d+\s*$/.test(text)) throw new CallFailure('ERROR_HTTP_INVALID_QUERY_REQUEST');
  return Number(text);
}

function asTime(text: string): Date {
  const time = parseHttpDate(text);
  if (time === undefined) throw new CallFailure('ERROR_HTTP_INVALID_QUERY_REQUEST');
  return time;
}
