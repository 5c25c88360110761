import { type OutgoingHttpHeaders, STATUS_CODES } from 'node:http';
import { repeatedBlock } from '../repeatedBlock.ts';
import { sendRaw, sendText } from './answers.ts';
import { ANY_METHOD, type Exchange, type Route } from './route.ts';
import { type Resource, sendResource } from './sendResource.ts';

interface StatusRow {
  readonly code: number;
  readonly detail: string;
  readonly headers?: (exchange: Exchange) => OutgoingHttpHeaders;
  readonly answer?: (exchange: Exchange) => void | Promise<void>;
}

const toLanding = (): OutgoingHttpHeaders => ({ Location: '/redirect/landing' });

const tenThousandBytes: Resource = {
  size: 10_000,
  type: 'text/plain',
  etag: '"ten-thousand"',
  modified: new Date(Date.UTC(1996, 7, 24, 12, 0, 0)),
  open: repeatedBlock,
};

const rows: readonly StatusRow[] = [
  { code: 200, detail: 'The ordinary success: a short text with its length announced.' },
  {
    code: 201,
    detail: 'Something was created, and Location says where.',
    headers: () => ({ Location: '/status/200' }),
  },
  { code: 202, detail: 'Accepted for later: a success that promises nothing yet.' },
  { code: 204, detail: 'Success without a body, so the first read reports the end at once.', answer: sendEmpty },
  {
    code: 206,
    detail: 'Ask with a Range header and get that part of 10,000 bytes; ask without one and get everything with 200.',
    answer: (exchange) => sendResource(exchange, tenThousandBytes),
  },
  { code: 301, detail: 'Moved for good: clients may remember the new address.', headers: toLanding },
  { code: 302, detail: 'Found elsewhere for now: most clients turn a POST into a GET here.', headers: toLanding },
  { code: 303, detail: 'See another page with GET, whatever the method was.', headers: toLanding },
  {
    code: 304,
    detail: 'Send the ETag back as If-None-Match and the answer is 304 without a body; a first visit gets 200.',
    answer: (exchange) => sendResource(exchange, { ...tenThousandBytes, etag: '"unchanged"' }),
  },
  { code: 307, detail: 'Elsewhere for now, and the method and body must stay the same.', headers: toLanding },
  { code: 308, detail: 'Elsewhere for good, and the method and body must stay the same.', headers: toLanding },
  { code: 400, detail: 'The server says that it does not understand the request.' },
  {
    code: 401,
    detail: 'Asks for credentials that do not exist, so every attempt ends here again.',
    headers: () => ({ 'WWW-Authenticate': 'Basic realm="nobody gets in"' }),
  },
  { code: 403, detail: 'Understood and refused: credentials would not help.' },
  { code: 404, detail: 'Nothing lives here; the call succeeds all the same and only the status says so.' },
  { code: 405, detail: 'This method is not allowed, and Allow lists the ones that are.', headers: allowPut },
  { code: 406, detail: 'None of the forms in which the page exists fits the Accept headers.' },
  {
    code: 407,
    detail: 'A proxy asks for credentials, although no proxy is in between.',
    headers: () => ({ 'Proxy-Authenticate': 'Basic realm="no proxy"' }),
  },
  { code: 410, detail: 'Something lived here once and is gone for good.' },
  { code: 413, detail: 'The request body is larger than the server is willing to take.' },
  { code: 415, detail: 'The request body is of a type that the server does not know.' },
  {
    code: 416,
    detail: 'The part that was asked for lies outside the resource.',
    headers: () => ({ 'Content-Range': 'bytes */10000' }),
  },
  { code: 418, detail: 'A teapot was asked for coffee: a status few clients know, and none should trip over it.' },
  { code: 422, detail: 'Well-formed, but the content makes no sense to the server.' },
  { code: 429, detail: 'Too many requests: Retry-After says how many seconds to wait.', headers: retryInSeconds },
  { code: 451, detail: 'Unavailable for legal reasons.' },
  { code: 500, detail: 'The server failed and says no more.' },
  { code: 501, detail: 'The server does not know how to do that at all.' },
  { code: 502, detail: 'A server in between got no sensible answer from the one behind it.' },
  { code: 503, detail: 'Out of service for now: Retry-After gives the time to come back.', headers: retryAtTime },
  { code: 504, detail: 'A server in between waited in vain for the one behind it.' },
];

/** One page for every interesting status, and the odd status lines. */
export const statusRoutes: readonly Route[] = [
  ...rows.map(
    (row): Route => ({
      path: `/status/${row.code}`,
      methods: ANY_METHOD,
      group: 'Status codes',
      title: `${row.code} ${STATUS_CODES[row.code] ?? ''}`,
      detail: row.detail,
      answer: row.answer ?? ((exchange) => sendStatus(exchange, row)),
    }),
  ),
  {
    path: '/status/own-words',
    group: 'Status codes',
    title: '200 in other words',
    detail: 'The text after the status code is free: this one reads "Everything Is Splendid".',
    answer: (exchange) => {
      exchange.response.statusMessage = 'Everything Is Splendid';
      sendText(exchange, 200, 'HTTP_QUERY_STATUS_TEXT returns the words of the status line.\n');
    },
  },
  {
    path: '/status/no-words',
    group: 'Status codes',
    title: '200 without words',
    detail: 'The status line ends after the code, which the protocol allows.',
    answer: (exchange) => sendRaw(exchange, 'HTTP/1.1 200 \r\nContent-Length: 3\r\nConnection: close\r\n\r\nok\n'),
  },
];

function sendStatus(exchange: Exchange, row: StatusRow): void {
  const text = `${row.code} ${STATUS_CODES[row.code] ?? ''}\n\n${row.detail}\n`;
  sendText(exchange, row.code, text, row.headers?.(exchange));
}

function sendEmpty({ response }: Exchange): void {
  response.writeHead(204).end();
}

function allowPut(): OutgoingHttpHeaders {
  return { Allow: 'PUT' };
}

function retryInSeconds(): OutgoingHttpHeaders {
  return { 'Retry-After': '5' };
}

function retryAtTime({ site }: Exchange): OutgoingHttpHeaders {
  return { 'Retry-After': new Date(site.now().getTime() + 5000).toUTCString() };
}
