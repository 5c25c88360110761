import type { CallBegin, Entry, NoteTopic } from '../journal.ts';
import type { Checkpoint } from '../model.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { Finding } from './rule.ts';

/** How many places of calls are remembered: a diagnosis may be about a call that is long over. */
const SITES = 20_000;

/** Diagnoses of handles that were closed before: where that was is the other half of the fault. */
const CLOSED_BEFORE: ReadonlySet<NoteTopic> = new Set<NoteTopic>(['double-close', 'use-after-close', 'stale-use']);

/** Knows where in a program's code the calls of a journal were made, and so where a finding is to be shown. */
export class DiagnosisPlaces {
  readonly #callSites = new Map<number, string>();
  readonly #madeAt = new Map<number, string>();
  /** Where the closing of a handle began. */
  readonly #closings = new Map<number, string>();
  readonly #closedAt = new Map<number, string>();
  /** Handles that are open below another one, in the order in which they were made. */
  readonly #below = new Map<number, Set<number>>();
  readonly #parents = new Map<number, number>();

  /** @param base the tree before the first entry, of a journal that was cut */
  constructor(base?: Checkpoint) {
    for (const call of base?.calls ?? []) this.#begun(call);
    for (const { serial, parent, site, closed } of base?.nodes ?? []) {
      if (site !== undefined) remember(this.#madeAt, serial, site);
      if (closed === null) this.#opened(serial, parent);
    }
  }

  /** Takes in the next entry. */
  follow(entry: Entry): void {
    if (entry.type === 'call-begin') this.#begun(entry);
    else if (entry.type === 'handle-open') {
      const site = this.#callSites.get(entry.call);
      if (site !== undefined) remember(this.#madeAt, entry.serial, site);
      this.#opened(entry.serial, entry.parent);
    } else if (entry.type === 'handle-close') {
      const site = this.#closings.get(entry.cascadeRoot);
      if (site !== undefined) remember(this.#closedAt, entry.serial, site);
      this.#closed(entry.serial);
    }
  }

  /** What was found at the entry of this number, at its place. */
  diagnosis({ topic, serial, call, text, hit, others }: Finding, seq: number): Diagnosis {
    const madeAt = serial === null ? undefined : this.#madeAt.get(serial);
    const closedAt = serial !== null && CLOSED_BEFORE.has(topic) ? this.#closedAt.get(serial) : undefined;
    const heldAt = serial !== null && topic === 'session-busy' ? this.#newestBelow(serial) : undefined;
    const site = (call === null ? undefined : this.#callSites.get(call)) ?? madeAt ?? null;
    const rest = {
      ...(hit === undefined ? {} : { hit }),
      ...(others === undefined ? {} : { others }),
      ...(madeAt === undefined ? {} : { madeAt }),
      ...(closedAt === undefined ? {} : { closedAt }),
      ...(heldAt === undefined ? {} : { heldAt }),
    };
    return { topic, seq, serial, call, site, text, ...rest };
  }

  #opened(serial: number, parent: number | null): void {
    if (parent === null) return;
    this.#parents.set(serial, parent);
    const below = this.#below.get(parent);
    if (below === undefined) this.#below.set(parent, new Set([serial]));
    else below.add(serial);
  }

  #closed(serial: number): void {
    const parent = this.#parents.get(serial);
    this.#parents.delete(serial);
    this.#below.delete(serial);
    if (parent !== undefined) this.#below.get(parent)?.delete(serial);
  }

  /** Where the newest handle was made that is open below another one. */
  #newestBelow(serial: number): string | undefined {
    const newest = [...(this.#below.get(serial) ?? [])].at(-1);
    return newest === undefined ? undefined : this.#madeAt.get(newest);
  }

  #begun({ call, site, fn, handle }: CallBegin): void {
    if (site === undefined) return;
    remember(this.#callSites, call, site);
    if (fn === 'InternetCloseHandle' && handle !== null) remember(this.#closings, handle, site);
  }
}

function remember(sites: Map<number, string>, id: number, site: string): void {
  sites.set(id, site);
  if (sites.size <= SITES) return;
  const [oldest] = sites.keys();
  if (oldest !== undefined) sites.delete(oldest);
}
