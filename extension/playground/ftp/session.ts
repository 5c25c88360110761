import { once } from 'node:events';
import type { Socket } from 'node:net';
import type { SocketSet } from '../socketSet.ts';
import type { Command } from './command.ts';
import { type CommandLine, CommandLines, LINE_LIMIT } from './commandLines.ts';
import { type DataPeers, type DataPort, plainAddress } from './dataPort.ts';
import { type FileTree, resolvePath } from './fileTree.ts';
import { FACTS, type Fact } from './listing.ts';
import { formatReply, Refusal, type Reply, reply } from './reply.ts';

/** What all sessions of a server share. */
export interface FtpService {
  readonly tree: FileTree;
  readonly commands: ReadonlyMap<string, Command>;
  readonly sockets: SocketSet;
  /** Milliseconds without a sign of life after which a connection is closed. */
  readonly idleLimit: number;
  now(): Date;
}

/** What a client has set up so far; REIN resets it. */
export interface SessionState {
  user: string | undefined;
  loggedIn: boolean;
  failedLogins: number;
  folder: string;
  type: 'A' | 'I';
  /** Position from which the next transfer starts. */
  restart: number;
  renameFrom: string | undefined;
  data: DataPort | undefined;
  /** After EPSV ALL every other way to a data connection is refused (RFC 2428, 4). */
  onlyExtendedPassive: boolean;
  facts: readonly Fact[];
}

const WAITING_LIMIT = 100;
const CONTROL_CHARACTER = /\p{Cc}/u;

function freshState(): SessionState {
  return {
    user: undefined,
    loggedIn: false,
    failedLogins: 0,
    folder: '/',
    type: 'A',
    restart: 0,
    renameFrom: undefined,
    data: undefined,
    onlyExtendedPassive: false,
    facts: FACTS,
  };
}

/** The conversation with one client: takes its commands one by one, in order, and answers each. */
export class FtpSession {
  readonly service: FtpService;
  state: SessionState = freshState();
  /** Set by QUIT and by everything else after which the server hangs up. */
  leaving = false;
  readonly #control: Socket;
  readonly #lines = new CommandLines();
  readonly #waiting: CommandLine[] = [];
  #working = false;
  #transfer: AbortController | undefined;

  constructor(control: Socket, service: FtpService) {
    this.service = service;
    this.#control = control;
    // Short replies must not wait for the acknowledgement of the one before.
    control.setNoDelay(true);
    control.setTimeout(service.idleLimit, () => this.#idle());
    control.on('data', (bytes: Buffer) => this.#receive(bytes));
    control.once('close', () => {
      this.#transfer?.abort();
      void this.dropData();
    });
  }

  /** Both ends of the control connection, between which the data connections must run, too. */
  get peers(): DataPeers {
    const { localAddress, remoteAddress } = this.#control;
    const { sockets } = this.service;
    return { localAddress: plainAddress(localAddress), remoteAddress: plainAddress(remoteAddress), sockets };
  }

  /** Whether the client is still there. */
  get connected(): boolean {
    return !this.#control.destroyed;
  }

  /** The absolute path that an argument means in the current folder. */
  path(argument: string): string {
    return resolvePath(this.state.folder, argument);
  }

  /** Sends a reply, at the client's pace. */
  async send(answer: Reply): Promise<void> {
    if (this.connected && !this.#control.write(formatReply(answer))) {
      const left = new AbortController();
      const leave = (): void => left.abort();
      this.#control.once('close', leave);
      await once(this.#control, 'drain', { signal: left.signal }).catch(leave);
      this.#control.off('close', leave);
    }
  }

  /** Forgets the client's settings, as REIN asks. */
  async reset(): Promise<void> {
    await this.dropData();
    this.state = freshState();
  }

  /** Gives up the port that was prepared for data. */
  async dropData(): Promise<void> {
    const port = this.state.data;
    this.state.data = undefined;
    await port?.close();
  }

  /**
   * Runs a transfer over the prepared data port, which serves this one transfer only.
   * @returns what `work` returns; its failure is a Refusal: 425 without a connection, 426 when it broke or was aborted.
   */
  async transfer<Result>(work: (socket: Socket, signal: AbortSignal) => Promise<Result>): Promise<Result> {
    const port = this.state.data;
    if (!port) {
      throw new Refusal(425, 'Use PASV, EPSV, PORT or EPRT first');
    }
    const abort = new AbortController();
    this.#transfer = abort;
    try {
      const socket = await port.open(abort.signal);
      socket.setTimeout(this.service.idleLimit, () => socket.destroy());
      return await work(socket, abort.signal);
    } finally {
      this.#transfer = undefined;
      await this.dropData();
    }
  }

  #receive(bytes: Buffer): void {
    if (this.leaving) {
      return;
    }
    for (const line of this.#lines.push(bytes)) {
      // ABOR ends the transfer at once and is answered in its turn, after the transfer's own 426.
      if (line.kind === 'command' && line.verb === 'ABOR') {
        this.#transfer?.abort();
      }
      this.#waiting.push(line);
    }
    if (this.#waiting.length > WAITING_LIMIT) {
      this.leaving = true;
      this.#waiting.length = 0;
      this.#control.end(formatReply(reply(421, 'Too many commands at once')));
      return;
    }
    void this.#work();
  }

  async #work(): Promise<void> {
    if (this.#working) {
      return;
    }
    this.#working = true;
    for (let line = this.#waiting.shift(); line && this.connected && !this.leaving; line = this.#waiting.shift()) {
      await this.send(await this.#answer(line));
    }
    this.#working = false;
    if (this.leaving) {
      this.#control.end();
    }
  }

  async #answer(line: CommandLine): Promise<Reply> {
    try {
      return await this.#run(line);
    } catch (error) {
      if (error instanceof Refusal) {
        return reply(error.code, error.message);
      }
      return reply(451, `The server failed: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  #run(line: CommandLine): Reply | Promise<Reply> {
    if (line.kind === 'too-long') {
      return reply(500, `Lines have at most ${LINE_LIMIT} bytes`);
    }
    const command = this.service.commands.get(line.verb);
    if (!command) {
      return reply(500, `${printable(line.verb)} not understood`);
    }
    if (!command.open && !this.state.loggedIn) {
      return reply(530, 'Please login with USER and PASS');
    }
    if (command.argument === 'required' && line.argument === '') {
      return reply(501, `${command.verb} needs an argument`);
    }
    if (CONTROL_CHARACTER.test(line.argument)) {
      return reply(501, 'Control characters are not allowed');
    }
    return this.#runChecked(command, line.argument);
  }

  async #runChecked(command: Command, argument: string): Promise<Reply> {
    try {
      return await command.run(this, argument);
    } finally {
      if (command.keeps !== 'restart') {
        this.state.restart = 0;
      }
      if (command.keeps !== 'rename') {
        this.state.renameFrom = undefined;
      }
    }
  }

  #idle(): void {
    if (!this.#transfer) {
      this.#control.end(formatReply(reply(421, 'Nothing was heard for too long')));
    }
  }
}

function printable(verb: string): string {
  return verb.replaceAll(/\P{ASCII}|\p{Cc}/gu, '?').slice(0, 20);
}
