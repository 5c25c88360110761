import type { Socket } from 'node:net';
import type { ConnectionPurpose } from '../shared/journal.ts';
import type { SocketFacts, SocketSecurity } from '../wininet/ports/driver.ts';

/** What a socket that has just connected tells of itself; it forgets its addresses when it closes. */
export function socketFacts(
  socket: Socket,
  purpose: ConnectionPurpose,
  proxy: SocketFacts['proxy'] | null = null,
  security?: SocketSecurity,
): SocketFacts {
  return {
    purpose,
    local: { address: plainAddress(socket.localAddress), port: socket.localPort ?? 0 },
    peer: { address: plainAddress(socket.remoteAddress), port: socket.remotePort ?? 0 },
    ...(proxy === null ? {} : { proxy }),
    ...(security === undefined ? {} : { security }),
  };
}

/** An address as its family writes it: a dual-stack socket shows IPv4 addresses in IPv6 clothes. */
export function plainAddress(address: string | undefined): string {
  return (address ?? '').replace(/^::ffff:(?=\d+\.)/i, '');
}
