import type { DriverContext } from '../wininet/ports/driver.ts';
import type { HttpAnswer, HttpDriver, HttpExchange } from '../wininet/ports/http.ts';
import { HttpConnection } from './httpConnection.ts';
import { httpCancelled, peerOf } from './httpFailure.ts';
import { HttpPool } from './httpPool.ts';
import { writeRequestHead } from './httpRequestHead.ts';
import { type HttpDriverOptions, HttpTrust } from './httpTrust.ts';
import { HttpTurn } from './httpTurn.ts';
import { loadUndiciClient } from './undici.ts';

/** Makes a driver that speaks HTTP/1.1 over undici, with connections of its own. */
export function createHttpDriver(options: HttpDriverOptions = {}): HttpDriver {
  const trust = new HttpTrust(options);
  let ready: HttpPool | undefined;
  let loading: Promise<HttpPool> | undefined;
  const load = async () => {
    const Client = await loadUndiciClient();
    ready = new HttpPool((onFree) => new HttpConnection(Client, trust, onFree));
    return ready;
  };
  return {
    send(exchange, context) {
      loading ??= load().catch((error: unknown) => {
        loading = undefined;
        throw error;
      });
      return deliver(ready ?? loading, exchange, context);
    },
    async close() {
      await ready?.close();
    },
  };
}

async function deliver(
  loaded: HttpPool | Promise<HttpPool>,
  exchange: HttpExchange,
  context: DriverContext,
): Promise<HttpAnswer> {
  const head = writeRequestHead(exchange);
  const pool = loaded instanceof HttpPool ? loaded : await loaded;
  const attempt = (fresh: boolean) => {
    if (context.signal.aborted) throw httpCancelled(peerOf(exchange));
    return pool.acquire(exchange, context, fresh, (connection) => connection.run(exchange, head, context));
  };
  const granted = attempt(false);
  const first = granted instanceof HttpTurn ? granted : await granted;
  try {
    return await first.answer;
  } catch (error) {
    // A server may end an idle connection in the very moment of its next use (RFC 9112 9.3.1): that is nobody's failure.
    if (!first.stale) throw error;
  }
  return (await attempt(true)).answer;
}
