import 'reflect-metadata';
import { createPrivateKey, webcrypto } from 'node:crypto';
import { X509Certificate, X509CrlGenerator } from '@peculiar/x509';
import { generate, type SelfsignedOptions } from 'selfsigned';

/** A key and its certificate, PEM. */
export interface Made {
  readonly key: string;
  readonly cert: string;
}

const DAY = 86_400_000;

/** What is wrong with a certificate; nothing, if nothing is said. */
export interface Flaws {
  readonly expired?: boolean;
  readonly notYetValid?: boolean;
  readonly wrongName?: boolean;
  /** Issued for clients. */
  readonly wrongUsage?: boolean;
  /** Signed with SHA-1. */
  readonly weakHash?: boolean;
  /** RSA of 1024 bits; for an authority of RSA. */
  readonly shortKey?: boolean;
  /** Signs it; otherwise it signs itself. */
  readonly authority?: Made;
}

/** Makes a certificate for 127.0.0.1 and localhost, with flaws. */
export async function makeServerCertificate({
  expired,
  notYetValid,
  wrongName,
  wrongUsage,
  weakHash,
  shortKey,
  authority,
}: Flaws): Promise<Made> {
  const altNames = wrongName
    ? [{ type: 2 as const, value: 'other.example' }]
    : [
        { type: 2 as const, value: 'localhost' },
        { type: 7 as const, ip: '127.0.0.1' },
      ];
  return make('server', {
    notBeforeDate: new Date(Date.now() + (notYetValid ? DAY : -30 * DAY)),
    notAfterDate: new Date(Date.now() + (expired ? -DAY : 2 * DAY)),
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'subjectAltName', altNames },
      ...(wrongUsage ? [{ name: 'extKeyUsage' as const, clientAuth: true }] : []),
    ],
    ...(weakHash ? { algorithm: 'sha1' as const } : {}),
    ...(shortKey ? { keyType: 'rsa' as const, keySize: 1024 } : {}),
    ...(authority === undefined ? {} : { ca: { key: authority.key, cert: authority.cert } }),
  });
}

/** Makes an authority that tests can trust. */
export function makeAuthority(keyType: 'ec' | 'rsa' = 'ec'): Promise<Made> {
  return make('authority of a test', {
    keyType,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
}

/** Makes the authority's list of these revoked certificates, PEM. */
export async function makeRevocationList(authority: Made, revoked: readonly Made[]): Promise<string> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const der = createPrivateKey(authority.key).export({ type: 'pkcs8', format: 'der' });
  const signingKey = await webcrypto.subtle.importKey('pkcs8', der, algorithm, false, ['sign']);
  const list = await X509CrlGenerator.create({
    issuer: new X509Certificate(authority.cert).subject,
    thisUpdate: new Date(Date.now() - DAY),
    nextUpdate: new Date(Date.now() + DAY),
    signingAlgorithm: algorithm,
    signingKey,
    entries: revoked.map(({ cert }) => ({
      serialNumber: new X509Certificate(cert).serialNumber,
      revocationDate: new Date(Date.now() - DAY),
    })),
  });
  // The library's label is CRL; OpenSSL reads that of RFC 7468 5.
  return list.toString('pem').replace(/\bCRL\b/g, 'X509 CRL');
}

async function make(commonName: string, options: SelfsignedOptions): Promise<Made> {
  const made = await generate([{ name: 'commonName', value: commonName }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    ...options,
  });
  return { key: made.private, cert: made.cert };
}
