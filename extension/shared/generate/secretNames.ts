import { MASK } from '../redact.ts';
import type { Secret } from './program.ts';

/** A variable of the environment, and what it holds in a few words. */
export type NamedSecret = readonly [variable: string, what: string];

/** The secrets of one program: the same secret has one variable, another one of the same name a number. */
export class SecretNames {
  readonly #secrets = new Map<string, Secret>();

  constructor(known: readonly Secret[] = []) {
    for (const secret of known) this.#secrets.set(secret.variable, secret);
  }

  get all(): readonly Secret[] {
    return [...this.#secrets.values()];
  }

  /** A text in pieces: what is masked in it becomes a secret, named by what stands before it. */
  partsOf(text: string, nameOf: (before: string) => NamedSecret = maskedBehind): readonly (string | Secret)[] {
    const pieces = text.split(MASK);
    return pieces.flatMap((piece, index) => [
      ...(index === 0 ? [] : [this.#secret(nameOf(pieces[index - 1] ?? ''))]),
      ...(piece === '' ? [] : [piece]),
    ]);
  }

  #secret([variable, what]: NamedSecret): Secret {
    for (let count = 1; ; count += 1) {
      const name = count === 1 ? variable : `${variable}_${count}`;
      const found = this.#secrets.get(name);
      if (found?.what === what) return found;
      if (found !== undefined) continue;
      const secret = { variable: name, what };
      this.#secrets.set(name, secret);
      return secret;
    }
  }
}

/** What is masked behind a piece of a header, of a query or of an address. */
export function maskedBehind(before: string): NamedSecret {
  const header = /(?:^|[\r\n])[ \t]*([\w-]+)[ \t]*: ?$/.exec(before)?.[1];
  if (header !== undefined) return [`HINTERNET_${variablePart(header)}`, `the value of the header ${header}`];
  const query = /[?&;]([\w-]+)=$/.exec(before)?.[1];
  if (query !== undefined) return [`HINTERNET_${variablePart(query)}`, `the value of ${query} in the address`];
  if (/\/\/$/.test(before)) return ['HINTERNET_USER_AND_PASSWORD', 'user:password of the address'];
  return ['HINTERNET_SECRET', 'something that the journal masks'];
}

function variablePart(name: string): string {
  return name.toUpperCase().replaceAll('-', '_');
}
