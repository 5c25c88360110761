import * as vscode from 'vscode';
import { parseSite, shortSite } from '../../shared/callSite.ts';
import { formatDuration, formatHandleValue, printable } from '../../shared/format.ts';
import type { HandleGroup } from '../../shared/handleMark.ts';
import type { HandleNode } from '../../shared/model.ts';
import { CoalescedRefresh } from '../coalescedRefresh.ts';
import type { GraphModel } from '../graphModel.ts';
import { HANDLE_ICONS } from '../handleIcons.ts';
import { ProgramModel } from '../programs/programModel.ts';
import { siteLocation } from '../siteLocation.ts';
import { TraceModel } from '../traceModel.ts';
import type { Leftover, MarkedHandles } from './markedHandles.ts';

/** A row: a line of a program that made handles which it left open, or one of these handles. */
interface MarkRow {
  readonly model: GraphModel;
  /** As of its comparison: handles are shown as they were then where that was in the past, in microseconds. */
  readonly past: number | null;
  readonly group: HandleGroup;
  /** Serial of the handle; null for the line. */
  readonly handle: number | null;
}

/** A change is shown at most this much later. */
const REFRESH_MILLISECONDS = 100;

/**
 * What was opened since the mark and left open, by the line that made it. A line leads to the code, a handle to the graph; a
 * handle that is closed goes, and with its last handle the line.
 */
export class MarkTreeView implements vscode.Disposable, vscode.TreeDataProvider<MarkRow> {
  readonly #marks: MarkedHandles;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #view: vscode.TreeView<MarkRow>;
  readonly #listening: vscode.Disposable;
  readonly #refreshing = new CoalescedRefresh(() => this.#refresh(), REFRESH_MILLISECONDS);

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(marks: MarkedHandles) {
    this.#marks = marks;
    this.#view = vscode.window.createTreeView('hinternet.marked', { treeDataProvider: this, showCollapseAll: true });
    this.#listening = marks.onDidChange(() => this.#refreshing.request());
  }

  getChildren(row?: MarkRow): MarkRow[] {
    if (row !== undefined) {
      return row.handle !== null ? [] : openIn(row).map(({ serial }) => ({ ...row, handle: serial }));
    }
    return (this.#marks.found ?? []).flatMap(({ model, difference, past }) =>
      difference.left.map((group) => ({ model, past, group, handle: null })).filter((line) => openIn(line).length > 0),
    );
  }

  getTreeItem(row: MarkRow): vscode.TreeItem {
    const node = openIn(row).find(({ serial }) => serial === row.handle);
    return node === undefined ? this.#lineItem(row) : handleItem(row, node);
  }

  dispose(): void {
    this.#refreshing.dispose();
    this.#listening.dispose();
    this.#view.dispose();
    this.#changed.dispose();
  }

  #lineItem(row: MarkRow): vscode.TreeItem {
    const { model, group } = row;
    const count = openIn(row).length;
    const place = parseSite(group.site);
    const item = new vscode.TreeItem(`${group.fn} × ${count}`, vscode.TreeItemCollapsibleState.Expanded);
    item.id = `${this.#sourceOf(model)} ${group.fn} ${group.site}`;
    const several = (this.#marks.found ?? []).length > 1;
    const told = [...(place === null ? [] : [shortSite(place)]), ...(several ? [model.title] : [])];
    item.description = told.join('  ');
    item.tooltip = [
      countSentence(row, count),
      group.site ?? vscode.l10n.t('Nobody knows where this call was made.'),
    ].join('\n');
    item.iconPath = new vscode.ThemeIcon('warning');
    item.accessibilityInformation = { label: `${item.tooltip} ${group.fn}` };
    const location = place === null ? null : siteLocation(place);
    if (location !== null) {
      const title = vscode.l10n.t('Go to Line');
      item.command = { command: 'vscode.open', title, arguments: [location.uri, { selection: location.range }] };
    }
    return item;
  }

  /** Tells sources apart. */
  #sourceOf(model: GraphModel): number {
    return (this.#marks.found ?? []).findIndex((one) => one.model === model);
  }

  #refresh(): void {
    const { found, isSet } = this.#marks;
    void vscode.commands.executeCommand('setContext', 'hinternet.marked', isSet);
    const count = this.getChildren().reduce((sum, row) => sum + openIn(row).length, 0);
    const left = (found ?? []).some(({ difference }) => difference.left.length > 0);
    const since = left && count === 0 ? [vscode.l10n.t('Nothing of it is open any more.')] : [];
    this.#view.message = found === null || found.length === 0 ? undefined : [summary(found), ...since].join(' ');
    const tooltip =
      count === 1
        ? vscode.l10n.t('1 handle was left open since the mark.')
        : vscode.l10n.t('{0} handles were left open since the mark.', count);
    this.#view.badge = count === 0 ? undefined : { value: count, tooltip };
    this.#changed.fire(undefined);
  }
}

/** What a comparison found, in a sentence. */
export function summary(found: readonly Leftover[]): string {
  const opened = found.flatMap(({ difference }) => difference.left.map(({ nodes }) => nodes.length));
  const left = opened.reduce((sum, count) => sum + count, 0);
  const closed = found.reduce((sum, { difference }) => sum + difference.closed, 0);
  const kept = found.reduce((sum, { difference }) => sum + difference.kept, 0);
  const age = formatDuration(Math.max(...found.map(({ span }) => span)));
  return vscode.l10n.t(
    '{0} after the mark: {1} opened since and left open; of those marked {2} closed, {3} kept.',
    age,
    left,
    closed,
    kept,
  );
}

function countSentence({ past }: MarkRow, count: number): string {
  if (past !== null) {
    return count === 1
      ? vscode.l10n.t('1 handle was opened here between both moments and is open at the later one.')
      : vscode.l10n.t('{0} handles were opened here between both moments and are open at the later one.', count);
  }
  return count === 1
    ? vscode.l10n.t('1 handle was opened here since the mark and is still open.')
    : vscode.l10n.t('{0} handles were opened here since the mark and are still open.', count);
}

function openIn({ model, group, past }: MarkRow): readonly HandleNode[] {
  if (past !== null) return group.nodes;
  const { nodes } = model.history.tree;
  return group.nodes.flatMap(({ serial }) => {
    const node = nodes.get(serial);
    return node === undefined || node.closed !== null ? [] : [node];
  });
}

function handleItem({ model, past }: MarkRow, node: HandleNode): vscode.TreeItem {
  const { serial, value, kind, target, state, openedAt } = node;
  const item = new vscode.TreeItem(formatHandleValue(value));
  const age = vscode.l10n.t('{0}, open for {1}', state, formatDuration((past ?? model.now) - openedAt));
  item.description = [printable(target, 80), age].join('  ');
  item.iconPath = new vscode.ThemeIcon(HANDLE_ICONS[kind]);
  const title = vscode.l10n.t('Show in Graph');
  if (model instanceof ProgramModel) {
    item.command = { command: 'hinternet.showProgram', title, arguments: [{ program: model, handle: serial }] };
  } else {
    const where = model instanceof TraceModel ? [{ trace: model.uri }] : [];
    item.command = { command: 'hinternet.revealInGraph', title, arguments: [serial, ...where] };
  }
  return item;
}
