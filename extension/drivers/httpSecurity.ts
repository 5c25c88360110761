import { X509Certificate } from 'node:crypto';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { SocketSecurity } from '../wininet/ports/driver.ts';

/** How a connection is secured; undefined for one in the clear. */
export function securityOf(socket: Socket): SocketSecurity | undefined {
  if (!(socket instanceof TLSSocket)) return undefined;
  // Not getPeerX509Certificate: after it, Node 24 answers getPeerCertificate with nothing.
  const { raw } = socket.getPeerCertificate(true);
  if (raw === undefined) return undefined;
  const { subject, issuer, validFrom, validTo } = new X509Certificate(raw);
  const cipher = socket.getCipher().standardName;
  return {
    protocol: socket.getProtocol() ?? '',
    cipher,
    keyBits: keyBits(cipher),
    certificate: { subject, issuer, validFrom: new Date(validFrom), validTo: new Date(validTo) },
  };
}

/** Ciphers are named after their keys, as TLS_AES_256_GCM_SHA384, but for two. */
function keyBits(cipher: string): number {
  if (cipher.includes('CHACHA20')) return 256;
  if (cipher.includes('3DES')) return 168;
  return Number(/_(?<bits>40|56|128|256)(?:_|$)/.exec(cipher)?.groups?.bits ?? 0);
}
