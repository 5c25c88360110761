import { type ErrorSymbol, errorSymbol, isErrorSymbol } from './errorCodes.ts';
import { bytesComparison, type Comparison, timeComparison } from './filterMeasures.ts';
import { FILTER_SENTENCES, type FilterSentence, UNKNOWN_NAMES } from './filterSentences.ts';
import { formatHandleValue } from './format.ts';
import { functionNames, HANDLE_KINDS, handleKinds, statesOf } from './hierarchy.ts';
import { looksLeaked } from './leaks.ts';
import type { HandleNode, HandleTree } from './model.ts';
import { nearestName } from './nearestName.ts';

/** What a filter can ask about a handle: one row for each key. */

/** The moment at which handles are asked: a tree, and a time in its microseconds. */
export interface FilterMoment {
  readonly tree: HandleTree;
  readonly now: number;
}

/** Does a handle have what a value of a key asks for? */
export type FilterTest = (node: HandleNode, moment: FilterMoment) => boolean;

/** One key. */
export interface FilterKeyRow {
  /** What it asks, in one sentence. */
  readonly help: string;
  /** The test of a value, or what is wrong with the value. */
  read(value: string): FilterTest | FilterSentence;
  /** Values that would find this handle, for completion. */
  offers(node: HandleNode, moment: FilterMoment): readonly string[];
  /** The answer changes as time goes by, though nothing happens. */
  readonly usesTime?: (value: string) => boolean;
  /** The value, or the opposite of it, asks for closed handles: they are left out unless a filter does. */
  readonly asksClosed?: (value: string, negated: boolean) => boolean;
}

const protocols = [...new Set(handleKinds.flatMap((kind) => protocolOf(kind) ?? []))];
const allStates = [...new Set(handleKinds.flatMap((kind) => statesOf(kind)))];

/** What `is:` can ask. */
const CONDITIONS: Readonly<Record<string, FilterTest>> = {
  open: (node) => node.closed === null,
  closed: (node) => node.closed !== null,
  running: (node) => node.running.length > 0,
  leak: (node, { now }) => looksLeaked(node, now),
  noted: (node) => node.notes.length > 0,
};

const AGES = ['>1s', '>10s', '>1m', '>10m', '>1h'] as const;
const SIZES = ['>0', '>1K', '>64K', '>1M', '>16M'] as const;

/** The keys, in the order in which completion names them. */
export const FILTER_KEYS = {
  kind: {
    help: 'Kind of handle, as http-request',
    read: named('kind', handleKinds, (node) => [node.kind]),
    offers: (node) => [node.kind],
  },
  protocol: {
    help: 'Protocol of sessions and what is below them: http, ftp, gopher',
    read: named('protocol', protocols, (node) => protocolOf(node.kind) ?? []),
    offers: (node) => protocolOf(node.kind) ?? [],
  },
  state: {
    help: 'State, as answered',
    read: named('state', allStates, (node) => [node.state]),
    offers: (node) => [node.state],
  },
  host: {
    help: 'Part of the host that it leads to, as example.org or :8080',
    read: (value) => (node, moment) => hostOf(node, moment.tree).includes(value.toLowerCase()),
    offers: (node, { tree }) => [hostOf(node, tree)],
  },
  fn: {
    help: 'Function that returned it, as HttpOpenRequest or Ftp*',
    read: named('function', functionNames, (node) => [node.fn]),
    offers: (node) => [node.fn],
  },
  called: {
    help: 'Function that was called on it, as InternetReadFile',
    read: named('function', functionNames, calledOn),
    offers: calledOn,
  },
  error: {
    help: 'Error of a call on it: any, a symbol or a number',
    read: errorTest,
    offers: (node) => (errorsOf(node).length === 0 ? [] : ['any', ...errorsOf(node)]),
  },
  age: {
    help: 'Time since it was opened, as >10s',
    read: (value) => measured(value, timeComparison(value), (node, { now }) => ageOf(node, now)),
    offers: (node, { now }) => AGES.filter((value) => timeComparison(value)?.(ageOf(node, now))),
    usesTime: () => true,
  },
  bytes: bytesRow('Bytes received and sent, as >1M', ({ bytesIn, bytesOut }) => bytesIn + bytesOut),
  in: bytesRow('Bytes received, as >64K', ({ bytesIn }) => bytesIn),
  out: bytesRow('Bytes sent, as >0', ({ bytesOut }) => bytesOut),
  is: {
    help: 'open, closed, running, noted, or leak: unused for 10 seconds, and read to its end or never used',
    read: (value) => CONDITIONS[value.toLowerCase()] ?? unknownName('condition', value, Object.keys(CONDITIONS)),
    offers: (node, moment) => Object.keys(CONDITIONS).filter((name) => CONDITIONS[name]?.(node, moment)),
    usesTime: (value) => value.toLowerCase() === 'leak',
    asksClosed: (value, negated) => value.toLowerCase() === (negated ? 'open' : 'closed'),
  },
  value: {
    help: 'Value of the handle, as 0xCC0004',
    read: valueTest,
    offers: (node) => [formatHandleValue(node.value)],
  },
} as const satisfies Record<string, FilterKeyRow>;

/** A key of the filter. */
export type FilterKey = keyof typeof FILTER_KEYS;
/** All keys. */
export const filterKeys = Object.keys(FILTER_KEYS) as readonly FilterKey[];

/** Is this text a key? */
export function isFilterKey(text: string): text is FilterKey {
  return Object.hasOwn(FILTER_KEYS, text);
}

/** The row of a key, with its optional fields. */
export function filterKeyRow(key: FilterKey): FilterKeyRow {
  return FILTER_KEYS[key];
}

/** That nothing goes by this name, with what does: the nearest name, or all where they are few. */
export function unknownName(what: keyof typeof UNKNOWN_NAMES, value: string, names: readonly string[]): FilterSentence {
  const { near, few, many } = UNKNOWN_NAMES[what];
  const nearest = nearestName(value, names);
  if (nearest !== undefined) return [near, value, nearest];
  return names.length > 20 ? [many, value] : [few, value, names.join(', ')];
}

/** The authority of the URL that a handle or the nearest one above it leads to, without a user's name; '' where there is none. */
function hostOf(node: HandleNode, tree: HandleTree): string {
  for (let at: HandleNode | undefined = node; at !== undefined; ) {
    const authority = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/@]*@)?([^/?#]*)/i.exec(at.target)?.[1];
    if (authority !== undefined) return authority.toLowerCase();
    at = at.parent === null ? undefined : tree.nodes.get(at.parent);
  }
  return '';
}

function protocolOf(kind: HandleNode['kind']): [string] | undefined {
  // The root has no protocol: it has no family in front of its name.
  const dash = kind.indexOf('-');
  return HANDLE_KINDS[kind].parents.length === 0 ? undefined : [kind.slice(0, dash)];
}

/** A closed handle ages no more. */
function ageOf(node: HandleNode, now: number): number {
  return (node.closed?.at ?? now) - node.openedAt;
}

function calledOn(node: HandleNode): readonly string[] {
  return [...new Set([...Object.keys(node.tallies), ...node.running.map(({ fn }) => fn)])];
}

function errorsOf(node: HandleNode): readonly ErrorSymbol[] {
  const last = Object.values(node.tallies).flatMap((tally) => tally.lastError ?? []);
  return [...new Set(node.lastError === null ? last : [node.lastError, ...last])];
}

/** Names, or with `*` several at once. */
function named(
  what: keyof typeof UNKNOWN_NAMES,
  names: readonly string[],
  of: (node: HandleNode) => readonly string[],
): FilterKeyRow['read'] {
  return (value) => {
    const pattern = globPattern(value);
    const wanted = new Set(names.filter((name) => pattern.test(name)));
    if (wanted.size === 0) return unknownName(what, value, names);
    return (node) => of(node).some((name) => wanted.has(name));
  };
}

function globPattern(value: string): RegExp {
  const parts = value.split('*').map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 'i');
}

function errorTest(value: string): FilterTest | FilterSentence {
  const upper = value.toUpperCase();
  if (upper === 'ANY') return (node) => errorsOf(node).length > 0;
  const symbol = /^\d+$/.test(value) ? errorSymbol(Number(value)) : upper;
  if (symbol === undefined) return [FILTER_SENTENCES.noErrorNumber, value];
  if (symbol.includes('*')) {
    const pattern = globPattern(symbol);
    return (node) => errorsOf(node).some((one) => pattern.test(one));
  }
  if (!isErrorSymbol(symbol)) return [FILTER_SENTENCES.noError, value];
  return (node) => errorsOf(node).includes(symbol);
}

function valueTest(value: string): FilterTest | FilterSentence {
  if (!/^(?:0x[0-9a-f]+|\d+)$/i.test(value)) return [FILTER_SENTENCES.noHandleValue, value];
  const wanted = Number(value);
  return (node) => node.value === wanted;
}

function bytesRow(help: string, amount: (node: HandleNode) => number) {
  const read = (value: string) => measured(value, bytesComparison(value), amount);
  return {
    help,
    read,
    offers: (node) => SIZES.filter((value) => bytesComparison(value)?.(amount(node))),
  } satisfies FilterKeyRow;
}

function measured(
  value: string,
  holds: Comparison | undefined,
  amount: (node: HandleNode, moment: FilterMoment) => number,
): FilterTest | FilterSentence {
  if (holds === undefined) return [FILTER_SENTENCES.noComparison, value];
  return (node, moment) => holds(amount(node, moment));
}
