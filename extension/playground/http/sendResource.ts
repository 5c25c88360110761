import type { OutgoingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { readByteRange } from './byteRange.ts';
import type { Exchange } from './route.ts';

/** Something of a known size that can be read from any position. */
export interface Resource {
  readonly size: number;
  readonly type: string;
  /** Entity tag with its quotes. */
  readonly etag: string;
  readonly modified: Date;
  readonly headers?: OutgoingHttpHeaders;
  /** The bytes from `start` to `end` (excluded). */
  open(start: number, end: number): Readable;
}

/** Answers with a resource as RFC 9110 asks: HEAD, Range with If-Range, If-None-Match and If-Modified-Since; the body follows the reader's pace. */
export async function sendResource({ request, response }: Exchange, resource: Resource): Promise<void> {
  const common = {
    ETag: resource.etag,
    'Last-Modified': resource.modified.toUTCString(),
    'Accept-Ranges': 'bytes',
    ...resource.headers,
  };
  if (isUnchanged(request.headers['if-none-match'], request.headers['if-modified-since'], resource)) {
    response.writeHead(304, common).end();
    return;
  }
  const usable = isRangeUsable(request.headers['if-range']?.toString(), resource);
  const range = readByteRange(usable ? request.headers.range : undefined, resource.size);
  if (range.kind === 'unsatisfiable') {
    response.writeHead(416, { ...common, 'Content-Range': `bytes */${resource.size}`, 'Content-Length': 0 }).end();
    return;
  }
  const { start, end } = range.kind === 'part' ? range : { start: 0, end: resource.size };
  const partial = range.kind === 'part' ? { 'Content-Range': `bytes ${start}-${end - 1}/${resource.size}` } : {};
  const status = range.kind === 'part' ? 206 : 200;
  response.writeHead(status, { ...common, 'Content-Type': resource.type, 'Content-Length': end - start, ...partial });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  await pipeline(resource.open(start, end), response);
}

function isUnchanged(noneMatch: string | undefined, since: string | undefined, resource: Resource): boolean {
  if (noneMatch !== undefined) {
    const tags = noneMatch.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
    return tags.includes('*') || tags.includes(resource.etag);
  }
  return since !== undefined && seconds(new Date(since)) >= seconds(resource.modified);
}

function isRangeUsable(ifRange: string | undefined, resource: Resource): boolean {
  return (
    ifRange === undefined || ifRange === resource.etag || seconds(new Date(ifRange)) === seconds(resource.modified)
  );
}

// HTTP dates have no fractions of a second.
function seconds(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}
