import type { DivergenceKind } from '../../../extension/shared/compare/divergence.ts';
import { isRead } from '../../../extension/shared/compare/readsOfOneBody.ts';
import type { FunctionName } from '../../../extension/shared/hierarchy.ts';
import type { CallBegin, Entry } from '../../../extension/shared/journal.ts';

/** A journal that departs from another at one place. */
export interface Planted {
  readonly entries: readonly Entry[];
  readonly kind: DivergenceKind;
  /** The calls of which one is to be found at the first divergence. */
  readonly calls: readonly number[];
}

/** A call with the entries from its beginning to that of the next one: one call of these programs runs after the other. */
interface Block {
  readonly begin: Entry & CallBegin;
  readonly entries: readonly Entry[];
}

/** A departure at one of the places where a journal lets it be; undefined where it lets none. */
export type Departing = (entries: readonly Entry[], place: number) => Planted | undefined;

export const DEPARTINGS: Readonly<Record<string, Departing>> = {
  'a changed argument': at(plainCalls, (blocks, block) => {
    const index = block.begin.args.findIndex((value) => typeof value === 'number' && value > 0);
    if (index === -1) return undefined;
    const args = block.begin.args.with(index, 4_000);
    const changed = { ...block, entries: block.entries.with(0, { ...block.begin, args }) };
    return { blocks: replace(blocks, block, changed), kind: 'argument' };
  }),
  'a changed error': at(plainCalls, (blocks, block) => {
    const entries = block.entries.map((entry): Entry => {
      if (entry.type !== 'call-end' || entry.call !== block.begin.call) return entry;
      return { ...entry, result: null, error: 'ERROR_INTERNET_OUT_OF_HANDLES' };
    });
    return { blocks: replace(blocks, block, { ...block, entries }), kind: 'error' };
  }),
  'a callback that is missing': at(plainCalls, (blocks, block) => {
    const codes = block.entries.flatMap((entry) => (entry.type === 'status' ? [entry.code] : []));
    const single = codes.filter((code) => codes.filter((other) => other === code).length === 1);
    if (single.length === 0 || new Set(codes).size < 2) return undefined;
    const entries = block.entries.filter((entry) => entry.type !== 'status' || entry.code !== single[0]);
    return { blocks: replace(blocks, block, { ...block, entries }), kind: 'callbacks' };
  }),
  'a close that is missing': at(
    (blocks) =>
      blocks.filter(
        (block) =>
          block.begin.fn === 'InternetCloseHandle' && block.entries.some(({ type }) => type === 'handle-close'),
      ),
    (blocks, block) => ({ blocks: replace(blocks, block), kind: 'missing-close' }),
  ),
  'a call that is missing': at(plainCalls, (blocks, block) => ({
    blocks: replace(blocks, block),
    kind: 'missing-call',
  })),
  'a call more': at(plainCalls, (blocks, block) => {
    const call = 1_000_000;
    const again = block.entries.map(
      (entry): Entry => ('call' in entry && entry.call === block.begin.call ? { ...entry, call } : entry),
    );
    return { blocks: replace(blocks, block, block, { ...block, entries: again }), kind: 'extra-call' };
  }),
  'another order': at(plainCalls, (blocks, block) => {
    const next = blocks[blocks.indexOf(block) + 1];
    if (next === undefined || !plainCalls(blocks).includes(next) || sameCall(block, next)) return undefined;
    return { blocks: replace(replace(blocks, next), block, next, block), kind: 'order', also: next };
  }),
};

interface Departed {
  readonly blocks: readonly Block[];
  readonly kind: DivergenceKind;
  readonly also?: Block;
}

function at(
  choose: (blocks: readonly Block[]) => readonly Block[],
  depart: (blocks: readonly Block[], block: Block) => Departed | undefined,
): Departing {
  return (entries, place) => {
    const { before, blocks } = blocksOf(entries);
    const fitting = choose(blocks).filter((block) => depart(blocks, block) !== undefined);
    const block = fitting[place % fitting.length];
    const departed = block === undefined ? undefined : depart(blocks, block);
    if (block === undefined || departed === undefined) return undefined;
    const numbered = [...before, ...departed.blocks.flatMap((one) => one.entries)].map((entry, index) => ({
      ...entry,
      seq: index + 1,
    }));
    const calls = [block, ...(departed.also === undefined ? [] : [departed.also])].map(({ begin }) => begin.call);
    return { entries: numbered, kind: departed.kind, calls };
  };
}

function blocksOf(entries: readonly Entry[]): { readonly before: readonly Entry[]; readonly blocks: readonly Block[] } {
  const first = entries.findIndex(({ type }) => type === 'call-begin');
  const blocks: { begin: Entry & CallBegin; entries: Entry[] }[] = [];
  for (const entry of entries.slice(first)) {
    if (entry.type === 'call-begin') blocks.push({ begin: entry, entries: [entry] });
    else blocks.at(-1)?.entries.push(entry);
  }
  return { before: entries.slice(0, first), blocks };
}

/** Calls that read no body and change no tree, and stand between no reads that would be one without them. */
function plainCalls(blocks: readonly Block[]): readonly Block[] {
  const reads = (block: Block | undefined) => block !== undefined && isRead(block.begin);
  return blocks.filter(
    (block, index) =>
      !reads(block) &&
      !(reads(blocks[index - 1]) || reads(blocks[index + 1])) &&
      !ALTERING.has(block.begin.fn) &&
      block.entries.some((entry) => entry.type === 'call-end' && entry.call === block.begin.call),
  );
}

const ALTERING: ReadonlySet<FunctionName> = new Set([
  'InternetOpen',
  'InternetConnect',
  'HttpOpenRequest',
  'InternetCloseHandle',
]);

function replace(blocks: readonly Block[], block: Block, ...others: readonly Block[]): readonly Block[] {
  return blocks.toSpliced(blocks.indexOf(block), 1, ...others);
}

function sameCall(one: Block, other: Block): boolean {
  return (
    one.begin.fn === other.begin.fn &&
    one.begin.handle === other.begin.handle &&
    JSON.stringify(one.begin.args) === JSON.stringify(other.begin.args)
  );
}
