import { connect, type Socket } from 'node:net';
import { releaseMemory } from './releaseMemory.ts';

/** Takes bytes that have arrived. Answers false to be given no more until the socket is resumed; the bytes stay valid until then. */
export type ByteTaker = (bytes: Uint8Array) => boolean;

// One buffer for all reads of a connection: without a new one for each, a download takes half the processor time.
const bufferSize = 256 * 1024;

/** A data connection. What arrives before anybody takes it stops the flow, so no more than a buffer is ever held. */
export class FtpDataSocket {
  readonly socket: Socket;
  #taker: ByteTaker | undefined;
  #early: Uint8Array | undefined;

  private constructor(open: (take: ByteTaker) => Socket) {
    this.socket = open((bytes) => this.#take(bytes));
    // Whoever uses the connection hears of errors; until then they must not end the process.
    this.socket.on('error', () => undefined);
  }

  /** Begins to connect to the port that the server has opened. */
  static toward(host: string, port: number): FtpDataSocket {
    const buffer = new Uint8Array(bufferSize);
    return new FtpDataSocket((take) =>
      connect({ host, port, onread: { buffer, callback: (count) => take(buffer.subarray(0, count)) } }),
    );
  }

  /** Wraps a connection of the server that was accepted paused. */
  static accepted(socket: Socket): FtpDataSocket {
    let last: Uint8Array | undefined;
    return new FtpDataSocket((take) =>
      socket.on('data', (bytes: Buffer) => {
        // More flows only when the bytes before have been taken.
        if (last !== undefined) releaseMemory(last);
        last = bytes;
        if (!take(bytes)) socket.pause();
      }),
    );
  }

  /** Lets the bytes flow; to be called once. */
  flow(taker: ByteTaker): void {
    this.#taker = taker;
    const early = this.#early;
    this.#early = undefined;
    if (early === undefined || taker(early)) this.socket.resume();
  }

  #take(bytes: Uint8Array): boolean {
    if (this.#taker) return this.#taker(bytes);
    this.#early = bytes;
    return false;
  }
}
