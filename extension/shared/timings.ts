import {
  INTERNET_STATUS_CONNECTED_TO_SERVER,
  INTERNET_STATUS_CONNECTING_TO_SERVER,
  INTERNET_STATUS_NAME_RESOLVED,
  INTERNET_STATUS_REQUEST_SENT,
  INTERNET_STATUS_RESOLVING_NAME,
  INTERNET_STATUS_SENDING_REQUEST,
} from './constants.ts';
import { requestLine, statusLine } from './httpHead.ts';
import type { HttpSend } from './httpSends.ts';
import type { Entry, Status, Wire } from './journal.ts';
import { isEndOfData } from './leaks.ts';

/** How long the steps of one HTTP request took, in microseconds; a step that did not happen, or is not over, is absent. */
export interface Timings {
  /** When the engine turned to the request, since the journal's start. */
  readonly start: number;
  /** Until the first step: waiting for a connection to come free among it. */
  readonly blocked: number;
  /** Looking up the name. */
  readonly name?: number;
  /** Opening the connection, a proxy's tunnel included; absent where one was kept alive. */
  readonly connect?: number;
  /** The TLS handshake, for https over a new connection. */
  readonly tls?: number;
  /** Writing the request. */
  readonly send?: number;
  /** Waiting for the head of the answer. */
  readonly firstByte?: number;
  /**
   * From the head to the last byte that the program read. WinINet hands out bodies on demand: a program that reads late makes
   * this long, whatever the network did.
   */
  readonly transfer?: number;
}

/** The steps of one request, from what the journal tells of it. */
export function timingsOf(send: HttpSend): Timings {
  const marks = marksOf(send.entries);
  const { start } = marks;
  const first = marks.resolving ?? marks.connecting ?? marks.sending;
  // A proxy's tunnel stands between the connection and what goes through it.
  const ready = marks.tunnelled ?? marks.connected;
  const secure = /^https:/i.test(send.url);
  return {
    start,
    blocked: (first ?? start) - start,
    ...step('name', marks.resolving, marks.resolved),
    ...step('connect', marks.connecting, ready),
    ...(secure ? step('tls', ready, marks.sending) : {}),
    ...step('send', marks.sending, marks.sent),
    ...step('firstByte', marks.sent, marks.head),
    ...step('transfer', marks.head, marks.last),
  };
}

/** What all steps of a request took together, in microseconds. */
export function totalOf(timings: Timings): number {
  const { blocked, name = 0, connect = 0, tls = 0, send = 0, firstByte = 0, transfer = 0 } = timings;
  return blocked + name + connect + tls + send + firstByte + transfer;
}

type Mark = 'resolving' | 'resolved' | 'connecting' | 'connected' | 'tunnelled' | 'sending' | 'sent' | 'head' | 'last';
type Marks = { start: number } & { -readonly [M in Mark]?: number };

function marksOf(entries: readonly Entry[]): Marks {
  const marks: Marks = { start: entries[0]?.t ?? 0 };
  for (const entry of entries) {
    if (entry.type === 'status') markStatus(marks, entry);
    else if (entry.type === 'wire') markWire(marks, entry);
    else if (entry.type === 'bytes' && entry.direction === 'in') marks.last = entry.t;
    else if (entry.type === 'handle-state' && isEndOfData(entry.state)) marks.last = entry.t;
  }
  return marks;
}

function markWire(marks: Marks, { direction, text, t }: Wire & { readonly t: number }): void {
  if (direction === 'out') {
    // The head is recorded first, then that it is being sent: a handshake ends before both.
    if (requestLine(text)?.method !== 'CONNECT') marks.sending ??= t;
    return;
  }
  const status = statusLine(text)?.status ?? 0;
  if (marks.sending === undefined) marks.tunnelled = t;
  else if (status >= 200 || status === 101) marks.head ??= t;
}

function markStatus(marks: Marks, { code, t }: Status & { readonly t: number }): void {
  switch (code) {
    case INTERNET_STATUS_RESOLVING_NAME:
      marks.resolving ??= t;
      break;
    case INTERNET_STATUS_NAME_RESOLVED:
      marks.resolved = t;
      break;
    case INTERNET_STATUS_CONNECTING_TO_SERVER:
      // A host with several addresses is tried at one after the other: all of that is connecting.
      marks.connecting ??= t;
      break;
    case INTERNET_STATUS_CONNECTED_TO_SERVER:
      marks.connected = t;
      break;
    case INTERNET_STATUS_SENDING_REQUEST:
      marks.sending ??= t;
      break;
    case INTERNET_STATUS_REQUEST_SENT:
      // A body in pieces reports each; those after the head of the answer are none.
      if (marks.head === undefined) marks.sent = t;
      break;
  }
}

function step<K extends string>(name: K, from: number | undefined, to: number | undefined): { [P in K]?: number } {
  const took: { [P in K]?: number } = {};
  if (from !== undefined && to !== undefined && to >= from) took[name] = to - from;
  return took;
}
