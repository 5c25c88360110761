/** A Content-Type header, taken apart. */
export interface ContentType {
  /** In lower case, as `text/html`; empty where the server says nothing. */
  readonly type: string;
  readonly charset: string | null;
}

/** Reads a Content-Type header; a malformed or absent one says nothing. */
export function parseContentType(header: string | undefined): ContentType {
  const [type = '', ...parameters] = (header ?? '').split(';');
  const charset = parameters
    .map((parameter) => /^\s*charset\s*=\s*"?([^"\s]+)"?\s*$/i.exec(parameter)?.[1])
    .find((value) => value !== undefined);
  return { type: type.trim().toLowerCase(), charset: charset?.toLowerCase() ?? null };
}

// How far a browser looks for the encoding that a page declares (HTML, "determining the character encoding").
const DECLARATION_REACH = 1024;

/** The encoding of a text, as the server, a byte order mark or the text itself declares it; null if nobody does. */
export function charsetOf(contentType: ContentType, bytes: Uint8Array): string | null {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (contentType.charset !== null) return contentType.charset;
  const head = Buffer.from(bytes.subarray(0, DECLARATION_REACH)).toString('latin1');
  const declared =
    /^\s*<\?xml[^>]*\bencoding\s*=\s*["']([\w.:-]+)["']/i.exec(head) ??
    /<meta[^>]*\bcharset\s*=\s*["']?([\w.:-]+)/i.exec(head);
  return declared?.[1]?.toLowerCase() ?? null;
}

const TEXT_TYPE =
  /^(text\/|message\/|application\/(.*[+.-])?(json|xml|javascript|ecmascript|yaml|toml|sql|graphql|x-sh|x-ndjson|x-www-form-urlencoded|http|rtf)$|image\/svg\+xml$|multipart\/)/;

/** Is this a body to show as bytes? It has a type that is no text, or contains NUL where no encoding explains it. */
export function isBinary(contentType: ContentType, bytes: Uint8Array): boolean {
  if (contentType.type !== '' && !TEXT_TYPE.test(contentType.type)) return true;
  if (/^utf-?(16|32)/.test(charsetOf(contentType, bytes) ?? '')) return false;
  return bytes.includes(0);
}
