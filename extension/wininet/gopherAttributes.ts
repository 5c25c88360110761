import * as constants from '../shared/constants.ts';
import type { GopherBlock } from './ports/gopher.ts';

/** What an attribute says, in the form of its GOPHER_*_ATTRIBUTE_TYPE; an unknown one is text. */
export type GopherAttributeValue =
  | { readonly Comment: string; readonly EmailAddress: string }
  | { readonly DateAndTime: Date | null }
  /** Seconds for which a copy may be kept. */
  | { readonly Ttl: number }
  | { readonly Score: number }
  | { readonly LowerBound: number; readonly UpperBound: number }
  | { readonly Site: string }
  | { readonly Organization: string }
  | { readonly Location: string }
  | { readonly Zone: number }
  | { readonly Provider: string }
  | { readonly Version: string }
  | { readonly ShortAbstract: string; readonly AbstractFile: string }
  /** Size in bytes. */
  | { readonly ContentType: string; readonly Language: string; readonly Size: number }
  | { readonly TreeWalk: boolean }
  | { readonly QuestionType: string; readonly QuestionText: string }
  | { readonly Text: string };

/** One attribute of an item (GOPHER_ATTRIBUTE_TYPE). */
export interface GOPHER_ATTRIBUTE_TYPE {
  /** GOPHER_CATEGORY_ID_*. */
  readonly CategoryId: number;
  /** GOPHER_ATTRIBUTE_ID_*. */
  readonly AttributeId: number;
  readonly AttributeType: GopherAttributeValue;
}

const CATEGORIES: ReadonlyMap<string, number> = new Map([
  ['INFO', constants.GOPHER_CATEGORY_ID_INFO],
  ['ADMIN', constants.GOPHER_CATEGORY_ID_ADMIN],
  ['VIEWS', constants.GOPHER_CATEGORY_ID_VIEWS],
  ['ABSTRACT', constants.GOPHER_CATEGORY_ID_ABSTRACT],
  ['VERONICA', constants.GOPHER_CATEGORY_ID_VERONICA],
  ['ASK', constants.GOPHER_CATEGORY_ID_ASK],
]);

interface AttributeForm {
  readonly id: number;
  readonly read: (text: string) => GopherAttributeValue;
}

/** The attributes of +ADMIN and +VERONICA by the names in wininet.h, in lower case. */
const NAMED: ReadonlyMap<string, AttributeForm> = new Map<string, AttributeForm>([
  ['admin', { id: constants.GOPHER_ATTRIBUTE_ID_ADMIN, read: readAdmin }],
  ['mod-date', { id: constants.GOPHER_ATTRIBUTE_ID_MOD_DATE, read: (text) => ({ DateAndTime: readDate(text) }) }],
  ['ttl', { id: constants.GOPHER_ATTRIBUTE_ID_TTL, read: (text) => ({ Ttl: readNumber(text) }) }],
  ['score', { id: constants.GOPHER_ATTRIBUTE_ID_SCORE, read: (text) => ({ Score: readNumber(text) }) }],
  ['score-range', { id: constants.GOPHER_ATTRIBUTE_ID_RANGE, read: readRange }],
  ['site', { id: constants.GOPHER_ATTRIBUTE_ID_SITE, read: (Site) => ({ Site }) }],
  ['org', { id: constants.GOPHER_ATTRIBUTE_ID_ORG, read: (Organization) => ({ Organization }) }],
  ['loc', { id: constants.GOPHER_ATTRIBUTE_ID_LOCATION, read: (Location) => ({ Location }) }],
  ['geog', { id: constants.GOPHER_ATTRIBUTE_ID_GEOG, read: (Text) => ({ Text }) }],
  ['tz', { id: constants.GOPHER_ATTRIBUTE_ID_TIMEZONE, read: (text) => ({ Zone: readNumber(text) }) }],
  ['provider', { id: constants.GOPHER_ATTRIBUTE_ID_PROVIDER, read: (Provider) => ({ Provider }) }],
  ['version', { id: constants.GOPHER_ATTRIBUTE_ID_VERSION, read: (Version) => ({ Version }) }],
  ['treewalk', { id: constants.GOPHER_ATTRIBUTE_ID_TREEWALK, read: (text) => ({ TreeWalk: !/^no\b/i.test(text) }) }],
]);

/** The attributes that blocks hold, in their order. */
export function attributesOf(blocks: readonly GopherBlock[]): readonly GOPHER_ATTRIBUTE_TYPE[] {
  return blocks.flatMap((block) => attributesOfBlock(block).map(({ attribute }) => attribute));
}

/** What GopherGetAttribute found: the attributes, and the lines that hold them. */
export interface FoundAttributes {
  readonly attributes: readonly GOPHER_ATTRIBUTE_TYPE[];
  readonly text: string;
}

/**
 * The attributes that are asked for.
 * @param wanted names between blanks: `+ADMIN` for a whole category, `Mod-Date` for one attribute; empty for all
 */
export function findAttributes(blocks: readonly GopherBlock[], wanted: string): FoundAttributes {
  const names = new Set(namesIn(wanted).map((name) => name.toLowerCase()));
  const attributes: GOPHER_ATTRIBUTE_TYPE[] = [];
  const lines: string[] = [];
  for (const block of blocks) {
    const isWhole = names.size === 0 || names.has(`+${block.name.toLowerCase()}`);
    const found = attributesOfBlock(block).filter(({ name }) => isWhole || names.has(name.toLowerCase()));
    if (found.length === 0 && !isWhole) continue;
    attributes.push(...found.map(({ attribute }) => attribute));
    lines.push(
      `+${block.name}: ${block.value}`.trimEnd(),
      ...found.flatMap((one) => one.lines.map((line) => ` ${line}`)),
    );
  }
  return { attributes, text: lines.map((line) => `${line}\r\n`).join('') };
}

/** The categories to ask the server for, as it wants them (`+ADMIN+VIEWS`); empty for all, as a single attribute may be in any. */
export function categoriesIn(wanted: string): string {
  const names = namesIn(wanted);
  return names.every((name) => name.startsWith('+')) ? names.join('').toUpperCase() : '';
}

function namesIn(wanted: string): readonly string[] {
  return wanted.split(' ').filter((name) => name !== '');
}

interface AttributeOfBlock {
  readonly name: string;
  readonly lines: readonly string[];
  readonly attribute: GOPHER_ATTRIBUTE_TYPE;
}

function attributesOfBlock({ name, value, lines }: GopherBlock): readonly AttributeOfBlock[] {
  const CategoryId = CATEGORIES.get(name) ?? constants.GOPHER_CATEGORY_ID_UNKNOWN;
  const one = (title: string, AttributeId: number, AttributeType: GopherAttributeValue, from = lines) => ({
    name: title,
    lines: from,
    attribute: { CategoryId, AttributeId, AttributeType },
  });
  switch (CategoryId) {
    case constants.GOPHER_CATEGORY_ID_INFO:
      return [one('Info', constants.GOPHER_ATTRIBUTE_ID_UNKNOWN, { Text: value })];
    case constants.GOPHER_CATEGORY_ID_ABSTRACT: {
      const abstract = { ShortAbstract: lines.join('\r\n'), AbstractFile: value };
      return [one('Abstract', constants.GOPHER_ATTRIBUTE_ID_ABSTRACT, abstract)];
    }
    case constants.GOPHER_CATEGORY_ID_VIEWS:
      return lines.map((line) => one('View', constants.GOPHER_ATTRIBUTE_ID_VIEW, readView(line), [line]));
    default:
      return lines.map((line) => {
        const [, title = '', text = ''] = /^([^:]*):?\s*(.*)$/.exec(line) ?? [];
        const form = NAMED.get(title.toLowerCase());
        if (form !== undefined) return one(title, form.id, form.read(text), [line]);
        const isAsk = CategoryId === constants.GOPHER_CATEGORY_ID_ASK;
        const unknown = isAsk ? { QuestionType: title, QuestionText: text } : { Text: line };
        return one(title, constants.GOPHER_ATTRIBUTE_ID_UNKNOWN, unknown, [line]);
      });
  }
}

function readAdmin(text: string): GopherAttributeValue {
  const [, Comment = text, EmailAddress = ''] = /^(.*?)\s*<([^<>]*)>\s*$/.exec(text) ?? [];
  return { Comment, EmailAddress };
}

/** `Wed Jul 28 17:02:01 1993 <19930728170201>`: what is between the brackets counts. Without a time zone, it is taken for UTC. */
function readDate(text: string): Date | null {
  const digits = /<(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)>/.exec(text)?.slice(1);
  if (digits === undefined) return null;
  const [year, month, day, hour, minute, second] = digits;
  const date = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(date.getTime()) ? null : date;
}

function readRange(text: string): GopherAttributeValue {
  const [lower = '', upper = ''] = text.split(/\s+/);
  return { LowerBound: readNumber(lower), UpperBound: readNumber(upper) };
}

/** `text/plain En_US: <10k>`; the language and the size may be missing. */
function readView(line: string): GopherAttributeValue {
  const [, ContentType = line, Language = '', size = ''] = /^([^\s:]+)\s*([^:]*?)\s*(?::\s*(.*))?$/.exec(line) ?? [];
  return { ContentType, Language, Size: readSize(size) };
}

const UNITS: Readonly<Record<string, number>> = { '': 1, b: 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 };

function readSize(text: string): number {
  const [, count, unit = ''] = /^<\s*(\d*\.?\d+)\s*([bkmg]?)[a-z]*\s*>/i.exec(text) ?? [];
  return Math.round(Number(count ?? 0) * (UNITS[unit.toLowerCase()] ?? 1));
}

function readNumber(text: string): number {
  const number = Number.parseInt(text, 10);
  return Number.isNaN(number) ? 0 : number;
}
