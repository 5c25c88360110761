import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { repeatedBlock } from '../repeatedBlock.ts';

/** An item below a menu: another page of this server, or words only. */
export interface MenuLine {
  /** The item's type: `i` for words, `0` a text, `1` a menu, `7` a search, `9` a binary file, `h` a page. */
  readonly type: string;
  readonly words: string;
  /** Empty for words only. */
  readonly selector: string;
}

/** What lives at a selector. */
export type GopherContent =
  | { readonly is: 'menu'; readonly lines: readonly MenuLine[] }
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'bytes'; readonly size: number; readonly open: () => Readable }
  | { readonly is: 'search'; readonly find: (words: string) => readonly MenuLine[] }
  /** Answers by itself, as no server should; what it leaves open ends with the connection. */
  | { readonly is: 'fault'; readonly answer: (socket: Socket) => void };

/** One row of the content, and the words for it if the lists of addresses show it. */
export interface GopherRow {
  readonly selector: string;
  readonly type: string;
  readonly title: string;
  readonly content: GopherContent;
  /** Day of the last change; the server's start when absent. */
  readonly modified?: string;
  /** What Gopher+ tells about it. */
  readonly abstract?: string;
  readonly shown?: { readonly group: string; readonly detail: string };
}

/** A text; its lines end with LF here and with CR LF on the wire. */
export function text(lines: string): GopherContent {
  return { is: 'text', text: lines };
}

/** Bytes that lie in memory. */
export function bytes(content: Buffer): GopherContent {
  return { is: 'bytes', size: content.length, open: () => Readable.from([content], { objectMode: false }) };
}

/** Bytes of any number, made while they are read. */
export function repeated(size: number): GopherContent {
  return { is: 'bytes', size, open: () => repeatedBlock(0, size) };
}

/** Words in a menu. */
export function words(line: string): MenuLine {
  return { type: 'i', words: line, selector: '' };
}
