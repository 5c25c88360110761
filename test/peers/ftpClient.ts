import { createHash } from 'node:crypto';
import { PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Client } from 'basic-ftp';
import type { Account } from './peer.ts';

/** Logs basic-ftp in, over TLS when a certificate is given, hands it to `use` and closes it. */
export async function withFtpClient(
  login: { readonly port: number; readonly account?: Account; readonly certificate?: string },
  use: (client: Client) => Promise<void>,
): Promise<void> {
  const client = new Client(20_000);
  try {
    await client.access({
      host: '127.0.0.1',
      port: login.port,
      ...login.account,
      ...(login.certificate === undefined ? {} : { secure: true, secureOptions: { ca: login.certificate } }),
    });
    await use(client);
  } finally {
    client.close();
  }
}

/** The SHA-256 of a remote file, in hexadecimal, and its length in bytes. */
export async function digestRemote(client: Client, path: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256');
  const stream = new PassThrough();
  let bytes = 0;
  const read = pipeline(stream, async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) {
      bytes += chunk.length;
      hash.update(chunk);
    }
  });
  await client.downloadTo(stream, path);
  await read;
  return { bytes, sha256: hash.digest('hex') };
}

/** Stores `bytes` under `path`. */
export async function storeBytes(client: Client, bytes: Buffer, path: string): Promise<void> {
  await client.uploadFrom(Readable.from([bytes]), path);
}

/** The content of a remote file. */
export async function fetchBytes(client: Client, path: string): Promise<Buffer> {
  const stream = new PassThrough();
  const read = stream.toArray();
  await client.downloadTo(stream, path);
  return Buffer.concat(await read);
}
