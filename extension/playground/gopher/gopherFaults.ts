import type { Socket } from 'node:net';
import type { GopherRow } from './gopherContent.ts';

const GROUP = 'Faults';
const DAY = '2013-09-13T13:13:00Z';
const SLOW_MILLISECONDS = 400;
const SLOW_LINES = 10;

/** Answers that no server should give. */
export const faultRows: readonly GopherRow[] = [
  fault(
    '/faults/endless',
    '1',
    'A menu without an end',
    'Items come for as long as the client reads: ERROR_GOPHER_DATA_ERROR.',
    sendEndlessly,
  ),
  fault(
    '/faults/no-dot',
    '1',
    'A menu without its dot',
    'The connection ends behind the last item, which many a server does: no error.',
    (socket) => socket.end('iThe dot is missing, and nobody minds.\t\tnull.host\t1\r\n'),
  ),
  fault(
    '/faults/half-line',
    '1',
    'Half a line',
    'The connection ends inside an item: ERROR_GOPHER_DATA_ERROR.',
    (socket) => socket.end('0A text\t/readme.txt\t127.0'),
  ),
  fault('/faults/nonsense', '1', 'No menu at all', 'The answer is HTTP: ERROR_GOPHER_PROTOCOL_ERROR.', (socket) =>
    socket.end('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n'),
  ),
  fault('/faults/empty', '1', 'No answer', 'The connection ends at once: ERROR_GOPHER_END_OF_DATA.', (socket) =>
    socket.end(),
  ),
  fault(
    '/faults/refused',
    '1',
    'A refusal',
    'An error item in place of a menu: ERROR_INTERNET_EXTENDED_ERROR.',
    (socket) => socket.end('3This menu is closed today\t\terror.host\t1\r\n.\r\n'),
  ),
  fault(
    '/faults/reset.bin',
    '9',
    'A reset',
    'After 10,000 bytes the connection is reset: ERROR_INTERNET_CONNECTION_RESET.',
    (socket) =>
      socket.write(Buffer.alloc(10_000, '.'), () => setTimeout(() => socket.resetAndDestroy(), SLOW_MILLISECONDS)),
  ),
  fault(
    '/faults/silence',
    '0',
    'Silence',
    'No byte ever comes: a time-out, or closing the handle, ends it.',
    () => undefined,
  ),
  fault(
    '/faults/stalls.txt',
    '0',
    'Stalls in the middle',
    'A few lines, then nothing: only closing the handle ends it.',
    (socket) => socket.write('This text begins\r\nand does not end\r\n'),
  ),
  fault('/slow.txt', '0', 'Line by line', 'A line comes now and then: watch the bytes arrive.', sendSlowly, 'Files'),
];

function fault(
  selector: string,
  type: string,
  title: string,
  detail: string,
  answer: (socket: Socket) => void,
  group = GROUP,
): GopherRow {
  return { selector, type, title, content: { is: 'fault', answer }, modified: DAY, shown: { group, detail } };
}

function sendSlowly(socket: Socket): void {
  let line = 0;
  const timer = setInterval(() => {
    line += 1;
    socket.write(`Line ${line} of ${SLOW_LINES}\r\n`);
    if (line === SLOW_LINES) socket.end('.\r\n');
  }, SLOW_MILLISECONDS);
  socket.once('close', () => clearInterval(timer));
}

function sendEndlessly(socket: Socket): void {
  const items = 'iOne more of them\t\tnull.host\t1\r\n'.repeat(100);
  const push = () => {
    while (!socket.destroyed && socket.write(items));
  };
  socket.on('drain', push);
  push();
}
