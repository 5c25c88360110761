import * as constants from '../constants.ts';

/** The types of Gopher's items: RFC 1436 3.8, Gopher+, and what came into use later. */

/** One type. */
export interface GopherTypeRow {
  /** The first character of a line of a menu. */
  readonly character: string;
  /** GOPHER_TYPE_*. */
  readonly bit: number;
  /** What the item is, and which function takes it, in one sentence. */
  readonly meaning: string;
}

/** Every type character that WinINet knows, and the bit for it. The first character of a bit is the one that is written. */
export const GOPHER_TYPES: readonly GopherTypeRow[] = [
  type('0', constants.GOPHER_TYPE_TEXT_FILE, 'A text, which ends with a dot on a line: GopherOpenFile.'),
  type('1', constants.GOPHER_TYPE_DIRECTORY, 'A menu: GopherFindFirstFile.'),
  type('2', constants.GOPHER_TYPE_CSO, 'A phone book (CSO name server): GopherFindFirstFile with words to look for.'),
  type('3', constants.GOPHER_TYPE_ERROR, 'An error, in the server’s words; it leads nowhere.'),
  type('4', constants.GOPHER_TYPE_MAC_BINHEX, 'A Macintosh file in BinHex: GopherOpenFile.'),
  type('5', constants.GOPHER_TYPE_DOS_ARCHIVE, 'An archive of DOS, in binary: GopherOpenFile.'),
  type('6', constants.GOPHER_TYPE_UNIX_UUENCODED, 'A file in uuencode: GopherOpenFile.'),
  type('7', constants.GOPHER_TYPE_INDEX_SERVER, 'A search: GopherFindFirstFile with words to look for.'),
  type('8', constants.GOPHER_TYPE_TELNET, 'A Telnet session, which WinINet does not open.'),
  type('9', constants.GOPHER_TYPE_BINARY, 'A binary file: GopherOpenFile.'),
  type('+', constants.GOPHER_TYPE_REDUNDANT, 'Another server for the item above.'),
  type('T', constants.GOPHER_TYPE_TN3270, 'A Telnet session of the kind 3270, which WinINet does not open.'),
  type('g', constants.GOPHER_TYPE_GIF, 'A picture of the form GIF: GopherOpenFile.'),
  type('I', constants.GOPHER_TYPE_IMAGE, 'A picture: GopherOpenFile.'),
  type(':', constants.GOPHER_TYPE_BITMAP, 'Gopher+: a bitmap: GopherOpenFile.'),
  type(';', constants.GOPHER_TYPE_MOVIE, 'Gopher+: a film: GopherOpenFile.'),
  type('<', constants.GOPHER_TYPE_SOUND, 'Gopher+: a sound: GopherOpenFile.'),
  type('s', constants.GOPHER_TYPE_SOUND, 'A sound: GopherOpenFile.'),
  type('h', constants.GOPHER_TYPE_HTML, 'A page of HTML, or with the selector “URL:…” a link to the web.'),
  type('P', constants.GOPHER_TYPE_PDF, 'A PDF: GopherOpenFile.'),
  type('d', constants.GOPHER_TYPE_PDF, 'A document, mostly PDF: GopherOpenFile.'),
  type('c', constants.GOPHER_TYPE_CALENDAR, 'A calendar: GopherOpenFile.'),
  type('i', constants.GOPHER_TYPE_INLINE, 'Words of the menu; they lead nowhere.'),
];

const MEANINGS: ReadonlyMap<string, string> = new Map(
  GOPHER_TYPES.map(({ character, meaning }) => [character, meaning]),
);

/** What an item of this type is. */
export function gopherTypeMeaning(character: string): string {
  return MEANINGS.get(character) ?? 'A type that WinINet does not know (GOPHER_TYPE_UNKNOWN).';
}

function type(character: string, bit: number, meaning: string): GopherTypeRow {
  return { character, bit, meaning };
}
