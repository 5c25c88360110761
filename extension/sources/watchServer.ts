import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type Server, type Socket } from 'node:net';
import { StringDecoder } from 'node:string_decoder';
import type { BreakCondition } from '../shared/breakConditions.ts';
import { formatBreaks, parseHello, WATCH_LINE_LIMIT, type WatchAddress } from '../shared/watchProtocol.ts';
import { AttachedProgram } from './attachedProgram.ts';
import { keepBreaks } from './breakFile.ts';
import { TraceLines } from './traceLines.ts';

/** How long a stranger may stay silent. */
const HELLO_MILLISECONDS = 5000;
/** Where a look at a socket brings less, nothing more waits there. */
const WHOLE_PIECE = 65_536;
/**
 * Then the next look comes two frames later, which nobody sees. A program writes with every call, and to be woken by each costs
 * more than to read it.
 */
const REST_MILLISECONDS = 32;
/** A socket that is not looked at is not to be read either: Node reads ahead, one of the program's writes after the other, up to here. */
const READ_AHEAD = 1;
/** How many programs and strangers may be connected. */
const CONNECTION_LIMIT = 200;

/** Who wants to know of programs. */
export interface WatchServerOptions {
  readonly address: WatchAddress;
  /** How many entries are kept of each program, at least. */
  readonly journalLimit: () => number;
  readonly onProgram: (program: AttachedProgram) => void;
  /** Is told of strangers, and of what cannot be understood. */
  readonly complain: (sentence: string) => void;
}

/** Listens for the programs that are started with the address of this window in their environment. */
export class WatchServer {
  readonly #options: WatchServerOptions;
  readonly #server: Server;
  readonly #connected = new Set<Socket>();
  /** Those who have introduced themselves. */
  readonly #known = new Set<Socket>();
  #breaks: readonly BreakCondition[] = [];

  private constructor(options: WatchServerOptions) {
    this.#options = options;
    this.#server = createServer({ highWaterMark: READ_AHEAD }, (socket) => this.#meet(socket));
    this.#server.maxConnections = CONNECTION_LIMIT;
  }

  /** Listens; rejects with what node:net says, as when the address is taken. */
  static async listen(options: WatchServerOptions): Promise<WatchServer> {
    const watch = new WatchServer(options);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    watch.#server.once('error', reject).listen(options.address.path, resolve);
    await promise;
    // A window that was killed leaves what it broke on.
    watch.#keepBreaks();
    watch.#server.off('error', reject).on('error', (error) => options.complain(error.message));
    return watch;
  }

  /** What programs break on: those that run, and those that come. */
  set breaks(conditions: readonly BreakCondition[]) {
    this.#breaks = conditions;
    this.#keepBreaks();
    for (const socket of this.#known) this.#tellBreaks(socket);
  }

  /** Lets go of every program and stops listening. */
  async close(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#server.close(() => resolve());
    for (const socket of this.#connected) socket.destroy();
    await promise;
    this.#breaks = [];
    this.#keepBreaks();
  }

  #meet(socket: Socket): void {
    this.#connected.add(socket);
    const { complain } = this.#options;
    const lines = new TraceLines({ lineLimit: WATCH_LINE_LIMIT, traceLimit: Number.POSITIVE_INFINITY });
    const decoder = new StringDecoder('utf8');
    let program: AttachedProgram | null = null;
    const late = setTimeout(() => socket.destroy(), HELLO_MILLISECONDS);
    const rest = restBetweenLooks(socket);
    socket.on('data', (piece) => {
      for (const { text, number } of lines.cut(decoder.write(piece))) {
        if (text === null) complain(`Line ${number} of a program is too long.`);
        else if (program !== null) program.take(text);
        else {
          clearTimeout(late);
          program = this.#welcome(socket, text);
          if (program === null) return;
        }
      }
    });
    socket.on('error', () => socket.destroy()); // as when the program was killed
    socket.on('close', () => {
      clearTimeout(late);
      rest();
      this.#connected.delete(socket);
      this.#known.delete(socket);
      program?.end();
    });
  }

  /** A stranger's first words; null, and the end of the conversation, where they do not hold the secret. */
  #welcome(socket: Socket, line: string): AttachedProgram | null {
    const { address, journalLimit, onProgram, complain } = this.#options;
    const hello = parseHello(line);
    if (hello === null || !isSame(hello.secret, address.secret)) {
      complain('A program that does not know the secret, or speaks another version, wanted to be watched.');
      socket.destroy();
      return null;
    }
    const name = `Process ${hello.pid}`;
    const program = new AttachedProgram(hello, journalLimit(), (sentence) => complain(`${name}: ${sentence}`));
    this.#known.add(socket);
    // What it read before may have changed since. Nothing else is written: to one that has ended by now it would fail, and with it
    // what is still to be read.
    if (formatBreaks(hello.breaks) !== formatBreaks(this.#breaks)) this.#tellBreaks(socket);
    onProgram(program);
    return program;
  }

  #keepBreaks(): void {
    try {
      keepBreaks(this.#options.address, this.#breaks);
    } catch (error) {
      this.#options.complain(`Programs that start do not know at once what to break on: ${String(error)}`);
    }
  }

  #tellBreaks(socket: Socket): void {
    socket.write(`${formatBreaks(this.#breaks)}\n`);
  }
}

/**
 * Reads all that waits in a socket, then lets it wait for a while; one on which nothing comes wakes nobody.
 * @returns ends it, when the socket is closed
 */
function restBetweenLooks(socket: Socket): () => void {
  let came = 0;
  let look: NodeJS.Immediate | undefined;
  let next: NodeJS.Timeout | undefined;
  const settle = (): void => {
    look = undefined;
    if (came < WHOLE_PIECE) {
      socket.pause();
      next = setTimeout(() => socket.resume(), REST_MILLISECONDS);
    }
    came = 0;
  };
  socket.on('data', (piece) => {
    came += piece.length;
    // What was read ahead comes first and alone: the rest is there once the event loop has looked at the socket.
    look ??= setImmediate(settle);
  });
  return () => {
    clearImmediate(look);
    clearTimeout(next);
  };
}

/** Compares in a time that tells nothing. */
function isSame(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
