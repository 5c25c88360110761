import type { FunctionName } from '../shared/hierarchy.ts';
import { isHttpToken } from '../shared/httpToken.ts';
import type { Engine } from './engine.ts';
import type { HINTERNET } from './handle.ts';
import { HttpRequestData, serverWithFlags } from './httpRequest.ts';
import { sendRequest } from './httpSend.ts';
import { type QueryIndex, type QueryInfo, queryInfo } from './queryInfo.ts';
import { RequestHeaders } from './requestHeaders.ts';
import { escapeObjectName } from './url.ts';
import { CallFailure } from './winInetError.ts';

/** The HTTP functions of one engine. */
export function httpFunctions(engine: Engine) {
  return {
    /**
     * Makes a request on an HTTP session; nothing is sent yet.
     * @param lpszVerb null for GET
     * @param lpszObjectName path and query; null for "/"
     * @param lpszVersion as "HTTP/1.0"; null for that of INTERNET_OPTION_HTTP_VERSION, at first HTTP/1.1
     * @param lplpszAcceptTypes media types for the Accept header
     * @param dwContext for status callbacks; 0 for none
     */
    HttpOpenRequest(
      hConnect: HINTERNET<'http-connect'>,
      lpszVerb: string | null = null,
      lpszObjectName: string | null = null,
      lpszVersion: string | null = null,
      lpszReferrer: string | null = null,
      lplpszAcceptTypes: readonly string[] | null = null,
      dwFlags = 0,
      dwContext = 0,
    ): Promise<HINTERNET<'http-request'>> {
      const args = [
        hConnect,
        lpszVerb,
        lpszObjectName,
        lpszVersion,
        lpszReferrer,
        lplpszAcceptTypes,
        dwFlags,
        dwContext,
      ];
      return engine.use('HttpOpenRequest', hConnect, args, (session, call) => {
        const data = new HttpRequestData({
          server: serverWithFlags(session.data.server, dwFlags),
          path: escapeObjectName(lpszObjectName),
          verb: checkedVerb(lpszVerb),
          version: checkedVersion(lpszVersion) ?? engine.library.httpVersionText,
          flags: dwFlags,
        });
        if (lpszReferrer) data.headers.append('Referer', lpszReferrer);
        if (lplpszAcceptTypes?.length) data.headers.append('Accept', lplpszAcceptTypes.join(', '));
        return engine.open(call, {
          kind: 'http-request',
          parent: session,
          state: 'unsent',
          data,
          context: dwContext,
          target: () => `${data.verb} ${data.url}`,
          announce: true,
        }).handle;
      });
    },

    /**
     * Adds, replaces or removes headers of a request.
     * @param lpszHeaders lines "Name: value" separated by CR LF
     * @param dwModifiers HTTP_ADDREQ_FLAG_*
     */
    HttpAddRequestHeaders(
      hRequest: HINTERNET<'http-request'>,
      lpszHeaders: string,
      dwModifiers: number,
    ): Promise<true> {
      return engine.use('HttpAddRequestHeaders', hRequest, [hRequest, lpszHeaders, dwModifiers], ({ data }) => {
        if (lpszHeaders === null) throw new CallFailure('ERROR_INVALID_PARAMETER', 'Pass lines "Name: value".');
        // Recorded: what went out last is changed too, and decides whether a header is there.
        const sent = data.sent && new RequestHeaders(data.sent.headers);
        sent?.change(lpszHeaders, dwModifiers);
        data.headers.change(lpszHeaders, dwModifiers);
        if (sent !== null && data.sent !== null) data.sent = { ...data.sent, headers: sent.all };
        return true;
      });
    },

    /**
     * Sends the request and receives status line and headers. An answer of 404 or 500 is a success.
     * @param lpOptional the body; null, or of no length, for none
     */
    HttpSendRequest(
      hRequest: HINTERNET<'http-request'>,
      lpszHeaders: string | null = null,
      lpOptional: Uint8Array | string | null = null,
    ): Promise<true> {
      return engine.use('HttpSendRequest', hRequest, [hRequest, lpszHeaders, lpOptional], (record, call) => {
        // Recorded for the ANSI function: a length of 0 beside a pointer is a mistake.
        if (lpszHeaders === '') throw new CallFailure('ERROR_INVALID_PARAMETER', 'Pass null as lpszHeaders for none.');
        if (lpszHeaders !== null) record.data.headers.merge(lpszHeaders);
        const body = typeof lpOptional === 'string' ? Buffer.from(lpOptional, 'utf8') : lpOptional;
        return sendRequest(engine, record, body?.length === 0 ? null : body, call);
      });
    },

    /**
     * Reads the status line or a header of the answer, or of the request (HTTP_QUERY_FLAG_REQUEST_HEADERS).
     * @param dwInfoLevel HTTP_QUERY_*, with HTTP_QUERY_FLAG_NUMBER, _NUMBER64 or _SYSTEMTIME for another form than text;
     * _COALESCE_WITH_COMMA joins what a repeated header says, _COALESCE changes nothing
     * @param lpBuffer filled instead, with its length as the result; with HTTP_QUERY_CUSTOM it holds the header's name on entry,
     * or is that name as a text, and the value is returned
     * @param lpdwIndex which occurrence to read; its index counts up
     * Errors: ERROR_HTTP_HEADER_NOT_FOUND, ERROR_HTTP_DOWNLEVEL_SERVER, ERROR_HTTP_INVALID_QUERY_REQUEST, ERROR_INSUFFICIENT_BUFFER.
     */
    HttpQueryInfo(
      hRequest: HINTERNET<'http-request'>,
      dwInfoLevel: number,
      lpBuffer: Uint8Array | string | null = null,
      lpdwIndex: QueryIndex | null = null,
    ): Promise<QueryInfo> {
      const args = [hRequest, dwInfoLevel, lpBuffer, lpdwIndex?.index ?? null];
      return engine.use('HttpQueryInfo', hRequest, args, ({ data }) => {
        if (lpdwIndex !== null && typeof lpdwIndex !== 'object') {
          throw new CallFailure('ERROR_INVALID_PARAMETER', 'Pass { index } or null as lpdwIndex.');
        }
        return queryInfo(data, dwInfoLevel, lpBuffer, lpdwIndex);
      });
    },
  } satisfies Partial<Record<FunctionName, unknown>>;
}

function checkedVerb(lpszVerb: string | null): string {
  if (lpszVerb === null || lpszVerb === '') return 'GET';
  if (!isHttpToken(lpszVerb) || lpszVerb.toUpperCase() === 'CONNECT') {
    throw new CallFailure('ERROR_INVALID_PARAMETER', `"${lpszVerb}" is not a method that can be sent.`);
  }
  return lpszVerb;
}

/**
 * The versions that are spoken here. The page says nothing of other texts; a real WinINet (Wine 8) sends them as they are, with
 * header lines of their own if they have such, and tells HttpQueryInfo of HTTP/1.1.
 */
function checkedVersion(version: string | null): string | null {
  if (version === null || version === '') return null;
  if (version === 'HTTP/1.0' || version === 'HTTP/1.1') return version;
  throw new CallFailure('ERROR_INVALID_PARAMETER', 'Pass "HTTP/1.0", "HTTP/1.1" or null as lpszVersion.');
}
