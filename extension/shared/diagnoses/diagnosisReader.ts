import type { CallBegin, Entry, HandleOpen } from '../journal.ts';
import { Diagnoser, type DiagnoserOptions } from './diagnoser.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { Finding } from './rule.ts';

/** How many places of calls are remembered: a diagnosis may be about a call that is long over. */
const SITES = 20_000;

/**
 * Reads a journal of any source and gives its diagnoses: those that its source recorded, and those that show in its entries.
 * What a recorder has found already by the same rules is not told twice.
 */
export class DiagnosisReader {
  readonly #diagnoser: Diagnoser;
  readonly #callSites = new Map<number, string>();
  readonly #madeAt = new Map<number, string>();
  /** What was told, by who found it first. */
  readonly #computed = new Set<string>();
  readonly #recorded = new Set<string>();

  constructor(options: DiagnoserOptions = {}) {
    this.#diagnoser = new Diagnoser(options);
    for (const call of options.base?.calls ?? []) this.#begun(call);
  }

  /** Reads the next entry. */
  read(entry: Entry): readonly Diagnosis[] {
    if (entry.type === 'call-begin') this.#begun(entry);
    else if (entry.type === 'handle-open') this.#opened(entry);
    const found = this.#diagnoser
      .read(entry)
      .filter((finding) => this.#isNews(finding, this.#computed, this.#recorded));
    const all =
      entry.type === 'note' && this.#isNews(entry, this.#recorded, this.#computed) ? [entry, ...found] : found;
    return all.map((finding) => this.#diagnosis(finding, entry.seq));
  }

  #isNews(finding: Finding, told: Set<string>, toldByOther: Set<string>): boolean {
    const key = `${finding.topic} ${finding.serial} ${finding.call}`;
    if (toldByOther.delete(key)) return false;
    told.add(key);
    return true;
  }

  #diagnosis({ topic, serial, call, text, hit }: Finding, seq: number): Diagnosis {
    const madeAt = serial === null ? undefined : this.#madeAt.get(serial);
    const site = (call === null ? undefined : this.#callSites.get(call)) ?? madeAt ?? null;
    const rest = { ...(hit === undefined ? {} : { hit }), ...(madeAt === undefined ? {} : { madeAt }) };
    return { topic, seq, serial, call, site, text, ...rest };
  }

  #begun({ call, site }: CallBegin): void {
    if (site === undefined) return;
    remember(this.#callSites, call, site);
  }

  #opened({ serial, call }: HandleOpen): void {
    const site = this.#callSites.get(call);
    if (site !== undefined) remember(this.#madeAt, serial, site);
  }
}

function remember(sites: Map<number, string>, id: number, site: string): void {
  sites.set(id, site);
  if (sites.size <= SITES) return;
  const [oldest] = sites.keys();
  if (oldest !== undefined) sites.delete(oldest);
}
