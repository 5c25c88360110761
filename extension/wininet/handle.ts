import { formatHandleValue } from '../shared/format.ts';
import type { HandleKind } from '../shared/hierarchy.ts';

/**
 * A handle as programs hold it. `value` is recycled, lowest first, as the original recycles its values; `serial` never is.
 *
 * The type parameter says what the handle is for, so that the compiler refuses `InternetReadFile(hConnect, …)`. Only an engine
 * makes handles, and it accepts only its own.
 */
export class HINTERNET<K extends HandleKind = HandleKind> {
  readonly value: number;
  readonly serial: number;
  /** Exists for the compiler only: it keeps handles of different kinds apart. */
  declare readonly kinds: K;
  readonly #issuer: object;

  constructor(value: number, serial: number, issuer: object) {
    this.value = value;
    this.serial = serial;
    this.#issuer = issuer;
  }

  /** Was this, whatever it is, made by that issuer? */
  static isFrom(candidate: unknown, issuer: object): candidate is HINTERNET {
    return typeof candidate === 'object' && candidate !== null && #issuer in candidate && candidate.#issuer === issuer;
  }

  toString(): string {
    return formatHandleValue(this.value);
  }
}

/** A handle whose kind shows only at run time, as that of InternetOpenUrl: every function takes it and checks it when called. */
export type UncheckedHandle = HINTERNET<never>;
