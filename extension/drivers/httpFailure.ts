import { DriverFailure } from '../wininet/ports/driver.ts';
import type { HttpExchange } from '../wininet/ports/http.ts';
import { type Cause, causeOfError, socketErrorOfCause, symbolOfCause } from './causeMap.ts';
import { authority } from './httpRequestHead.ts';

/** How far an exchange had come when it failed; `end` is the end of the connection while the body was under way. */
export type HttpPhase = 'connect' | 'secure' | 'answer' | 'body' | 'end';

interface NativeRow {
  readonly code: RegExp;
  readonly phase?: HttpPhase;
  readonly cause: Cause;
}

/** Codes of Node's TLS and of undici whose meaning depends on the phase; the first row that fits is taken. */
const NATIVE: readonly NativeRow[] = [
  { code: /^(?:ERR_SSL_.*|ERR_TLS_.*|EPROTO)$/, cause: 'tls: handshake failed' },
  // A peer that hangs up on the handshake does not want to speak TLS.
  { code: /^(?:ECONNRESET|EPIPE)$/, phase: 'secure', cause: 'tls: handshake failed' },
  { code: /^UND_ERR_SOCKET$/, phase: 'answer', cause: 'http: closed without an answer' },
  { code: /^UND_ERR_SOCKET$/, cause: 'http: body cut short' },
  { code: /^UND_ERR_RES_CONTENT_LENGTH_MISMATCH$/, phase: 'answer', cause: 'http: answer not understood' },
  { code: /^UND_ERR_RES_CONTENT_LENGTH_MISMATCH$/, cause: 'http: body cut short' },
  { code: /^UND_ERR_REQ_CONTENT_LENGTH_MISMATCH$/, cause: 'http: request body of another size' },
  { code: /^UND_ERR_HEADERS_OVERFLOW$/, cause: 'http: head too long' },
  { code: /^UND_ERR_(?:ABORTED|DESTROYED|CLOSED)$/, cause: 'http: given up' },
  // undici's parser errors carry no code, only this name.
  { code: /^HTTPParserError$/, phase: 'end', cause: 'http: body cut short' },
  { code: /^HTTPParserError$/, cause: 'http: answer not understood' },
];

const advice: Partial<Record<Cause, string>> = {
  ENOTFOUND: 'check the spelling of the host name, and DNS or VPN',
  EAI_AGAIN: 'check DNS or VPN and try again',
  ECONNREFUSED: 'check the port, and whether the server is running',
  ETIMEDOUT: 'check host, port and firewall',
  'http: closed without an answer': 'check that an HTTP server listens there, and whether it wants https',
  'http: answer not understood': 'check that an HTTP server listens there',
  'http: body cut short': 'send the request again',
  'http: time-out elapsed': 'raise the time-out option, or check whether the server is alive',
  'http: request body of another size': 'write exactly as many bytes as Content-Length announces',
  'http: given up': 'call again when the answer is wanted',
  'tls: unknown authority': 'trust its authority in the system, or set SECURITY_FLAG_IGNORE_UNKNOWN_CA',
  'tls: wrong name': 'connect by a name in the certificate, or set SECURITY_FLAG_IGNORE_CERT_CN_INVALID',
  'tls: wrong date': 'check the clock, or set SECURITY_FLAG_IGNORE_CERT_DATE_INVALID',
  'tls: wrong usage': 'ask who runs it for a certificate of a server, or set SECURITY_FLAG_IGNORE_WRONG_USAGE',
  'tls: weak certificate': 'ask who runs it for one of today, or set SECURITY_FLAG_IGNORE_WEAK_SIGNATURE',
  'tls: revoked': 'do not trust it',
  'tls: revocation unknown': 'hand in the list of its authority, or set SECURITY_FLAG_IGNORE_REVOCATION',
  'tls: client certificate demanded':
    'set INTERNET_OPTION_CLIENT_CERT_CONTEXT on the request and send it again; as it is, it goes without one the next time',
  'tls: client certificate refused':
    'ask who runs it which authority has to issue one, and check that it has not expired',
  'tls: handshake failed': 'check that the port speaks TLS, in a version that is not outdated',
};

/**
 * Makes the failure of a cause; its message is one sentence that names host and port and what to try.
 *
 * @param peer server or proxy, as `host:port`
 * @param what what happened, as a predicate of the peer: `refused the connection`
 */
export function httpFailure(cause: Cause, peer: string, what: string, native?: unknown): DriverFailure {
  const message = `HTTP server ${peer} ${what}; ${advice[cause] ?? 'check the network, VPN and firewall'}.`;
  return new DriverFailure(symbolOfCause(cause), message, native, socketErrorOfCause(cause));
}

/** Translates what Node or undici threw. A failure that is translated already stays as it is. */
export function httpFailureOf(error: unknown, phase: HttpPhase, peer: string): DriverFailure {
  if (error instanceof DriverFailure) return error;
  const native = firstAttempt(error);
  const code = codeOf(native);
  if (phase === 'body' && /Invalid character in chunk size/.test(String(native))) {
    // A real WinINet takes a size that is no number for 0, which ends the body.
    return httpFailure('http: body cut short', peer, 'sent a chunk whose size is no number', error);
  }
  const row = NATIVE.find((candidate) => candidate.code.test(code) && (candidate.phase ?? phase) === phase);
  const cause = row?.cause ?? causeOfError(native) ?? fallback[phase];
  return httpFailure(cause, peer, `${happened[phase]} (${code})`, error);
}

/** The failure of a request whose handle was closed meanwhile. */
export function httpCancelled(peer: string): DriverFailure {
  return httpFailure('http: given up', peer, 'was left alone because the handle was closed');
}

/** Server of an exchange, as `host:port`. */
export function peerOf({ server }: HttpExchange): string {
  return authority(server.host, server.port);
}

const happened: Record<HttpPhase, string> = {
  connect: 'could not be reached',
  secure: 'broke off the TLS handshake',
  answer: 'did not answer',
  body: 'did not deliver the whole answer',
  end: 'did not deliver the whole answer',
};

const fallback: Record<HttpPhase, Cause> = {
  connect: 'ECONNREFUSED',
  secure: 'tls: handshake failed',
  answer: 'http: closed without an answer',
  body: 'http: body cut short',
  end: 'http: body cut short',
};

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no reason given';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}

/** Where a name has several addresses, Node collects the failure of each. */
function firstAttempt(error: unknown): unknown {
  return error instanceof AggregateError && error.errors.length > 0 ? error.errors[0] : error;
}
