import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { DriverFailure } from '../wininet/ports/driver.ts';
import type { HttpExchange } from '../wininet/ports/http.ts';
import { httpFailure } from './httpFailure.ts';

/** What a server's wish for a certificate of the client comes to. */

type Client = Pick<HttpExchange, 'clientCertificate'>;

/** Alerts about the other side's certificate, RFC 8446 6.2. */
const CERTIFICATE_ALERT =
  /ALERT_(?:BAD_CERTIFICATE|UNSUPPORTED_CERTIFICATE|CERTIFICATE_REVOKED|CERTIFICATE_EXPIRED|CERTIFICATE_UNKNOWN|UNKNOWN_CA|ACCESS_DENIED)$/;

/** How far a handshake came. */
export interface Handshake {
  /** The server has asked for a certificate. Not every library that Node is built with tells: false then. */
  readonly asked: boolean;
  /** A cipher has been agreed upon. */
  readonly agreed: boolean;
}

/**
 * The failure of a server that asks for a certificate where nobody has decided which one it gets: as in the original, asking
 * is enough, before a byte of the request is sent. null where it does not ask.
 */
export function certificateWanted(socket: TLSSocket, client: Client, peer: string): DriverFailure | null {
  if (client.clientCertificate !== undefined || !asksForCertificate(socket)) return null;
  return httpFailure('tls: client certificate demanded', peer, 'asks for a certificate of the client');
}

/**
 * The failure of a connection that the server ended because of the client's certificate, or because there was none; null
 * where it had another reason. With TLS 1.3 that comes in place of the answer.
 */
export function certificateRefused(
  handshake: Handshake,
  client: Client,
  peer: string,
  error: Error,
): DriverFailure | null {
  const code = 'code' in error ? String(error.code) : '';
  const demands = demandsCertificate(code, handshake);
  if (typeof client.clientCertificate === 'object') {
    return demands || CERTIFICATE_ALERT.test(code)
      ? httpFailure('tls: client certificate refused', peer, `refused the certificate of the client (${code})`, error)
      : null;
  }
  // Before TLS 1.3 there is no alert for a certificate that is missing: servers say that it is bad.
  return demands || (handshake.asked && CERTIFICATE_ALERT.test(code))
    ? httpFailure('tls: client certificate demanded', peer, 'demands a certificate of the client', error)
    : null;
}

/**
 * TLS 1.3 has an alert for that; before, it is the one of a handshake without a cipher in common (RFC 5246 7.4.6), but one has
 * been agreed upon. So it is too where a server asks anew once it has seen the request.
 */
function demandsCertificate(code: string, { agreed }: Handshake): boolean {
  return code.endsWith('ALERT_CERTIFICATE_REQUIRED') || (agreed && code.endsWith('ALERT_HANDSHAKE_FAILURE'));
}

/** How far the handshake of a socket has come. */
export function handshakeOf(socket: TLSSocket): Handshake {
  const cipher: unknown = socket.getCipher();
  return { asked: asksForCertificate(socket), agreed: cipher !== undefined && cipher !== null };
}

/** Has the server asked for a certificate of the client? Known until the connection ends. */
export function asksForCertificate(socket: Socket): boolean {
  if (!(socket instanceof TLSSocket)) return false;
  // Of all that Node tells a client, only the algorithms that a CertificateRequest names show that there was one.
  // Behind the end, Node answers null against its type.
  const named: readonly string[] | null = socket.getSharedSigalgs();
  return named !== null && named.length > 0;
}
