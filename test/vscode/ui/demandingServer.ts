// A server over TLS that asks for a certificate of the client, and the files of one that it lets in.
import { createPrivateKey } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { makeAuthority, makeServerCertificate } from '../../drivers/httpCertificates.ts';

/** It answers with 200 who has such a certificate, and others with 403. */
export interface DemandingServer {
  readonly url: URL;
  readonly certificateFile: string;
  /** Encrypted. */
  readonly keyFile: string;
  readonly passphrase: string;
  /** Certificate and key together, without a passphrase. */
  readonly bothFile: string;
  close(): Promise<void>;
}

/** Starts it on loopback; nobody trusts its own certificate. */
export async function demandingServer(): Promise<DemandingServer> {
  const authority = await makeAuthority();
  const tls = { ...(await makeServerCertificate({ authority })), requestCert: true, ca: authority.cert };
  const server = createServer({ ...tls, rejectUnauthorized: false }, ({ socket }, answer) => {
    answer.writeHead('authorized' in socket && socket.authorized === true ? 200 : 403).end('who');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // Listening on a port, it has no other kind of address.
  const { port } = server.address() as AddressInfo;
  const ada = await makeServerCertificate({ authority, wrongUsage: true });
  const passphrase = 'sesame';
  const encrypted = createPrivateKey(ada.key).export({
    type: 'pkcs8',
    format: 'pem',
    cipher: 'aes-256-cbc',
    passphrase,
  });
  const folder = await mkdtemp(path.join(tmpdir(), 'client-certificate-'));
  const write = async (name: string, text: string) => {
    await writeFile(path.join(folder, name), text);
    return path.join(folder, name);
  };
  return {
    url: new URL(`https://127.0.0.1:${port}/`),
    certificateFile: await write('ada.crt', ada.cert),
    keyFile: await write('ada.key', String(encrypted)),
    passphrase,
    bothFile: await write('ada.pem', `${ada.cert}\n${ada.key}`),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true });
    },
  };
}
