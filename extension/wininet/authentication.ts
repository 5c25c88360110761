import { randomBytes } from 'node:crypto';
import { type AuthenticationChallenge, readChallenges, readParameters } from './authenticationChallenge.ts';
import { basicAuthorization, type Credentials } from './basicAuthentication.ts';
import { type DigestChallenge, digestAuthorization, digestChallenge } from './digestAuthentication.ts';
import type { HttpAnswer, HttpExchange } from './ports/http.ts';

/** Whom to convince: the server with 401, or the proxy on the way with 407. */
export type AuthenticationSide = 'server' | 'proxy';

/** The names of a side's headers, and the status with which it refuses. */
export const AUTHENTICATION_SIDES = {
  server: {
    status: 401,
    challenge: 'WWW-Authenticate',
    answer: 'Authorization',
    info: 'authentication-info',
  },
  proxy: {
    status: 407,
    challenge: 'Proxy-Authenticate',
    answer: 'Proxy-Authorization',
    info: 'proxy-authentication-info',
  },
} as const;

/** The part of a request that its authorization may cover. */
export type AuthorizedRequest = Pick<HttpExchange, 'method' | 'target' | 'body'>;

/** Name and password that answer one challenge, again and again while they are accepted. */
export class Authentication {
  readonly credentials: Credentials;
  readonly realm: string;
  #digest: DigestChallenge | null;
  #count = 0;

  /** @param digest null for Basic */
  constructor(credentials: Credentials, realm: string, digest: DigestChallenge | null) {
    this.credentials = credentials;
    this.realm = realm;
    this.#digest = digest;
  }

  /** The value of the header that goes with a request. */
  authorization({ method, target, body }: AuthorizedRequest): string {
    if (this.#digest === null) return basicAuthorization(this.credentials);
    this.#count += 1;
    const cnonce = randomBytes(16).toString('hex');
    // A body that comes in pieces cannot be hashed before its head has gone.
    const digested = {
      method,
      uri: target,
      body: body instanceof Uint8Array ? body : null,
      count: this.#count,
      cnonce,
    };
    return digestAuthorization(this.#digest, this.credentials, digested);
  }

  /** Heeds the nonce that an accepted answer names for the next request (RFC 7616 3.5). */
  accepted(answer: HttpAnswer, side: AuthenticationSide): void {
    const { info } = AUTHENTICATION_SIDES[side];
    const value = answer.headers.find(([name]) => name.toLowerCase() === info)?.[1];
    const nonce = value === undefined ? undefined : readParameters(value).get('nextnonce');
    if (this.#digest !== null && nonce !== undefined) this.#renew({ ...this.#digest, nonce });
  }

  /** Was only the nonce too old? Then the new one is taken and the request may be sent again. */
  refreshed(answer: HttpAnswer, side: AuthenticationSide): boolean {
    const challenge = strongest(answer, side);
    if (this.#digest === null || challenge?.digest?.stale !== true || challenge.digest.nonce === this.#digest.nonce) {
      return false;
    }
    this.#renew(challenge.digest);
    return true;
  }

  #renew(digest: DigestChallenge): void {
    this.#digest = digest;
    this.#count = 0;
  }
}

/** A challenge that can be answered here: Basic, or Digest with what it asks for. */
export interface AnswerableChallenge {
  readonly realm: string;
  readonly digest: DigestChallenge | null;
}

/** The strongest challenge of a refusal that can be answered: Digest before Basic; null where there is none. */
export function strongest(answer: Pick<HttpAnswer, 'headers'>, side: AuthenticationSide): AnswerableChallenge | null {
  const challenges = readChallenges(answer.headers, AUTHENTICATION_SIDES[side].challenge);
  const digests = challenges
    .filter(({ scheme }) => scheme === 'digest')
    .map(({ parameters }) => digestChallenge(parameters));
  const digest =
    digests.find((one) => one !== null && one.hash !== 'MD5') ?? digests.find((one) => one !== null) ?? null;
  if (digest !== null) return { realm: digest.realm, digest };
  const basic = challenges.find(({ scheme }) => scheme === 'basic');
  return basic === undefined ? null : { realm: basic.parameters.get('realm') ?? '', digest: null };
}

/** The schemes of a refusal, as the server names them, for people. */
export function schemesOf(answer: HttpAnswer, side: AuthenticationSide): string {
  const challenges = readChallenges(answer.headers, AUTHENTICATION_SIDES[side].challenge);
  return challenges.map(({ scheme }: AuthenticationChallenge) => scheme).join(', ');
}
