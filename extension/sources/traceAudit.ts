import type { Entry } from '../shared/journal.ts';
import type { Checkpoint, HandleNode } from '../shared/model.ts';

/** How many entries may be missing in one place: more is no gap but a damaged number, which would outlaw all that follows. */
const GAP_LIMIT = 100_000_000;
/** How far time may leap from one entry to the next, in microseconds: ten years. */
const LEAP_LIMIT = 315_360_000_000_000;

/** What becomes of an entry: itself or a mended one, perhaps with something to say about it; or nothing, and why. */
export type Verdict =
  | { readonly entry: Entry; readonly problem: string | null }
  | { readonly entry: null; readonly problem: string };

/**
 * Holds the entries of a foreign journal against each other: numbers and times only grow, a serial lives once, a parent is
 * there before its children, so that a tree folded from them has neither a circle nor a revenant.
 */
export class TraceAudit {
  readonly #serials = new Set<number>();
  #seq = 0;
  #t = 0;
  #begun = false;

  /** The tree of a journal that was cut, without what contradicts itself. */
  base(from: Checkpoint): { readonly base: Checkpoint; readonly problems: readonly string[] } {
    const problems: string[] = [];
    const closed = new Set<number>();
    const nodes = from.nodes.flatMap((node) => {
      if (this.#serials.has(node.serial)) {
        problems.push(`The tree holds handle #${node.serial} twice: the second was left out.`);
        return [];
      }
      const mended = this.#hung(node);
      if (mended !== node) problems.push(orphan(node));
      this.#serials.add(node.serial);
      if (node.closed !== null) closed.add(node.serial);
      return [mended];
    });
    this.#seq = from.seq;
    this.#t = from.t;
    this.#begun = true;
    const graves = [...new Set(from.graves)].filter((serial) => closed.has(serial));
    if (graves.length < closed.size) problems.push('The tree does not tell in which order its handles were closed.');
    const buried = new Set(graves);
    return {
      base: { ...from, nodes, graves: [...graves, ...[...closed].filter((serial) => !buried.has(serial))] },
      problems,
    };
  }

  /** What becomes of the next entry. */
  entry(entry: Entry): Verdict {
    const { seq, t } = entry;
    const missing = seq - this.#seq - 1;
    if (missing < 0) return { entry: null, problem: `Entry ${seq} is out of order: it came after entry ${this.#seq}.` };
    if (this.#begun && missing > GAP_LIMIT) return { entry: null, problem: `The number of entry ${seq} is absurd.` };
    if (t < this.#t) return { entry: null, problem: `Entry ${seq} is earlier than the one before it.` };
    if (t - this.#t > LEAP_LIMIT) return { entry: null, problem: `The time of entry ${seq} is absurd.` };
    if (entry.type === 'handle-open' && this.#serials.has(entry.serial)) {
      return { entry: null, problem: `Entry ${seq} opens handle #${entry.serial} a second time.` };
    }
    const gap =
      missing === 0
        ? null
        : missing === 1
          ? `Entry ${seq - 1} is missing.`
          : `${missing} entries before entry ${seq} are missing.`;
    this.#seq = seq;
    this.#t = t;
    this.#begun = true;
    if (entry.type !== 'handle-open') return { entry, problem: gap };
    const mended = this.#hung(entry);
    this.#serials.add(entry.serial);
    const told = mended === entry ? gap : [gap, orphan(entry)].filter((one) => one !== null).join(' ');
    return { entry: mended, problem: told };
  }

  /** A handle whose parent is unknown becomes a root, so that it is seen all the same. */
  #hung<T extends Pick<HandleNode, 'serial' | 'parent'>>(handle: T): T {
    const { parent } = handle;
    return parent === null || this.#serials.has(parent) ? handle : { ...handle, parent: null };
  }
}

function orphan({ serial, parent }: Pick<HandleNode, 'serial' | 'parent'>): string {
  return `Handle #${serial} hangs below handle #${parent}, which was not opened before: it is shown as a root.`;
}
