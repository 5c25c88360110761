import { createServer, isIPv6, type Server, type Socket } from 'node:net';
import type { DriverContext } from '../wininet/ports/driver.ts';
import type { FtpControl } from './ftpControl.ts';
import { FtpDataSocket } from './ftpDataSocket.ts';
import { ftpCancelled, ftpFailure, ftpFailureOf } from './ftpFailure.ts';
import { extendedPassivePort, type FtpReply, isNegative, lastLine, passivePort } from './ftpReply.ts';
import { waitFor } from './ftpWait.ts';
import { plainAddress, socketFacts } from './socketFacts.ts';

/** A data connection that has been agreed upon with the server, and may not be there yet. */
export interface FtpDataPlan {
  /** The connection, not yet flowing. */
  readonly data: Promise<FtpDataSocket>;
  /** Gives it up, connected or not. */
  cancel(): void;
}

/**
 * Asks the server for a port and connects to it. WinINet sends PASV; EPSV is the way of IPv6, which PASV cannot tell. It does
 * not try another command after a refusal, whose words the program reads in InternetGetLastResponseInfo.
 * Rejects with CANNOT_CONNECT, TIMEOUT and what a command rejects with.
 */
export async function planPassive(control: FtpControl, context: DriverContext): Promise<FtpDataPlan> {
  const port = await askForPort(control, context);
  const data = FtpDataSocket.toward(control.peer, port);
  const { socket } = data;
  const connected = new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  const what = `did not open its data port ${port}`;
  try {
    await waitFor(connected, {
      milliseconds: control.timeouts.connect,
      signal: context.signal,
      onAbort: () => ftpCancelled(control.server),
      onTimeout: () => ftpFailure('ftp: no answer in time', control.server, what),
    });
  } catch (error) {
    socket.destroy();
    throw ftpFailureOf(error, 'ECONNREFUSED', control.server, what);
  }
  context.observer({ type: 'connection', socket: socketFacts(socket, 'ftp-passive') });
  return { data: Promise.resolve(data), cancel: () => socket.destroy() };
}

/**
 * Listens at the address of the control connection and tells the server where (PORT, or EPRT on IPv6). Only the peer of
 * the control connection is let in. Rejects with CANNOT_CONNECT and what a command rejects with.
 */
export async function planActive(control: FtpControl, context: DriverContext): Promise<FtpDataPlan> {
  const server = createServer({ pauseOnConnect: true });
  let accepted: Socket | undefined;
  const data = new Promise<FtpDataSocket>((resolve, reject) => {
    server.on('error', reject);
    server.on('connection', (caller) => {
      if (accepted !== undefined || !isPeer(caller, control.peer)) {
        caller.destroy();
        return;
      }
      accepted = caller;
      server.close();
      context.observer({ type: 'connection', socket: socketFacts(caller, 'ftp-active') });
      resolve(FtpDataSocket.accepted(caller));
    });
  });
  data.catch(() => undefined);
  const cancel = () => {
    server.close();
    accepted?.destroy();
  };
  try {
    await control.command(describePort(control.local, await listen(server, control)), context);
  } catch (error) {
    cancel();
    throw error;
  }
  return { data, cancel };
}

async function askForPort(control: FtpControl, context: DriverContext): Promise<number> {
  const extended = isIPv6(control.peer);
  const reply = await control.ask(extended ? 'EPSV' : 'PASV', context);
  if (isNegative(reply)) {
    const what = `refused passive data connections: "${lastLine(reply)}"`;
    throw ftpFailure('ftp: passive mode refused', control.server, what);
  }
  const port = extended ? extendedPassivePort(reply) : passivePort(reply);
  if (port !== undefined) return port;
  throw ftpFailure('ftp: reply not understood', control.server, `named no data port in "${reply.text}"`);
}

async function listen(server: Server, control: FtpControl): Promise<number> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host: control.local, port: 0, backlog: 1 }, resolve);
    });
  } catch (error) {
    throw ftpFailureOf(error, 'EADDRNOTAVAIL', control.server, `cannot connect back: ${control.local} is not usable`);
  }
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('A TCP server has an address with a port.');
  return address.port;
}

function describePort(address: string, port: number): string {
  // Zones (fe80::1%eth0) mean something on this machine only.
  if (isIPv6(address)) return `EPRT |2|${address.replace(/%.*$/, '')}|${port}|`;
  return `PORT ${address.replaceAll('.', ',')},${port >> 8},${port & 0xff}`;
}

function isPeer(caller: Socket, peer: string): boolean {
  return plainAddress(caller.remoteAddress) === peer;
}

/** Whether a reply that comes instead of the data connection means that none will come. */
export function excludesData(reply: FtpReply): boolean {
  // 426 tells of a connection that was there: its beginning may still be on the way.
  return isNegative(reply) && reply.code !== 426;
}
