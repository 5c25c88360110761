import { type DriverContext, DriverFailure } from '../wininet/ports/driver.ts';
import type { FtpTransferType } from '../wininet/ports/ftp.ts';
import type { FtpControl } from './ftpControl.ts';
import { excludesData, type FtpDataPlan, planActive, planPassive } from './ftpDataPlan.ts';
import type { FtpDataSocket } from './ftpDataSocket.ts';
import type { FtpExchange } from './ftpExchange.ts';
import { ftpCancelled, ftpFailure } from './ftpFailure.ts';
import { announcedSize, type FtpReply, isNegative, lastLine, maskCommand, sizeInReply } from './ftpReply.ts';
import { waitFor } from './ftpWait.ts';

// The commands after which some servers say 226 or 250 without 150 before (RFC 959, section 5.4, permits neither) and send data.
const transfers = /^(?:RETR|STOR|STOU|APPE|LIST|NLST|MLSD)(?: |$)/i;

// How long a server may take to notice that a transfer was given up, in milliseconds.
const farewell = 3_000;

/** A transfer that the server has begun: its data connection, and the last word that is still to come. */
export class FtpTransfer {
  readonly data: FtpDataSocket;
  readonly control: FtpControl;
  readonly context: DriverContext;
  /** Bytes that the server announced; undefined when it did not. */
  readonly size: number | undefined;
  readonly #exchange: FtpExchange;
  /** Of RETR; undefined for other commands. */
  readonly #path: string | undefined;
  #confirmation: Promise<FtpReply> | undefined;

  constructor(
    control: FtpControl,
    data: FtpDataSocket,
    opening: FtpReply,
    exchange: FtpExchange,
    context: DriverContext,
    path: string | undefined,
  ) {
    this.control = control;
    this.data = data;
    this.context = context;
    this.size = announcedSize(opening);
    this.#exchange = exchange;
    this.#path = path;
    exchange.final.catch(() => {
      // A session that was closed takes its transfer with it.
      if (control.closing) data.socket.destroy();
    });
  }

  /** Waits for the server's last word and reports it, now: WinINet reads it when the file handle closes. */
  confirm(): Promise<FtpReply> {
    const { control, context } = this;
    this.#confirmation ??= control.receive(
      this.#exchange.final,
      { observer: context.observer },
      control.timeouts.receive,
    );
    return this.#confirmation;
  }

  /** As `confirm`, but rejects with OPERATION_CANCELLED when the handle is closed meanwhile. */
  verdict(): Promise<FtpReply> {
    const { control, context } = this;
    return waitFor(this.confirm(), {
      milliseconds: control.timeouts.receive,
      signal: context.signal,
      onAbort: () => this.cancelled(),
      onTimeout: () => ftpFailure('ftp: no answer in time', control.server, 'did not confirm the transfer'),
    });
  }

  /** Waits for the last word after the data connection was given up. The session ends if it does not come. */
  async abandon(): Promise<void> {
    const patience = setTimeout(() => void this.control.close(), farewell);
    await this.confirm().catch(() => undefined);
    clearTimeout(patience);
  }

  /** The failure of a transfer that the server ended with a no, if it says so within some milliseconds. */
  reasonWithin(milliseconds: number): Promise<DriverFailure | undefined> {
    const reason = this.confirm().then(
      (reply) => (isNegative(reply) ? this.failureOf('the transfer', reply) : undefined),
      (error: unknown) => (error instanceof DriverFailure ? error : undefined),
    );
    return within(reason, milliseconds);
  }

  /** Calls back as soon as the server has ended the transfer with a no, whoever reads its words. */
  onRefusal(refused: () => void): void {
    this.#exchange.final.then(
      (reply) => isNegative(reply) && refused(),
      () => undefined,
    );
  }

  /** Whether the server says within some milliseconds that the transfer went wrong. Nothing is reported. */
  async failsWithin(milliseconds: number): Promise<boolean> {
    const failed = this.#exchange.final.then(isNegative, () => true);
    return (await within(failed, milliseconds)) ?? false;
  }

  /** Asks for the size of the file with SIZE. Rejects as FtpDownload.askSize. */
  async askSize(context: DriverContext): Promise<number> {
    const { server } = this.control;
    if (this.#path === undefined) throw ftpFailure('ftp: size of no file', server, 'sends no file');
    const line = `SIZE ${this.#path}`;
    const reply = await this.control.askSize(line, this.#exchange, context);
    const size = sizeInReply(reply);
    if (size !== undefined) return size;
    if (isNegative(reply)) throw this.control.refusal(line, reply);
    throw ftpFailure('ftp: reply not understood', server, `named no size in "${reply.text}"`);
  }

  /** The failure of a transfer whose handle was closed. */
  cancelled(): DriverFailure {
    return ftpCancelled(this.control.server);
  }

  /** The failure that a negative last word stands for; 426 tells of a part that has come, or gone, before. */
  failureOf(what: string, reply: FtpReply): DriverFailure {
    if (reply.code === 426) return this.unconfirmed(reply);
    return ftpFailure('ftp: negative reply', this.control.server, `refused ${what}: "${lastLine(reply)}"`);
  }

  /** The failure of a transfer that the server does not call complete. */
  unconfirmed(reply: FtpReply): DriverFailure {
    const what = `did not confirm the transfer: "${lastLine(reply)}"`;
    return ftpFailure('ftp: transfer not confirmed', this.control.server, what);
  }
}

/**
 * Begins a transfer with the commands that WinINet sends: TYPE, PASV or PORT, and the command itself.
 * @param lines the command, perhaps after one that prepares it
 * Rejects with EXTENDED_ERROR when the server refuses, and with what commands and data connections reject with.
 */
export async function startTransfer(
  control: FtpControl,
  lines: readonly [...before: string[], command: string],
  type: FtpTransferType,
  context: DriverContext,
): Promise<FtpTransfer> {
  const before = lines.slice(0, -1);
  const line = lines.at(-1) ?? '';
  control.check(line);
  await control.command(`TYPE ${type}`, context);
  const plan = await (control.server.passive ? planPassive(control, context) : planActive(control, context));
  try {
    for (const one of before) await control.command(one, context);
    const exchange = await control.begin(line, context);
    const opening = await control.receive(exchange.first, context, control.timeouts.receive);
    if (opening.code >= 300) throw control.refusal(line, opening);
    if (opening.code >= 200 && !transfers.test(line)) throw doneWithoutData(control, line, opening);
    const data = await arrival(plan, exchange, line, control, context);
    return new FtpTransfer(control, data, opening, exchange, context, /^RETR (.*)$/is.exec(line)?.[1]);
  } catch (error) {
    plan.cancel();
    throw error;
  }
}

/**
 * The failure of a command, as STAT or NOOP, that the server has carried out on the control connection alone. Without it the
 * caller would wait for bytes that never come, and in active mode for a connection.
 */
function doneWithoutData({ server }: FtpControl, line: string, reply: FtpReply): DriverFailure {
  const verb = maskCommand(line).split(' ', 1)[0] ?? '';
  return ftpFailure('ftp: done without data', server, `sends no data for ${verb}: "${lastLine(reply)}"`);
}

function arrival(
  plan: FtpDataPlan,
  exchange: FtpExchange,
  line: string,
  control: FtpControl,
  context: DriverContext,
): Promise<FtpDataSocket> {
  const refusal = exchange.final.then(
    async (reply) => {
      if (!excludesData(reply)) return plan.data;
      await control.receive(exchange.final, context, 0);
      throw control.refusal(line, reply);
    },
    (error: unknown) => {
      throw control.loss(error);
    },
  );
  refusal.catch(() => undefined);
  return waitFor(Promise.race([plan.data, refusal]), {
    milliseconds: control.timeouts.connect,
    signal: context.signal,
    onAbort: () => ftpCancelled(control.server),
    onTimeout: () => {
      void control.close();
      return ftpFailure('ftp: no answer in time', control.server, 'did not open the data connection');
    },
  });
}

/** What a promise comes to within some milliseconds; undefined when they are over. */
async function within<T>(pending: Promise<T>, milliseconds: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), milliseconds);
  });
  try {
    return await Promise.race([pending, limit]);
  } finally {
    clearTimeout(timer);
  }
}
