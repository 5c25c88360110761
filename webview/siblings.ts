import { canHaveChildren, type HandleKind } from '../extension/shared/hierarchy.ts';
import type { Entry } from '../extension/shared/journal.ts';
import { type HandleNode, type HandleTree, openAncestor } from '../extension/shared/model.ts';

/**
 * The open handles, grouped by parent and kind, kept up to date entry by entry: a batch costs what it changes, however many
 * handles are open. Where a group is too large to be read, it tells which of its handles stand alone.
 */

/** The open handles of one kind below one parent. */
export interface Crowd {
  /** Stands for the group where handles have their serials: negative. */
  readonly id: number;
  readonly parent: number | null;
  readonly kind: HandleKind;
  /** Oldest first. */
  readonly open: Set<number>;
  readonly running: Set<number>;
  readonly failed: Set<number>;
  /** The newest. */
  readonly recent: Set<number>;
  /** Those at work, failed or with diagnoses that stand alone. */
  readonly notable: Set<number>;
  /** Time of the last exchange among the notable ones, in microseconds. */
  exchangedAt: number;
}

/** A group of this many stands there handle by handle; a smaller number holds once thousands are open in all. */
const GROUP_LIMIT = { few: 100, many: 24 } as const;
const MANY_OPEN = 2000;
const RECENT = { most: 32, kept: 16 } as const;
const NOTABLE = 24;
/** Thousands of calls a second would make the notable ones change places in every frame: microseconds between exchanges. */
const EXCHANGE_PAUSE = 1_000_000;

/** The index. Handles hang from their nearest open ancestor. */
export class Siblings {
  readonly #crowds = new Map<number | null, Map<HandleKind, Crowd>>();
  readonly #byId = new Map<number, Crowd>();
  readonly #homes = new Map<number, Crowd>();
  /** Handles of the calls under way: the end of a call does not name its handle. */
  readonly #calls = new Map<number, number>();
  readonly #passes: ((serial: number) => boolean) | null;

  /** @param passes which handles are counted; null: all */
  constructor(tree: HandleTree, passes: ((serial: number) => boolean) | null = null) {
    this.#passes = passes;
    this.#fill(tree);
  }

  /** How many handles are in the index. */
  get size(): number {
    return this.#homes.size;
  }

  /** The groups below a handle, or those of the roots. */
  below(parent: number | null): Iterable<Crowd> {
    return this.#crowds.get(parent)?.values() ?? [];
  }

  /** Takes in entries that were folded into the tree; true where other handles are to be drawn than before. */
  follow(tree: HandleTree, entries: readonly Entry[]): boolean {
    let changed = false;
    for (const entry of entries) {
      if (entry.type === 'handle-close' && this.#crowds.has(entry.serial) && this.countBelow(entry.serial) > 0) {
        // Only journals from elsewhere close a parent before its children: those hang from another one now.
        this.#fill(tree);
        return true;
      }
      const serial = this.#concerned(entry);
      if (serial !== null) changed = this.#touch(tree, serial, entry) || changed;
    }
    return changed;
  }

  /** Which handles of a group stand alone; null: all of them. */
  standAlone(crowd: Crowd, wanted: ReadonlySet<number>): ReadonlySet<number> | null {
    if (!this.#isLarge(crowd)) return null;
    const alone = new Set([...crowd.recent, ...crowd.notable]);
    for (const serial of wanted) if (crowd.open.has(serial)) alone.add(serial);
    return alone.size >= crowd.open.size - 1 ? null : alone;
  }

  /** How many open handles are anywhere below a handle. */
  countBelow(serial: number): number {
    let count = 0;
    for (const { open, kind } of this.below(serial)) {
      count += open.size;
      if (canHaveChildren(kind)) for (const one of open) count += this.countBelow(one);
    }
    return count;
  }

  #isLarge(crowd: Crowd): boolean {
    return crowd.open.size > (this.size > MANY_OPEN ? GROUP_LIMIT.many : GROUP_LIMIT.few);
  }

  #fill(tree: HandleTree): void {
    for (const map of [this.#crowds, this.#byId, this.#homes, this.#calls]) map.clear();
    for (const { call, handle } of tree.calls.values()) if (handle !== null) this.#calls.set(call, handle);
    for (const serial of tree.byValue.values()) {
      const node = tree.nodes.get(serial);
      if (node !== undefined) this.#place(tree, node);
    }
    for (const crowd of this.#byId.values()) fillNotable(crowd, tree);
  }

  #concerned(entry: Entry): number | null {
    if (entry.type === 'call-begin') {
      if (entry.handle !== null) this.#calls.set(entry.call, entry.handle);
      return entry.handle;
    }
    if (entry.type === 'call-end') {
      const handle = this.#calls.get(entry.call) ?? null;
      this.#calls.delete(entry.call);
      return handle;
    }
    const counts = entry.type === 'handle-open' || entry.type === 'handle-close' || entry.type === 'note';
    return counts ? entry.serial : null;
  }

  #touch(tree: HandleTree, serial: number, entry: Entry): boolean {
    const node = tree.nodes.get(serial);
    const crowd = this.#homes.get(serial);
    if (node === undefined || node.closed !== null) {
      if (crowd !== undefined) this.#remove(crowd, serial);
      return crowd !== undefined || entry.type === 'note';
    }
    if (crowd === undefined) return this.#place(tree, node);
    mark(crowd, node);
    return isNotable(node) && this.#isLarge(crowd) && promote(crowd, node, tree);
  }

  #place(tree: HandleTree, node: HandleNode): boolean {
    if (this.#passes !== null && !this.#passes(node.serial)) return false;
    const crowd = this.#crowdFor(openAncestor(tree, node.serial), node.kind);
    crowd.open.add(node.serial);
    crowd.recent.add(node.serial);
    // Cut by many at a time: the places of the others hold until then.
    if (crowd.recent.size > RECENT.most) keepNewest(crowd.recent, RECENT.kept);
    this.#homes.set(node.serial, crowd);
    mark(crowd, node);
    return true;
  }

  #crowdFor(parent: number | null, kind: HandleKind): Crowd {
    const kinds = this.#crowds.get(parent) ?? new Map<HandleKind, Crowd>();
    this.#crowds.set(parent, kinds);
    const known = kinds.get(kind);
    if (known !== undefined) return known;
    // Odd numbers: the even ones stand for graves.
    const crowd: Crowd = { id: -(2 * this.#byId.size + 1), parent, kind, ...emptySets(), exchangedAt: 0 };
    kinds.set(kind, crowd);
    this.#byId.set(crowd.id, crowd);
    return crowd;
  }

  #remove(crowd: Crowd, serial: number): void {
    this.#homes.delete(serial);
    const { open, running, failed, recent, notable } = crowd;
    for (const set of [open, running, failed, recent, notable]) set.delete(serial);
  }
}

function emptySets(): Pick<Crowd, 'open' | 'running' | 'failed' | 'recent' | 'notable'> {
  const set = (): Set<number> => new Set();
  return { open: set(), running: set(), failed: set(), recent: set(), notable: set() };
}

function keepNewest(set: Set<number>, count: number): void {
  for (const serial of set) {
    if (set.size <= count) break;
    set.delete(serial);
  }
}

function mark({ running, failed }: Crowd, node: HandleNode): void {
  if (node.running.length > 0) running.add(node.serial);
  else running.delete(node.serial);
  if (node.lastError !== null) failed.add(node.serial);
}

function isNotable(node: HandleNode): boolean {
  return node.running.length > 0 || node.lastError !== null || node.notes.length > 0;
}

/** Room for each reason: a crowd at work must not keep the one that failed from standing alone. */
function fillNotable({ notable, open, failed, running }: Crowd, tree: HandleTree): void {
  const noted = [...open].filter((serial) => (tree.nodes.get(serial)?.notes.length ?? 0) > 0);
  for (const serials of [noted, [...failed], [...running]]) {
    for (const serial of serials.slice(-NOTABLE / 3)) notable.add(serial);
  }
}

function promote(crowd: Crowd, node: HandleNode, tree: HandleTree): boolean {
  const { notable } = crowd;
  if (notable.has(node.serial)) return false;
  if (notable.size >= NOTABLE) {
    if (tree.t - crowd.exchangedAt < EXCHANGE_PAUSE) return false;
    const resting = [...notable].find((serial) => tree.nodes.get(serial)?.running.length === 0);
    if (resting === undefined) return false;
    notable.delete(resting);
    crowd.exchangedAt = tree.t;
  }
  notable.add(node.serial);
  return true;
}
