import type { ConnectionWait, Entry } from '../journal.ts';
import type { HandleNode } from '../model.ts';
import { named, namedAll } from './naming.ts';
import { type Finding, NOTHING, type Rule, type World } from './rule.ts';

/** A request that waits for a connection. */
interface Waiting {
  /** The call that sends it. */
  readonly call: number;
  readonly limit: number;
  readonly since: number;
}

/** How long the program may leave all connections lie, in microseconds, before a request that waits for one counts as stuck. */
const STUCK_AFTER = 2_000_000;

/**
 * Requests that wait for a connection to their server while the program itself holds all of them, with answers that it does
 * not read to their end. That others are busy is no fault: their connections come free.
 */
export class ConnectionLimit implements Rule {
  readonly #waiting = new Map<number, Waiting>();

  read(entry: Entry, world: World): readonly Finding[] {
    const found = this.at(entry.t, world);
    switch (entry.type) {
      case 'connection-wait':
        this.#begin(entry, world);
        break;
      case 'status':
        this.#waiting.delete(entry.serial);
        break;
      case 'handle-close': {
        // Given up while it waited; with the whole tree, its connections may have gone before it.
        const waiting = this.#waiting.get(entry.serial);
        this.#waiting.delete(entry.serial);
        if (waiting !== undefined) return [...found, ...stuck(entry.serial, waiting, entry.t, world, 0)];
        break;
      }
      default:
    }
    return found;
  }

  #begin({ serial, limit, t }: ConnectionWait & { readonly t: number }, { tree }: World): void {
    const node = tree.nodes.get(serial);
    if (node !== undefined) this.#waiting.set(serial, { call: node.running[0]?.call ?? node.call, limit, since: t });
  }

  at(t: number, world: World): readonly Finding[] {
    if (this.#waiting.size === 0) return NOTHING;
    const found: Finding[] = [];
    for (const [serial, waiting] of this.#waiting) {
      if (t - waiting.since < STUCK_AFTER) continue;
      const told = stuck(serial, waiting, t, world, STUCK_AFTER);
      if (told.length > 0) this.#waiting.delete(serial);
      found.push(...told);
    }
    return found;
  }
}

function stuck(serial: number, waiting: Waiting, t: number, { tree }: World, idle: number): readonly Finding[] {
  const { call, limit, since } = waiting;
  const node = tree.nodes.get(serial);
  if (node === undefined) return NOTHING;
  const server = serverOf(node);
  // In a cascade the newest go first: who held a connection meanwhile may have been closed in the same moment.
  const alive = (one: HandleNode): boolean => one.closed === null || one.closed.at >= since;
  const others = [...tree.nodes.values()].filter(
    (one) => one !== node && one.kind === 'http-request' && alive(one) && serverOf(one) === server,
  );
  const holders = others.filter(({ state }) => state === 'answered' || state === 'upload');
  if (holders.length === 0 || others.some(({ state }) => state === 'sending' && limit > holders.length)) return NOTHING;
  if (holders.some((one) => one.running.length > 0 || t - one.usedAt < idle)) return NOTHING;
  const which = limit === 1 ? 'the only connection' : `one of the ${limit} connections`;
  const text = `${named(node)} waited for ${which} to ${server}, which the program holds itself: ${namedAll(holders)}.`;
  return [{ topic: 'connection-limit', serial, call, text }];
}

/** As `http://host:port`; a request's target begins with its method. */
function serverOf({ target }: HandleNode): string {
  return /^(?:\S+ )?(\w+:\/\/[^/?#]*)/.exec(target)?.[1] ?? target;
}
