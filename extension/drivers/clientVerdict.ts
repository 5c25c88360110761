import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { DriverFailure } from '../wininet/ports/driver.ts';
import type { HttpExchange } from '../wininet/ports/http.ts';
import { httpFailure } from './httpFailure.ts';

/** What a server's wish for a certificate of the client comes to. */

type Client = Pick<HttpExchange, 'clientCertificate'>;

/** Alerts about the other side's certificate, RFC 8446 6.2; TLS 1.2 has none for one that is missing, so servers send any of them. */
const CERTIFICATE_ALERT =
  /ALERT_(?:HANDSHAKE_FAILURE|BAD_CERTIFICATE|UNSUPPORTED_CERTIFICATE|CERTIFICATE_REVOKED|CERTIFICATE_EXPIRED|CERTIFICATE_UNKNOWN|CERTIFICATE_REQUIRED|UNKNOWN_CA|ACCESS_DENIED)$/;

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
 * @param asked whether the server has asked for a certificate in the handshake
 */
export function certificateRefused(asked: boolean, client: Client, peer: string, error: Error): DriverFailure | null {
  const code = 'code' in error ? String(error.code) : '';
  if (!asked || !CERTIFICATE_ALERT.test(code)) return null;
  return typeof client.clientCertificate === 'object'
    ? httpFailure('tls: client certificate refused', peer, `refused the certificate of the client (${code})`, error)
    : httpFailure('tls: client certificate demanded', peer, 'demands a certificate of the client', error);
}

/** Has the server asked for a certificate of the client? Known until the connection ends. */
export function asksForCertificate(socket: Socket): boolean {
  if (!(socket instanceof TLSSocket)) return false;
  // Of all that Node tells a client, only the algorithms that a CertificateRequest names show that there was one.
  // Behind the end, Node answers null against its type.
  const named: readonly string[] | null = socket.getSharedSigalgs();
  return named !== null && named.length > 0;
}
