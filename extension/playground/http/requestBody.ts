import type { IncomingMessage } from 'node:http';

/**
 * Reads a request body into memory.
 * @returns undefined when it is longer than `limit` bytes; what is left of it is then left unread.
 */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request.iterator({ destroyOnReturn: false })) {
    const bytes = Buffer.isBuffer(part) ? part : Buffer.from(String(part));
    length += bytes.length;
    if (length > limit) {
      return undefined;
    }
    parts.push(bytes);
  }
  return Buffer.concat(parts);
}
