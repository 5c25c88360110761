import { sendRaw, sendText } from './answers.ts';
import type { Route } from './route.ts';

const MANY = 200;
const LONG = 20 * 1024;

/** Answers whose headers are the point. */
export const headerRoutes: readonly Route[] = [
  {
    path: '/headers/many',
    group: 'Headers',
    title: '200 headers',
    detail: 'X-Number-1 to X-Number-200: enumerate them with HttpQueryInfo.',
    answer: (exchange) => {
      const numbers = Array.from({ length: MANY }, (_, index) => [`X-Number-${index + 1}`, String((index + 1) ** 2)]);
      sendText(exchange, 200, 'This answer has 200 extra headers.\n', Object.fromEntries(numbers));
    },
  },
  {
    path: '/headers/long',
    group: 'Headers',
    title: 'A header of 20 KiB',
    detail: 'X-Long is longer than most buffers: the first try to read it tells the size it needs.',
    answer: (exchange) =>
      sendText(exchange, 200, 'X-Long has 20,480 letters.\n', { 'X-Long': 'long'.repeat(LONG / 4) }),
  },
  {
    path: '/headers/duplicates',
    group: 'Headers',
    title: 'The same header three times',
    detail: 'X-Repeated comes three times: the index of HttpQueryInfo walks through them.',
    answer: (exchange) =>
      sendText(exchange, 200, 'X-Repeated came three times.\n', { 'X-Repeated': ['first', 'second', 'third'] }),
  },
  {
    path: '/headers/timing',
    group: 'Headers',
    title: 'Server-Timing',
    detail: 'Says how long each step inside the server took.',
    answer: (exchange) =>
      sendText(exchange, 200, 'Server-Timing lists three steps.\n', {
        'Server-Timing': 'db;dur=53.2;desc="Database", app;dur=47.1, cache;desc="Cache hit"',
      }),
  },
  {
    path: '/headers/dates',
    group: 'Headers',
    title: 'Dates',
    detail: 'Date, Last-Modified and Expires, to be read as text or, with HTTP_QUERY_FLAG_SYSTEMTIME, as a time.',
    answer: (exchange) => {
      const now = exchange.site.now();
      sendText(exchange, 200, 'Three dates are in the headers.\n', {
        Date: now.toUTCString(),
        'Last-Modified': new Date(Date.UTC(1996, 7, 24, 12, 34, 56)).toUTCString(),
        Expires: new Date(now.getTime() + 60_000).toUTCString(),
      });
    },
  },
  {
    path: '/headers/odd',
    group: 'Headers',
    title: 'Odd headers',
    detail: 'An empty value, strange capitals, Latin-1 letters and spaces around a value.',
    answer: (exchange) =>
      sendRaw(exchange, headed('X-Empty:', 'x-STRANGE-cApItAlS: yes', 'X-Latin: caf\u00e9', 'X-Spaces:   around   ')),
  },
  {
    path: '/headers/folded',
    group: 'Headers',
    title: 'Folded header',
    detail: 'A value that continues on the next line: once legal, now refused by many clients.',
    answer: (exchange) => sendRaw(exchange, headed('X-Folded: first half', ' second half')),
  },
];

function headed(...lines: readonly string[]): Buffer {
  const common = ['HTTP/1.1 200 OK', 'Content-Type: text/plain', 'Content-Length: 31', 'Connection: close'];
  return Buffer.from([...common, ...lines, '', 'See the headers of this answer.'].join('\r\n'), 'latin1');
}
