import { isIP } from 'node:net';

/** A private key and its certificate, both PEM text. */
export interface ServerCertificate {
  readonly key: string;
  readonly certificate: string;
}

const DAY = 24 * 60 * 60 * 1000;
const VALID_DAYS = 30;

/**
 * Makes a fresh self-signed certificate for `localhost`, 127.0.0.1, ::1 and `host`, valid from yesterday for about a month.
 * It lives in memory only. It is dated by the computer's real clock, because that is the one its clients compare it with.
 */
export async function makeCertificate(host: string): Promise<ServerCertificate> {
  const { generate } = await import('selfsigned');
  const start = Date.now() - DAY;
  const addresses = new Set(['127.0.0.1', '::1', ...(isIP(host) ? [host] : [])]);
  const made = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate: new Date(start),
    notAfterDate: new Date(start + VALID_DAYS * DAY),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [{ type: 2, value: 'localhost' }, ...[...addresses].map((ip) => ({ type: 7 as const, ip }))],
      },
    ],
  });
  return { key: made.private, certificate: made.cert };
}
