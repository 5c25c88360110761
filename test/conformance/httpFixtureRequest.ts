/** A request as the HTTP fixture read it. */
export interface HttpRequest {
  readonly method: string;
  readonly target: string;
  readonly version: string;
  /** Lines of the head, the request line first. */
  readonly head: readonly string[];
  readonly body: Buffer;
  /** The value of the first header of this name. */
  header(name: string): string | undefined;
}

/** Cuts the bytes of a connection into requests: bodies by Content-Length or in chunks. */
export class RequestParser {
  #bytes = Buffer.alloc(0);

  /** Takes bytes; returns the requests that they complete. */
  push(bytes: Buffer): readonly HttpRequest[] {
    this.#bytes = Buffer.concat([this.#bytes, bytes]);
    const requests: HttpRequest[] = [];
    for (let request = this.#next(); request !== undefined; request = this.#next()) requests.push(request);
    return requests;
  }

  #next(): HttpRequest | undefined {
    const end = this.#bytes.indexOf('\r\n\r\n');
    if (end === -1) return undefined;
    const head = this.#bytes.toString('latin1', 0, end).split('\r\n');
    const [method = '', target = '', version = ''] = (head[0] ?? '').split(' ');
    const header = (name: string) => {
      const prefix = `${name.toLowerCase()}:`;
      return head
        .find((line) => line.toLowerCase().startsWith(prefix))
        ?.slice(prefix.length)
        .trim();
    };
    const start = end + 4;
    const chunked = /chunked/i.test(header('transfer-encoding') ?? '');
    const body = chunked ? this.#chunks(start) : this.#counted(start, Number(header('content-length') ?? 0));
    if (body === undefined) return undefined;
    this.#bytes = this.#bytes.subarray(body.end);
    return { method, target, version, head, body: body.bytes, header };
  }

  #counted(start: number, length: number): { readonly bytes: Buffer; readonly end: number } | undefined {
    const end = start + (Number.isFinite(length) ? length : 0);
    return this.#bytes.length < end ? undefined : { bytes: this.#bytes.subarray(start, end), end };
  }

  #chunks(start: number): { readonly bytes: Buffer; readonly end: number } | undefined {
    const parts: Buffer[] = [];
    for (let at = start; ; ) {
      const line = this.#bytes.indexOf('\r\n', at);
      if (line === -1) return undefined;
      const size = Number.parseInt(this.#bytes.toString('latin1', at, line), 16) || 0;
      const end = line + 2 + size + 2;
      if (this.#bytes.length < end) return undefined;
      if (size === 0) return { bytes: Buffer.concat(parts), end };
      parts.push(this.#bytes.subarray(line + 2, line + 2 + size));
      at = end;
    }
  }
}
