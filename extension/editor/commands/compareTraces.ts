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

/** Shows two journals side by side, and where they part: traces, programs, this window. Returns the divergences and a report. */
export async function compareTraces(
  parts: CommandParts,
  _target?: number,
  args?: unknown,
): Promise<OpenComparison | undefined> {
  const given = readAnswers(answers, args);
  return await attempt(parts, given !== undefined, async () => {
    const left = given === undefined ? await ask(parts, 'left') : await readFile(vscode.Uri.file(given.left));
    if (left === undefined) return undefined;
    const right = given === undefined ? await ask(parts, 'right', left) : await readFile(vscode.Uri.file(given.right));
    if (right === undefined) return undefined;
    return openComparison(parts.extensionUri, left, right, (sentence) => parts.log.info(sentence));
  });
}

type Source = { readonly model: GraphModel } | 'file';

/** Asks for one side: the original, or what is compared with it. */
async function ask(
  { explorer, views }: CommandParts,
  side: 'left' | 'right',
  left?: ComparedJournal,
): Promise<ComparedJournal | undefined> {
  const models = new Set<GraphModel>([...views.all.map(({ model }) => model), explorer]);
  const open = [...models].filter(({ history }) => history.entries !== left?.entries && history.entries.length > 0);
  const choices: Choice<Source>[] = [
    { label: vscode.l10n.t('A File…'), description: vscode.l10n.t('a trace, or a log of Wine'), value: 'file' },
    ...open.map((model) => ({
      label: model === explorer ? vscode.l10n.t('This Window') : model.title,
      description: vscode.l10n.t('{0} entries', model.history.entries.length),
      value: { model },
    })),
  ];
  const answer = await pick<Source>({
    title: vscode.l10n.t('HINTERNET: Compare Traces'),
    placeholder:
      side === 'left'
        ? vscode.l10n.t('Choose the left side: the original, or how it was before')
        : vscode.l10n.t('Choose the right side: the port, or how it is now'),
    choices,
  });
  if (answer.type !== 'value') return undefined;
  if (answer.value !== 'file') return journalOf(answer.value.model);
  const [uri] =
    (await vscode.window.showOpenDialog({
      filters: { [vscode.l10n.t('Traces and Wine logs')]: [TRACE_EXTENSION, 'log', 'txt'] },
    })) ?? [];
  return uri === undefined ? undefined : await readFile(uri);
}

function journalOf({ title, history: { base, entries } }: GraphModel): ComparedJournal {
  // What happens while the person looks does not belong to the comparison.
  return { title, base, entries: [...entries] };
}

/** A trace, or by any other name a log of Wine. */
async function readFile(uri: vscode.Uri): Promise<ComparedJournal> {
  if (!uri.path.endsWith(`.${TRACE_EXTENSION}`)) {
    const { log } = await readWineTrace(readLongText(uri), path.basename(uri.path), new Date());
    const { entries, calls } = log;
    if (calls === 0)
      throw new Error(vscode.l10n.t('{0} is neither a trace nor a log of Wine.', path.basename(uri.path)));
    return { title: path.basename(uri.path), base: checkpoint(emptyTree()), entries };
  }
  const trace = await readTrace(readLongText(uri));
  if (!trace.ok) throw new Error(trace.problem);
  return { title: path.basename(uri.path), base: trace.base, entries: trace.entries };
}
