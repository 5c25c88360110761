import type { HandleKind } from '../../../extension/shared/hierarchy.ts';

/** What a line of a program does, for whoever wants to put a fault there. */
export type Mark =
  | { readonly is: 'made'; readonly handle: string; readonly kind: HandleKind }
  | { readonly is: 'closed'; readonly handle: string; readonly kind: HandleKind }
  /** Ends an upload. */
  | { readonly is: 'ended' }
  /** Asks for the status of an answer. */
  | { readonly is: 'asked' }
  /** Leaves a loop when a read has returned 0 bytes. */
  | { readonly is: 'loop-end' }
  | { readonly is: 'last-error' };

/** One line of a program. */
export interface Line {
  readonly code: string;
  readonly mark?: Mark;
}

/** Writes a program line by line; what is to be drawn is drawn from a seed, so that it can be written again. */
export class ProgramText {
  /** Calls pend, and the callback tells of their end. */
  readonly isAsync: boolean;
  readonly lines: Line[] = [];
  #state: number;
  #names = 0;
  #context = 0;

  constructor(seed: number) {
    this.#state = seed;
    this.isAsync = this.chance(0.5);
  }

  add(code: string, mark?: Mark): void {
    this.lines.push(mark === undefined ? { code } : { code, mark });
  }

  name(stem: string): string {
    this.#names += 1;
    return `${stem}${this.#names}`;
  }

  /** A dwContext of its own for each handle where the callback needs it, and 0 otherwise. */
  context(): number {
    this.#context += 1;
    return this.isAsync ? this.#context : 0;
  }

  /** A call that may pend, awaited to its end. */
  call(context: number | string, code: string): string {
    return this.isAsync ? `await finish(${context}, () => ${code})` : `await ${code}`;
  }

  pick<T>(first: T, ...rest: readonly T[]): T {
    return [first, ...rest][this.whole(rest.length)] ?? first;
  }

  chance(probability: number): boolean {
    return this.#next() < probability;
  }

  /** A whole number from 0 to `most`. */
  whole(most: number): number {
    return Math.floor(this.#next() * (most + 1));
  }

  /** The generator "mulberry32": from 0 to below 1. */
  #next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
}
