import * as constants from '../shared/constants.ts';
import type { Engine } from './engine.ts';
import { exchangeOptions } from './exchangeOptions.ts';
import type { HandleRecord } from './handleStore.ts';
import { agentOf } from './options.ts';
import type { HttpExchange } from './ports/http.ts';
import { type Header, RequestHeaders } from './requestHeaders.ts';
import { joinUrl } from './url.ts';

type RequestRecord = HandleRecord<'http-request'>;

/** What one exchange adds to what the request says. */
export interface ExchangeParts {
  readonly body: HttpExchange['body'];
  /** Of a body that comes in pieces, in bytes; null where the body is there whole. */
  readonly announced: number | null;
  /** The verb that the program chose: as recorded, its Cache-Control stays when a redirect makes GET of it. */
  readonly firstVerb: string;
  readonly redirected: boolean;
  readonly cookie: string | null;
  /** Value of Authorization. */
  readonly authorization: string | null;
  /** Value of Proxy-Authorization. */
  readonly proxyAuthorization: string | null;
}

/** The next message of a request, and keeps what of it HttpQueryInfo tells. */
export function exchangeFor(engine: Engine, record: RequestRecord, parts: ExchangeParts): HttpExchange {
  const { data } = record;
  const options = exchangeOptions(engine.library, record);
  const tunnelled = options.proxy !== null && data.server.scheme === 'https';
  const all = headersFor(record, parts);
  // What is meant for the proxy must not travel through its tunnel to the server.
  const isForProxy = ([name]: Header) => tunnelled && name.toLowerCase() === 'proxy-authorization';
  const headers = all.filter((header) => !isForProxy(header));
  data.sent = { line: `${data.verb} ${data.path} ${data.version}`, headers };
  return {
    server: data.server,
    ...options,
    proxyHeaders: all.filter(isForProxy),
    method: data.verb,
    version: data.version,
    // Recorded: a backslash that HttpOpenRequest was given first stays in the URL and is not sent.
    target: data.path.replace(/^\/\\/, '/'),
    headers,
    body: parts.body,
    holder: record,
    keepAlive: headers.every(([name, value]) => name.toLowerCase() !== 'connection' || value.toLowerCase() !== 'close'),
  };
}

/** The program's headers, and those that the original adds where the program has not set them. */
function headersFor(record: RequestRecord, parts: ExchangeParts): readonly Header[] {
  const { data, options } = record;
  const headers = new RequestHeaders();
  const fill = (name: string, value: string | null) => {
    if (value !== null && data.headers.get(name) === undefined) headers.append(name, value);
  };
  fill('Host', joinUrl({ ...data.server, path: '' }).replace(/^[a-z]+:\/\//, ''));
  fill('Content-Length', contentLength(data.verb, parts));
  fill('User-Agent', options.userAgent ?? agentOf(record));
  // Recorded: the flag outranks a header of the program's.
  const keep = data.has(constants.INTERNET_FLAG_KEEP_CONNECTION);
  if (keep) headers.append('Connection', 'Keep-Alive');
  if (data.has(constants.INTERNET_FLAG_PRAGMA_NOCACHE)) fill('Pragma', 'no-cache');
  if (parts.firstVerb !== 'GET' && data.has(constants.INTERNET_FLAG_NO_CACHE_WRITE)) fill('Cache-Control', 'no-cache');
  if (parts.cookie !== null) headers.append('Cookie', parts.cookie);
  fill('Authorization', parts.authorization);
  fill('Proxy-Authorization', parts.proxyAuthorization);
  const replaced = [...(keep ? ['connection'] : []), ...(parts.cookie === null ? [] : ['cookie'])];
  for (const [name, value] of data.headers.all) {
    if (!replaced.includes(name.toLowerCase())) headers.append(name, value);
  }
  return headers.all;
}

/** As recorded: every verb but GET has it, even without a body, but not after a redirect. */
function contentLength(verb: string, { body, announced, redirected }: ExchangeParts): string | null {
  if (announced !== null) return String(announced);
  if (body instanceof Uint8Array) return String(body.length);
  if (body !== null) return null;
  // RFC 9110 8.6: a server that expects a body is told that there is none.
  const expectsBody = redirected ? verb === 'POST' || verb === 'PUT' : verb !== 'GET';
  return expectsBody ? '0' : null;
}
