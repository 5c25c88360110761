import { readFileSync } from 'node:fs';
import { generate } from 'selfsigned';
import { writeScratch } from './scratch.ts';

/** A self-signed certificate for 127.0.0.1 and localhost. */
export interface PeerCertificate {
  /** The certificate as PEM text, to be trusted as its own authority. */
  readonly pem: string;
  readonly certificatePath: string;
  readonly keyPath: string;
}

/** A certificate for a client, and its key, as PEM texts. */
export interface ClientCertificate {
  readonly cert: string;
  readonly key: string;
}

/** Makes a certificate for a client, signed by the key of this one. */
export async function makeClientCertificate({ pem, keyPath }: PeerCertificate): Promise<ClientCertificate> {
  const made = await generate([{ name: 'commonName', value: 'ada' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'extKeyUsage', clientAuth: true },
    ],
    ca: { key: readFileSync(keyPath, 'utf8'), cert: pem },
  });
  return { cert: made.cert, key: made.private };
}

/** Makes a certificate that is valid now and writes it, with its key, into `folder`. */
export async function makeCertificate(folder: string): Promise<PeerCertificate> {
  const made = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  });
  return {
    pem: made.cert,
    certificatePath: writeScratch(folder, 'tls/certificate.pem', made.cert),
    keyPath: writeScratch(folder, 'tls/key.pem', made.private, 0o600),
  };
}
