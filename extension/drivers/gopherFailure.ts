import { DriverFailure } from '../wininet/ports/driver.ts';
import { type Cause, causeOfError, symbolOfCause } from './causeMap.ts';

/** The server that a failure is about. */
export interface GopherServer {
  readonly host: string;
  readonly port: number;
}

const advice: Partial<Record<Cause, string>> = {
  ENOTFOUND: 'check the spelling of the host name, and DNS or VPN',
  EAI_AGAIN: 'check DNS or VPN and try again',
  ECONNREFUSED: 'check the port, and whether the server is running',
  ETIMEDOUT: 'check host, port and firewall',
  ECONNRESET: 'call again',
  EPIPE: 'call again',
  ABORT_ERR: 'call again when the answer is wanted',
  'gopher: answer not understood': 'check that a Gopher server listens there',
  'gopher: answer cut short': 'call again',
  'gopher: answer too long': 'check that the selector leads to a menu',
  'gopher: closed without an answer': 'check that a Gopher server listens there',
  'gopher: request refused': 'change the request as the server says',
  'gopher: no Gopher+': 'ask without Gopher+',
  'gopher: no answer in time': 'raise the time-out option, or check whether the server is alive',
  'gopher: control character in a request': 'remove control characters from selector and search',
};

/**
 * Makes the failure of a cause; its message is one sentence that names host and port and what to try.
 *
 * @param what what happened, as a predicate of the server: `refused the connection`
 */
export function gopherFailure(cause: Cause, server: GopherServer, what: string, native?: unknown): DriverFailure {
  const host = server.host.includes(':') && !server.host.startsWith('[') ? `[${server.host}]` : server.host;
  const message = `Gopher server ${host}:${server.port} ${what}; ${advice[cause] ?? 'check the network, VPN and firewall'}.`;
  return new DriverFailure(symbolOfCause(cause), message, native);
}

/** Translates a native error; `otherwise` is the cause of one that carries no known code. */
export function gopherFailureOf(error: unknown, otherwise: Cause, server: GopherServer, what: string): DriverFailure {
  if (error instanceof DriverFailure) return error;
  const first = error instanceof AggregateError && error.errors.length > 0 ? error.errors[0] : error;
  return gopherFailure(causeOfError(first) ?? otherwise, server, what, error);
}

/** The failure of a call whose handle was closed meanwhile. */
export function gopherCancelled(server: GopherServer): DriverFailure {
  return gopherFailure('ABORT_ERR', server, 'was left alone because the handle was closed');
}
