import { formatHandleValue } from '../format.ts';
import { groupHandles } from '../handleMark.ts';
import { canHaveChildren } from '../hierarchy.ts';
import type { CallBegin, Entry } from '../journal.ts';
import type { HandleNode } from '../model.ts';
import { named } from './naming.ts';
import { type Finding, NOTHING, type Rule, type World } from './rule.ts';
import { topOf } from './topOf.ts';

/** How many handles a finding names besides the oldest. */
const OTHERS = 1000;
/** How many handles of a line are a pile that a loop has made; where lines are not known, of a function. */
const PILE = 2;
const PILE_OF_FUNCTION = 3;

/**
 * Handles that were closed only because a handle above them was.
 *
 * Windows' documentation obliges callers to close what is below a handle first, but to close a root with all that is below it
 * is how many a program ends, and harms nobody. So such a handle counts as forgotten where the program shows that it closes
 * handles one by one: the handle that took it along is no root, or others that the same line made, or the same function below
 * the same root, were closed by calls of their own, as where an error path returns early; where it has written an FTP file; and
 * where a line, in a loop, has piled up several. Sessions are kept on purpose and do not count, nor does what is closed from
 * above to cancel a call that runs on it.
 */
export class LeaksUnderParent implements Rule {
  /** Handles that the closing under way has taken along. */
  readonly #taken: HandleNode[] = [];
  /** Lines that made handles which were closed by calls of their own, and functions below a root. */
  readonly #tidy = new Set<string>();
  /** How many calls run on each handle. */
  readonly #running = new Map<number, number>();
  /** Handles whose last call was cancelled. */
  readonly #cancelled = new Set<number>();

  read(entry: Entry, world: World): readonly Finding[] {
    switch (entry.type) {
      case 'call-begin':
        this.#begun(entry);
        return NOTHING;
      case 'call-end':
        this.#ended(world.call(entry.call), entry.error === 'ERROR_INTERNET_OPERATION_CANCELLED');
        return NOTHING;
      case 'handle-close': {
        const node = world.tree.nodes.get(entry.serial);
        // A call that makes a handle, as InternetOpenUrl, runs on the one above it.
        const isBeingMade = node !== undefined && world.tree.calls.has(node.call);
        const isStopped =
          isBeingMade || (this.#running.get(entry.serial) ?? 0) > 0 || this.#cancelled.has(entry.serial);
        this.#running.delete(entry.serial);
        this.#cancelled.delete(entry.serial);
        if (entry.reason === 'cascade') {
          if (node !== undefined && !isStopped && !canHaveChildren(node.kind)) this.#taken.push(node);
          return NOTHING;
        }
        if (node === undefined || entry.reason === 'failed') return NOTHING;
        this.#tidy.add(lineOf(node)).add(sortOf(node, topOf(world.tree, node)));
        // The handle that was closed by its call is told last: what went with it is known.
        return this.#taken.length === 0 ? NOTHING : this.#found(node);
      }
      default:
        return NOTHING;
    }
  }

  #begun({ handle }: CallBegin): void {
    if (handle === null) return;
    this.#running.set(handle, (this.#running.get(handle) ?? 0) + 1);
    this.#cancelled.delete(handle);
  }

  #ended(begin: CallBegin | undefined, wasCancelled: boolean): void {
    if (begin === undefined || begin.handle === null) return;
    const count = this.#running.get(begin.handle);
    if (count === undefined) return;
    if (count > 1) this.#running.set(begin.handle, count - 1);
    else this.#running.delete(begin.handle);
    if (wasCancelled) this.#cancelled.add(begin.handle);
  }

  #found(closed: HandleNode): readonly Finding[] {
    // In a cascade the newest go first.
    const nodes = this.#taken.splice(0).toSorted((one, other) => one.serial - other.serial);
    return groupHandles(nodes).flatMap(({ fn, site, nodes: [oldest, ...rest] }): readonly Finding[] => {
      if (oldest === undefined) return [];
      const isPile = rest.length + 1 >= (site === null ? PILE_OF_FUNCTION : PILE);
      // Without lines, all handles of a function look like those of one.
      // Only its own closing completes an upload, and tells whether that went well.
      const isWritten = [oldest, ...rest].some(({ kind, bytesOut }) => kind === 'ftp-file' && bytesOut > 0);
      const isForgotten =
        isWritten ||
        closed.kind !== 'root' ||
        (site !== null && this.#tidy.has(lineOf(oldest))) ||
        this.#tidy.has(sortOf(oldest, closed.serial));
      if (!isPile && !isForgotten) return [];
      const serials = rest.slice(0, OTHERS).map(({ serial }) => serial);
      return [
        {
          topic: 'leak-under-parent',
          serial: oldest.serial,
          call: oldest.call,
          text:
            rest.length === 0
              ? `${named(oldest)} was still open when ${named(closed)} was closed and took it along.`
              : `${rest.length + 1} handles of ${fn} (${values([oldest, ...rest])}) were still open when ${named(closed)} was closed and took them along.`,
          ...(serials.length === 0 ? {} : { others: serials }),
        },
      ];
    });
  }
}

/** What a function made below a root. */
function sortOf({ fn }: HandleNode, root: number): string {
  return `${fn} below ${root}`;
}

function lineOf({ fn, site = '' }: HandleNode): string {
  return `${fn} ${site}`;
}

function values(nodes: readonly HandleNode[]): string {
  const shown = nodes.slice(0, 4).map(({ value }) => formatHandleValue(value));
  return nodes.length > 4 ? `${shown.join(', ')}, …` : shown.join(', ');
}
