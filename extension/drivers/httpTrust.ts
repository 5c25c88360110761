import { createSecureContext, type SecureContext } from 'node:tls';
import type { ClientCertificate, HttpExchange } from '../wininet/ports/http.ts';

/** What a driver may be told. */
export interface HttpDriverOptions {
  /** PEM texts of the authorities to trust instead of Node's own. */
  readonly authorities?: readonly string[];
  /**
   * PEM texts of certificate revocation lists: with any, every authority of a chain needs one. Nothing is fetched, and nothing
   * is asked by OCSP. OpenSSL tells a wrong date before a revocation: who tolerates the one may miss the other.
   */
  readonly revocationLists?: readonly string[];
}

/** Whom TLS trusts, and as whom it presents itself. */
export class HttpTrust {
  /** PEM texts; Node's own authorities where undefined. */
  readonly authorities: readonly string[] | undefined;
  readonly #trusted: { readonly ca?: string[]; readonly crl?: string[] };
  readonly #anonymous: SecureContext | undefined;
  readonly #presenting = new WeakMap<ClientCertificate, SecureContext>();

  constructor({ authorities, revocationLists }: HttpDriverOptions) {
    this.authorities = authorities;
    this.#trusted = {
      ...(authorities === undefined ? {} : { ca: [...authorities] }),
      ...(revocationLists === undefined ? {} : { crl: [...revocationLists] }),
    };
    // Without any of its own, Node's shared context is as good and costs nothing.
    this.#anonymous = Object.keys(this.#trusted).length === 0 ? undefined : createSecureContext(this.#trusted);
  }

  /** What a handshake needs; undefined where Node's own context does. */
  contextFor(client: HttpExchange['clientCertificate']): SecureContext | undefined {
    if (typeof client !== 'object') return this.#anonymous;
    let context = this.#presenting.get(client);
    if (context === undefined) {
      const { material } = client;
      const presented = 'pfx' in material ? { ...material, pfx: Buffer.from(material.pfx) } : material;
      context = createSecureContext({ ...this.#trusted, ...presented });
      this.#presenting.set(client, context);
    }
    return context;
  }
}
