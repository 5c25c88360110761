import { writeFileSync } from 'node:fs';
import { createDrivers } from '../../extension/drivers/index.ts';
import { DiagnosingRecorder } from '../../extension/shared/diagnoses/diagnosingRecorder.ts';
import { LiveJournal } from '../../extension/shared/liveJournal.ts';
import { createWinInet } from '../../extension/wininet/index.ts';

/** The engine of a ported program that is watched: its journal goes to the file RECORDED_JOURNAL when the program ends. */

const journal = new LiveJournal(() => Math.round(performance.now() * 1000), 1_000_000);
const recorder = new DiagnosingRecorder(journal);

export const wininet = createWinInet({ drivers: createDrivers(), recorder });

process.on('exit', () => {
  recorder.record({ type: 'end' });
  const file = process.env.RECORDED_JOURNAL;
  if (file !== undefined) writeFileSync(file, JSON.stringify(journal.entries));
});
