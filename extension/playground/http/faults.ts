import { setTimeout as pause } from 'node:timers/promises';
import { resetConnection, sendRaw } from './answers.ts';
import type { Route } from './route.ts';

/** Time in milliseconds for the first part of an answer to reach the client before the connection breaks. */
const HEAD_START = 100;

const RAW_HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n';

/** Servers that break the rules or the connection. */
export const faultRoutes: readonly Route[] = [
  {
    path: '/fault/truncated',
    group: 'Faults',
    title: 'Body too short',
    detail: 'Announces 10,000 bytes, sends 1,000 and closes politely: the loss must not go unnoticed.',
    answer: ({ response }) => {
      response.writeHead(200, { 'Content-Type': 'text/plain', 'Content-Length': 10_000 });
      response.write('.'.repeat(1000), () => response.destroy());
    },
  },
  {
    path: '/fault/excess',
    group: 'Faults',
    title: 'Body too long',
    detail: 'Announces 5 bytes and sends more: what follows the fifth byte is not part of the answer.',
    answer: (exchange) =>
      sendRaw(exchange, `${RAW_HEAD}Content-Length: 5\r\nConnection: close\r\n\r\nHello and too much`),
  },
  {
    path: '/fault/reset',
    group: 'Faults',
    title: 'Reset in the body',
    detail: 'Sends 1,000 of 10,000 bytes and then resets the connection, as when a machine fails.',
    answer: async (exchange) => {
      exchange.response.writeHead(200, { 'Content-Type': 'text/plain', 'Content-Length': 10_000 });
      exchange.response.write('.'.repeat(1000));
      await pause(HEAD_START, undefined, { signal: exchange.signal });
      resetConnection(exchange);
    },
  },
  {
    path: '/fault/reset-at-once',
    group: 'Faults',
    title: 'Reset instead of an answer',
    detail: 'Takes the request and resets the connection.',
    answer: (exchange) => resetConnection(exchange),
  },
  {
    path: '/fault/silence',
    group: 'Faults',
    title: 'Closes without an answer',
    detail: 'Takes the request and closes the connection without a word.',
    answer: (exchange) => sendRaw(exchange, ''),
  },
  {
    path: '/fault/garbage',
    group: 'Faults',
    title: 'Garbage status line',
    detail: 'Answers with something that is not HTTP at all.',
    answer: (exchange) => sendRaw(exchange, 'Good day to you!\r\nThis is not a status line.\r\n\r\n'),
  },
  {
    path: '/fault/half-headers',
    group: 'Faults',
    title: 'Ends in the headers',
    detail: 'The connection closes in the middle of a header line.',
    answer: (exchange) => sendRaw(exchange, `${RAW_HEAD}X-Unfin`),
  },
  {
    path: '/fault/bad-chunk',
    group: 'Faults',
    title: 'Bad chunk size',
    detail: 'After one good chunk comes one whose size is not a number.',
    answer: (exchange) => sendRaw(exchange, `${RAW_HEAD}Transfer-Encoding: chunked\r\n\r\n5\r\nHello\r\nZZ\r\nbad\r\n`),
  },
  {
    path: '/fault/missing-chunk',
    group: 'Faults',
    title: 'Last chunk missing',
    detail: 'The connection closes without the empty chunk that marks the end.',
    answer: (exchange) => sendRaw(exchange, `${RAW_HEAD}Transfer-Encoding: chunked\r\n\r\n5\r\nHello\r\n`),
  },
  {
    path: '/fault/two-lengths',
    group: 'Faults',
    title: 'Two different lengths',
    detail: 'Content-Length comes twice with different values, so nobody can tell where the answer ends.',
    answer: (exchange) => sendRaw(exchange, `${RAW_HEAD}Content-Length: 5\r\nContent-Length: 8\r\n\r\nHello...`),
  },
];
