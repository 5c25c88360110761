import type { Socket } from 'node:net';
import type { DriverContext, DriverFailure } from '../wininet/ports/driver.ts';
import type { FtpDownload } from '../wininet/ports/ftp.ts';
import { ftpFailure, ftpFailureOf } from './ftpFailure.ts';
import { isNegative } from './ftpReply.ts';
import type { FtpTransfer } from './ftpTransfer.ts';

const nothing = new Uint8Array(0);

// How many bytes are taken before anybody reads them, to learn the size of a small file, and for how many milliseconds none
// may come.
const aheadLimit = 1024 * 1024;
const aheadPause = 250;

/** A call that waits for bytes; `available` brings no buffer. */
interface Waiter {
  readonly into: Uint8Array | undefined;
  readonly resolve: (count: number) => void;
  readonly reject: (failure: DriverFailure) => void;
}

/** The bytes of a data connection, pulled: what the reader does not take stays on the server. */
export class FtpDownloadSource implements FtpDownload {
  readonly size: number | undefined;
  readonly #transfer: FtpTransfer;
  readonly #socket: Socket;
  /**
   * What has arrived and was not read yet; while there is any, the socket rests, but for a look ahead. That copies it, since the
   * memory that bytes come in is used again, or given back, with the next ones; slice() of a Buffer would be no copy.
   */
  #held: Uint8Array = nothing;
  #ended = false;
  /** Bytes that have come. */
  #count = 0;
  #askedSize: Promise<number> | undefined;
  /** Told of what comes while the size is wanted. */
  #onAhead: (() => void) | undefined;
  #failure: DriverFailure | undefined;
  #waiter: Waiter | undefined;
  /** Measures how long the waiter waits; one timer serves all of them. */
  #clock: NodeJS.Timeout | undefined;
  #abandoned: Promise<void> | undefined;

  constructor(transfer: FtpTransfer) {
    this.#transfer = transfer;
    this.#socket = transfer.data.socket;
    this.size = transfer.size;
    transfer.context.signal.addEventListener('abort', this.#onAbort, { once: true });
    this.#socket.on('end', () => this.#end(undefined));
    this.#socket.on('close', () => this.#end(transfer.cancelled()));
    this.#socket.on('error', (error) => this.#end(this.#broken(error)));
    // An empty file can be over before anybody listens.
    if (this.#socket.errored) this.#end(this.#broken(this.#socket.errored));
    else if (this.#socket.readableEnded) this.#end(undefined);
    transfer.data.flow((bytes) => this.#take(bytes));
    if (transfer.context.signal.aborted) this.#onAbort();
  }

  read(into: Uint8Array): number | Promise<number> {
    if (this.#held.length > 0 || into.length === 0) return this.#copy(into);
    if (this.#ended) return this.#failure ? Promise.reject(this.#failure) : 0;
    return this.#arrival(into);
  }

  available(): number | Promise<number> {
    if (this.#held.length > 0) return this.#held.length;
    if (this.#ended) return this.#failure ? Promise.reject(this.#failure) : 0;
    return this.#arrival(undefined);
  }

  askSize(context: DriverContext): Promise<number> {
    if (this.size !== undefined) return Promise.resolve(this.size);
    this.#askedSize ??= this.#findSize(context);
    return this.#askedSize;
  }

  async finish(): Promise<void> {
    if (this.#failure) throw this.#failure;
    const reply = await this.#transfer.verdict();
    this.#leave();
    if (isNegative(reply)) throw this.#transfer.unconfirmed(reply);
  }

  cancel(): Promise<void> {
    this.#abandoned ??= this.#abandon();
    return this.#abandoned;
  }

  async #abandon(): Promise<void> {
    this.#leave();
    this.#held = nothing;
    if (!this.#ended) this.#end(this.#transfer.cancelled());
    this.#socket.destroy();
    await this.#transfer.abandon();
  }

  readonly #onAbort = (): void => {
    void this.cancel();
  };

  #leave(): void {
    this.#transfer.context.signal.removeEventListener('abort', this.#onAbort);
  }

  #take(bytes: Uint8Array): boolean {
    if (this.#ended) return true;
    this.#count += bytes.length;
    const waiter = this.#waiter;
    this.#waiter = undefined;
    const count = waiter?.into ? Math.min(waiter.into.length, bytes.length) : 0;
    waiter?.into?.set(count === bytes.length ? bytes : bytes.subarray(0, count));
    const rest = count === bytes.length ? nothing : bytes.subarray(count);
    this.#held = this.#held.length > 0 ? Buffer.concat([this.#held, rest]) : rest;
    waiter?.resolve(waiter.into ? count : bytes.length);
    if (this.#onAhead === undefined) return this.#held.length === 0;
    this.#held = new Uint8Array(this.#held);
    this.#onAhead();
    return this.#held.length < aheadLimit;
  }

  /** A small file comes whole and is counted. During a transfer some servers do not answer, so SIZE is the second way. */
  async #findSize(context: DriverContext): Promise<number> {
    const whole = (await this.#comesWhole()) && !(await this.#transfer.failsWithin(aheadPause));
    return whole ? this.#count : this.#transfer.askSize(context);
  }

  #comesWhole(): Promise<boolean> {
    this.#held = new Uint8Array(this.#held);
    if (!this.#ended && this.#held.length < aheadLimit) this.#socket.resume();
    return new Promise((resolve) => {
      const stop = () => {
        clearTimeout(timer);
        this.#onAhead = undefined;
        resolve(this.#ended && this.#failure === undefined);
      };
      const timer = setTimeout(stop, aheadPause);
      this.#onAhead = () => {
        if (this.#ended || this.#held.length >= aheadLimit) stop();
        else timer.refresh();
      };
      this.#onAhead();
    });
  }

  #end(failure: DriverFailure | undefined): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#failure = failure;
    clearTimeout(this.#clock);
    if (failure) this.#waiter?.reject(failure);
    else this.#waiter?.resolve(0);
    this.#waiter = undefined;
    this.#onAhead?.();
  }

  #broken(error: Error): DriverFailure {
    return ftpFailureOf(error, 'ECONNRESET', this.#transfer.control.server, 'broke the data connection');
  }

  #arrival(into: Uint8Array | undefined): Promise<number> {
    const { timeouts } = this.#transfer.control;
    const receive = timeouts.dataReceive ?? timeouts.receive;
    if (receive > 0) {
      this.#clock ??= setTimeout(() => this.#giveUpWaiting(receive), receive);
      this.#clock.refresh();
    }
    return new Promise<number>((resolve, reject) => {
      this.#waiter = { into, resolve, reject };
    });
  }

  #giveUpWaiting(milliseconds: number): void {
    const what = `sent nothing for ${milliseconds} ms`;
    this.#waiter?.reject(ftpFailure('ftp: no answer in time', this.#transfer.control.server, what));
    this.#waiter = undefined;
  }

  #copy(into: Uint8Array): number {
    const count = Math.min(into.length, this.#held.length);
    into.set(this.#held.subarray(0, count));
    this.#held = this.#held.subarray(count);
    if (count > 0 && this.#held.length === 0) this.#socket.resume();
    return count;
  }
}
