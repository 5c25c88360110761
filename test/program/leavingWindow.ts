import { createServer } from 'node:net';
import { formatAddress, WATCH_VARIABLE } from '../../extension/shared/watchProtocol.ts';
import { leaveAddress, ownAddress } from '../../extension/sources/watchAddress.ts';

/** A window that goes as soon as a program has said something. */
export interface LeavingWindow {
  /** What a program of the window finds in its environment. */
  readonly environment: NodeJS.ProcessEnv;
  /** The window has gone. */
  readonly left: Promise<void>;
}

/** Listens as a window does, and leaves nothing behind. */
export async function leavingWindow(): Promise<LeavingWindow> {
  const address = await ownAddress(null);
  const { promise: left, resolve } = Promise.withResolvers<void>();
  const server = createServer((socket) => {
    socket.once('data', () => {
      socket.destroy();
      server.close(() => {
        leaveAddress(address);
        resolve();
      });
    });
  });
  await new Promise<void>((listening) => server.listen(address.path, listening));
  return { environment: { [WATCH_VARIABLE]: formatAddress(address) }, left };
}
