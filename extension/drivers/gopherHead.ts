import type { DriverContext, DriverFailure } from '../wininet/ports/driver.ts';
import type { GopherRequest } from '../wininet/ports/gopher.ts';
import type { GopherConnection } from './gopherConnection.ts';
import { gopherFailure } from './gopherFailure.ts';
import { GopherLines, textOf } from './gopherLines.ts';
import { isErrorLine, readMenu } from './gopherMenu.ts';
import { type GopherFraming, parsePlusHead } from './gopherPlus.ts';

/** The beginning of an answer that has been looked at. */
export interface GopherHead {
  readonly framing: GopherFraming;
  /** Bytes of the data that have arrived with it. */
  readonly early: Uint8Array;
  /** The connection has ended behind them. */
  readonly ended: boolean;
}

/** The words in which a server says no are a few lines. In bytes. */
const REFUSAL_LIMIT = 8192;
const HEAD_LIMIT = 512;
const LF = 10;
const THREE = 51;

/**
 * Reads the first line of an answer of Gopher+. Rejects with ERROR_INTERNET_EXTENDED_ERROR where it says no,
 * ERROR_GOPHER_NOT_GOPHER_PLUS where it is no such line, ERROR_GOPHER_END_OF_DATA where nothing comes.
 */
export async function openPlus(connection: GopherConnection, context: DriverContext): Promise<GopherHead> {
  const { request } = connection;
  const { bytes, ended } = await gather(connection, (all) => all.includes(LF), HEAD_LIMIT);
  if (bytes.length === 0) {
    throw gopherFailure('gopher: closed without an answer', request, 'closed the connection without an answer');
  }
  const end = bytes.indexOf(LF) === -1 ? bytes.length : bytes.indexOf(LF);
  const line = textOf(bytes.subarray(0, end));
  const early = bytes.subarray(end + 1);
  context.observer({ type: 'wire', direction: 'in', text: line });
  const head = parsePlusHead(line);
  if (head?.succeeded === true) return { framing: head.framing, early, ended };
  if (head !== undefined) throw refusal(request, context, await restOf(connection, early, ended));
  if (isErrorLine(line)) throw refusal(request, context, [line]);
  throw gopherFailure('gopher: no Gopher+', request, 'does not answer in the way of Gopher+');
}

/**
 * Looks at the beginning of a file. Plain Gopher has no word for failure: a server sends a menu with an error in it where the
 * file would be. Rejects with ERROR_INTERNET_EXTENDED_ERROR for one.
 */
export async function openPlain(
  connection: GopherConnection,
  context: DriverContext,
  framing: GopherFraming,
): Promise<GopherHead> {
  const begun = await gather(connection, (all) => all[0] !== THREE || all.includes(LF), HEAD_LIMIT);
  if (begun.bytes[0] !== THREE || !isErrorLine(begun.bytes.toString('latin1'))) {
    return { framing, early: begun.bytes, ended: begun.ended };
  }
  const isOver = (all: Buffer) => /(^|\n)\.\r?\n$/.test(all.toString('latin1'));
  const { bytes, ended } = begun.ended ? begun : await gather(connection, isOver, REFUSAL_LIMIT, begun.bytes);
  const lines = bytes.toString('utf8').split(/\r?\n/);
  const isWhole = ended || isOver(bytes);
  if (isWhole && readMenu(lines.filter((line) => line !== '.')).is === 'refusal') {
    throw refusal(connection.request, context, lines);
  }
  return { framing, early: bytes, ended };
}

/** The failure of a request that a server refused; its words are kept for InternetGetLastResponseInfo. */
export function refusal(request: GopherRequest, { observer }: DriverContext, lines: readonly string[]): DriverFailure {
  const reading = readMenu(lines.filter((line) => line !== '.'));
  const words = reading.is === 'refusal' ? reading.words : lines.join('\r\n').trim();
  observer({ type: 'reply', text: words });
  return gopherFailure('gopher: request refused', request, `refused: "${words.split('\r\n', 1)[0]}"`);
}

/** Pulls until there is enough, more than the limit, or the end. */
async function gather(
  connection: GopherConnection,
  enough: (all: Buffer) => boolean,
  limit: number,
  before: Buffer = Buffer.alloc(0),
): Promise<{ readonly bytes: Buffer; readonly ended: boolean }> {
  let bytes = before;
  for (;;) {
    const piece = await connection.next();
    if (piece === null) return { bytes, ended: true };
    bytes = Buffer.concat([bytes, piece]);
    if (bytes.length > limit || (bytes.length > 0 && enough(bytes))) return { bytes, ended: false };
  }
}

/** The lines behind the head of a refusal. Whatever goes wrong with them, the refusal stands. */
async function restOf(connection: GopherConnection, early: Buffer, ended: boolean): Promise<readonly string[]> {
  const lines = new GopherLines();
  try {
    let progress = lines.push(early);
    for (let over = ended; !over && progress === 'more'; ) {
      const piece = await connection.next();
      over = piece === null || lines.lines.length > 100;
      if (piece !== null) progress = lines.push(piece);
    }
  } catch {
    // The first line has said all that counts.
  }
  return lines.unfinished === undefined ? lines.lines : [...lines.lines, lines.unfinished];
}
