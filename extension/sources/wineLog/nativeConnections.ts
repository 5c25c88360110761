import type { ConnectionUse } from '../../shared/journal.ts';

/** What a log tells of the use of a connection: which it is, and nothing of its socket. */
type Told = Omit<ConnectionUse, 'type' | 'serial' | 'call'>;

/** The connections of a native process to HTTP servers, by their addresses in the log; those are used again. */
export class NativeConnections {
  readonly #open = new Map<string, { readonly number: number; readonly openedFor: number; uses: number }>();
  #count = 0;

  /** A request of a handle goes over a connection. */
  use(object: string, isNew: boolean, serial: number): Told {
    let line = isNew ? undefined : this.#open.get(object);
    if (line === undefined) {
      this.#count += 1;
      // One that was kept from before the log began was opened for nobody that is known.
      line = { number: this.#count, openedFor: isNew ? serial : 0, uses: isNew ? 0 : 1 };
      this.#open.set(object, line);
    }
    line.uses += 1;
    const { number, openedFor, uses } = line;
    return { connection: number, openedFor, use: uses, purpose: 'http', local: null, peer: null };
  }
}
