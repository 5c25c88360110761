import * as vscode from 'vscode';
import { TRACE_EXTENSION } from '../../sources/traceFile.ts';
import type { Explorer } from '../explorer.ts';
import type { GraphViews } from '../graphViews.ts';
import type { ProgramWatch } from '../programs/programWatch.ts';
import { type Choice, heading, pick } from '../steps.ts';
import { TraceModel } from '../traceModel.ts';
import type { ComparedSource } from './comparedSources.ts';

/** What this window holds that can be compared. */
export interface Comparable {
  readonly explorer: Explorer;
  readonly views: GraphViews;
  readonly programs: Pick<ProgramWatch, 'programs'>;
}

/** This window's own engine as a side. */
export function windowSource(explorer: Explorer): ComparedSource {
  return { name: vscode.l10n.t('This Window'), model: explorer };
}

/** Asks for one side: programs, this window, traces that are open, or a file. `other` is the side that is chosen already. */
export async function pickSource(
  { explorer, views, programs }: Comparable,
  question: { readonly title: string; readonly placeholder: string },
  other?: ComparedSource,
): Promise<ComparedSource | undefined> {
  const file: Choice<ComparedSource | 'file'> = {
    label: `$(folder-opened) ${vscode.l10n.t('A File…')}`,
    description: vscode.l10n.t('a trace, or a log of Wine'),
    value: 'file',
  };
  // The newest first: it is the one that has just ended.
  const run = programs.programs.toReversed().map((model) => ({
    label: `$(${model.stopped ? 'vm-outline' : 'vm-running'}) ${model.title}`,
    description: `${model.stopped ? vscode.l10n.t('ended') : vscode.l10n.t('running')}, ${entries(model.history.entries)}`,
    detail: model.program.program,
    value: { name: model.title, model },
  }));
  const window = {
    label: `$(window) ${vscode.l10n.t('This Window')}`,
    description: entries(explorer.history.entries),
    value: windowSource(explorer),
  };
  const traces = openTraces(views).map((uri) => ({
    label: `$(history) ${uri.path.slice(uri.path.lastIndexOf('/') + 1)}`,
    description: vscode.workspace.asRelativePath(uri),
    value: uri,
  }));
  const groups: readonly (readonly [string, readonly Choice<ComparedSource | 'file'>[]])[] = [
    [vscode.l10n.t('programs'), run],
    [vscode.l10n.t('this window'), [window]],
    [vscode.l10n.t('files'), [...traces, file]],
  ];
  const answer = await pick<ComparedSource | 'file'>({
    ...question,
    choices: groups.flatMap(([label, choices]) => {
      const left = choices.filter(({ value }) => !isSame(value, other));
      return left.length === 0 ? [] : [heading(label), ...left];
    }),
  });
  if (answer.type !== 'value') return undefined;
  return answer.value === 'file' ? await openFile(question.title) : answer.value;
}

function entries({ length }: readonly unknown[]): string {
  return length === 1 ? vscode.l10n.t('1 entry') : vscode.l10n.t('{0} entries', length);
}

function openTraces(views: GraphViews): readonly vscode.Uri[] {
  const uris = views.all.flatMap(({ model }) => (model instanceof TraceModel ? [model.uri] : []));
  return [...new Map(uris.map((uri) => [uri.toString(), uri])).values()];
}

function isSame(one: ComparedSource | 'file' | undefined, other: ComparedSource | undefined): boolean {
  if (one === undefined || one === 'file' || other === undefined) return false;
  if (one instanceof vscode.Uri) return other instanceof vscode.Uri && one.toString() === other.toString();
  return !(other instanceof vscode.Uri) && one.model === other.model;
}

async function openFile(title: string): Promise<vscode.Uri | undefined> {
  const [uri] =
    (await vscode.window.showOpenDialog({
      title,
      filters: {
        [vscode.l10n.t('Traces and Wine logs')]: [TRACE_EXTENSION, 'log', 'txt'],
        [vscode.l10n.t('All Files')]: ['*'],
      },
    })) ?? [];
  return uri;
}
