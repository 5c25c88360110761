import type { DriverContext } from '../wininet/ports/driver.ts';
import type { FtpEntry, FtpSession, FtpTransferType } from '../wininet/ports/ftp.ts';
import type { FtpControl } from './ftpControl.ts';
import { FtpDownloadSource } from './ftpDownloadSource.ts';
import { ftpFailure } from './ftpFailure.ts';
import { FtpListing, loadListingParsers } from './ftpListing.ts';
import { isRestart, quotedPath } from './ftpReply.ts';
import { type FtpTransfer, startTransfer } from './ftpTransfer.ts';
import { FtpUploadSink } from './ftpUploadSink.ts';

/** How much of a listing is accepted. */
export interface ListingLimits {
  readonly bytes: number;
  readonly entries: number;
}

const listingLimits: ListingLimits = { bytes: 64 * 1024 * 1024, entries: 250_000 };

// Bytes for which a long listing gets another millisecond: what comes more slowly than any modem never ends.
const slowestPace = 4;

/** A session that is logged on. */
export class ControlledFtpSession implements FtpSession {
  readonly #control: FtpControl;
  readonly #now: () => Date;
  readonly #limits: ListingLimits;
  /** A REST of the caller's own that the server has accepted, for the transfer that follows it. */
  #restart: string | undefined;

  /** @param now the time, for listings that print dates without a year */
  constructor(control: FtpControl, now: () => Date, limits: ListingLimits = listingLimits) {
    this.#control = control;
    this.#now = now;
    this.#limits = limits;
  }

  async command(line: string, context: DriverContext): Promise<string> {
    this.#restart = undefined;
    const reply = await this.#control.command(line, context);
    if (isRestart(line)) this.#restart = line;
    return reply.text;
  }

  async currentDirectory(context: DriverContext): Promise<string> {
    const reply = await this.#control.command('PWD', context);
    const path = quotedPath(reply);
    if (path !== undefined) return path;
    throw ftpFailure('ftp: reply not understood', this.#control.server, `named no folder in "${reply.text}"`);
  }

  /** Also rejects with NOT_ENOUGH_MEMORY when the listing is longer than the limits, and with TIMEOUT when it drips. */
  async list(path: string, context: DriverContext): Promise<readonly FtpEntry[]> {
    const listing = new FtpListing(await loadListingParsers(), this.#now());
    const source = await this.receive(listCommand(path), 'A', context);
    try {
      await this.#readListing(source, listing);
      await source.finish();
    } catch (error) {
      // The caller need not wait for the server to notice; the next command does.
      void source.cancel();
      throw error;
    }
    return listing.entries;
  }

  openRead(path: string, type: FtpTransferType, context: DriverContext): Promise<FtpDownloadSource> {
    return this.receive(`RETR ${path}`, type, context);
  }

  openWrite(path: string, type: FtpTransferType, context: DriverContext): Promise<FtpUploadSink> {
    return this.transmit(`STOR ${path}`, type, context);
  }

  async receive(line: string, type: FtpTransferType, context: DriverContext): Promise<FtpDownloadSource> {
    return new FtpDownloadSource(await this.#start(line, type, context));
  }

  async transmit(line: string, type: FtpTransferType, context: DriverContext): Promise<FtpUploadSink> {
    return new FtpUploadSink(await this.#start(line, type, context));
  }

  close(): Promise<void> {
    return this.#control.close();
  }

  #start(line: string, type: FtpTransferType, context: DriverContext): Promise<FtpTransfer> {
    // RFC 959, 4.1.3: REST is to stand immediately before the transfer, and some servers forget it at TYPE or PASV.
    const restart = this.#restart;
    this.#restart = undefined;
    return startTransfer(this.#control, restart === undefined ? [line] : [restart, line], type, context);
  }

  async #readListing(source: FtpDownloadSource, listing: FtpListing): Promise<void> {
    const buffer = new Uint8Array(64 * 1024);
    const { receive, dataReceive = receive } = this.#control.timeouts;
    const began = performance.now();
    let total = 0;
    for (let count = await source.read(buffer); count > 0; count = await source.read(buffer)) {
      total += count;
      // A piece may take its time, and so may the whole, but for that of many bytes: a listing that drips would have no end.
      if (dataReceive > 0 && performance.now() - began > dataReceive + total / slowestPace) {
        const what = `sent no whole listing within ${dataReceive} ms`;
        throw ftpFailure('ftp: no answer in time', this.#control.server, what);
      }
      listing.push(buffer.subarray(0, count));
      if (total > this.#limits.bytes || listing.entries.length > this.#limits.entries) {
        const what = `sent a listing of more than ${this.#limits.entries} entries or ${this.#limits.bytes} bytes`;
        throw ftpFailure('ftp: listing too long', this.#control.server, what);
      }
    }
    listing.end();
  }
}

/** LIST alone takes what follows for options if it begins with a dash; a name that begins with a blank would lose it. */
function listCommand(path: string): string {
  if (path === '') return 'LIST';
  return /^[- ]/.test(path) ? `LIST ./${path}` : `LIST ${path}`;
}
