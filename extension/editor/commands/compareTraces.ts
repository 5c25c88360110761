import path from 'node:path';
import * as v from 'valibot';
import * as vscode from 'vscode';
import type { ComparedJournal } from '../../shared/compare/comparison.ts';
import { checkpoint, emptyTree } from '../../shared/model.ts';
import { readTrace, TRACE_EXTENSION } from '../../sources/traceFile.ts';
import { readWineTrace } from '../../sources/wineLog/wineTrace.ts';
import { type OpenComparison, openComparison } from '../comparison/comparisonPanel.ts';
import type { GraphModel } from '../graphModel.ts';
import { readAnswers } from '../invocation.ts';
import { readLongText } from '../longTexts.ts';
import { attempt } from '../report.ts';
import { type Choice, pick } from '../steps.ts';
import type { CommandParts } from './commandParts.ts';

/** Paths of two traces. */
const answers = v.strictObject({ left: v.string(), right: v.string() });

/** How many problems of a trace the log lists. */
const LISTED = 50;

/** Shows two journals side by side, and where they part: traces, programs, this window. Returns the divergences and a report. */
export async function compareTraces(
  parts: CommandParts,
  _target?: number,
  args?: unknown,
): Promise<OpenComparison | undefined> {
  const given = readAnswers(answers, args);
  return await attempt(parts, given !== undefined, async () => {
    const tell = (sentence: string): void => parts.log.info(sentence);
    const left = given === undefined ? await ask(parts, 'left') : vscode.Uri.file(given.left);
    if (left === undefined) return undefined;
    const right = given === undefined ? await ask(parts, 'right', left) : vscode.Uri.file(given.right);
    if (right === undefined) return undefined;
    return openComparison(parts.extensionUri, await journalOf(left, tell), await journalOf(right, tell), tell);
  });
}

/** Where a side comes from. */
type Source = GraphModel | vscode.Uri;

/** Asks for one side: the original, or what is compared with it. */
async function ask(
  { explorer, views }: CommandParts,
  side: 'left' | 'right',
  left?: Source,
): Promise<Source | undefined> {
  const models = new Set<GraphModel>([...views.all.map(({ model }) => model), explorer]);
  const open = [...models].filter((model) => model !== left && model.history.entries.length > 0);
  const choices: Choice<GraphModel | 'file'>[] = [
    { label: vscode.l10n.t('A File…'), description: vscode.l10n.t('a trace, or a log of Wine'), value: 'file' },
    ...open.map((model) => ({
      label: model === explorer ? vscode.l10n.t('This Window') : model.title,
      description: vscode.l10n.t('{0} entries', model.history.entries.length),
      value: model,
    })),
  ];
  const answer = await pick<GraphModel | 'file'>({
    title: vscode.l10n.t('HINTERNET: Compare Traces'),
    placeholder:
      side === 'left'
        ? vscode.l10n.t('Choose the left side: the original, or how it was before')
        : vscode.l10n.t('Choose the right side: the port, or how it is now'),
    choices,
  });
  if (answer.type !== 'value') return undefined;
  if (answer.value !== 'file') return answer.value;
  const [uri] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t('HINTERNET: Compare Traces'),
      filters: {
        [vscode.l10n.t('Traces and Wine logs')]: [TRACE_EXTENSION, 'log', 'txt'],
        [vscode.l10n.t('All Files')]: ['*'],
      },
    })) ?? [];
  return uri;
}

async function journalOf(source: Source, tell: (problem: string) => void): Promise<ComparedJournal> {
  if (source instanceof vscode.Uri) return await readFile(source, tell);
  const { title, history } = source;
  // What happens while the person looks does not belong to the comparison.
  return { title, base: history.base, entries: [...history.entries] };
}

/** A trace, or by any other name a log of Wine. `tell` hears what of a trace cannot be compared. */
async function readFile(uri: vscode.Uri, tell: (problem: string) => void): Promise<ComparedJournal> {
  const title = path.basename(uri.path);
  if (!uri.path.endsWith(`.${TRACE_EXTENSION}`)) {
    const { log } = await readWineTrace(readLongText(uri), title, new Date());
    const { entries, calls } = log;
    if (calls === 0) throw new Error(vscode.l10n.t('{0} is neither a trace nor a log of Wine.', title));
    return { title, base: checkpoint(emptyTree()), entries };
  }
  const trace = await readTrace(readLongText(uri));
  if (!trace.ok) throw new Error(trace.problem);
  for (const { line, sentence } of trace.problems.slice(0, LISTED)) tell(`${uri.fsPath}:${line}: ${sentence}`);
  return { title, base: trace.base, entries: trace.entries };
}
