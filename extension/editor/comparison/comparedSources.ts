import path from 'node:path';
import * as vscode from 'vscode';
import type { ComparedJournal } from '../../shared/compare/comparison.ts';
import { distinctNames } from '../../shared/compare/distinctNames.ts';
import { checkpoint, emptyTree } from '../../shared/model.ts';
import { readTrace, TRACE_EXTENSION } from '../../sources/traceFile.ts';
import { readWineTrace } from '../../sources/wineLog/wineTrace.ts';
import type { GraphModel } from '../graphModel.ts';
import { readLongText } from '../longTexts.ts';
import type { ComparedJournals } from './comparisonPanel.ts';

/** Where a side of a comparison comes from: a file, or what this window holds and calls so. */
export type ComparedSource = vscode.Uri | { readonly name: string; readonly model: GraphModel };

/** How many problems of a trace the log lists. */
const LISTED = 50;

/** The journals of both sides as they are now, under names that differ. `tell` hears what of a trace cannot be compared. */
export async function readSources(
  left: ComparedSource,
  right: ComparedSource,
  tell: (problem: string) => void,
): Promise<ComparedJournals> {
  const [leftName, rightName] = distinctNames(fullName(left), fullName(right));
  return [await journalOf(left, leftName, tell), await journalOf(right, rightName, tell)];
}

function fullName(source: ComparedSource): string {
  return source instanceof vscode.Uri ? source.path : source.name;
}

async function journalOf(
  source: ComparedSource,
  title: string,
  tell: (problem: string) => void,
): Promise<ComparedJournal> {
  if (source instanceof vscode.Uri) return await readFile(source, title, tell);
  const { history } = source.model;
  // What happens while the person looks does not belong to the comparison.
  return { title, base: history.base, entries: [...history.entries] };
}

/** A trace, or by any other name a log of Wine. */
async function readFile(uri: vscode.Uri, title: string, tell: (problem: string) => void): Promise<ComparedJournal> {
  if (!uri.path.endsWith(`.${TRACE_EXTENSION}`)) {
    const { log } = await readWineTrace(readLongText(uri), path.basename(uri.path), new Date());
    const { entries, calls } = log;
    if (calls === 0) throw new Error(vscode.l10n.t('{0} is neither a trace nor a log of Wine.', title));
    return { title, base: checkpoint(emptyTree()), entries };
  }
  const trace = await readTrace(readLongText(uri));
  if (!trace.ok) throw new Error(`${title}: ${trace.problem}`);
  for (const { line, sentence } of trace.problems.slice(0, LISTED)) tell(`${uri.fsPath}:${line}: ${sentence}`);
  return { title, base: trace.base, entries: trace.entries };
}
