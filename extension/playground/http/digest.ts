import { createHash, createHmac } from 'node:crypto';

/** Who may enter the pages behind a password. */
export const ACCOUNT = { user: 'ada', password: 'lovelace' } as const;

/** Name of the protected area in every challenge. */
export const REALM = 'HINTERNET playground';

/** A digest algorithm by its name in the protocol and its name in Node. */
export interface DigestAlgorithm {
  readonly name: 'MD5' | 'SHA-256';
  readonly hash: 'md5' | 'sha256';
}

/** What became of the credentials: a stale nonce may be answered again without asking the user. */
export type DigestVerdict = 'accepted' | 'refused' | 'stale';

/** The parts of a request that the digest covers. */
export interface DigestedRequest {
  readonly method: string;
  readonly target: string;
  readonly authorization: string;
}

const NONCE_LIFETIME = 5 * 60 * 1000;

/** A nonce that carries its time and a signature, so that nothing needs to be remembered about it. */
export function makeNonce(secret: Buffer, now: Date): string {
  const time = String(now.getTime());
  return Buffer.from(`${time}:${createHmac('sha256', secret).update(time).digest('hex')}`).toString('base64');
}

/** The value of WWW-Authenticate that asks for a digest (RFC 7616, 3.3). */
export function digestChallenge(algorithm: DigestAlgorithm, nonce: string, stale: boolean): string {
  const parts = [`realm="${REALM}"`, 'qop="auth"', `algorithm=${algorithm.name}`, `nonce="${nonce}"`];
  return `Digest ${[...parts, 'opaque="cGxheQ=="', ...(stale ? ['stale=true'] : [])].join(', ')}`;
}

/** Compares the digest a client computed with ours (RFC 7616, 3.4.1). */
export function judgeDigest(
  algorithm: DigestAlgorithm,
  request: DigestedRequest,
  secret: Buffer,
  now: Date,
): DigestVerdict {
  const fields = readFields(request.authorization);
  const field = (name: string): string => fields.get(name) ?? '';
  const hash = (text: string): string => createHash(algorithm.hash).update(text).digest('hex');
  const inner = hash(`${ACCOUNT.user}:${REALM}:${ACCOUNT.password}`);
  const outer = hash(`${request.method}:${request.target}`);
  const expected = hash([inner, field('nonce'), field('nc'), field('cnonce'), 'auth', outer].join(':'));
  const right =
    field('username') === ACCOUNT.user &&
    field('realm') === REALM &&
    field('uri') === request.target &&
    field('qop') === 'auth' &&
    (field('algorithm') || 'MD5').toUpperCase() === algorithm.name &&
    field('response').toLowerCase() === expected;
  if (!right) {
    return 'refused';
  }
  return isFresh(field('nonce'), secret, now) ? 'accepted' : 'stale';
}

function isFresh(nonce: string, secret: Buffer, now: Date): boolean {
  const time = Number(Buffer.from(nonce, 'base64').toString('latin1').split(':')[0]);
  const age = now.getTime() - time;
  return age >= 0 && age <= NONCE_LIFETIME && makeNonce(secret, new Date(time)) === nonce;
}

function readFields(authorization: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const match of authorization
    .slice('Digest '.length)
    .matchAll(/([a-z*]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/gi)) {
    const [, name = '', quoted, bare] = match;
    fields.set(name.toLowerCase(), quoted?.replaceAll(/\\(.)/g, '$1') ?? bare ?? '');
  }
  return fields;
}
