import * as constants from '../shared/constants.ts';
import type { Engine } from './engine.ts';
import type { HandleRecord } from './handleStore.ts';
import type { HttpRequestData } from './httpRequest.ts';
import type { HttpAnswer, HttpServer } from './ports/http.ts';
import { isKnownScheme, joinUrl, resolveUrl, type UrlParts } from './url.ts';
import { CallFailure } from './winInetError.ts';

type RequestRecord = HandleRecord<'http-request'>;

/** Where a redirect leads. */
export type RedirectTarget = UrlParts & HttpServer;

/** How many redirects the original follows (INTERNET_OPTION's default; then ERROR_HTTP_REDIRECT_FAILED). */
export const REDIRECT_LIMIT = 5;

/** Not 308: a real WinINet was recorded handing it to the program (redirect.308_get). */
const REDIRECT_STATUSES: ReadonlySet<number> = new Set([301, 302, 303, 307]);

/**
 * Where an answer sends the request; null where it does not, or INTERNET_FLAG_NO_AUTO_REDIRECT keeps it. As in a real WinINet
 * a scheme that it does not know leads nowhere: the program gets the answer.
 */
export function redirectLocation(data: HttpRequestData, answer: HttpAnswer): string | null {
  if (!REDIRECT_STATUSES.has(answer.status) || data.has(constants.INTERNET_FLAG_NO_AUTO_REDIRECT)) return null;
  const location = answer.headers.find(([name]) => name.toLowerCase() === 'location')?.[1] ?? null;
  const [, scheme] = /^([a-z][a-z0-9+.-]*):/i.exec(location ?? '') ?? [];
  return scheme === undefined || isKnownScheme(scheme.toLowerCase()) ? location : null;
}

/** What a redirect to another scheme is called, and what lets the request follow it. */
const SCHEME_CHANGES = {
  http: {
    symbol: 'ERROR_INTERNET_HTTPS_TO_HTTP_ON_REDIR',
    flag: constants.INTERNET_FLAG_IGNORE_REDIRECT_TO_HTTP,
    securityFlag: constants.SECURITY_FLAG_IGNORE_REDIRECT_TO_HTTP,
    remedy: 'INTERNET_FLAG_IGNORE_REDIRECT_TO_HTTP',
  },
  https: {
    symbol: 'ERROR_INTERNET_HTTP_TO_HTTPS_ON_REDIR',
    flag: constants.INTERNET_FLAG_IGNORE_REDIRECT_TO_HTTPS,
    securityFlag: constants.SECURITY_FLAG_IGNORE_REDIRECT_TO_HTTPS,
    remedy: 'INTERNET_FLAG_IGNORE_REDIRECT_TO_HTTPS',
  },
} as const;

/**
 * The target of a redirect. Fails with ERROR_INTERNET_REDIRECT_SCHEME_CHANGE where it is neither http nor https, and with
 * ERROR_INTERNET_HTTPS_TO_HTTP_ON_REDIR or ERROR_INTERNET_HTTP_TO_HTTPS_ON_REDIR (page "API Flags": detected, unless the flag
 * makes it transparent) where one becomes the other and neither a flag nor INTERNET_OPTION_SECURITY_FLAGS allows it.
 */
export function redirectTarget({ data, options }: RequestRecord, location: string): RedirectTarget {
  const { server, path } = data;
  const target = resolveUrl({ ...server, user: null, password: null, path }, location);
  const { scheme } = target;
  if (scheme !== 'http' && scheme !== 'https') {
    throw new CallFailure('ERROR_INTERNET_REDIRECT_SCHEME_CHANGE', `The server redirects to ${joinUrl(target)}.`);
  }
  const { symbol, flag, securityFlag, remedy } = SCHEME_CHANGES[scheme];
  const between = server.scheme !== scheme && (server.scheme === 'http' || server.scheme === 'https');
  if (between && !data.has(flag) && (options.securityFlags & securityFlag) === 0) {
    const text = `The server redirects from ${server.scheme} to ${joinUrl(target)}; pass ${remedy} to follow it.`;
    throw new CallFailure(symbol, text);
  }
  return { ...target, scheme };
}

/**
 * Makes the request lead to the target of a redirect and says so. 307 repeats the request; after the others it goes without its
 * body, as recorded also where it was a GET that had one, and what is neither GET nor HEAD becomes GET.
 * @returns whether the body goes along
 */
export function follow(engine: Engine, record: RequestRecord, status: number, target: RedirectTarget): boolean {
  const { data } = record;
  if (!isSameServer(data.server, target)) {
    // What the program said to its server is not for one that a server names.
    // It may be reached without the proxy, too, for which a password was meant.
    for (const name of ['Authorization', 'Proxy-Authorization', 'Cookie']) data.headers.remove(name);
    data.clientCertificate = null;
  }
  // As recorded, also where the server is the same: the target of the redirect names it.
  data.headers.remove('Host');
  const wasSecure = data.server.scheme === 'https';
  data.server = { scheme: target.scheme, host: target.host, port: target.port };
  // As recorded of InternetOpenUrl, a fragment stays in the URL and is sent.
  data.path = target.path;
  engine.reports.status(record, constants.INTERNET_STATUS_REDIRECT, data.url);
  // The page of INTERNET_STATUS_CALLBACK: moved between a secure and a nonsecure site, with flags of the state.
  if (wasSecure !== (target.scheme === 'https')) {
    engine.reports.status(record, constants.INTERNET_STATUS_STATE_CHANGE, engine.library.connectedState);
  }
  if (status === 307) return true;
  if (data.verb !== 'HEAD') data.verb = 'GET';
  for (const name of ['Content-Type', 'Content-Length']) data.headers.remove(name);
  return false;
}

/** Do scheme, host and port agree? */
export function isSameServer(one: HttpServer, other: HttpServer): boolean {
  return one.scheme === other.scheme && one.host === other.host && one.port === other.port;
}
