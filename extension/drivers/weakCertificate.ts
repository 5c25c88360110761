import type { X509Certificate } from 'node:crypto';

/**
 * What OpenSSL's level of security refuses: Node tells of it as UNSPECIFIED, as of other rarities, so the certificates are
 * looked at.
 */

/** Bits of a key that are as hard to break as a symmetric one of 112 bits (SP 800-57, part 1, table 2). */
const LEAST_BITS: Readonly<Record<string, number>> = { rsa: 2048, 'rsa-pss': 2048, dsa: 2048 };

/** DER of the algorithms that sign with MD2, MD4, MD5 or SHA-1 (RFC 3279 2.2, RFC 5758 3). */
const WEAK_SIGNATURES = [
  '06092a864886f70d010102',
  '06092a864886f70d010103',
  '06092a864886f70d010104',
  '06092a864886f70d010105',
  '06072a8648ce380403',
  '06072a8648ce3d0401',
].map((hex) => Buffer.from(hex, 'hex'));

/** Has a certificate too short a key, or is it signed with an outdated hash? Of one that signs itself the hash does not matter. */
export function isWeak(certificate: X509Certificate): boolean {
  const { asymmetricKeyType, asymmetricKeyDetails } = certificate.publicKey;
  const bits = asymmetricKeyDetails?.modulusLength;
  if (bits !== undefined && bits < (LEAST_BITS[asymmetricKeyType ?? ''] ?? 0)) return true;
  return !certificate.checkIssued(certificate) && WEAK_SIGNATURES.some((one) => certificate.raw.includes(one));
}
