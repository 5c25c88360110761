import type { FTPContext, FTPResponse } from 'basic-ftp';
import { answersSize, type FtpReply } from './ftpReply.ts';

interface Settling<T> {
  readonly resolve: (value: T) => void;
  readonly reject: (error: unknown) => void;
}

/** A command under way. All promises reject with the native error when the connection is lost. */
export class FtpExchange {
  /** The first reply; a preliminary one (1yz) when the server begins a transfer. */
  readonly first: Promise<FtpReply>;
  /** The reply of 200 or more that ends the exchange. */
  readonly final: Promise<FtpReply>;
  /** Settles when the server owes no reply any more; never rejects. */
  readonly idle: Promise<unknown>;
  readonly #ftp: FTPContext;
  #verdict: FtpReply | undefined;
  /** Whoever waits for the answer to SIZE. */
  #aside: Settling<FtpReply> | undefined;

  /** @param line is sent; undefined waits for what the server says of itself */
  constructor(ftp: FTPContext, line: string | undefined) {
    this.#ftp = ftp;
    const preliminary = settling<FtpReply>();
    const final = settling<FtpReply>();
    const task = ftp.handle(line, (response, { resolve, reject }) => {
      const reply = replyOf(response);
      if (reply === undefined) {
        reject(response instanceof Error ? response : new Error(response.message));
        return;
      }
      if (this.#aside !== undefined && answersSize(reply, this.#verdict !== undefined)) {
        this.#aside.resolve(reply);
        this.#aside = undefined;
      } else {
        preliminary.resolve(reply);
        if (reply.code >= 200) {
          this.#verdict = reply;
          final.resolve(reply);
        }
      }
      if (this.#verdict !== undefined && this.#aside === undefined) resolve(undefined);
    });
    this.idle = task.catch((error: unknown) => {
      final.reject(error);
      this.#aside?.reject(error);
    });
    this.final = final.promise;
    this.first = Promise.race([preliminary.promise, final.promise]);
    // Whoever waits is told; a loss while nobody waits is told to the next command.
    this.final.catch(() => undefined);
    this.first.catch(() => undefined);
  }

  /** The reply of 200 or more, once it is there. */
  get verdict(): FtpReply | undefined {
    return this.#verdict;
  }

  /** Sends SIZE while a transfer runs; some servers answer at once, others when the transfer is over. Once in an exchange. */
  askAside(line: string): Promise<FtpReply> {
    const aside = settling<FtpReply>();
    this.#aside = aside;
    this.#ftp.send(line);
    return aside.promise;
  }
}

function settling<T>(): Settling<T> & { readonly promise: Promise<T> } {
  return Promise.withResolvers<T>();
}

// basic-ftp hands out negative replies as errors with a number for a code; native errors carry text there.
function replyOf(response: Error | FTPResponse): FtpReply | undefined {
  if (!('code' in response) || typeof response.code !== 'number') return undefined;
  return { code: response.code, text: response.message };
}
