import { type ComparedJournal, type Comparison, compareJournals } from '../shared/compare/comparison.ts';
import { comparisonReport } from '../shared/compare/comparisonReport.ts';
import { distinctNames } from '../shared/compare/distinctNames.ts';
import { english } from '../shared/stepSentence.ts';
import type { CompareCommand } from './commandLine.ts';
import { compareJson } from './compareJson.ts';
import { compareText } from './compareText.ts';
import { type Journal, loadTrace, problemText } from './traces.ts';

/** `hinternet-explorer compare`: prints where two traces part, and resolves with the exit code, as diff does. */
export async function compare({ left, right, ignored, format }: CompareCommand): Promise<number> {
  const loaded = [await loadTrace(left), await loadTrace(right)] as const;
  process.stderr.write(loaded.map(problemText).join(''));
  const [leftTrace, rightTrace] = [loaded[0].trace, loaded[1].trace];
  if (leftTrace === null || rightTrace === null) return 2;
  const [leftName, rightName] = distinctNames(left, right);
  const journals = [compared(leftName, leftTrace), compared(rightName, rightTrace)] as const;
  const all = compareJournals(...journals, english);
  const comparison: Comparison = { ...all, divergences: all.divergences.filter(({ kind }) => !ignored.has(kind)) };
  if (format === 'json') process.stdout.write(compareJson(comparison, loaded));
  else if (format === 'markdown') process.stdout.write(comparisonReport(comparison, ...journals));
  else process.stdout.write(compareText(comparison));
  // What could not be read may hide anything.
  if (loaded.some(({ problems }) => problems.length > 0)) return 2;
  return comparison.divergences.length > 0 ? 1 : 0;
}

function compared(title: string, { base, entries }: Journal): ComparedJournal {
  return { title, base, entries };
}
