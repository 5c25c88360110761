import { setTimeout as pause } from 'node:timers/promises';
import { sendRaw, sendText } from './answers.ts';
import type { Exchange, Route } from './route.ts';

/** Connections and interim answers that are legal but easily forgotten. */
export const connectionRoutes: readonly Route[] = [
  {
    path: '/connection/close',
    group: 'Connections',
    title: 'Connection: close',
    detail: 'A complete answer, after which the server closes: the next request needs a new connection.',
    answer: (exchange) => sendText(exchange, 200, 'The connection ends here.\n', { Connection: 'close' }),
  },
  {
    path: '/connection/http-1.0',
    group: 'Connections',
    title: 'HTTP/1.0 answer',
    detail: 'Answers with the older version, without a length: HTTP_QUERY_VERSION shows it.',
    answer: (exchange) =>
      sendRaw(exchange, 'HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\nThe end is where the connection ends.\n'),
  },
  {
    path: '/connection/interim-100',
    group: 'Connections',
    title: '100 before 200',
    detail: 'An unasked 100 Continue precedes the answer and must be skipped.',
    answer: (exchange) => {
      exchange.response.writeContinue();
      finish(exchange);
    },
  },
  {
    path: '/connection/interim-103',
    group: 'Connections',
    title: '103 before 200',
    detail: 'Early Hints name a style sheet, and the real answer follows half a second later.',
    answer: async (exchange) => {
      exchange.response.writeEarlyHints({ link: '</style.css>; rel=preload; as=style' });
      await pause(500, undefined, { signal: exchange.signal });
      finish(exchange);
    },
  },
  {
    path: '/connection/interim-several',
    group: 'Connections',
    title: 'Several interim answers',
    detail: 'A 102 and a 103, one after the other, and only then the 200.',
    answer: (exchange) => {
      exchange.response.writeProcessing();
      exchange.response.writeEarlyHints({ link: '</style.css>; rel=preload; as=style' });
      finish(exchange);
    },
  },
];

function finish(exchange: Exchange): void {
  sendText(exchange, 200, 'This is the final answer.\n');
}
