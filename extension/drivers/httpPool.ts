import type { DriverContext } from '../wininet/ports/driver.ts';
import type { HttpExchange } from '../wininet/ports/http.ts';
import type { HttpConnection } from './httpConnection.ts';
import { httpCancelled, peerOf } from './httpFailure.ts';
import { authority } from './httpRequestHead.ts';

interface Waiter {
  readonly limit: number;
  readonly holder: HttpExchange['holder'];
  readonly priority: number;
  readonly grant: (connection: HttpConnection) => void;
  readonly leave: () => void;
}

interface Group {
  connections: HttpConnection[];
  readonly waiters: Waiter[];
}

/** The connections that are open, by where they lead; idle ones are used again, and no more are opened than allowed. */
export class HttpPool {
  readonly #groups = new Map<string, Group>();
  readonly #open: (onFree: () => void) => HttpConnection;

  constructor(open: (onFree: () => void) => HttpConnection) {
    this.#open = open;
  }

  /**
   * Hands out a connection: an idle one, or a new one while fewer than maxConnectionsPerServer lead there, or else the
   * first that becomes free for whoever has the highest priority, and of those waits longest. The connection must be put to use at once, in `use`.
   *
   * @param fresh an idle connection is not good enough: the last one turned out to be dead, so the others may be too
   */
  acquire<T>(
    exchange: HttpExchange,
    { signal, observer }: DriverContext,
    fresh: boolean,
    use: (connection: HttpConnection) => T,
  ): T | Promise<T> {
    const key = routeKey(exchange);
    const group = this.#group(key);
    const limit = Math.max(1, exchange.maxConnectionsPerServer);
    if (fresh) this.#dropIdle(group);
    const connection = group.waiters.length === 0 ? this.#take(key, group, limit, exchange.holder) : undefined;
    if (connection !== undefined) return use(connection);
    observer({ type: 'waiting', limit });
    return new Promise<T>((resolve, reject) => {
      const leave = () => {
        signal.removeEventListener('abort', leave);
        group.waiters.splice(group.waiters.indexOf(waiter), 1);
        reject(httpCancelled(peerOf(exchange)));
      };
      const waiter: Waiter = {
        limit,
        holder: exchange.holder,
        priority: exchange.priority ?? 0,
        leave,
        grant: (granted) => {
          signal.removeEventListener('abort', leave);
          resolve(use(granted));
        },
      };
      enqueue(group.waiters, waiter);
      signal.addEventListener('abort', leave, { once: true });
    });
  }

  /** Ends every connection and turns every waiter away. */
  async close(): Promise<void> {
    const groups = [...this.#groups.values()];
    this.#groups.clear();
    for (const waiter of groups.flatMap((group) => [...group.waiters])) waiter.leave();
    await Promise.all(groups.flatMap((group) => group.connections.splice(0).map((each) => each.destroy())));
  }

  #group(key: string): Group {
    let group = this.#groups.get(key);
    if (group === undefined) {
      group = { connections: [], waiters: [] };
      this.#groups.set(key, group);
    }
    return group;
  }

  #take(key: string, group: Group, limit: number, holder: HttpExchange['holder']): HttpConnection | undefined {
    const idle = group.connections.filter((each) => each.idle);
    // As recorded, a request that is sent again goes over the connection that it has: it would hold two, and others open more.
    const own = holder === undefined ? undefined : idle.find((each) => each.holder === holder);
    const free = own ?? idle.find((each) => each.holder?.open !== true);
    if (free !== undefined) return free;
    this.#dropDead(group);
    if (group.connections.length >= limit) return idle[0];
    const opened = this.#open(() => this.#serve(key, group));
    group.connections.push(opened);
    return opened;
  }

  #serve(key: string, group: Group): void {
    this.#dropDead(group);
    for (let first = group.waiters[0]; first !== undefined; first = group.waiters[0]) {
      const connection = this.#take(key, group, first.limit, first.holder);
      if (connection === undefined) return;
      group.waiters.shift();
      first.grant(connection);
    }
    if (group.connections.length === 0 && this.#groups.get(key) === group) this.#groups.delete(key);
  }

  #dropDead(group: Group): void {
    if (!group.connections.some((each) => each.dead)) return;
    for (const each of group.connections) if (each.dead) this.#end(each);
    group.connections = group.connections.filter((each) => !each.dead);
  }

  #dropIdle(group: Group): void {
    for (const each of group.connections) if (each.idle) this.#end(each);
    group.connections = group.connections.filter((each) => !each.idle && !each.dead);
  }

  #end(connection: HttpConnection): void {
    // Ending a connection without a turn cannot fail.
    void connection.destroy();
  }
}

/** Puts a waiter behind those that come before it. */
function enqueue(waiters: Waiter[], waiter: Waiter): void {
  const behind = waiters.findIndex((each) => each.priority < waiter.priority);
  waiters.splice(behind === -1 ? waiters.length : behind, 0, waiter);
}

/** Connections are alike if they lead to the same place, have passed the same judgement and show the server the same client. */
function routeKey({ server, proxy, certificates, clientCertificate }: HttpExchange): string {
  const via = proxy === null ? '' : authority(proxy.host, proxy.port);
  // Plain requests share the connections of a proxy, whatever server they are for.
  if (server.scheme !== 'https') return proxy === null ? `http ${authority(server.host, server.port)}` : `proxy ${via}`;
  const { unknownAuthority, wrongName, wrongDate, wrongUsage, weak, revocation } = certificates;
  const tolerated = [unknownAuthority, wrongName, wrongDate, wrongUsage, weak, revocation].join(' ');
  const client = typeof clientCertificate === 'object' ? clientCertificate.identity : clientCertificate;
  return `https ${authority(server.host, server.port)} ${via} ${tolerated} ${client ?? ''}`;
}
