import * as vscode from 'vscode';
import { formatDuration, formatHandleValue, printable } from '../../shared/format.ts';
import { compareWithMark, type HandleMark, type MarkComparison, markOpenHandles } from '../../shared/handleMark.ts';
import type { JournalHistory } from '../../shared/journalHistory.ts';
import { announce, commandAction } from '../announce.ts';
import type { GraphModel } from '../graphModel.ts';
import { attempt } from '../report.ts';
import { type Choice, heading, pick } from '../steps.ts';
import type { CommandParts } from './commandParts.ts';

/** The newest mark of each journal. */
const marks = new WeakMap<JournalHistory, HandleMark>();

/** Remembers which handles are open now. Returns how many. */
export function markOpen({ views, explorer }: CommandParts, _target?: number, args?: unknown): Promise<number> {
  const { history } = views.active?.model ?? explorer;
  const mark = markOpenHandles(history.tree);
  marks.set(history, mark);
  if (args === undefined) {
    const { size } = mark.serials;
    const told =
      size === 1 ? vscode.l10n.t('1 open handle is marked.') : vscode.l10n.t('{0} open handles are marked.', size);
    announce(told, [commandAction(vscode.l10n.t('Compare'), 'hinternet.compareOpenHandles')]);
  }
  return Promise.resolve(mark.serials.size);
}

/** What a program gets of a comparison. */
interface Compared {
  /** Serials of handles that were opened since the mark and are still open. */
  readonly left: readonly number[];
  readonly closed: number;
  readonly kept: number;
}

/** Shows the handles that were opened since the mark and are still open; choosing one selects it in the graph. */
export function compareOpen(parts: CommandParts, _target?: number, args?: unknown): Promise<Compared | undefined> {
  const quiet = args !== undefined;
  return attempt(parts, quiet, async () => {
    const model = parts.views.active?.model ?? parts.explorer;
    const mark = marks.get(model.history);
    if (mark === undefined) {
      throw new Error(vscode.l10n.t('Nothing is marked: call HINTERNET: Mark Open Handles first.'));
    }
    const comparison = compareWithMark(model.history.tree, mark);
    if (!quiet) await show(parts, model, mark, comparison);
    const { left, closed, kept } = comparison;
    return { left: left.flatMap(({ nodes }) => nodes.map(({ serial }) => serial)), closed, kept };
  });
}

async function show(
  { graph }: CommandParts,
  model: GraphModel,
  mark: HandleMark,
  { left, closed, kept }: MarkComparison,
): Promise<void> {
  const age = formatDuration(model.now - mark.t);
  if (left.length === 0) {
    announce(
      vscode.l10n.t('No handle was left open since the mark, {0} ago: {1} closed, {2} kept.', age, closed, kept),
      [],
    );
    return;
  }
  const choices = left.flatMap(({ fn, nodes }): Choice<number>[] => [
    heading(`${fn} × ${nodes.length}`),
    ...nodes.map(({ serial, value, target, state, openedAt }) => ({
      label: `${fn} ${formatHandleValue(value)}`,
      description: printable(target, 80),
      detail: vscode.l10n.t('{0}, open for {1}', state, formatDuration(model.now - openedAt)),
      value: serial,
    })),
  ]);
  const count = left.reduce((sum, { nodes }) => sum + nodes.length, 0);
  const answer = await pick<number>({
    title: vscode.l10n.t('HINTERNET: left open since the mark, {0} ago', age),
    placeholder: vscode.l10n.t('{0} opened and not closed; of those marked {1} closed, {2} kept', count, closed, kept),
    choices,
  });
  if (answer.type !== 'value') return;
  model.select(answer.value);
  if (!model.readOnly) graph.show(answer.value);
}
