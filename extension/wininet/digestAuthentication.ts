import { createHash } from 'node:crypto';
import type { Credentials } from './basicAuthentication.ts';

const HASHES = { MD5: 'md5', 'SHA-256': 'sha256', 'SHA-512-256': 'sha512-256' } as const;

/** What a server asks for with `WWW-Authenticate: Digest` (RFC 7616 3.3). */
export interface DigestChallenge {
  readonly realm: string;
  readonly nonce: string;
  readonly opaque: string | null;
  readonly hash: keyof typeof HASHES;
  /** The algorithm has `-sess`: the nonces go into the hash of the password. */
  readonly session: boolean;
  /** Is the body hashed too? Null for the form of RFC 2069, without a client's nonce. */
  readonly qop: 'auth' | 'auth-int' | null;
  /** The name goes as a hash. */
  readonly userhash: boolean;
  readonly utf8: boolean;
  /** Only the nonce was too old: the password need not be asked for again. */
  readonly stale: boolean;
}

/** What of a request the digest covers. */
export interface DigestedRequest {
  readonly method: string;
  /** As in the request line. */
  readonly uri: string;
  readonly body: Uint8Array | null;
  /** How many requests have used the nonce, this one included. */
  readonly count: number;
  /** The client's own nonce. */
  readonly cnonce: string;
}

/** Reads a challenge; null where it lacks realm or nonce, or wants an algorithm or protection that is not known. */
export function digestChallenge(parameters: ReadonlyMap<string, string>): DigestChallenge | null {
  const realm = parameters.get('realm');
  const nonce = parameters.get('nonce');
  const [, name = '', session] = /^(.*?)(-sess)?$/i.exec(parameters.get('algorithm') ?? 'MD5') ?? [];
  const hash = hashNamed(name);
  const offered = parameters
    .get('qop')
    ?.toLowerCase()
    .split(/[\s,]+/);
  const qop = offered === undefined ? null : (['auth', 'auth-int'] as const).find((one) => offered.includes(one));
  if (realm === undefined || nonce === undefined || hash === undefined || qop === undefined) return null;
  return {
    realm,
    nonce,
    opaque: parameters.get('opaque') ?? null,
    hash,
    session: session !== undefined,
    qop,
    userhash: parameters.get('userhash')?.toLowerCase() === 'true',
    utf8: parameters.get('charset')?.toLowerCase() === 'utf-8',
    stale: parameters.get('stale')?.toLowerCase() === 'true',
  };
}

/** The value of an Authorization or Proxy-Authorization header that answers a challenge (RFC 7616 3.4). */
export function digestAuthorization(
  challenge: DigestChallenge,
  { user, password }: Credentials,
  request: DigestedRequest,
): string {
  const { realm, nonce, opaque, qop, session, userhash } = challenge;
  const text = (value: string) => Buffer.from(value, isLatin1(value) && !challenge.utf8 ? 'latin1' : 'utf8');
  const hash = (...parts: (string | Uint8Array)[]) => {
    const digest = createHash(HASHES[challenge.hash]);
    for (const [index, part] of parts.entries()) {
      if (index > 0) digest.update(':');
      digest.update(typeof part === 'string' ? text(part) : part);
    }
    return digest.digest('hex');
  };
  const { method, uri, body, cnonce } = request;
  const count = request.count.toString(16).padStart(8, '0');
  const secret = hash(user, realm, password);
  const first = session ? hash(secret, nonce, cnonce) : secret;
  const second = qop === 'auth-int' ? hash(method, uri, hash(body ?? '')) : hash(method, uri);
  const response = qop === null ? hash(first, nonce, second) : hash(first, nonce, count, cnonce, qop, second);
  const algorithm = `${challenge.hash}${session ? '-sess' : ''}`;
  return `Digest ${[
    ...userFields(userhash ? hash(user, realm) : user, userhash),
    `realm=${quoted(realm)}`,
    `nonce=${quoted(nonce)}`,
    `uri=${quoted(uri)}`,
    `algorithm=${algorithm}`,
    ...(qop === null ? [] : [`qop=${qop}`, `nc=${count}`]),
    ...(qop === null && !session ? [] : [`cnonce=${quoted(cnonce)}`]),
    `response="${response}"`,
    ...(opaque === null ? [] : [`opaque=${quoted(opaque)}`]),
  ].join(', ')}`;
}

function hashNamed(name: string): DigestChallenge['hash'] | undefined {
  return Object.keys(HASHES).find((one): one is DigestChallenge['hash'] => one === name.toUpperCase());
}

/** A name beyond ASCII goes in the form of RFC 5987, since a header has no letters for it. */
function userFields(user: string, hashed: boolean): readonly string[] {
  if (hashed) return [`username="${user}"`, 'userhash=true'];
  if (/^[\x20-\x7e]*$/.test(user)) return [`username=${quoted(user)}`];
  const escaped = encodeURIComponent(user).replace(/['()*]/g, (one) => `%${one.charCodeAt(0).toString(16)}`);
  return [`username*=UTF-8''${escaped}`];
}

function quoted(value: string): string {
  return `"${value.replace(/["\\]/g, '\\$&')}"`;
}

function isLatin1(value: string): boolean {
  return !/[^\p{ASCII}\u0080-\u00ff]/u.test(value);
}
