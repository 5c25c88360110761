import { GOPHER_TYPES } from '../shared/codes/gopherTypes.ts';
import * as constants from '../shared/constants.ts';
import { type GopherItem, gopherLine, parseGopherLine } from '../shared/gopherItem.ts';
import { fitsProtocolLine } from '../shared/protocolLine.ts';
import { CallFailure } from './winInetError.ts';

const BITS: ReadonlyMap<string, number> = new Map(GOPHER_TYPES.map(({ character, bit }) => [character, bit]));
const MARKS = { '': 0, '+': constants.GOPHER_TYPE_GOPHER_PLUS, '?': constants.GOPHER_TYPE_ASK } as const;

/** The types that GopherOpenFile can read: all that are files (GOPHER_FILE_MASK of wininet.h) but the words of a menu. */
const FILE_TYPES =
  constants.GOPHER_TYPE_TEXT_FILE |
  constants.GOPHER_TYPE_MAC_BINHEX |
  constants.GOPHER_TYPE_DOS_ARCHIVE |
  constants.GOPHER_TYPE_UNIX_UUENCODED |
  constants.GOPHER_TYPE_BINARY |
  constants.GOPHER_TYPE_GIF |
  constants.GOPHER_TYPE_IMAGE |
  constants.GOPHER_TYPE_BITMAP |
  constants.GOPHER_TYPE_MOVIE |
  constants.GOPHER_TYPE_SOUND |
  constants.GOPHER_TYPE_HTML |
  constants.GOPHER_TYPE_PDF |
  constants.GOPHER_TYPE_CALENDAR;

/** What a locator leads to, as far as the functions that take one care. */
export type LocatorUse = 'file' | 'menu' | 'search' | 'other';

/** The type bits of an item; GOPHER_TYPE_UNKNOWN for a character that WinINet does not know. */
export function gopherTypeOf({ type, mark }: Pick<GopherItem, 'type' | 'mark'>): number {
  const plus = mark === '' ? 0 : constants.GOPHER_TYPE_GOPHER_PLUS;
  return ((BITS.get(type) ?? constants.GOPHER_TYPE_UNKNOWN) | MARKS[mark] | plus) >>> 0;
}

/** Which functions an item is for. An unknown type is read as a file: servers invent letters for new kinds of files. */
export function useOfItem({ type }: Pick<GopherItem, 'type'>): LocatorUse {
  const bit = BITS.get(type);
  if (bit === constants.GOPHER_TYPE_DIRECTORY) return 'menu';
  if (bit === constants.GOPHER_TYPE_INDEX_SERVER || bit === constants.GOPHER_TYPE_CSO) return 'search';
  return bit === undefined || (bit & FILE_TYPES) !== 0 ? 'file' : 'other';
}

/** The locator of an item: its menu line with CR LF, so that what a menu brought can be passed back as it is. */
export function locatorOf(item: GopherItem): string {
  return `${gopherLine(item)}\r\n`;
}

/** Reads a locator; its line end may be missing. Fails with ERROR_GOPHER_INVALID_LOCATOR. */
export function parseLocator(locator: string): GopherItem {
  const item = locator.length > constants.MAX_GOPHER_LOCATOR_LENGTH ? undefined : parseGopherLine(withoutEnd(locator));
  if (item === undefined) throw new CallFailure('ERROR_GOPHER_INVALID_LOCATOR');
  return item;
}

/** The type bits of a locator. Fails with ERROR_GOPHER_INVALID_LOCATOR and ERROR_GOPHER_UNKNOWN_LOCATOR. */
export function locatorType(locator: string): number {
  const item = parseLocator(locator);
  if (!BITS.has(item.type)) throw new CallFailure('ERROR_GOPHER_UNKNOWN_LOCATOR');
  return gopherTypeOf(item);
}

/** What GopherCreateLocator makes a locator of. */
export interface LocatorParts {
  readonly host: string | null;
  /** 0: 70. */
  readonly port: number;
  readonly display: string | null;
  readonly selector: string | null;
  /** GOPHER_TYPE_*, with GOPHER_TYPE_GOPHER_PLUS or GOPHER_TYPE_ASK; 0: GOPHER_TYPE_DIRECTORY. */
  readonly type: number;
}

/**
 * Builds a locator. Fails with ERROR_INVALID_PARAMETER for a part that is missing, too long or has control characters in it,
 * and with ERROR_GOPHER_UNKNOWN_LOCATOR for a type without a character.
 */
export function createLocator({ host, port, display, selector, type }: LocatorParts): string {
  const item: GopherItem = {
    type: characterOf(type),
    display: part(display ?? '', constants.MAX_GOPHER_DISPLAY_TEXT, 'lpszDisplayString'),
    selector: part(selector ?? '', constants.MAX_GOPHER_SELECTOR_TEXT, 'lpszSelectorString'),
    host: part(host ?? '', constants.MAX_GOPHER_HOST_NAME, 'lpszHost'),
    port: port === 0 ? constants.INTERNET_DEFAULT_GOPHER_PORT : port,
    mark: markOf(type),
  };
  const line = gopherLine(item);
  if (item.host === '' || /\s/.test(item.host) || item.port > 65_535 || parseGopherLine(line) === undefined) {
    throw new CallFailure('ERROR_INVALID_PARAMETER', 'Pass the name of a server and a port up to 65535.');
  }
  return `${line}\r\n`;
}

function characterOf(type: number): string {
  const wanted = (type & ~(constants.GOPHER_TYPE_GOPHER_PLUS | constants.GOPHER_TYPE_ASK)) >>> 0;
  const bit = wanted === 0 ? constants.GOPHER_TYPE_DIRECTORY : wanted;
  const known = GOPHER_TYPES.find((row) => row.bit === bit);
  if (known === undefined) throw new CallFailure('ERROR_GOPHER_UNKNOWN_LOCATOR');
  return known.character;
}

function markOf(type: number): GopherItem['mark'] {
  if ((type & constants.GOPHER_TYPE_ASK) !== 0) return '?';
  return (type & constants.GOPHER_TYPE_GOPHER_PLUS) === 0 ? '' : '+';
}

function part(text: string, limit: number, name: string): string {
  if (text.length <= limit && fitsProtocolLine(text) && !text.includes('\t')) return text;
  throw new CallFailure(
    'ERROR_INVALID_PARAMETER',
    `Pass at most ${limit} characters without control characters as ${name}.`,
  );
}

function withoutEnd(locator: string): string {
  return locator.replace(/\r?\n$/, '');
}
