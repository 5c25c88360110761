import { sendText } from './answers.ts';
import type { Exchange, Route } from './route.ts';

const HOUR = 60 * 60 * 1000;

/** Cookies: given, shown and taken back. */
export const cookieRoutes: readonly Route[] = [
  {
    path: '/cookies/set',
    group: 'Cookies',
    title: 'Set cookies',
    detail:
      'Sets one for the session, one for an hour, one for a folder only, one hidden from scripts and one for HTTPS only.',
    answer: (exchange) => {
      const inAnHour = new Date(exchange.site.now().getTime() + HOUR).toUTCString();
      giveCookies(exchange, [
        'session=until-the-end; Path=/',
        `lasting=one-hour; Path=/; Expires=${inAnHour}; Max-Age=3600`,
        'folder=only-here; Path=/cookies/show/',
        'hidden=from-scripts; Path=/; HttpOnly; SameSite=Lax',
        'careful=https-only; Path=/; Secure',
      ]);
    },
  },
  {
    path: '/cookies/odd',
    group: 'Cookies',
    title: 'Set odd cookies',
    detail:
      'Values with quotes, with equals signs, with nothing at all, and one that lasts no longer than its arrival.',
    answer: (exchange) =>
      giveCookies(exchange, [
        'quoted="a; b"; Path=/',
        'equation=a=b=c; Path=/',
        'nothing=; Path=/',
        'stillborn=x; Path=/; Max-Age=0',
        'stranger=x; Path=/; Domain=somebody-else.example',
      ]),
  },
  {
    path: '/cookies/show/',
    group: 'Cookies',
    title: 'Show cookies',
    detail: 'Repeats the Cookie header that the client sent.',
    answer: (exchange) => sendText(exchange, 200, cookieList(exchange)),
  },
  {
    path: '/cookies/expire',
    group: 'Cookies',
    title: 'Expire cookies',
    detail: 'Takes every cookie of the first page back by dating it into the past.',
    answer: (exchange) => {
      const past = 'Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0';
      const names = ['session', 'lasting', 'hidden', 'quoted', 'equation', 'nothing'];
      giveCookies(exchange, [
        ...names.map((name) => `${name}=; Path=/; ${past}`),
        `folder=; Path=/cookies/show/; ${past}`,
        `careful=; Path=/; Secure; ${past}`,
      ]);
    },
  },
];

function giveCookies(exchange: Exchange, cookies: readonly string[]): void {
  sendText(exchange, 200, `${cookies.join('\n')}\n`, { 'Set-Cookie': [...cookies] });
}

function cookieList({ request }: Exchange): string {
  const header = request.headers.cookie;
  return header === undefined ? 'No cookies came with this request.\n' : `${header.split('; ').join('\n')}\n`;
}
