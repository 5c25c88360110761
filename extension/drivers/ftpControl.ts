import type { FTPContext } from 'basic-ftp';
import { fitsProtocolLine } from '../shared/protocolLine.ts';
import {
  type CancelSignal,
  type DriverContext,
  DriverFailure,
  type DriverObserver,
  type Timeouts,
} from '../wininet/ports/driver.ts';
import type { FtpTarget } from '../wininet/ports/ftp.ts';
import { addressLookup } from './addressLookup.ts';
import { createFtpContext } from './ftpContext.ts';
import { FtpExchange } from './ftpExchange.ts';
import { ftpCancelled, ftpFailure, ftpFailureOf } from './ftpFailure.ts';
import { type FtpReply, isNegative, lastLine, maskCommand, replyBytes } from './ftpReply.ts';
import { reportSocket } from './ftpSocketEvents.ts';
import { waitFor } from './ftpWait.ts';
import { plainAddress, socketFacts } from './socketFacts.ts';

/** The control connection of one session: one exchange at a time, in order, each with its events. */
export class FtpControl {
  readonly server: FtpTarget;
  #ftp: FTPContext | undefined;
  /** Hears what belongs to no call, as the end of the connection. */
  readonly #owner: DriverObserver;
  /** Hears the lines of the server: the owner first, then whoever has sent the latest command. */
  #observer: DriverObserver;
  #connected = false;
  #closing = false;
  #goodbye: string | undefined;
  /** Resolves when the socket is gone. */
  #closed: Promise<void> = Promise.resolve();
  /** Settles when the server owes no reply any more. */
  #idle: Promise<unknown> = Promise.resolve();

  /** @param owner hears what belongs to no call, as the end of the connection */
  constructor(server: FtpTarget, owner: DriverObserver) {
    this.server = server;
    this.#owner = owner;
    this.#observer = owner;
  }

  get timeouts(): Timeouts {
    return this.server.timeouts;
  }

  /** Whether this side has closed the connection. */
  get closing(): boolean {
    return this.#closing;
  }

  /** Address of the server that the connection has reached. */
  get peer(): string {
    return plainAddress(this.#ftp?.socket.remoteAddress);
  }

  /** Address of this side of the connection. */
  get local(): string {
    return plainAddress(this.#ftp?.socket.localAddress);
  }

  /** Connects and waits for the greeting. Rejects with CANNOT_CONNECT, NAME_NOT_RESOLVED, TIMEOUT, FTP_DROPPED, OPERATION_CANCELLED. */
  async connect(context: DriverContext): Promise<FtpReply> {
    const ftp = await this.#createContext();
    const { host, port, addressLimit } = this.server;
    const { socket } = ftp;
    reportSocket(socket, host, context.observer);
    const connected = new Promise<void>((resolve) => {
      socket.once('connect', () => {
        this.#connected = true;
        context.observer({ type: 'connection', socket: socketFacts(socket, 'ftp-control') });
        resolve();
      });
    });
    socket.connect({ host, port, lookup: addressLookup(addressLimit) });
    const greeting = this.#start(ftp, undefined);
    const reached = Promise.race([connected, greeting.first]);
    await this.#within(reached, this.timeouts.connect, context.signal, 'could not be reached');
    return this.receive(greeting.final, context, this.timeouts.receive);
  }

  /** Throws INVALID_PARAMETER for a line that would be taken for two. */
  check(line: string): void {
    if (!fitsProtocolLine(line))
      throw ftpFailure('ftp: control character in a command', this.server, 'was sent nothing');
  }

  /**
   * Sends a command when the server owes nothing more.
   * Rejects with INVALID_PARAMETER, FTP_DROPPED, TIMEOUT, OPERATION_CANCELLED.
   */
  async begin(line: string, context: DriverContext): Promise<FtpExchange> {
    this.check(line);
    await this.#within(this.#idle, this.timeouts.receive, context.signal, 'did not end the call before');
    return this.#send(line, context, (ftp) => this.#start(ftp, line));
  }

  /**
   * Sends SIZE, also while an exchange runs; negative replies are returned. A server that answers only after the transfer
   * may let the time run out: ERROR_INTERNET_TIMEOUT, and the session goes on.
   */
  async askSize(line: string, exchange: FtpExchange, context: DriverContext): Promise<FtpReply> {
    if (exchange.verdict !== undefined) return this.ask(line, context);
    this.check(line);
    const pending = this.#send(line, context, () => exchange.askAside(line));
    context.observer({ type: 'receiving' });
    const reply = await waitFor(pending, {
      milliseconds: this.timeouts.receive,
      signal: context.signal,
      onAbort: () => ftpCancelled(this.server),
      onTimeout: () => ftpFailure('ftp: no answer in time', this.server, 'did not answer while a file is open'),
    }).catch((error: unknown) => {
      throw this.loss(error);
    });
    this.#report(reply, context.observer);
    return reply;
  }

  /**
   * Waits for a reply of an exchange and reports it; negative ones are returned like others, except 421.
   * Rejects with FTP_DROPPED, CONNECTION_RESET, TIMEOUT, OPERATION_CANCELLED; after a time-out the session is over, since
   * replies would be taken for those of later commands.
   *
   * @param milliseconds 0 means no limit
   */
  async receive(
    pending: Promise<FtpReply>,
    { observer, signal }: { readonly observer: DriverObserver; readonly signal?: CancelSignal },
    milliseconds: number,
  ): Promise<FtpReply> {
    observer({ type: 'receiving' });
    const reply = await this.#within(pending, milliseconds, signal, 'did not answer');
    this.#report(reply, observer);
    if (reply.code === 421) {
      this.#ftp?.close();
      throw this.loss(undefined);
    }
    return reply;
  }

  /** Sends a command and waits for its reply of 200 or more; negative ones but 421 are returned. */
  async ask(line: string, context: DriverContext): Promise<FtpReply> {
    const exchange = await this.begin(line, context);
    return this.receive(exchange.final, context, this.timeouts.receive);
  }

  /** As `ask`, but rejects negative replies with EXTENDED_ERROR. */
  async command(line: string, context: DriverContext): Promise<FtpReply> {
    const reply = await this.ask(line, context);
    if (isNegative(reply)) throw this.refusal(line, reply);
    return reply;
  }

  /** The failure that stands for a negative reply. */
  refusal(line: string, reply: FtpReply): DriverFailure {
    const verb = maskCommand(line).split(' ', 1)[0] ?? '';
    return ftpFailure('ftp: negative reply', this.server, `refused ${verb}: "${lastLine(reply)}"`);
  }

  /** The failure that stands for a lost connection. */
  loss(error: unknown): DriverFailure {
    if (error instanceof DriverFailure) return error;
    if (this.#closing && error !== undefined) return ftpCancelled(this.server);
    if (this.#goodbye !== undefined) return ftpFailure('ftp: reply 421', this.server, `said "${this.#goodbye}"`, error);
    if (!this.#connected) return ftpFailureOf(error, 'ECONNREFUSED', this.server, 'could not be reached');
    return ftpFailureOf(error, 'ftp: control connection ended', this.server, 'ended the control connection');
  }

  /** Closes the connection as WinINet does, without QUIT; an exchange under way is cancelled. Safe to call twice. */
  async close(): Promise<void> {
    this.#closing = true;
    if (this.#ftp === undefined) return;
    this.#ftp.close();
    await this.#closed;
  }

  async #createContext(): Promise<FTPContext> {
    let gone: () => void = () => undefined;
    this.#closed = new Promise((resolve) => {
      gone = resolve;
    });
    this.#ftp = await createFtpContext({
      line: (text) => {
        if (text.startsWith('421 ')) this.#goodbye = text;
        this.#observer({ type: 'wire', direction: 'in', text });
      },
      closing: () => {
        if (this.#connected) this.#owner({ type: 'closing' });
      },
      closed: () => {
        if (this.#connected) this.#owner({ type: 'closed' });
        gone();
      },
    });
    return this.#ftp;
  }

  #send<T>(line: string, { observer }: DriverContext, send: (ftp: FTPContext) => T): T {
    const ftp = this.#ftp;
    if (ftp === undefined || ftp.closed) {
      // Said between two calls, or long ago: it is still the server's last word.
      if (this.#goodbye !== undefined) observer({ type: 'reply', text: this.#goodbye });
      throw this.loss(undefined);
    }
    this.#observer = observer;
    observer({ type: 'sending' });
    observer({ type: 'wire', direction: 'out', text: maskCommand(line) });
    const result = send(ftp);
    observer({ type: 'sent', bytes: Buffer.byteLength(line) + '\r\n'.length });
    return result;
  }

  #report(reply: FtpReply, observer: DriverObserver): void {
    observer({ type: 'received', bytes: replyBytes(reply) });
    observer({ type: 'reply', text: lastLine(reply) });
  }

  #start(ftp: FTPContext, line: string | undefined): FtpExchange {
    const exchange = new FtpExchange(ftp, line);
    this.#idle = exchange.idle;
    return exchange;
  }

  async #within<T>(
    pending: Promise<T>,
    milliseconds: number,
    signal: CancelSignal | undefined,
    what: string,
  ): Promise<T> {
    try {
      return await waitFor(pending, {
        milliseconds,
        ...(signal && { signal }),
        onAbort: () => ftpCancelled(this.server),
        onTimeout: () => {
          this.#ftp?.close();
          return ftpFailure('ftp: no answer in time', this.server, `${what} within ${milliseconds} ms`);
        },
      });
    } catch (error) {
      throw this.loss(error);
    }
  }
}
