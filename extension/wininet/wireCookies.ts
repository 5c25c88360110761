import * as constants from '../shared/constants.ts';
import type { Engine } from './engine.ts';
import type { HandleRecord } from './handleStore.ts';
import type { HttpAnswer } from './ports.ts';
import { CallFailure } from './winInetError.ts';

type RequestRecord = HandleRecord<'http-request'>;

/**
 * The Cookie header that the jar has for a request; null where there is none, INTERNET_FLAG_NO_COOKIES forbids it, or the
 * program has set one of its own (add_headers.cookie_header_manual).
 */
export function cookieHeader(engine: Engine, { data }: RequestRecord): string | null {
  if (data.has(constants.INTERNET_FLAG_NO_COOKIES) || data.headers.get('Cookie') !== undefined) return null;
  const url = urlOf(data.url);
  const cookies = url === null ? '' : engine.cookies.headerFor(url, { httpOnly: true });
  return cookies === '' ? null : cookies;
}

/** Keeps the cookies of an answer, also of one that redirects; those that the jar refuses are left out. */
export function keepCookies(engine: Engine, { data }: RequestRecord, answer: HttpAnswer): void {
  const url = urlOf(data.url);
  if (data.has(constants.INTERNET_FLAG_NO_COOKIES) || url === null) return;
  for (const [name, value] of answer.headers) {
    if (name.toLowerCase() === 'set-cookie') keep(engine, url, value);
  }
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
