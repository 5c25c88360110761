import { X509Certificate } from 'node:crypto';
import type { HttpSecurity } from './ports/http.ts';

/**
 * The value of INTERNET_OPTION_SERVER_CERT_CHAIN_CONTEXT: the one chain that there is, from the server's certificate to the last
 * that is known. Counts and sizes are those of the arrays; nothing needs to be freed.
 */
export interface CERT_CHAIN_CONTEXT {
  /** CERT_TRUST_* of what is wrong with the chain, tolerated or not; 0: nothing. A name that does not fit is no fault of it. */
  readonly TrustStatus: { readonly dwErrorStatus: number };
  readonly rgpChain: readonly [{ readonly rgpElement: readonly CERT_CHAIN_ELEMENT[] }];
}

/** One certificate of a chain. */
export interface CERT_CHAIN_ELEMENT {
  readonly pCertContext: {
    /** DER. */
    readonly pbCertEncoded: Uint8Array;
    /** Names have one part a line, as `CN=example`; the serial number is hexadecimal. */
    readonly pCertInfo: {
      readonly SerialNumber: string;
      readonly Issuer: string;
      readonly Subject: string;
      readonly NotBefore: Date;
      readonly NotAfter: Date;
    };
  };
}

// CERT_TRUST_*, of wincrypt.h.
const IS_NOT_TIME_VALID = 0x1;
const IS_REVOKED = 0x4;
const HAS_WEAK_SIGNATURE = 0x10_0000;
const IS_NOT_VALID_FOR_USAGE = 0x10;
const IS_UNTRUSTED_ROOT = 0x20;
const REVOCATION_STATUS_UNKNOWN = 0x40;
const IS_PARTIAL_CHAIN = 0x1_0000;

/** The chain of the server's certificate. */
export function certificateChain({ chain, faults }: HttpSecurity): CERT_CHAIN_CONTEXT {
  const certificates = chain.map((der) => new X509Certificate(der));
  const last = certificates.at(-1);
  const untrusted = last !== undefined && last.subject === last.issuer ? IS_UNTRUSTED_ROOT : IS_PARTIAL_CHAIN;
  const dwErrorStatus =
    (faults.wrongDate ? IS_NOT_TIME_VALID : 0) |
    (faults.revoked ? IS_REVOKED : 0) |
    (faults.weak ? HAS_WEAK_SIGNATURE : 0) |
    (faults.wrongUsage ? IS_NOT_VALID_FOR_USAGE : 0) |
    (faults.unknownAuthority ? untrusted : 0) |
    (faults.revocationUnknown ? REVOCATION_STATUS_UNKNOWN : 0);
  return { TrustStatus: { dwErrorStatus }, rgpChain: [{ rgpElement: certificates.map(elementOf) }] };
}

function elementOf(certificate: X509Certificate): CERT_CHAIN_ELEMENT {
  const { raw, serialNumber, issuer, subject, validFrom, validTo } = certificate;
  return {
    pCertContext: {
      pbCertEncoded: new Uint8Array(raw),
      pCertInfo: {
        SerialNumber: serialNumber,
        Issuer: issuer,
        Subject: subject,
        NotBefore: new Date(validFrom),
        NotAfter: new Date(validTo),
      },
    },
  };
}
