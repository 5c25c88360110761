import { createHash, createPrivateKey, X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import type { ClientCertificate } from './ports/http.ts';
import { CallFailure } from './winInetError.ts';

/**
 * The value of INTERNET_OPTION_CLIENT_CERT_CONTEXT. The original's CERT_CONTEXT points into a store of Windows that knows the
 * private key; here the key comes along, in either of the forms in which authorities hand certificates out.
 */
export type CERT_CONTEXT =
  | {
      /** PEM: the client's certificate first, then those that lead to its authority. */
      readonly cert: string | Uint8Array;
      /** PEM; encrypted only with a passphrase. */
      readonly key: string | Uint8Array;
      readonly passphrase?: string;
    }
  | {
      /** The bytes of a PFX (PKCS #12) file: certificates and key. */
      readonly pfx: Uint8Array;
      readonly passphrase?: string;
    };

/** Is it of the form of a CERT_CONTEXT? Whether its contents fit each other is another question. */
export function isCertContext(value: unknown): value is CERT_CONTEXT {
  if (typeof value !== 'object' || value === null) return false;
  const { cert, key, pfx, passphrase }: Partial<Record<string, unknown>> = { ...value };
  if (passphrase !== undefined && typeof passphrase !== 'string') return false;
  if (pfx !== undefined) return pfx instanceof Uint8Array && cert === undefined && key === undefined;
  return isPem(cert) && isPem(key);
}

/**
 * A certificate to present, once it is sure that it can be. Fails with ERROR_INVALID_PARAMETER and a sentence that says
 * what to do; it repeats nothing of what was given.
 */
export function clientCertificateOf(given: CERT_CONTEXT): ClientCertificate {
  const { passphrase } = given;
  const secret = passphrase === undefined ? {} : { passphrase };
  if ('pfx' in given) {
    const pfx = Buffer.from(given.pfx);
    attempt(
      () => createSecureContext({ pfx, ...secret }),
      PFX_PROBLEMS,
      'Nothing can be read from pfx: pass the bytes of a PFX file, and its passphrase.',
    );
    return { identity: identityOf(pfx), material: { pfx, ...secret } };
  }
  const cert = textOf(given.cert);
  const key = textOf(given.key);
  const leaf = attempt(() => new X509Certificate(cert), {}, 'No certificate can be read from cert: pass PEM text.');
  const privateKey = attempt(
    () => createPrivateKey({ key, ...secret }),
    KEY_PROBLEMS,
    'No private key can be read from key: pass PEM text.',
  );
  if (!leaf.checkPrivateKey(privateKey)) {
    throw refused('The key belongs to another certificate: pass the one with which cert was asked for.');
  }
  const material = { cert, key, ...secret };
  attempt(
    () => createSecureContext(material),
    KEY_PROBLEMS,
    'Ask for a certificate with a key of today: TLS refuses it.',
  );
  return { identity: identityOf(cert, key), material };
}

/** What OpenSSL says of a key, and what to do then. */
const KEY_PROBLEMS: Readonly<Record<string, string>> = {
  'interrupted or cancelled': 'The key is encrypted: pass its passphrase.',
  'bad decrypt': 'The passphrase is not that of the key: pass the right one.',
  // The same of BoringSSL, with which Electron is built.
  BAD_PASSWORD_READ: 'The key is encrypted: pass its passphrase.',
  BAD_DECRYPT: 'The passphrase is not that of the key: pass the right one.',
};

const PFX_PROBLEMS: Readonly<Record<string, string>> = {
  'mac verify failure': 'The passphrase is not that of the PFX file: pass the right one.',
  INCORRECT_PASSWORD: 'The passphrase is not that of the PFX file: pass the right one.',
  'Unsupported PKCS12 PFX data':
    'The PFX file is encrypted in an outdated way: export it anew with AES, or with `openssl pkcs12 -legacy` as PEM.',
  'Unable to load private key from PFX data': 'The PFX file holds no private key: export it with its key.',
};

function attempt<T>(step: () => T, problems: Readonly<Record<string, string>>, otherwise: string): T {
  try {
    return step();
  } catch (error) {
    const said = error instanceof Error ? error.message : '';
    const known = Object.entries(problems).find(([words]) => said.includes(words));
    throw refused(known?.[1] ?? otherwise);
  }
}

function refused(sentence: string): CallFailure {
  return new CallFailure('ERROR_INVALID_PARAMETER', sentence);
}

function identityOf(...parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(createHash('sha256').update(part).digest());
  return hash.digest('hex');
}

function isPem(value: unknown): boolean {
  return typeof value === 'string' || value instanceof Uint8Array;
}

function textOf(pem: string | Uint8Array): string {
  return typeof pem === 'string' ? pem : Buffer.from(pem).toString('latin1');
}
