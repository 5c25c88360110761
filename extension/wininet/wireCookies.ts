import * as constants from '../shared/constants.ts';
import type { Engine } from './engine.ts';
import type { HandleRecord } from './handleStore.ts';
import type { DriverObserver } from './ports/driver.ts';
import type { HttpAnswer } from './ports/http.ts';
import { CallFailure } from './winInetError.ts';

type RequestRecord = HandleRecord<'http-request'>;

/**
 * The Cookie header that the jar has for a request; null where there is none, or INTERNET_FLAG_NO_COOKIES forbids it. As
 * recorded, it takes the place of one that the program has set.
 */
export function cookieHeader(engine: Engine, { data }: RequestRecord): string | null {
  if (engine.cookies.isUnused || data.has(constants.INTERNET_FLAG_NO_COOKIES)) return null;
  const url = urlOf(data.url);
  const cookies = url === null ? '' : engine.cookies.headerFor(url, { httpOnly: true });
  return cookies === '' ? null : cookies;
}

/**
 * An observer that tells of the cookies that a request takes along, before INTERNET_STATUS_SENDING_REQUEST
 * (INTERNET_STATUS_COOKIE_SENT).
 */
export function tellingCookies(
  { reports }: Engine,
  record: RequestRecord,
  cookie: string | null,
  observer: DriverObserver,
): DriverObserver {
  if (cookie === null) return observer;
  return (event) => {
    const count = cookie.split('; ').length;
    if (event.type === 'sending') reports.status(record, constants.INTERNET_STATUS_COOKIE_SENT, count);
    observer(event);
  };
}

/**
 * Keeps the cookies of an answer, also of one that redirects; those that the jar refuses are left out. All are counted in
 * INTERNET_STATUS_COOKIE_RECEIVED, which tells of those that came. A policy for them is told of and not evaluated
 * (INTERNET_STATUS_P3P_HEADER).
 */
export function keepCookies(engine: Engine, record: RequestRecord, answer: HttpAnswer): void {
  const { data } = record;
  if (answer.headers.some(([name]) => name.toLowerCase() === 'p3p')) {
    engine.reports.status(record, constants.INTERNET_STATUS_P3P_HEADER, null);
  }
  const cookies = answer.headers.filter(([name]) => name.toLowerCase() === 'set-cookie');
  if (cookies.length === 0 || data.has(constants.INTERNET_FLAG_NO_COOKIES)) return;
  const url = urlOf(data.url);
  if (url !== null) for (const [, value] of cookies) keep(engine, url, value);
  engine.reports.status(record, constants.INTERNET_STATUS_COOKIE_RECEIVED, cookies.length);
}

function keep(engine: Engine, url: URL, cookie: string): void {
  try {
    engine.cookies.store(url, cookie, { httpOnly: true });
  } catch (failure) {
    // A server that sets a cookie for others is not heeded; the page is good all the same.
    if (!(failure instanceof CallFailure)) throw failure;
  }
}

/** Null for a name that the jar cannot read: no cookie is for it. */
function urlOf(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}
