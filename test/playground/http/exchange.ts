import { type IncomingHttpHeaders, type RequestOptions, request } from 'node:http';
import { request as tlsRequest } from 'node:https';

/** All that node:http tells about one answer. */
export interface Answer {
  readonly status: number;
  readonly reason: string;
  readonly version: string;
  readonly headers: IncomingHttpHeaders;
  readonly rawHeaders: readonly string[];
  readonly trailers: NodeJS.Dict<string>;
  readonly interim: readonly number[];
  readonly body: Buffer;
  /** Whether the body came to its announced end. */
  readonly complete: boolean;
}

export interface ExchangeOptions extends RequestOptions {
  readonly body?: string | Buffer;
  readonly ca?: string;
}

/** One request with node:http or node:https, without following anything. Rejects when no headers come. */
export function exchange(url: URL, options: ExchangeOptions = {}): Promise<Answer> {
  const { body, ...rest } = options;
  return new Promise((resolve, reject) => {
    const interim: number[] = [];
    const send = url.protocol === 'https:' ? tlsRequest : request;
    const outgoing = send(url, { agent: false, maxHeaderSize: 128 * 1024, ...rest }, (incoming) => {
      const parts: Buffer[] = [];
      incoming.on('data', (part: Buffer) => parts.push(part));
      incoming.on('error', () => undefined);
      incoming.on('close', () => {
        resolve({
          status: incoming.statusCode ?? 0,
          reason: incoming.statusMessage ?? '',
          version: incoming.httpVersion,
          headers: incoming.headers,
          rawHeaders: incoming.rawHeaders,
          trailers: incoming.trailers,
          interim,
          body: Buffer.concat(parts),
          complete: incoming.complete,
        });
      });
    });
    outgoing.on('information', (information) => interim.push(information.statusCode));
    outgoing.on('continue', () => interim.push(100));
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
