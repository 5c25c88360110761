import { parseGopherLine } from '../shared/gopherItem.ts';
import type { DriverContext, DriverFailure } from '../wininet/ports/driver.ts';
import type { GopherDriver, GopherEntry, GopherRequest } from '../wininet/ports/gopher.ts';
import { GopherConnection } from './gopherConnection.ts';
import { decoderFor } from './gopherDecoder.ts';
import { gopherFailure } from './gopherFailure.ts';
import { type GopherHead, openPlain, openPlus, refusal } from './gopherHead.ts';
import { GopherLines } from './gopherLines.ts';
import { readMenu } from './gopherMenu.ts';
import { readPhoneBook } from './gopherPhoneBook.ts';
import { entriesOf, parseBlocks } from './gopherPlus.ts';
import { GopherSource } from './gopherSource.ts';

/** What the journal shows of an answer that consists of lines. */
const SHOWN_LINES = 20;

/** A driver that speaks Gopher and Gopher+ over TCP. */
export function createGopherDriver(): GopherDriver {
  return {
    async menu(request, context) {
      const lines = await fetchLines(request, context);
      return request.plus ? entriesOf(parseBlocks(lines)) : menuOf(lines, request, context);
    },

    async phoneBook(request, context) {
      const lines = await fetchLines({ ...request, line: `query ${request.line}` }, context, 'quit');
      const reading = readPhoneBook(lines);
      if (reading.is === 'refusal') throw refusal(request, context, [reading.words]);
      if (reading.is === 'nonsense') throw notUnderstood(request, 'is no phone book');
      return reading.entries;
    },

    async blocks(request, context) {
      return parseBlocks(await fetchLines(request, context));
    },

    async openRead(request, isText, context) {
      const connection = await GopherConnection.open(request, context);
      return await connection.guard(context, async () => {
        const head = await connection.inOnePiece(() =>
          request.plus ? openPlus(connection, context) : openPlain(connection, context, isText ? 'dot' : 'close'),
        );
        return new GopherSource(connection, head);
      });
    },
  };
}

function menuOf(lines: readonly string[], request: GopherRequest, context: DriverContext): readonly GopherEntry[] {
  const reading = readMenu(lines);
  if (reading.is === 'refusal') throw refusal(request, context, lines);
  if (reading.is === 'nonsense') throw notUnderstood(request, 'sent no menu');
  return reading.items.map((item) => ({ item, blocks: [] }));
}

/**
 * Fetches an answer that consists of lines, whole; the connection has ended when it resolves.
 * @param farewell a line that ends the conversation where the server does not
 */
async function fetchLines(
  request: GopherRequest,
  context: DriverContext,
  farewell?: string,
): Promise<readonly string[]> {
  const connection = await GopherConnection.open(request, context, farewell);
  try {
    const lines = await connection.guard(context, () => connection.inOnePiece(() => readLines(connection, context)));
    context.observer({ type: 'wire', direction: 'in', text: lines.slice(0, SHOWN_LINES).join('\r\n') });
    return lines;
  } finally {
    await connection.cancel();
  }
}

async function readLines(connection: GopherConnection, context: DriverContext): Promise<readonly string[]> {
  const { request } = connection;
  const head: GopherHead = request.plus
    ? await openPlus(connection, context)
    : { framing: 'dot', early: new Uint8Array(0), ended: false };
  const decoder = decoderFor(typeof head.framing === 'number' ? head.framing : 'close');
  const lines = new GopherLines();
  let piece: Uint8Array | null = head.early;
  for (;;) {
    const progress = piece === null ? 'ended' : lines.push(decoder.push(piece));
    if (progress === 'line too long') throw notUnderstood(request, 'sent a line without an end');
    if (progress === 'answer too long')
      throw gopherFailure('gopher: answer too long', request, 'sent a menu without an end');
    if (piece === null || decoder.complete) return endOf(lines, connection, decoder.mayEnd);
    if (progress === 'ended') return lines.lines;
    piece = await connection.next();
  }
}

/**
 * The lines of an answer that ended without its dot, as that of many a server does. A last line without an end counts if it is
 * an item whole; otherwise a part is missing.
 */
function endOf(lines: GopherLines, { request }: GopherConnection, mayEnd: boolean): readonly string[] {
  const { unfinished } = lines;
  if (!mayEnd) throw gopherFailure('gopher: answer cut short', request, 'sent less than it announced');
  if (unfinished !== undefined && !request.plus && parseGopherLine(unfinished) === undefined) {
    throw gopherFailure('gopher: answer cut short', request, 'closed the connection inside a line');
  }
  const all = unfinished === undefined ? lines.lines : [...lines.lines, unfinished];
  if (all.length > 0 || request.plus) return all;
  throw gopherFailure('gopher: closed without an answer', request, 'closed the connection without an answer');
}

function notUnderstood(request: GopherRequest, what: string): DriverFailure {
  return gopherFailure('gopher: answer not understood', request, what);
}
