import { type GopherItem, parseGopherLine } from '../shared/gopherItem.ts';
import type { GopherBlock, GopherEntry } from '../wininet/ports/gopher.ts';

/** How the data of an answer ends: with a line that is a dot, with the connection, or after so many bytes. */
export type GopherFraming = 'dot' | 'close' | number;

/** The first line of an answer of Gopher+. */
export interface PlusHead {
  /** False: what follows are the server's words on why not. */
  readonly succeeded: boolean;
  readonly framing: GopherFraming;
}

/** Reads the first line of an answer of Gopher+ (`+-1`, `+-2`, `+123`, `--1`); undefined for anything else. */
export function parsePlusHead(line: string): PlusHead | undefined {
  const [, sign, length] = /^([+-])(-[12]|\d{1,15})(?:\s.*)?$/.exec(line) ?? [];
  if (sign === undefined || length === undefined) return undefined;
  const framing = length === '-1' ? 'dot' : length === '-2' ? 'close' : Number(length);
  return { succeeded: sign === '+', framing };
}

/** Reads the blocks of one or more items. Lines before the first block are skipped. */
export function parseBlocks(lines: readonly string[]): readonly GopherBlock[] {
  const blocks: { name: string; value: string; lines: string[] }[] = [];
  for (const line of lines) {
    const [, name, value] = /^\+([^\s:]+):?[ \t]?(.*)$/.exec(line) ?? [];
    if (name !== undefined) blocks.push({ name: name.toUpperCase(), value: value ?? '', lines: [] });
    else blocks.at(-1)?.lines.push(line.replace(/^ /, ''));
  }
  return blocks;
}

/** Splits the blocks of a whole menu into entries: each begins with +INFO. Those whose item cannot be read are skipped. */
export function entriesOf(blocks: readonly GopherBlock[]): readonly GopherEntry[] {
  const entries: { item: GopherItem | undefined; blocks: GopherBlock[] }[] = [];
  for (const block of blocks) {
    if (block.name === 'INFO') entries.push({ item: parseGopherLine(block.value), blocks: [] });
    entries.at(-1)?.blocks.push(block);
  }
  return entries.flatMap(({ item, blocks: own }) => (item === undefined ? [] : [{ item, blocks: own }]));
}
