import type { EntryBody } from '../../extension/shared/journal.ts';

/** What an engine records that reads from a thousand requests at once. */

/** How much of it there is for each second. */
export const ENTRIES_PER_SECOND = 5000;
/** Entries of one call: it begins, bytes come in, the state changes, it ends. */
export const ENTRIES_PER_CALL = 4;
const REQUESTS = 1000;

/** Entries with which the handles are opened. */
export function openings(): EntryBody[] {
  const opened: EntryBody[] = [];
  const open = (body: Omit<Extract<EntryBody, { type: 'handle-open' }>, 'type' | 'call' | 'value'>): void => {
    const { serial, fn, parent } = body;
    const call = serial;
    opened.push({ type: 'call-begin', call, fn, handle: parent, args: [], site: '/src/crawler.ts:10:20' });
    opened.push({ type: 'handle-open', call, value: 0x00cc0000 + 4 * serial, ...body });
    opened.push({ type: 'call-end', call, result: { handle: serial } });
  };
  open({ serial: 1, kind: 'root', state: 'open', parent: null, fn: 'InternetOpen', target: 'bench/1.0' });
  const target = 'http://127.0.0.1:8080';
  open({ serial: 2, kind: 'http-connect', state: 'open', parent: 1, fn: 'InternetConnect', target });
  for (let serial = 3; serial < REQUESTS + 3; serial += 1) {
    const path = `GET ${target}/items/${serial}.json`;
    open({ serial, kind: 'http-request', state: 'answered', parent: 2, fn: 'HttpOpenRequest', target: path });
  }
  return opened;
}

/** The entries of one call, of which this is the how manyth. */
export function reading(index: number): readonly EntryBody[] {
  const call = REQUESTS + 3 + index;
  const serial = 3 + (index % REQUESTS);
  const fn = 'InternetReadFile';
  const args = [{ handle: serial }, 4096];
  return [
    { type: 'call-begin', call, fn, handle: serial, args, site: '/src/crawler.ts:31:18' },
    { type: 'bytes', serial, direction: 'in', count: 4096 },
    { type: 'handle-state', serial, state: Math.floor(index / REQUESTS) % 2 === 0 ? 'drained' : 'answered' },
    { type: 'call-end', call, result: 4096 },
  ];
}
