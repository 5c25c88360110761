import type { JournalHistory } from './journalHistory.ts';

/**
 * The sequence number of the moment at which most handles were open; of several the last, after the last call that ended while
 * they were. It says most about a program that closed everything it opened.
 */
export function fullestMoment(history: JournalHistory): number {
  let open = history.base.nodes.filter(({ closed }) => closed === null).length;
  let [most, moment] = [open, history.cut];
  for (const entry of history.entries) {
    if (entry.type === 'handle-open') open += 1;
    else if (entry.type === 'handle-close') open -= 1;
    if (open > most || (open === most && entry.type === 'call-end')) [most, moment] = [open, entry.seq];
  }
  return moment;
}
