// A program of its own that records 5,000 entries a second, as the library does: a call at a time, written when it is over.
import { startWatching } from '../../extension/program/watching.ts';
import { ENTRIES_PER_CALL, ENTRIES_PER_SECOND, openings, reading } from './feedEntries.ts';

const journal = startWatching(process.env, null);
if (journal === null) throw new Error('nobody watches this program');
for (const body of openings()) journal.recorder.record(body);
const start = performance.now();
let calls = 0;
const work = async (): Promise<void> => {
  const due = ((performance.now() - start) / 1000) * (ENTRIES_PER_SECOND / ENTRIES_PER_CALL);
  for (; calls < due; calls += 1) {
    for (const body of reading(calls)) journal.recorder.record(body);
    // The journal is written once the program's own code goes on.
    await Promise.resolve();
  }
};
setInterval(() => void work(), 1);
