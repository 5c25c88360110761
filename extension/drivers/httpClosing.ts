import type { Socket } from 'node:net';
import type { DriverContext, DriverFailure } from '../wininet/ports/driver.ts';
import { endsConnection, type HttpResponseHead } from './httpResponseHead.ts';

/**
 * Resolves when the connection is closed, having reported so. It closes with the failure: undici takes one that closes without
 * for the end of a body which only the end of the connection ends, and trips over its own request, which is over.
 */
export function closeWith(
  socket: Socket | undefined,
  failure: DriverFailure,
  { observer }: DriverContext,
): Promise<void> {
  if (socket === undefined) return Promise.resolve();
  observer({ type: 'closing' });
  return new Promise((resolve) => {
    const report = () => {
      observer({ type: 'closed' });
      resolve();
    };
    if (socket.closed) report();
    else socket.once('close', report).destroy(failure);
  });
}

/**
 * Does undici close a connection with the answer that has come to its end, because it said so? As recorded, the end of a
 * connection that was to go on is not told.
 */
export function closesWithAnswer(socket: Socket, head: HttpResponseHead): boolean {
  return socket.destroyed && endsConnection(head);
}

/** Resolves when a socket that is destroyed is closed. */
export async function whenClosed(socket: Socket): Promise<void> {
  if (!socket.closed) await new Promise<void>((resolve) => socket.once('close', () => resolve()));
}
