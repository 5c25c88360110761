import { createHash } from 'node:crypto';

/** The name of the fingerprints in SARIF. */
export const FINGERPRINT = 'hinternetDiagnosis/v1';

/** Fingerprints by which the same finding is known again in a later run, where lines, ports and values of handles are others. */
export class Fingerprints {
  readonly #seen = new Map<string, number>();

  /** The fingerprint of the next finding; equal ones are told apart by their number. */
  next(topic: string, uri: string, text: string): string {
    const lasting = `${topic}\n${uri}\n${text}`.replaceAll(/0x[0-9A-F]+|\d+/gi, '#');
    const before = this.#seen.get(lasting) ?? 0;
    this.#seen.set(lasting, before + 1);
    return createHash('sha256').update(`${lasting}\n${before}`).digest('hex').slice(0, 32);
  }
}
