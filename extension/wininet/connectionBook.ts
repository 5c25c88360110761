import type { ConnectionSecurity, ConnectionUse } from '../shared/journal.ts';
import type { SocketFacts, SocketSecurity } from './ports/driver.ts';

/** The connections of an engine: it numbers them, and knows what each was opened for and how often it was used. */
export class ConnectionBook {
  readonly #known = new WeakMap<SocketFacts, { readonly number: number; readonly openedFor: number; uses: number }>();
  #count = 0;

  /** A handle's work goes over a connection; what the journal is to tell of it. */
  use(serial: number, call: number, socket: SocketFacts): ConnectionUse {
    let line = this.#known.get(socket);
    if (line === undefined) {
      this.#count += 1;
      line = { number: this.#count, openedFor: serial, uses: 0 };
      this.#known.set(socket, line);
    }
    line.uses += 1;
    const { purpose, local, peer, proxy, security } = socket;
    return {
      ...{ type: 'connection', serial, call, connection: line.number, openedFor: line.openedFor, use: line.uses },
      ...{ purpose, local, peer },
      ...(proxy === undefined ? {} : { proxy }),
      ...(security === undefined ? {} : { security: recorded(security) }),
    };
  }
}

function recorded({ protocol, cipher, keyBits, certificate }: SocketSecurity): ConnectionSecurity {
  const { subject, issuer, validFrom, validTo } = certificate;
  const dates = { validFrom: isoDate(validFrom), validTo: isoDate(validTo) };
  return { protocol, cipher, keyBits, subject: subject.slice(0, LIMIT), issuer: issuer.slice(0, LIMIT), ...dates };
}

function isoDate(date: Date): string {
  return Number.isNaN(date.getTime()) ? '' : date.toISOString();
}

/** A name in a certificate may be as long as its server likes. */
const LIMIT = 1000;
