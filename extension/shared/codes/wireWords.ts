import { printable } from '../format.ts';
import { parseGopherLine } from '../gopherItem.ts';
import type { HandleKind } from '../hierarchy.ts';
import { requestLine, statusLine } from '../httpHead.ts';
import type { Wire } from '../journal.ts';
import { type Decoded, plain } from './decoded.ts';
import { ftpCommandMeaning, ftpReplyMeaning } from './ftpReplies.ts';
import { gopherTypeMeaning } from './gopherTypes.ts';
import { httpStatusMeaning } from './httpStatuses.ts';

/** Lines of a dialogue, with every code in them explained. */

/** How much of a line is shown. */
const LINE_LIMIT = 1000;

/**
 * A line of a dialogue, or the lines of a head or a menu, piece by piece.
 * @param kind of the handle: what is no head of HTTP is in the language of its server
 */
export function decodeWire({ direction, text }: Pick<Wire, 'direction' | 'text'>, kind: HandleKind): Decoded[][] {
  const lines = text.trimEnd().split(/\r?\n/);
  const head = statusLine(text) !== null || requestLine(text) !== null;
  const decode = head ? httpLine : kind.startsWith('ftp') ? ftpLine : kind.startsWith('gopher') ? gopherLine : bareLine;
  return lines.map((line) => decode(line, direction).filter((piece) => piece.text !== ''));
}

/** The first line of an answer's head. */
export function decodeStatusLine(head: string): Decoded[] {
  return httpLine(head.split(/\r?\n/, 1)[0] ?? '');
}

function httpLine(line: string): Decoded[] {
  const status = statusLine(line);
  if (status === null) return bareLine(line);
  const code = `${status.status} ${printable(status.reason, LINE_LIMIT)}`.trim();
  return [plain(`${status.version} `), { text: code, explanation: httpStatusMeaning(status.status) }];
}

function ftpLine(line: string, direction: Wire['direction']): Decoded[] {
  const [, code, words = ''] =
    (direction === 'in' ? /^(\d{3})(?=[ -]|$)(.*)$/ : /^([A-Za-z]{3,4})(?= |$)(.*)$/).exec(line) ?? [];
  if (code === undefined) return bareLine(line);
  const explanation = direction === 'in' ? ftpReplyMeaning(Number(code)) : ftpCommandMeaning(code);
  return [{ text: code, explanation }, plain(printable(words, LINE_LIMIT))];
}

function gopherLine(line: string, direction: Wire['direction']): Decoded[] {
  const item = direction === 'in' ? parseGopherLine(line) : undefined;
  if (item === undefined) return bareLine(line);
  const rest = printable(line.slice(item.type.length).replaceAll('\t', ' ⇥ '), LINE_LIMIT);
  return [{ text: item.type, explanation: gopherTypeMeaning(item.type) }, plain(rest)];
}

function bareLine(line: string): Decoded[] {
  return [plain(printable(line.replaceAll('\t', ' ⇥ '), LINE_LIMIT))];
}
