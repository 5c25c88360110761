import * as vscode from 'vscode';
import { parseSite, shortSite } from '../../shared/callSite.ts';
import { formatHandleValue, printable } from '../../shared/format.ts';
import { canHaveChildren } from '../../shared/hierarchy.ts';
import { openChildren } from '../../shared/model.ts';
import { mention } from '../announce.ts';
import { CoalescedRefresh } from '../coalescedRefresh.ts';
import { HANDLE_ICONS } from '../handleIcons.ts';
import { breaksSentence } from './breakPick.ts';
import type { ProgramModel } from './programModel.ts';
import type { ProgramWatch } from './programWatch.ts';

/** A row: a program, or an open handle of one. */
export interface ProgramRow {
  readonly program: ProgramModel;
  /** Serial of the handle; null for the program itself. */
  readonly handle: number | null;
}

/** A change is shown at most this much later. */
const REFRESH_MILLISECONDS = 100;

/** The programs that are watched, each with its open handles. */
export class ProgramTreeView implements vscode.Disposable, vscode.TreeDataProvider<ProgramRow> {
  readonly #watch: ProgramWatch;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #view: vscode.TreeView<ProgramRow>;
  readonly #listening: vscode.Disposable;
  readonly #refreshing = new CoalescedRefresh(() => this.#refresh(), REFRESH_MILLISECONDS);

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(watch: ProgramWatch) {
    this.#watch = watch;
    this.#view = vscode.window.createTreeView('hinternet.programs', { treeDataProvider: this, showCollapseAll: true });
    this.#listening = vscode.Disposable.from(
      watch.onDidChange(() => this.#refreshing.request()),
      watch.onDidStart((started) => mention(vscode.l10n.t('{0} uses WinINet: its handles are shown.', started.name))),
    );
    // What they break on may be known from before.
    this.#refreshing.request();
  }

  getChildren(row?: ProgramRow): ProgramRow[] {
    // The newest first: it is the one that somebody has just started.
    if (row === undefined) return this.#watch.programs.map((program) => ({ program, handle: null })).reverse();
    const { program } = row;
    return openChildren(program.history.tree, row.handle).map(({ serial }) => ({ program, handle: serial }));
  }

  getTreeItem({ program, handle }: ProgramRow): vscode.TreeItem {
    const item = handle === null ? programItem(program) : handleItem(program, handle);
    const show = vscode.l10n.t('Show in Graph');
    item.command = { command: 'hinternet.showProgram', title: show, arguments: [{ program, handle }] };
    return item;
  }

  dispose(): void {
    this.#refreshing.dispose();
    this.#listening.dispose();
    this.#view.dispose();
    this.#changed.dispose();
  }

  #refresh(): void {
    const running = this.#watch.programs.filter(({ program }) => !program.ended).length;
    const tooltip =
      running === 1 ? vscode.l10n.t('1 program is watched.') : vscode.l10n.t('{0} programs are watched.', running);
    this.#view.badge = running === 0 ? undefined : { value: running, tooltip };
    const { breaks, problem } = this.#watch;
    const broken = breaks.length === 0 ? undefined : breaksSentence(breaks);
    this.#view.message = problem === null ? broken : vscode.l10n.t('Programs cannot be watched: {0}', problem);
    this.#changed.fire(undefined);
  }
}

function programItem(model: ProgramModel): vscode.TreeItem {
  const { pid, ended, program, startedAt } = model.program;
  const item = new vscode.TreeItem(model.name, vscode.TreeItemCollapsibleState.Expanded);
  item.id = idOf(model);
  const state = ended ? vscode.l10n.t('ended') : vscode.l10n.t('running');
  item.description = `${pid}  ${state}`;
  item.iconPath = new vscode.ThemeIcon(ended ? 'vm-outline' : 'vm-running');
  item.contextValue = ended ? 'program;ended;' : 'program;running;';
  item.tooltip = [program, vscode.l10n.t('Process {0}, {1}', pid, state), startedAt.toLocaleTimeString()].join('\n');
  item.accessibilityInformation = { label: `${model.name}, ${vscode.l10n.t('Process {0}, {1}', pid, state)}` };
  return item;
}

function handleItem(model: ProgramModel, serial: number): vscode.TreeItem {
  const node = model.history.tree.nodes.get(serial);
  if (node === undefined) return new vscode.TreeItem('');
  const { None, Expanded } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(node.fn, canHaveChildren(node.kind) ? Expanded : None);
  item.id = `${idOf(model)}/${serial}`;
  const place = parseSite(node.site);
  const told = [formatHandleValue(node.value), printable(node.target, 80), node.state];
  item.description = [...told, ...(place === null ? [] : [shortSite(place)])].join('  ');
  item.iconPath = new vscode.ThemeIcon(node.lastError === null ? HANDLE_ICONS[node.kind] : 'warning');
  item.contextValue = place === null ? 'handle;' : 'handle;site;';
  return item;
}

function idOf({ program: { pid, thread, engine, startedAt } }: ProgramModel): string {
  return `${pid}-${thread}-${engine?.number ?? 1}-${startedAt.getTime()}`;
}
