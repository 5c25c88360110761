import fc from 'fast-check';
import {
  type FunctionName,
  functionNames,
  type HandleKind,
  handleKinds,
  statesOf,
} from '../../extension/shared/hierarchy.ts';
import type { Entry, EntryBody } from '../../extension/shared/journal.ts';

/** Numbers and times the bodies of entries as a journal does. */
export function numbered(bodies: readonly EntryBody[]): Entry[] {
  return bodies.map((body, index) => ({ ...body, seq: index + 1, t: (index + 1) * 10 }));
}

/**
 * Journals that obey the rules of handles: serials are never reused, values go to the lowest free slot, children close before
 * their parents. In between stand entries about closed and unknown handles, as a journal that was cut or attached late has them.
 */
export function anyJournal(maxLength = 60): fc.Arbitrary<readonly Entry[]> {
  return fc.array(anyChoice, { maxLength }).map((choices) => {
    const world = new World();
    return numbered(choices.flatMap((choice) => world.play(choice)));
  });
}

interface Choice {
  readonly what: number;
  readonly which: number;
  readonly fn: FunctionName;
  readonly count: number;
}

const anyChoice: fc.Arbitrary<Choice> = fc.record({
  what: fc.nat(12),
  which: fc.nat(1000),
  fn: fc.constantFrom(...functionNames),
  count: fc.nat(100_000),
});

/** What is open while a journal is made up. */
class World {
  readonly #open: { readonly serial: number; readonly value: number; readonly parent: number | null }[] = [];
  readonly #kinds = new Map<number, HandleKind>();
  readonly #running: number[] = [];
  #serial = 0;
  #call = 0;

  play({ what, which, fn, count }: Choice): EntryBody[] {
    const serial = this.#someSerial(which);
    switch (what) {
      case 0:
      case 1:
        return [this.#opening(which, fn)];
      case 2:
        return this.#closing(which);
      case 3:
        return [this.#begin(serial, fn)];
      case 4:
        return this.#end(which);
      case 5:
        return [{ type: 'bytes', serial, direction: count % 2 === 0 ? 'in' : 'out', count }];
      case 6:
        return [{ type: 'status', serial, code: 10 + (count % 90), context: count, information: null }];
      case 7:
        return [{ type: 'wire', serial, direction: 'out', text: 'NOOP' }];
      case 10:
        return [{ type: 'last-error', code: count }];
      case 11:
        return [{ type: 'connection-wait', serial, limit: 1 + (count % 6) }];
      case 12:
        return [this.#connection(serial, count)];
      case 8:
        return [{ type: 'note', topic: 'stale-use', serial, call: null, text: 'Late.' }];
      default:
        return [this.#moving(serial, count)];
    }
  }

  #connection(serial: number, count: number): EntryBody {
    const local = count % 5 === 0 ? null : { address: '127.0.0.1', port: 40_000 + (count % 1000) };
    const peer = { address: '::1', port: 80 };
    const proxy = count % 2 === 0 ? {} : { proxy: { host: 'proxy', port: 8080, tunnel: count % 3 === 0 } };
    const [connection, use] = [1 + (count % 9), 1 + (count % 4)];
    return {
      ...{ type: 'connection', serial, call: this.#call, connection, openedFor: serial, use, purpose: 'http' },
      ...{ local, peer, ...proxy },
    };
  }

  #moving(serial: number, count: number): EntryBody {
    const states = statesOf(this.#kinds.get(serial) ?? 'http-request');
    return { type: 'handle-state', serial, state: states[count % states.length] ?? 'open' };
  }

  #opening(which: number, fn: FunctionName): EntryBody {
    this.#serial += 1;
    const parent = which % 3 === 0 ? null : (this.#open[which % Math.max(this.#open.length, 1)]?.serial ?? null);
    const taken = new Set(this.#open.map((one) => one.value));
    let value = 4;
    while (taken.has(value)) value += 4;
    this.#open.push({ serial: this.#serial, value, parent });
    const kind = handleKinds[which % handleKinds.length] ?? 'root';
    this.#kinds.set(this.#serial, kind);
    const state = statesOf(kind)[0] ?? 'open';
    return { type: 'handle-open', serial: this.#serial, value, kind, state, parent, fn, call: this.#call, target: '' };
  }

  #closing(which: number): EntryBody[] {
    const top = this.#open[which % Math.max(this.#open.length, 1)];
    if (top === undefined) return [];
    return this.#subtree(top.serial).map((serial) => {
      this.#open.splice(
        this.#open.findIndex((one) => one.serial === serial),
        1,
      );
      const reason = serial === top.serial ? 'call' : 'cascade';
      return { type: 'handle-close', serial, reason, cascadeRoot: top.serial };
    });
  }

  #subtree(serial: number): number[] {
    const below = this.#open.filter((one) => one.parent === serial).reverse();
    return [...below.flatMap((one) => this.#subtree(one.serial)), serial];
  }

  #begin(handle: number, fn: FunctionName): EntryBody {
    this.#call += 1;
    this.#running.push(this.#call);
    return { type: 'call-begin', call: this.#call, fn, handle: handle === 0 ? null : handle, args: [] };
  }

  #end(which: number): EntryBody[] {
    const [call] = this.#running.splice(which % Math.max(this.#running.length, 1), 1);
    if (call === undefined) return [];
    const failed = which % 4 === 0;
    return [
      failed
        ? { type: 'call-end', call, result: null, error: 'ERROR_INTERNET_TIMEOUT' }
        : { type: 'call-end', call, result: 1 },
    ];
  }

  /** Open, closed, or not there yet; 0 is none. */
  #someSerial(which: number): number {
    return which % (this.#serial + 2);
  }
}
