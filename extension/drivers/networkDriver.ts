import { connect, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { DriverFailure } from '../wininet/ports/driver.ts';
import type { NetworkDriver, ProbeTarget } from '../wininet/ports/drivers.ts';
import { addressLookup } from './addressLookup.ts';
import { type Cause, causeOfError, socketErrorOfCause, symbolOfCause } from './causeMap.ts';

/** A driver over the interfaces of this machine and sockets that connect and end. */
export function createNetworkDriver(): NetworkDriver {
  const sockets = new Set<Socket>();
  return {
    interfaces() {
      const all = Object.entries(networkInterfaces());
      return all.filter(([, addresses = []]) => addresses.some(({ internal }) => !internal)).map(([name]) => name);
    },

    probe(target) {
      return new Promise((resolve, reject) => {
        const { host, port } = target;
        const socket = connect({ host, port, lookup: addressLookup(target.addressLimit) });
        sockets.add(socket);
        socket.setTimeout(target.timeouts.connect, () => socket.destroy(failure(target, 'ETIMEDOUT')));
        socket.once('connect', () => socket.destroy());
        // A socket that was closed without an error has done its work, unless `close` ended it.
        let given: unknown;
        socket.once('error', (error) => {
          given =
            error instanceof DriverFailure ? error : failure(target, causeOfError(error) ?? 'ECONNREFUSED', error);
        });
        socket.once('close', () => {
          sockets.delete(socket);
          if (given === undefined) resolve();
          else reject(given);
        });
      });
    },

    close() {
      for (const socket of sockets) {
        socket.destroy(new DriverFailure('ERROR_INTERNET_OPERATION_CANCELLED', 'The engine was closed.'));
      }
    },
  };
}

function failure({ host, port }: ProbeTarget, cause: Cause, error?: Error): DriverFailure {
  return new DriverFailure(
    symbolOfCause(cause),
    `${host}:${port} cannot be reached.`,
    error,
    socketErrorOfCause(cause),
  );
}
