import { X509Certificate } from 'node:crypto';
import type { DetailedPeerCertificate, TLSSocket } from 'node:tls';
import * as tls from 'node:tls';
import type { DriverFailure } from '../wininet/ports/driver.ts';
import type { CertificateFaults } from '../wininet/ports/http.ts';
import type { HttpRoute } from './httpConnector.ts';
import { bareHost } from './httpConnector.ts';
import { httpFailure } from './httpFailure.ts';
import { authority } from './httpRequestHead.ts';
import { isWeak } from './weakCertificate.ts';

/** Codes of OpenSSL that say something about dates and nothing about the authority. */
const dateFaults = new Set(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID']);

/** Codes of OpenSSL that say that nothing is known of a revocation. */
const revocationFaults = new Set([
  'UNABLE_TO_GET_CRL',
  'CRL_HAS_EXPIRED',
  'CRL_NOT_YET_VALID',
  'CRL_SIGNATURE_FAILURE',
  'UNABLE_TO_DECRYPT_CRL_SIGNATURE',
]);

/** What Node calls faults that it has no name for. */
const UNNAMED = 'UNSPECIFIED';

/** Extended key usage of a TLS server, RFC 5280 4.2.1.12. */
const SERVER_AUTHENTICATION = '1.3.6.1.5.5.7.3.1';

/** What is wrong with the certificate that a server has presented, and the words for it. */
interface Findings {
  readonly faults: CertificateFaults;
  /** OpenSSL's code of what it found. */
  readonly code: string;
  readonly certificate: X509Certificate;
}

/**
 * Judges the server's certificate once the handshake is done: null if it is good, or if every fault is tolerated.
 * Of several faults the first counts: revoked, unknown authority, revocation unknown, weak, wrong usage, wrong name, wrong date.
 *
 * @param authorities PEM texts of the trusted ones; Node's where absent
 */
export function judgeCertificate(
  socket: TLSSocket,
  { server, certificates }: HttpRoute,
  authorities: readonly string[] | undefined,
): DriverFailure | null {
  const peer = authority(server.host, server.port);
  const found = findings(socket, server.host, authorities);
  if (found === null) return httpFailure('tls: handshake failed', peer, 'presented no certificate');
  const { faults, code, certificate } = found;
  if (!certificates.revocation && faults.revoked) {
    return httpFailure('tls: revoked', peer, 'presented a revoked certificate');
  }
  if (!certificates.unknownAuthority && faults.unknownAuthority) {
    return httpFailure('tls: unknown authority', peer, `presented a certificate of an unknown authority (${code})`);
  }
  if (!certificates.revocation && faults.revocationUnknown) {
    return httpFailure('tls: revocation unknown', peer, `presented a certificate that may be revoked (${code})`);
  }
  if (!certificates.weak && faults.weak) {
    return httpFailure(
      'tls: weak certificate',
      peer,
      'presented a certificate with a short key or an outdated signature',
    );
  }
  if (!certificates.wrongUsage && faults.wrongUsage) {
    return httpFailure('tls: wrong usage', peer, 'presented a certificate that is not for servers');
  }
  if (!certificates.wrongName && faults.wrongName) {
    return httpFailure(
      'tls: wrong name',
      peer,
      `presented a certificate for ${certificate.subjectAltName ?? 'others'}`,
    );
  }
  if (!certificates.wrongDate && faults.wrongDate) {
    const dates = `${certificate.validFrom} to ${certificate.validTo}`;
    return httpFailure('tls: wrong date', peer, `presented a certificate that is valid from ${dates}`);
  }
  return null;
}

/** What is wrong with the certificate of a server, whether that is tolerated or not; null where it has presented none. */
export function certificateFaults(
  socket: TLSSocket,
  host: string,
  authorities: readonly string[] | undefined,
): CertificateFaults | null {
  return findings(socket, host, authorities)?.faults ?? null;
}

function findings(socket: TLSSocket, host: string, authorities: readonly string[] | undefined): Findings | null {
  // Not getPeerX509Certificate: after it, Node 24 answers getPeerCertificate with nothing.
  const chain = socket.getPeerCertificate(true);
  if (chain?.raw === undefined) return null;
  const certificate = new X509Certificate(chain.raw);
  const code = verificationFault(socket);
  const wrongUsage = !isForServers(certificate);
  const weak = code === UNNAMED && certificatesOf(chain).some(isWeak);
  return {
    code,
    certificate,
    faults: {
      revoked: code === 'CERT_REVOKED',
      unknownAuthority: isUnknownAuthority(code, { wrongUsage, weak }, chain, authorities),
      weak,
      revocationUnknown: revocationFaults.has(code),
      wrongUsage,
      wrongName: tls.checkServerIdentity(bareHost(host), chain) !== undefined,
      wrongDate: dateFaults.has(code) || !isCurrent(certificate),
    },
  };
}

/** The code of OpenSSL's verification; Node's type says Error, its value is the code. */
function verificationFault(socket: TLSSocket): string {
  const error: unknown = socket.authorizationError;
  if (error === null || error === undefined) return '';
  if (typeof error === 'string') return error;
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}

/** OpenSSL tells one fault only; where that is no fault of the authority, the chain is walked to see whether a trusted root signed it. */
function isUnknownAuthority(
  fault: string,
  { wrongUsage: misused, weak }: Pick<CertificateFaults, 'wrongUsage' | 'weak'>,
  chain: DetailedPeerCertificate,
  authorities: readonly string[] | undefined,
): boolean {
  const hidesAuthority =
    dateFaults.has(fault) ||
    revocationFaults.has(fault) ||
    fault === 'CERT_REVOKED' ||
    // Of an authority's certificate it is a fault of the authority.
    (fault === 'INVALID_PURPOSE' && misused) ||
    (fault === UNNAMED && weak);
  return hidesAuthority ? !leadsTo(trustedRoots(authorities), chain) : fault !== '';
}

function leadsTo(roots: readonly X509Certificate[], chain: DetailedPeerCertificate): boolean {
  let signed: X509Certificate | undefined;
  for (const link of certificatesOf(chain)) {
    if (signed !== undefined && !(link.ca && hasSigned(link, signed))) return false;
    signed = link;
    if (roots.some((root) => root.fingerprint256 === link.fingerprint256 || hasSigned(root, link))) return true;
  }
  return false;
}

/** The certificates from the server's on, as far as they are known. */
export function certificatesOf(presented: DetailedPeerCertificate): readonly X509Certificate[] {
  const certificates: X509Certificate[] = [];
  const limit = 10; // longer chains are refused by OpenSSL as well
  let link: DetailedPeerCertificate | undefined = presented;
  while (link !== undefined && certificates.length < limit) {
    certificates.push(new X509Certificate(link.raw));
    // Node ends a chain with a certificate that is its own issuer, or with one that has none.
    const next: DetailedPeerCertificate | undefined = link.issuerCertificate;
    link = next === link ? undefined : next;
  }
  return certificates;
}

function hasSigned(issuer: X509Certificate, certificate: X509Certificate): boolean {
  return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
}

function trustedRoots(authorities: readonly string[] | undefined): readonly X509Certificate[] {
  return (authorities ?? tls.getCACertificates('default')).map((text) => new X509Certificate(text));
}

/** A certificate without extended key usages is for everything. */
function isForServers({ keyUsage }: X509Certificate): boolean {
  const usages: readonly string[] | undefined = keyUsage;
  return usages === undefined || usages.includes(SERVER_AUTHENTICATION);
}

function isCurrent(certificate: X509Certificate): boolean {
  const now = Date.now();
  return certificate.validFromDate.getTime() <= now && now <= certificate.validToDate.getTime();
}
