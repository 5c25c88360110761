import { getCallSites } from 'node:util';
import { compileFunction } from 'node:vm';
import { createDrivers } from '../../../extension/drivers/index.ts';
import { diagnose } from '../../../extension/shared/diagnoses/diagnose.ts';
import { DiagnosingRecorder } from '../../../extension/shared/diagnoses/diagnosingRecorder.ts';
import type { Diagnosis } from '../../../extension/shared/diagnoses/diagnosis.ts';
import { LiveJournal } from '../../../extension/shared/liveJournal.ts';
import * as library from '../../../extension/wininet/index.ts';
import type { Line } from './programText.ts';

const FILE = '/random/program.js';

/** Runs a program to its end on an engine of its own, and says what is found wrong in it. */
export async function runProgram(lines: readonly Line[]): Promise<readonly Diagnosis[]> {
  let now = 0;
  const journal = new LiveJournal(() => ++now, 1_000_000);
  const recorder = new DiagnosingRecorder(journal);
  const wininet = library.createWinInet({ drivers: createDrivers(), recorder, callSite });
  const body = `return (async () => {\n${lines.map(({ code }) => code).join('\n')}\n})();`;
  // The body begins on the second line.
  const program = compileFunction(body, ['w'], { filename: FILE, lineOffset: -1 });
  try {
    await program({ ...library, ...wininet });
    recorder.record({ type: 'end' });
    return diagnose(journal.entries);
  } finally {
    await wininet.dispose();
  }
}

/** The line of the program, counted from 1, at which a diagnosis is told. */
export function lineOf({ site }: Diagnosis): number {
  return Number(site?.split(':').at(-2));
}

/** A program as a failing test shows it. */
export function listing(lines: readonly Line[]): string {
  return lines.map(({ code }, index) => `${String(index + 1).padStart(4)}  ${code}`).join('\n');
}

function callSite(): string | undefined {
  const frame = getCallSites(24).find(({ scriptName }) => scriptName === FILE);
  return frame && `${FILE}:${frame.lineNumber}:${frame.columnNumber}`;
}
