import type { Command } from './command.ts';
import { type DataPort, dialForData, listenForData, plainAddress } from './dataPort.ts';
import { Refusal, type Reply, reply } from './reply.ts';
import type { FtpSession } from './session.ts';

const FIRST_UNPRIVILEGED_PORT = 1024;
const LAST_PORT = 65_535;

/** Agreeing on a data connection: passive, where the server listens, and active, where it calls. */
export const portCommands: readonly Command[] = [
  {
    verb: 'PASV',
    help: 'PASV: the server listens for the data connection (IPv4)',
    argument: 'optional',
    keeps: 'restart',
    run: async (session) => {
      refuseAfterEpsvAll(session);
      const { peers } = session;
      if (peers.localAddress.includes(':')) {
        throw new Refusal(425, 'PASV cannot express this address, use EPSV');
      }
      await session.dropData();
      const port = await listenForData(peers);
      session.state.data = port;
      const numbers = [...peers.localAddress.split('.'), port.port >> 8, port.port & 0xff];
      return reply(227, `Entering Passive Mode (${numbers.join(',')})`);
    },
  },
  {
    verb: 'EPSV',
    help: 'EPSV [1|2|ALL]: the server listens for the data connection',
    argument: 'optional',
    keeps: 'restart',
    run: async (session, argument) => {
      if (argument.toUpperCase() === 'ALL') {
        session.state.onlyExtendedPassive = true;
        return reply(200, 'Only EPSV from now on');
      }
      const { peers } = session;
      const family = peers.localAddress.includes(':') ? '2' : '1';
      if (argument !== '' && argument !== family) {
        throw new Refusal(522, `Network protocol not supported, use (${family})`);
      }
      await session.dropData();
      const port = await listenForData(peers);
      session.state.data = port;
      return reply(229, `Entering Extended Passive Mode (|||${port.port}|)`);
    },
  },
  {
    verb: 'PORT',
    help: 'PORT <h1,h2,h3,h4,p1,p2>: the server calls this IPv4 address',
    argument: 'required',
    keeps: 'restart',
    run: (session, argument) => {
      const numbers = argument.split(',');
      if (numbers.length !== 6 || !numbers.every((text) => /^\d{1,3}$/.test(text) && Number(text) < 256)) {
        throw new Refusal(501, 'PORT needs six numbers from 0 to 255');
      }
      const [high = 0, low = 0] = numbers.slice(4).map(Number);
      return dialBack(session, numbers.slice(0, 4).map(Number).join('.'), high * 256 + low, 'PORT');
    },
  },
  {
    verb: 'EPRT',
    help: 'EPRT <|family|address|port|>: the server calls this address',
    argument: 'required',
    keeps: 'restart',
    run: (session, argument) => {
      const delimiter = argument.charAt(0);
      const [before, family = '', address = '', port = '', after] = argument.split(delimiter);
      if (before !== '' || after !== '' || !/^\d{1,5}$/.test(port)) {
        throw new Refusal(501, 'EPRT needs |family|address|port|');
      }
      if (family !== '1' && family !== '2') {
        throw new Refusal(522, 'Network protocol not supported, use (1,2)');
      }
      return dialBack(session, address, Number(port), 'EPRT');
    },
  },
];

async function dialBack(session: FtpSession, address: string, port: number, verb: string): Promise<Reply> {
  refuseAfterEpsvAll(session);
  const { peers } = session;
  // RFC 2577, 3: a server that calls any address it is told to attacks third parties.
  if (plainAddress(address) !== peers.remoteAddress) {
    throw new Refusal(504, `${verb} must name the address you come from`);
  }
  if (port < FIRST_UNPRIVILEGED_PORT || port > LAST_PORT) {
    throw new Refusal(504, `${verb} must name a port from ${FIRST_UNPRIVILEGED_PORT} to ${LAST_PORT}`);
  }
  await session.dropData();
  const data: DataPort = dialForData(port, peers);
  session.state.data = data;
  return reply(200, `${verb} command successful`);
}

function refuseAfterEpsvAll(session: FtpSession): void {
  if (session.state.onlyExtendedPassive) {
    throw new Refusal(501, 'Only EPSV after EPSV ALL');
  }
}
