import { isIP, type Socket } from 'node:net';
import type { DriverObserver } from '../wininet/ports/driver.ts';

/** Reports how a socket that is about to connect resolves its host and reaches one of its addresses. */
export function reportSocket(socket: Socket, host: string, observer: DriverObserver): void {
  if (isIP(host) === 0) {
    observer({ type: 'resolving', host });
    let resolved = false;
    socket.on('lookup', (error, address) => {
      // With several addresses the event comes once for each; WinINet reports the first.
      if (error === null && !resolved) {
        resolved = true;
        observer({ type: 'resolved', address });
      }
    });
  }
  socket.on('connectionAttempt', (address) => observer({ type: 'connecting', address }));
  socket.once('connect', () => observer({ type: 'connected', address: socket.remoteAddress ?? host }));
}
