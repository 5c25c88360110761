import { closeSync, existsSync, openSync, writeSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { WATCH_LINE_LIMIT } from '../shared/watchProtocol.ts';
import type { LineSink } from './programJournal.ts';

/** Bytes that may wait for a window that does not read; what comes then is left out of the journal. */
const WAITING_LIMIT = 33_554_432;
/** A window that does not read is tried again this much later. */
const RETRY_MILLISECONDS = 10;
/** Lines that waited are written this many bytes at once: the system holds few writes, however short they are. */
const TOGETHER = 65_536;
/** How long a program that ends waits for such a window. */
const LAST_WORD_MILLISECONDS = 2000;

/**
 * A program's way to the window that watches it.
 *
 * Lines are written to the socket's descriptor at once, not by way of the event loop: a program that calls process.exit() has
 * told everything. The socket never keeps a program alive, never blocks it while it runs, and ends without a word when nobody
 * listens.
 */
export class WatchSocket implements LineSink {
  readonly #path: string;
  readonly #socket: Socket;
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  /** How many waited when the system last took nothing. */
  #refusedBytes = 0;
  #retry: NodeJS.Timeout | null = null;
  #over = false;

  private constructor(path: string, onLine: (line: string) => void) {
    this.#path = path;
    this.#socket = connect(path).unref();
    this.#socket.on('connect', () => this.#send());
    this.#socket.on('error', () => this.#end()); // nobody listens any more
    this.#socket.on('close', () => this.#end());
    let text = '';
    this.#socket.setEncoding('utf8').on('data', (piece: string) => {
      const lines = `${text}${piece}`.split('\n');
      text = lines.pop() ?? '';
      if (text.length > WATCH_LINE_LIMIT) this.#end();
      for (const line of lines) onLine(line);
    });
  }

  /**
   * Connects; null where it is plain that nobody listens.
   * @param onLine is told what the window says
   */
  static open(path: string, onLine: (line: string) => void): WatchSocket | null {
    return process.platform === 'win32' || existsSync(path) ? new WatchSocket(path, onLine) : null;
  }

  get over(): boolean {
    return this.#over;
  }

  write(lines: string): void {
    if (this.#over || this.#waitingBytes > WAITING_LIMIT) return;
    const bytes = Buffer.from(lines);
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.length;
    // A refusal costs more than a call of the engine: the next one comes with the timer, or, where the program leaves the event
    // loop no turn, when there is much to write.
    if (this.#retry === null || this.#waitingBytes - this.#refusedBytes >= TOGETHER) this.#send();
  }

  close(): void {
    const limit = Date.now() + LAST_WORD_MILLISECONDS;
    const pause = new Int32Array(new SharedArrayBuffer(4));
    while (!this.#over && !this.#sendLast() && Date.now() < limit) Atomics.wait(pause, 0, 0, 1);
    this.#end();
  }

  /** Writes what the system takes. True when nothing waits any more. */
  #send(): boolean {
    const descriptor = descriptorOf(this.#socket);
    if (descriptor === null) return this.#sendThroughNode();
    try {
      for (let first = this.#gather(); first !== undefined; first = this.#gather()) {
        const sent = writeSync(descriptor, first);
        this.#waitingBytes -= sent;
        if (sent === first.length) this.#waiting.shift();
        else this.#waiting[0] = first.subarray(sent);
      }
      return true;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EAGAIN') this.#tryAgain();
      else this.#end();
      return false;
    }
  }

  /** What is to be written next, which stays the first that waits; undefined where nothing waits. */
  #gather(): Buffer | undefined {
    const [first] = this.#waiting;
    if (first === undefined || this.#waiting.length === 1) return first;
    let [count, bytes] = [1, first.length];
    for (let next = this.#waiting[count]; next !== undefined; next = this.#waiting[count]) {
      if (bytes + next.length > TOGETHER) break;
      bytes += next.length;
      count += 1;
    }
    if (count === 1) return first;
    const together = Buffer.concat(this.#waiting.slice(0, count), bytes);
    this.#waiting.splice(0, count, together);
    return together;
  }

  /**
   * Writes what is left, when the event loop turns no more. A named pipe that was not connected by then never will be, so that
   * all that was recorded waits still: another connection takes it, which is opened and written to at once.
   */
  #sendLast(): boolean {
    if (!this.#isConnecting) return this.#send();
    try {
      const file = openSync(this.#path, 'r+');
      for (const bytes of this.#waiting.splice(0)) {
        for (let sent = 0; sent < bytes.length; ) sent += writeSync(file, bytes, sent);
      }
      closeSync(file);
      return true;
    } catch (error) {
      // As long as the window has not taken others in, it is busy.
      return !(error instanceof Error && 'code' in error && error.code === 'EBUSY');
    }
  }

  get #isConnecting(): boolean {
    return this.#socket.connecting && descriptorOf(this.#socket) === null;
  }

  #tryAgain(): void {
    this.#refusedBytes = this.#waitingBytes;
    this.#retry ??= setTimeout(() => {
      this.#retry = null;
      this.#send();
    }, RETRY_MILLISECONDS).unref();
  }

  /** Named pipes of Windows have no descriptor here; Node writes to them at once as well, when they are connected. */
  #sendThroughNode(): boolean {
    if (this.#isConnecting) return false;
    for (const bytes of this.#waiting.splice(0)) this.#socket.write(bytes);
    this.#waitingBytes = this.#socket.writableLength;
    return true;
  }

  #end(): void {
    this.#over = true;
    this.#waiting = [];
    if (this.#retry !== null) clearTimeout(this.#retry);
    this.#socket.destroy();
  }
}

/** Node keeps a socket's descriptor in a handle that it does not document; without one there is another way. */
function descriptorOf(socket: Socket): number | null {
  const handle: unknown = '_handle' in socket ? socket._handle : null;
  if (typeof handle !== 'object' || handle === null || !('fd' in handle)) return null;
  const { fd } = handle;
  return typeof fd === 'number' && fd >= 0 ? fd : null;
}
