import type { HandleKind } from '../shared/hierarchy.ts';
import type { Entry } from '../shared/journal.ts';
import { hasState } from '../shared/journalValues.ts';
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
  /** Kinds of all handles that were opened, by serial. */
  readonly #kinds = new Map<number, HandleKind>();
  #seq = 0;
  #t = 0;
  #begun = false;

  /** The tree of a journal that was cut, without what contradicts itself. */
  base(from: Checkpoint): { readonly base: Checkpoint; readonly problems: readonly string[] } {
    const problems: string[] = [];
    const closed = new Set<number>();
    const nodes = from.nodes.flatMap((node) => {
      if (this.#kinds.has(node.serial)) {
        problems.push(`The tree holds handle #${node.serial} twice: the second was left out.`);
        return [];
      }
      const mended = this.#hung(node);
      if (mended !== node) problems.push(orphan(node));
      this.#kinds.set(node.serial, node.kind);
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
    const fault = this.#faultOf(entry);
    if (fault !== null) return { entry: null, problem: fault };
    const gap = gapText(this.#seq, seq);
    this.#seq = seq;
    this.#t = t;
    this.#begun = true;
    if (entry.type !== 'handle-open') return { entry, problem: gap };
    const mended = this.#hung(entry);
    this.#kinds.set(entry.serial, entry.kind);
    const told = mended === entry ? gap : [gap, orphan(entry)].filter((one) => one !== null).join(' ');
    return { entry: mended, problem: told };
  }

  /** Why an entry cannot be taken. */
  #faultOf(entry: Entry): string | null {
    const { seq, t } = entry;
    if (seq <= this.#seq) return `Entry ${seq} is out of order: it came after entry ${this.#seq}.`;
    if (this.#begun && seq - this.#seq > GAP_LIMIT) return `The number of entry ${seq} is absurd.`;
    if (t < this.#t) return `Entry ${seq} is earlier than the one before it.`;
    if (t - this.#t > LEAP_LIMIT) return `The time of entry ${seq} is absurd.`;
    if (entry.type === 'handle-open' && this.#kinds.has(entry.serial)) {
      return `Entry ${seq} opens handle #${entry.serial} a second time.`;
    }
    if (entry.type !== 'handle-state') return null;
    const kind = this.#kinds.get(entry.serial);
    const fits = kind === undefined || hasState({ kind, state: entry.state });
    return fits ? null : `Entry ${seq} puts handle #${entry.serial} in a state that its kind does not have.`;
  }

  /** A handle whose parent is unknown becomes a root, so that it is seen all the same. */
  #hung<T extends Pick<HandleNode, 'serial' | 'parent'>>(handle: T): T {
    const { parent } = handle;
    return parent === null || this.#kinds.has(parent) ? handle : { ...handle, parent: null };
  }
}

function orphan({ serial, parent }: Pick<HandleNode, 'serial' | 'parent'>): string {
  return `Handle #${serial} hangs below handle #${parent}, which was not opened before: it is shown as a root.`;
}

function gapText(before: number, seq: number): string | null {
  const missing = seq - before - 1;
  if (missing === 0) return null;
  return missing === 1 ? `Entry ${seq - 1} is missing.` : `${missing} entries before entry ${seq} are missing.`;
}
