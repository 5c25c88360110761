import { createServer, type Server, type Socket } from 'node:net';
import type * as v from 'valibot';
import { FtpFixtureSession } from './ftpFixtureSession.ts';
import { type FTP_FIXTURE, FtpFixtureTree } from './ftpFixtureTree.ts';

/** What the FTP fixture saw: a line, or an upload. */
export type SeenFtp =
  | { readonly conn: number; readonly line: string }
  | { readonly conn: number; readonly stored: string; readonly bytes: number; readonly text: string };

/** The FTP server of the vectors. */
export class FtpFixture {
  /** Since the last reset. */
  seen: SeenFtp[] = [];
  readonly #data: v.InferOutput<typeof FTP_FIXTURE>;
  readonly #sessions = new Set<FtpFixtureSession>();
  #tree: FtpFixtureTree;
  #connections = 0;

  constructor(data: v.InferOutput<typeof FTP_FIXTURE>) {
    this.#data = data;
    this.#tree = new FtpFixtureTree(data);
  }

  /** The server, not yet listening. */
  server(): Server {
    return createServer((socket) => this.#serve(socket));
  }

  /** Ends every connection, forgets what was seen, and puts the files back. */
  reset(): void {
    for (const session of this.#sessions) session.destroy();
    this.#sessions.clear();
    this.#tree = new FtpFixtureTree(this.#data);
    this.#connections = 0;
    this.seen = [];
  }

  #serve(socket: Socket): void {
    const conn = this.#connections++;
    const { seen } = this;
    const session = new FtpFixtureSession(socket, this.#data, this.#tree, (one) => seen.push({ conn, ...one }));
    this.#sessions.add(session);
    socket.on('close', () => this.#sessions.delete(session));
    session.greet();
  }
}
