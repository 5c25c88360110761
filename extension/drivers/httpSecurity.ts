import { X509Certificate } from 'node:crypto';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { HttpSecurity, HttpSocket } from '../wininet/ports/http.ts';
import { certificateFaults, certificatesOf } from './tlsVerdict.ts';

/**
 * How a connection is secured; undefined for one in the clear.
 * @param host the server's name
 * @param authorities PEM texts of the trusted ones; Node's where absent
 */
export function securityOf(
  socket: Socket,
  host: string,
  authorities: readonly string[] | undefined,
): HttpSecurity | undefined {
  if (!(socket instanceof TLSSocket)) return undefined;
  // Not getPeerX509Certificate: after it, Node 24 answers getPeerCertificate with nothing.
  const presented = socket.getPeerCertificate(true);
  const faults = certificateFaults(socket, host, authorities);
  if (faults === null) return undefined;
  const { subject, issuer, validFrom, validTo } = new X509Certificate(presented.raw);
  const cipher = socket.getCipher().standardName;
  return {
    protocol: socket.getProtocol() ?? '',
    cipher,
    keyBits: keyBits(cipher),
    certificate: { subject, issuer, validFrom: new Date(validFrom), validTo: new Date(validTo) },
    chain: certificatesOf(presented).map(({ raw }) => raw),
    faults,
  };
}

/** What INTERNET_OPTION_DIAGNOSTIC_SOCKET_INFO tells of a connection. */
export function diagnosticsOf(socket: Socket, reused: boolean): HttpSocket {
  const { localPort = 0, remotePort = 0 } = socket;
  return { descriptor: descriptorOf(socket), localPort, remotePort, reused };
}

/** Node keeps the system's number of a socket to itself, but for a field of its handle, which is -1 on Windows. */
function descriptorOf(socket: Socket): number {
  const handle: unknown = Reflect.get(socket, '_handle');
  const fd: unknown = typeof handle === 'object' && handle !== null ? Reflect.get(handle, 'fd') : undefined;
  return typeof fd === 'number' && fd > 0 ? fd : 0;
}

/** Ciphers are named after their keys, as TLS_AES_256_GCM_SHA384, but for two. */
function keyBits(cipher: string): number {
  if (cipher.includes('CHACHA20')) return 256;
  if (cipher.includes('3DES')) return 168;
  return Number(/_(?<bits>40|56|128|256)(?:_|$)/.exec(cipher)?.groups?.bits ?? 0);
}
