import { repeatedBlock } from '../repeatedBlock.ts';
import { sendText } from './answers.ts';
import { type Exchange, numberInPath, type Route } from './route.ts';
import { sendResource } from './sendResource.ts';

const BYTES = '/bytes/';
const LARGEST = 8 * 1024 ** 3;
const MODIFIED = new Date(Date.UTC(2000, 1, 29, 12, 0, 0));

function bytesRoute(size: number, title: string, detail: string): Route {
  return { path: `${BYTES}${size}`, under: BYTES, group: 'Bodies', title, detail, answer: sendSized };
}

/** Bodies by size and by the way their end is announced. */
export const bodyRoutes: readonly Route[] = [
  {
    path: '/body/empty',
    group: 'Bodies',
    title: 'Empty body',
    detail: 'A success with a Content-Length of 0.',
    answer: (exchange) => sendText(exchange, 200, ''),
  },
  bytesRoute(1, 'One byte', 'The smallest body there is.'),
  bytesRoute(1024 ** 2, '1 MiB', 'Numbered lines; the path gives the size, and Range and HEAD work as well.'),
  bytesRoute(1024 ** 3, '1 GiB', 'Long enough to watch: the server sends only as fast as the client reads.'),
  bytesRoute(
    LARGEST,
    '8 GiB',
    'Too long for a 32-bit length: what HTTP_QUERY_FLAG_NUMBER makes of it is worth a look.',
  ),
  {
    path: '/body/chunked',
    group: 'Bodies',
    title: 'Chunked, with trailers',
    detail: 'The length is unknown beforehand, so the body comes in chunks and two more headers come after it.',
    answer: ({ response }) => {
      response.writeHead(200, { 'Content-Type': 'text/plain; charset=utf-8', Trailer: 'X-Lines, X-Verdict' });
      for (let line = 1; line <= 10; line += 1) {
        response.write(`chunk ${line}\n`);
      }
      response.addTrailers({ 'X-Lines': '10', 'X-Verdict': 'complete' });
      response.end();
    },
  },
  {
    path: '/body/until-close',
    group: 'Bodies',
    title: 'No length until the connection closes',
    detail: 'Neither a length nor chunks: the body ends when the connection does, as in HTTP/1.0.',
    answer: ({ response }) => {
      response.removeHeader('Transfer-Encoding');
      response.writeHead(200, { 'Content-Type': 'text/plain; charset=utf-8', Connection: 'close' });
      response.write('The end of this text\n');
      response.end('is the end of the connection.\n');
    },
  },
];

async function sendSized(exchange: Exchange): Promise<void> {
  const size = numberInPath(exchange.url, BYTES, LARGEST);
  if (size === undefined) {
    sendText(exchange, 400, `The path ends in a number of bytes of at most ${LARGEST}.\n`);
    return;
  }
  await sendResource(exchange, {
    size,
    type: 'application/octet-stream',
    etag: `"bytes-${size}"`,
    modified: MODIFIED,
    open: repeatedBlock,
  });
}
