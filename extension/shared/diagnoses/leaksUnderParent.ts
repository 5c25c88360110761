import { formatHandleValue } from '../format.ts';
import { canHaveChildren, type FunctionName, type HandleKind } from '../hierarchy.ts';
import type { Entry, HandleClose } from '../journal.ts';
import { named } from './naming.ts';
import { type Finding, NOTHING, type Rule, type World } from './rule.ts';

/** How many handles of a kind must have piled up: to close one or two with their parent is a habit, not a leak. */
const PILE = 3;

/** Children of one kind that were open when their parent was closed. */
interface Pile {
  readonly kind: HandleKind;
  readonly fn: FunctionName;
  readonly serials: number[];
}

/**
 * Handles that piled up below a parent until its closing took them along: every turn of a loop made one and closed none.
 */
export class LeaksUnderParent implements Rule {
  /** Piles of the closing under way, by parent and kind. */
  readonly #piles = new Map<string, Pile>();

  read(entry: Entry, world: World): readonly Finding[] {
    if (entry.type !== 'handle-close') return NOTHING;
    if (entry.reason === 'cascade') {
      this.#add(entry, world);
      return NOTHING;
    }
    return this.#piles.size === 0 ? NOTHING : this.#found(entry, world);
  }

  #add({ serial }: HandleClose, { tree }: World): void {
    const node = tree.nodes.get(serial);
    if (node === undefined || canHaveChildren(node.kind)) return;
    const key = `${node.parent} ${node.kind} ${node.fn}`;
    const pile = this.#piles.get(key);
    if (pile === undefined) this.#piles.set(key, { kind: node.kind, fn: node.fn, serials: [serial] });
    else pile.serials.push(serial);
  }

  /** The handle that was closed by its call is told last: what went with it is known. */
  #found({ serial }: HandleClose, { tree }: World): readonly Finding[] {
    const piles = [...this.#piles.values()].filter(({ serials }) => serials.length >= PILE);
    this.#piles.clear();
    const closed = tree.nodes.get(serial);
    if (closed === undefined) return NOTHING;
    return piles.flatMap(({ fn, serials }): readonly Finding[] => {
      const nodes = serials.toReversed().flatMap((one) => tree.nodes.get(one) ?? []);
      const [oldest] = nodes;
      if (oldest === undefined) return [];
      const values = nodes.slice(0, 4).map(({ value }) => formatHandleValue(value));
      const list = nodes.length > 4 ? `${values.join(', ')}, …` : values.join(', ');
      const text = `${nodes.length} handles of ${fn} (${list}) were still open when ${named(closed)} was closed and took them along.`;
      return [{ topic: 'leak-under-parent', serial: oldest.serial, call: oldest.call, text }];
    });
  }
}
