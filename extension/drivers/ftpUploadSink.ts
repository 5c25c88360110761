import type { Socket } from 'node:net';
import type { ByteSink, DriverFailure } from '../wininet/ports/driver.ts';
import { ftpFailure, ftpFailureOf } from './ftpFailure.ts';
import { isNegative } from './ftpReply.ts';
import type { FtpTransfer } from './ftpTransfer.ts';
import { waitFor } from './ftpWait.ts';

// How long after a broken data connection the server may take to say why, in milliseconds.
const explanation = 1_000;

/** The bytes for a data connection, pushed: a write takes as long as the server needs to take its bytes. */
export class FtpUploadSink implements ByteSink {
  readonly #transfer: FtpTransfer;
  readonly #socket: Socket;
  #cancelled = false;
  #abandoned: Promise<void> | undefined;

  constructor(transfer: FtpTransfer) {
    this.#transfer = transfer;
    this.#socket = transfer.data.socket;
    transfer.context.signal.addEventListener('abort', this.#onAbort, { once: true });
    // Nothing is expected from there but the end of the connection.
    this.#socket.resume();
    // A server that has said no may leave the data connection open and take nothing more: a write would wait for its time-out.
    transfer.onRefusal(() => this.#socket.destroy(new Error('refused')));
    if (transfer.context.signal.aborted) this.#onAbort();
  }

  async write(bytes: Uint8Array): Promise<void> {
    if (this.#cancelled) throw this.#transfer.cancelled();
    if (bytes.length > 0) await this.#flush((done) => this.#socket.write(bytes, done));
  }

  async finish(): Promise<void> {
    if (this.#cancelled) throw this.#transfer.cancelled();
    await this.#flush((done) => this.#socket.end(done));
    const reply = await this.#transfer.verdict();
    this.#leave();
    this.#socket.destroy();
    if (isNegative(reply)) throw this.#transfer.failureOf('the upload', reply);
  }

  cancel(): Promise<void> {
    this.#abandoned ??= this.#abandon();
    return this.#abandoned;
  }

  async #abandon(): Promise<void> {
    this.#cancelled = true;
    this.#leave();
    if (!this.#socket.destroyed) this.#breakOff();
    await this.#transfer.abandon();
  }

  #breakOff(): void {
    const { writableEnded, writableLength } = this.#socket;
    // While the end is on its way, Node refuses to reset: it would lose the socket, which then keeps the process busy for ever.
    if (writableEnded && writableLength === 0) this.#socket.destroy();
    // A plain end would tell the server that the file is complete.
    else this.#socket.resetAndDestroy();
  }

  readonly #onAbort = (): void => {
    void this.cancel();
  };

  #leave(): void {
    this.#transfer.context.signal.removeEventListener('abort', this.#onAbort);
  }

  async #flush(start: (done: (error?: Error | null) => void) => void): Promise<void> {
    const { control, context } = this.#transfer;
    const milliseconds = control.timeouts.dataSend ?? control.timeouts.send;
    const flushed = new Promise<void>((resolve, reject) => {
      start((error) => (error ? reject(error) : resolve()));
    });
    try {
      await waitFor(flushed, {
        milliseconds,
        signal: context.signal,
        onAbort: () => this.#transfer.cancelled(),
        onTimeout: () => {
          const what = `took no bytes for ${milliseconds} ms`;
          return ftpFailure('ftp: no answer in time', control.server, what);
        },
      });
    } catch (error) {
      throw await this.#explain(error);
    }
  }

  // The server's own words say more than a broken connection, and come a moment later.
  async #explain(error: unknown): Promise<DriverFailure> {
    if (this.#cancelled || this.#transfer.control.closing) return this.#transfer.cancelled();
    const failure = ftpFailureOf(error, 'EPIPE', this.#transfer.control.server, 'broke the data connection');
    if (failure === error) return failure;
    return (await this.#transfer.reasonWithin(explanation)) ?? failure;
  }
}
