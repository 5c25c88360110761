import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** What every answer may need to know about the playground as a whole. */
export interface Site {
  readonly http: URL;
  readonly https: URL;
  readonly ftp: URL;
  readonly routes: readonly Route[];
  /** Key for the signatures inside digest nonces, new with every start. */
  readonly secret: Buffer;
  now(): Date;
}

/** One request on its way to an answer. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The request's target, resolved against the server that received it. */
  readonly url: URL;
  readonly site: Site;
  /** The TCP connection that carries the request, also under TLS. */
  readonly carrier: Socket;
  /** Fires when the connection or the answer has ended: pauses end with it. */
  readonly signal: AbortSignal;
}

/** One row of the table that is the server: its behaviour, and the words that the lists of addresses show for it. */
export interface Route {
  /** The address that the lists show. It also is the only path that matches, unless `under` says otherwise. */
  readonly path: string;
  /** Every path that begins with this matches; the rest of the path is a parameter. */
  readonly under?: string;
  /** Methods with an answer other than 405; GET and HEAD when absent. */
  readonly methods?: readonly string[];
  readonly group: string;
  readonly title: string;
  /** One sentence about what there is to see. */
  readonly detail: string;
  answer(exchange: Exchange): void | Promise<void>;
}

/** Every method a browser or WinINet program may come up with. */
export const ANY_METHOD: readonly string[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** The methods a route answers. */
export function methodsOf(route: Route): readonly string[] {
  return route.methods ?? ['GET', 'HEAD'];
}

/** The row that answers a path: an exact one first, then the longest `under` that fits. */
export function findRoute(routes: readonly Route[], path: string): Route | undefined {
  const exact = routes.find((route) => route.path.split('?')[0] === path);
  if (exact) {
    return exact;
  }
  const fitting = routes.filter((route) => route.under !== undefined && path.startsWith(route.under));
  return fitting.sort((one, other) => (other.under?.length ?? 0) - (one.under?.length ?? 0))[0];
}

/**
 * The whole number that follows a route's `under` in the path.
 * @returns undefined when it is not a plain decimal number or exceeds `limit`.
 */
export function numberInPath(url: URL, under: string, limit: number): number | undefined {
  const text = url.pathname.slice(under.length);
  if (!/^\d{1,15}$/.test(text)) {
    return undefined;
  }
  const value = Number(text);
  return value <= limit ? value : undefined;
}
