import type { CallBegin, Entry } from '../journal.ts';
import type { Checkpoint } from '../model.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { Finding } from './rule.ts';

/** How many places of calls are remembered: a diagnosis may be about a call that is long over. */
const SITES = 20_000;

/** Knows where in a program's code the calls of a journal were made, and so where a finding is to be shown. */
export class DiagnosisPlaces {
  readonly #callSites = new Map<number, string>();
  readonly #madeAt = new Map<number, string>();

  /** @param base the tree before the first entry, of a journal that was cut */
  constructor(base?: Checkpoint) {
    for (const call of base?.calls ?? []) this.#begun(call);
  }

  /** Takes in the next entry. */
  follow(entry: Entry): void {
    if (entry.type === 'call-begin') this.#begun(entry);
    if (entry.type !== 'handle-open') return;
    const site = this.#callSites.get(entry.call);
    if (site !== undefined) remember(this.#madeAt, entry.serial, site);
  }

  /** What was found at the entry of this number, at its place. */
  diagnosis({ topic, serial, call, text, hit, others }: Finding, seq: number): Diagnosis {
    const madeAt = serial === null ? undefined : this.#madeAt.get(serial);
    const site = (call === null ? undefined : this.#callSites.get(call)) ?? madeAt ?? null;
    const rest = {
      ...(hit === undefined ? {} : { hit }),
      ...(others === undefined ? {} : { others }),
      ...(madeAt === undefined ? {} : { madeAt }),
    };
    return { topic, seq, serial, call, site, text, ...rest };
  }

  #begun({ call, site }: CallBegin): void {
    if (site !== undefined) remember(this.#callSites, call, site);
  }
}

function remember(sites: Map<number, string>, id: number, site: string): void {
  sites.set(id, site);
  if (sites.size <= SITES) return;
  const [oldest] = sites.keys();
  if (oldest !== undefined) sites.delete(oldest);
}
