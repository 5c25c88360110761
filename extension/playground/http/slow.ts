import { setTimeout as pause } from 'node:timers/promises';
import { sendText } from './answers.ts';
import { type Exchange, numberInPath, type Route } from './route.ts';

const HEADERS = '/slow/headers/';
const DRIP = '/slow/drip/';
const LONGEST_WAIT = 10 * 60 * 1000;
const MOST_DROPS = 2400;
const BETWEEN_DROPS = 250;

/** Answers that take their time. */
export const slowRoutes: readonly Route[] = [
  {
    path: `${HEADERS}3000`,
    under: HEADERS,
    group: 'Slow answers',
    title: 'Headers after 3 seconds',
    detail:
      'Nothing comes for three seconds, then everything at once; the number in the path is the wait in milliseconds.',
    answer: sendLate,
  },
  {
    path: `${DRIP}12`,
    under: DRIP,
    group: 'Slow answers',
    title: 'Dripping body',
    detail: 'Twelve lines, one every 250 milliseconds: watch the reads return a little at a time.',
    answer: drip,
  },
  {
    path: '/slow/stall',
    group: 'Slow answers',
    title: 'Stalls in the body',
    detail:
      'Announces 100,000 bytes, sends 1,000 and then nothing more, for ever: only a time-out or closing the handle ends it.',
    answer: ({ response }) => {
      response.writeHead(200, { 'Content-Type': 'text/plain', 'Content-Length': 100_000 });
      response.write('.'.repeat(1000));
    },
  },
  {
    path: '/slow/never',
    group: 'Slow answers',
    title: 'Never answers',
    detail: 'Takes the request and stays silent with the connection open.',
    answer: ({ request }) => {
      request.resume();
    },
  },
];

async function sendLate(exchange: Exchange): Promise<void> {
  const wait = numberInPath(exchange.url, HEADERS, LONGEST_WAIT);
  if (wait === undefined) {
    sendText(exchange, 400, `The path ends in a wait of at most ${LONGEST_WAIT} milliseconds.\n`);
    return;
  }
  await pause(wait, undefined, { signal: exchange.signal });
  sendText(exchange, 200, `This took ${wait} milliseconds.\n`);
}

async function drip(exchange: Exchange): Promise<void> {
  const drops = numberInPath(exchange.url, DRIP, MOST_DROPS);
  if (drops === undefined) {
    sendText(exchange, 400, `The path ends in a number of lines of at most ${MOST_DROPS}.\n`);
    return;
  }
  const { request, response, signal } = exchange;
  response.writeHead(200, { 'Content-Type': 'text/plain; charset=utf-8' });
  response.flushHeaders();
  for (let drop = 1; drop <= drops && request.method !== 'HEAD'; drop += 1) {
    response.write(`drop ${drop} of ${drops}\n`);
    await pause(BETWEEN_DROPS, undefined, { signal });
  }
  response.end();
}
