import { createDrivers } from '../drivers/index.ts';
import { DiagnosingRecorder } from '../shared/diagnoses/diagnosingRecorder.ts';
import type { NoteTopic } from '../shared/journal.ts';
import { LiveJournal } from '../shared/liveJournal.ts';
import { createWinInet, type SystemProxies, type WinInet } from '../wininet/index.ts';
import type { Dialogs } from '../wininet/ports/dialogs.ts';

/** A person calls by hand, sees how calls end, may leave a body when enough was seen, and closes all handles at once. */
const FAULTS_OF_LOOPS: readonly NoteTopic[] = ['leak-under-parent', 'no-callback', 'read-stopped-early'];

/** This window's own engine with the journal of everything that it does. */
export interface WindowEngine {
  readonly wininet: WinInet;
  readonly journal: LiveJournal;
  /** Adds the diagnoses to the journal. */
  readonly diagnoses: DiagnosingRecorder;
}

/**
 * Starts the engine of this window.
 * @param journalLimit how many entries the journal keeps at least
 * @param dialogs asks the person in front of the window for InternetErrorDlg
 * @param systemProxies asks for the proxies of INTERNET_OPEN_TYPE_PRECONFIG
 */
export function startWindowEngine(
  journalLimit: number,
  dialogs: Dialogs,
  systemProxies: () => SystemProxies | null,
): WindowEngine {
  const start = process.hrtime.bigint();
  const journal = new LiveJournal(() => Number((process.hrtime.bigint() - start) / 1000n), journalLimit);
  const diagnoses = new DiagnosingRecorder(journal, FAULTS_OF_LOOPS);
  const wininet = createWinInet({ drivers: createDrivers(), recorder: diagnoses, dialogs, systemProxies });
  return { wininet, journal, diagnoses };
}
