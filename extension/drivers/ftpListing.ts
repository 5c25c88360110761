import type { FileInfo } from 'basic-ftp';
import type { FtpEntry } from '../wininet/ports/ftp.ts';

/** A parser of one style of listing; basic-ftp has one for each of Unix, DOS and MLSD. */
interface LineParser {
  testLine(line: string): boolean;
  parseLine(line: string): FileInfo | undefined;
}

// Longer than any file system's names; what is longer is not a listing.
const lineLimit = 16 * 1024;

/** Turns the bytes of a listing into entries, wherever the network has cut them. Lines that nobody can read are skipped. */
export class FtpListing {
  readonly entries: FtpEntry[] = [];
  readonly #parsers: readonly LineParser[];
  readonly #now: Date;
  readonly #decoder = new TextDecoder('utf-8');
  #partialLine = '';
  #tooLong = false;

  /** @param now decides the year of dates that listings print without one */
  constructor(parsers: readonly LineParser[], now: Date) {
    this.#parsers = parsers;
    this.#now = now;
  }

  /** Takes the next bytes. */
  push(bytes: Uint8Array): void {
    this.#split(this.#decoder.decode(bytes, { stream: true }));
  }

  /** Takes the end: the last line may lack its line end. */
  end(): void {
    this.#split(`${this.#decoder.decode()}\n`);
  }

  #split(text: string): void {
    const lines = (this.#partialLine + text).split('\n');
    this.#partialLine = lines.pop() ?? '';
    for (const line of lines) {
      if (!this.#tooLong && line.length <= lineLimit) this.#read(line.endsWith('\r') ? line.slice(0, -1) : line);
      this.#tooLong = false;
    }
    if (this.#partialLine.length > lineLimit) {
      this.#partialLine = '';
      this.#tooLong = true;
    }
  }

  #read(line: string): void {
    const info = this.#parsers.find((parser) => parser.testLine(line))?.parseLine(line);
    // The parsers leave out "." and "..".
    if (info === undefined || info.name === '') return;
    const { isDirectory } = info;
    this.entries.push({
      name: info.name,
      isDirectory,
      size: isDirectory || !Number.isSafeInteger(info.size) ? 0 : info.size,
      modified: info.modifiedAt ?? parseListingDate(info.rawModifiedAt, this.#now),
    });
  }
}

/** Loads basic-ftp's parsers for Unix, DOS and MLSD style. WinINet sends LIST only, but servers exist that answer it with facts. */
export async function loadListingParsers(): Promise<readonly LineParser[]> {
  const [dos, unix, mlsd] = await Promise.all([
    import('basic-ftp/dist/parseListDOS.js'),
    import('basic-ftp/dist/parseListUnix.js'),
    import('basic-ftp/dist/parseListMLSD.js'),
  ]);
  const facts: LineParser = {
    // The original takes any line that begins with a blank for a name without facts.
    testLine: (line) => /^(?:[^\s=;]+=[^\s;]*;)+ ./.test(line),
    // It throws at a date that is none.
    parseLine: (line) => mlsd.parseLine(line.replace(/(?<=^|;)modify=(?!\d{14})[^;]*;/i, '')),
  };
  // A Unix line with a block count in front would pass for a DOS line.
  return [unix, dos, facts];
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const hour = 60 * 60 * 1000;

/**
 * The date of a listing line; null when it is in no known form. Listings name no time zone: UTC is assumed, noon where
 * there is no time (the recorded FtpFindFirstFile does so), and without a year the latest one that is not in the future.
 */
export function parseListingDate(text: string, now: Date): Date | null {
  const [, isoYear, isoMonth, isoDay, isoTime = '12:00'] =
    /^(\d{4})-(\d\d?)-(\d\d?)(?:\s+(\d\d?:\d\d))?$/.exec(text) ?? [];
  if (isoYear) return makeDate(Number(isoYear), Number(isoMonth) - 1, Number(isoDay), isoTime);
  const [, dosMonth, dosDay, dosYear, dosTime, half] =
    /^(\d\d)-(\d\d)-(\d{4}|\d\d)\s+(\d\d?:\d\d)\s?([AP]M)?$/i.exec(text) ?? [];
  if (dosYear) return makeDate(fullYear(dosYear), Number(dosMonth) - 1, Number(dosDay), dosTime ?? '', half);
  const [, first = '', second = '', yearOrTime = ''] = /^(\S+)\s+(\S+)\s+(\d{4}|\d\d?:\d\d)$/.exec(text) ?? [];
  // `Mar 15 2019` and `15 Mar 2019` are both in use.
  const [name, day] = /^\d/.test(first) ? [second, first] : [first, second];
  const month = months.indexOf(name.slice(0, 3).toLowerCase());
  if (month < 0 || !/^\d\d?$/.test(day)) return null;
  if (!yearOrTime.includes(':')) return makeDate(Number(yearOrTime), month, Number(day), '12:00');
  const thisYear = makeDate(now.getUTCFullYear(), month, Number(day), yearOrTime);
  // A day of grace: the server may be ahead by its time zone.
  const isPast = thisYear !== null && thisYear.getTime() <= now.getTime() + 24 * hour;
  return isPast ? thisYear : makeDate(now.getUTCFullYear() - 1, month, Number(day), yearOrTime);
}

function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length === 4) return year;
  return year < 70 ? 2000 + year : 1900 + year;
}

function makeDate(year: number, month: number, day: number, time: string, half?: string): Date | null {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const ofDay = half === undefined ? hours : (hours % 12) + (half.toUpperCase() === 'PM' ? 12 : 0);
  const date = new Date(Date.UTC(year, month, day, ofDay, minutes));
  // Date.UTC rolls 31 February over into March.
  const isReal = date.getUTCMonth() === month && date.getUTCDate() === day && ofDay < 24 && minutes < 60;
  return isReal ? date : null;
}
