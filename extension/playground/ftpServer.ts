import { once } from 'node:events';
import { createServer } from 'node:net';
import { commands } from './ftp/commands.ts';
import { FTP_ACCOUNT } from './ftp/loginCommands.ts';
import { playgroundTree } from './ftp/playgroundTree.ts';
import { formatReply, reply } from './ftp/reply.ts';
import { type FtpService, FtpSession } from './ftp/session.ts';
import { SocketSet } from './socketSet.ts';

/** What may be set for an FTP server; everything has a default. */
export interface FtpServerOptions {
  readonly now?: () => Date;
  /** Milliseconds of silence after which a connection is closed; 15 minutes, so that nobody is thrown out of a debugger. */
  readonly idleLimit?: number;
  /** Bytes that all uploads together may occupy; 256 MiB. */
  readonly uploadLimit?: number;
}

/** A listening FTP server of the playground. */
export interface FtpServer {
  /** Its address with the user and the password of the named account. */
  readonly url: URL;
  /** How many control and data connections are open. */
  connections(): number;
  /** Bytes that uploads occupy. */
  stored(): number;
  /** Ends every connection and resolves when none is left. */
  close(): Promise<void>;
}

const GREETING = formatReply(
  reply(220, 'HINTERNET playground', 'Everything here lives in memory and is gone when the server stops.', 'Ready'),
);
const IDLE_LIMIT = 15 * 60 * 1000;
const UPLOAD_LIMIT = 256 * 1024 * 1024;
const SESSION_LIMIT = 200;

/** Listens on a free port of `host`. Rejects with the system's error when it cannot. */
export async function startFtpServer(host: string, options: FtpServerOptions = {}): Promise<FtpServer> {
  const now = options.now ?? (() => new Date());
  const service: FtpService = {
    tree: playgroundTree(now, options.uploadLimit ?? UPLOAD_LIMIT),
    commands,
    sockets: new SocketSet(),
    idleLimit: options.idleLimit ?? IDLE_LIMIT,
    now,
  };
  const sessions = new Set<FtpSession>();
  const server = createServer((control) => {
    service.sockets.add(control);
    if (sessions.size >= SESSION_LIMIT) {
      control.end(formatReply(reply(421, 'Too many users')));
      return;
    }
    const session = new FtpSession(control, service);
    sessions.add(session);
    control.once('close', () => sessions.delete(session));
    control.write(GREETING);
  });
  server.listen(0, host);
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const { user, password } = FTP_ACCOUNT;
  return {
    url: new URL(`ftp://${user}:${password}@${host.includes(':') ? `[${host}]` : host}:${port}/`),
    connections: () => service.sockets.size,
    stored: () => service.tree.reserved,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      const ports = [...sessions].map((session) => session.dropData());
      await Promise.all([closed, service.sockets.destroyAll(), ...ports]);
    },
  };
}
