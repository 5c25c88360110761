import type { OutgoingHttpHeaders } from 'node:http';
import { sendText } from './answers.ts';
import { ANY_METHOD, type Exchange, numberInPath, type Route } from './route.ts';

const CHAIN = '/redirect/chain/';
const CHAIN_LIMIT = 1000;

interface RedirectRow {
  readonly path: string;
  readonly under?: string;
  readonly title: string;
  readonly detail: string;
  readonly status: number;
  readonly methods?: readonly string[];
  readonly location: (exchange: Exchange) => string | undefined;
}

const rows: readonly RedirectRow[] = [
  {
    path: '/redirect/relative',
    title: 'Relative address',
    detail: 'Location is only "landing": the client must complete it with the address of this page.',
    status: 302,
    location: () => 'landing',
  },
  {
    path: '/redirect/absolute',
    title: 'Absolute address',
    detail: 'Location is a full address on the same server.',
    status: 302,
    location: ({ url }) => new URL('/redirect/landing', url.origin).href,
  },
  {
    path: `${CHAIN}3`,
    under: CHAIN,
    title: 'Chain of 3',
    detail: 'Three redirects in a row; every one is a request of its own on the same handle.',
    status: 302,
    location: nextInChain,
  },
  {
    path: `${CHAIN}10`,
    under: CHAIN,
    title: 'Chain of 10',
    detail: 'Ten redirects in a row: more than some clients follow.',
    status: 302,
    location: nextInChain,
  },
  {
    path: '/redirect/loop',
    title: 'Loop',
    detail: 'Points to itself for ever, so the client has to give up.',
    status: 302,
    location: () => '/redirect/loop',
  },
  {
    path: '/redirect/https',
    title: 'To HTTPS',
    detail: 'Leads to the encrypted server, whose certificate nobody has signed.',
    status: 302,
    location: ({ site }) => new URL('/redirect/landing', site.https).href,
  },
  {
    path: '/redirect/http',
    title: 'To plain HTTP',
    detail: 'Leads to the server without encryption: from HTTPS that is a step down worth a warning.',
    status: 302,
    location: ({ site }) => new URL('/redirect/landing', site.http).href,
  },
  {
    path: '/redirect/ftp',
    title: 'To FTP',
    detail: 'Leads to another protocol, which an HTTP handle cannot follow.',
    status: 302,
    location: ({ site }) => new URL('/readme.txt', site.ftp).href,
  },
  {
    path: '/redirect/localhost',
    title: 'To another host name',
    detail:
      'Leads to the same server by the name localhost: for a client that is another host with another connection.',
    status: 302,
    location: otherHostName,
  },
  {
    path: '/redirect/post-303',
    title: 'POST, then GET',
    detail: 'Post a form here and 303 sends the client to read the result with GET.',
    status: 303,
    methods: ['POST', 'GET', 'HEAD'],
    location: () => '/echo',
  },
  {
    path: '/redirect/307',
    title: '307 keeps the method',
    detail: 'Whatever method and body come here must arrive unchanged at the echo.',
    status: 307,
    methods: ANY_METHOD,
    location: () => '/echo',
  },
  {
    path: '/redirect/308',
    title: '308 keeps the method',
    detail: 'As 307, and the new address is for good.',
    status: 308,
    methods: ANY_METHOD,
    location: () => '/echo',
  },
  {
    path: '/redirect/nowhere',
    title: 'Without Location',
    detail: 'A redirect that forgets to say where to: the client can only show the answer as it is.',
    status: 302,
    location: () => undefined,
  },
  {
    path: '/redirect/malformed',
    title: 'Malformed Location',
    detail: 'Location is no address at all.',
    status: 302,
    location: () => 'http://[not-an-address/',
  },
];

/** Redirects of every kind, and the page where most of them end. */
export const redirectRoutes: readonly Route[] = [
  ...rows.map(
    (row): Route => ({
      path: row.path,
      ...(row.under === undefined ? {} : { under: row.under }),
      ...(row.methods === undefined ? {} : { methods: row.methods }),
      group: 'Redirects',
      title: row.title,
      detail: row.detail,
      answer: (exchange) => redirect(exchange, row),
    }),
  ),
  {
    path: '/redirect/landing',
    methods: ANY_METHOD,
    group: 'Redirects',
    title: 'Landing page',
    detail: 'Where most redirects of this group end.',
    answer: (exchange) => sendText(exchange, 200, `You have arrived at ${exchange.url.href}\n`),
  },
];

function redirect(exchange: Exchange, row: RedirectRow): void {
  const location = row.location(exchange);
  const headers: OutgoingHttpHeaders = location === undefined ? {} : { Location: location };
  sendText(exchange, row.status, `${row.detail}\n\nLocation: ${location ?? '(none)'}\n`, headers);
}

function nextInChain({ url }: Exchange): string {
  const left = numberInPath(url, CHAIN, CHAIN_LIMIT) ?? 0;
  return left > 1 ? `${CHAIN}${left - 1}` : '/redirect/landing';
}

function otherHostName({ url }: Exchange): string {
  const target = new URL('/redirect/landing', url.origin);
  target.hostname = target.hostname === 'localhost' ? '127.0.0.1' : 'localhost';
  return target.href;
}
