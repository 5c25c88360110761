import type { Socket } from 'node:net';
import type { DriverContext, DriverFailure } from '../wininet/ports/driver.ts';

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

/** Resolves when a socket that is destroyed is closed. */
export async function whenClosed(socket: Socket): Promise<void> {
  if (!socket.closed) await new Promise<void>((resolve) => socket.once('close', () => resolve()));
}
