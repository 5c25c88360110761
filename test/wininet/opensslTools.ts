import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { type Made, makeServerCertificate } from '../drivers/httpCertificates.ts';

/** What needs OpenSSL's own program; a test says so where it is not installed. */

/** OpenSSL's own server, which sends the alerts that Node's does not, and demands a certificate; null, having said so, where it is not installed. */
export async function opensslServer(t: TestContext, authority: Made, version: string): Promise<URL | null> {
  const folder = await makeFolder(t);
  const { key, cert } = await makeServerCertificate({ authority });
  await writeFile(path.join(folder, 'server.pem'), key + cert);
  await writeFile(path.join(folder, 'authority.pem'), authority.cert);
  const files = ['-cert', 'server.pem', '-CAfile', 'authority.pem'];
  const openssl = spawn(
    'openssl',
    ['s_server', '-accept', '127.0.0.1:0', '-Verify', '1', '-verify_return_error', version, ...files],
    { cwd: folder, stdio: ['pipe', 'pipe', 'ignore'] },
  );
  t.after(() => openssl.kill());
  const port = await new Promise<string | null>((resolve) => {
    let said = '';
    openssl.on('error', () => resolve(null));
    openssl.stdout.on('data', (chunk) => {
      said += String(chunk);
      const accepted = /ACCEPT 127\.0\.0\.1:(\d+)/.exec(said);
      if (accepted !== null) resolve(accepted[1] ?? null);
    });
  });
  if (port === null) t.skip('openssl is not installed');
  return port === null ? null : new URL(`https://127.0.0.1:${port}/`);
}

/** A certificate and its key as a PFX file; null where OpenSSL is not installed. */
export async function pfxOf(t: TestContext, { key, cert }: Made, passphrase: string): Promise<Buffer | null> {
  const folder = await makeFolder(t);
  await writeFile(path.join(folder, 'both.pem'), key + cert);
  const made = spawnSync('openssl', ['pkcs12', '-export', '-in', 'both.pem', '-passout', `pass:${passphrase}`], {
    cwd: folder,
  });
  if (made.error !== undefined) t.diagnostic('without PFX: openssl is not installed');
  return made.error === undefined ? made.stdout : null;
}

async function makeFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'client-certificates-'));
  t.after(() => rm(folder, { recursive: true }));
  return folder;
}
