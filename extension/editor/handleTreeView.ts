import * as vscode from 'vscode';
import { DIAGNOSES } from '../shared/diagnoses/explanations.ts';
import { formatBytes, formatHandleValue, printable } from '../shared/format.ts';
import { canHaveChildren, functionsUsing, HANDLE_KINDS, refusal } from '../shared/hierarchy.ts';
import type { Entry } from '../shared/journal.ts';
import { type HandleNode, openChildren } from '../shared/model.ts';
import { CoalescedRefresh } from './coalescedRefresh.ts';
import type { Explorer } from './explorer.ts';
import type { HandleFilterState } from './handleFilterState.ts';
import { HANDLE_ICONS } from './handleIcons.ts';

/** A change is shown at most this much later. */
const REFRESH_MILLISECONDS = 50;

/** The live tree of handles in the side bar: the graph's twin for keyboards and screen readers. */
export class HandleTreeView implements vscode.Disposable, vscode.TreeDataProvider<number> {
  readonly #explorer: Explorer;
  readonly #filter: HandleFilterState;
  readonly #changed = new vscode.EventEmitter<number | undefined>();
  readonly #view: vscode.TreeView<number>;
  readonly #subscriptions: (() => void)[] = [];
  /** Serials to refresh; undefined stands for the roots. */
  readonly #stale = new Set<number | undefined>();
  readonly #refreshing = new CoalescedRefresh(() => this.#refreshStale(), REFRESH_MILLISECONDS);
  #toReveal: number | null = null;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(explorer: Explorer, filter: HandleFilterState) {
    this.#explorer = explorer;
    this.#filter = filter;
    this.#view = vscode.window.createTreeView('hinternet.handles', { treeDataProvider: this, showCollapseAll: true });
    const selections = this.#view.onDidChangeSelection(({ selection }) => explorer.select(selection[0] ?? null));
    const reveals = explorer.onDidSelect((serial) => this.#reveal(serial));
    this.#subscriptions.push(
      explorer.journal.listen((entry) => this.#note(entry)),
      () => selections.dispose(),
      () => reveals.dispose(),
      filter.listen(() => this.#applyFilter()),
    );
    this.#applyFilter();
  }

  getChildren(serial?: number): number[] {
    const children = openChildren(this.#explorer.journal.tree, serial ?? null).map((node) => node.serial);
    const { result } = this.#filter;
    return result === null ? children : children.filter((one) => result.matches.has(one) || result.context.has(one));
  }

  getParent(serial: number): number | undefined {
    return this.#explorer.node(serial)?.parent ?? undefined;
  }

  getTreeItem(serial: number): vscode.TreeItem {
    const node = this.#explorer.node(serial);
    if (node === undefined) return new vscode.TreeItem('');
    const { None, Expanded } = vscode.TreeItemCollapsibleState;
    // A row that turned from none to expanded would stay folded, so it is expandable from the start.
    const item = new vscode.TreeItem(node.fn, canHaveChildren(node.kind) ? Expanded : None);
    item.id = String(serial);
    item.description = [formatHandleValue(node.value), printable(node.target, 80), node.state].join('  ');
    item.iconPath = new vscode.ThemeIcon(
      node.lastError === null && !isFaulty(node) ? HANDLE_ICONS[node.kind] : 'warning',
    );
    item.contextValue = `handle;${this.#legalFunctions(node).join(';')};`;
    item.tooltip = tooltip(node);
    item.accessibilityInformation = { label: accessibleName(node) };
    return item;
  }

  dispose(): void {
    this.#refreshing.dispose();
    for (const stop of this.#subscriptions) stop();
    this.#view.dispose();
    this.#changed.dispose();
  }

  #legalFunctions(node: HandleNode): readonly string[] {
    return functionsUsing(node.kind).filter((fn) => refusal(fn, node.kind, node.state) === undefined);
  }

  #reveal(serial: number | null): void {
    // Whatever was to be revealed with the next refresh has been overtaken.
    this.#toReveal = null;
    if (serial === null || this.#filter.hides(serial) || !this.#view.visible || this.#view.selection[0] === serial)
      return;
    if (this.#refreshing.isDue) {
      // The row comes with the refresh that is due.
      this.#toReveal = serial;
      return;
    }
    // The node may be gone before the view gets to it; a missing reveal harms nobody.
    this.#view.reveal(serial, { select: true, focus: false }).then(undefined, () => undefined);
  }

  /** Says what is hidden: a tree that keeps something back must not look whole. */
  #applyFilter(): void {
    const { text, result } = this.#filter;
    this.#view.message =
      result === null ? undefined : vscode.l10n.t('Filter: {0}, {1} hidden', text ?? '', result.hidden);
    this.#refresh(undefined);
  }

  #note(entry: Entry): void {
    switch (entry.type) {
      case 'handle-open':
        this.#refresh(entry.parent ?? undefined);
        break;
      case 'handle-close':
        this.#refresh(this.#explorer.node(entry.serial)?.parent ?? undefined);
        break;
      case 'note':
        if (entry.serial !== null) this.#refresh(entry.serial);
        break;
      case 'handle-state':
      case 'bytes':
        this.#refresh(entry.serial);
        break;
      case 'call-end':
        // Which handle the call used is not in this entry; failures are rare enough to refresh all.
        if (entry.error !== undefined) this.#refresh(undefined);
        break;
      default:
        break;
    }
  }

  #refresh(serial: number | undefined): void {
    this.#stale.add(serial);
    this.#refreshing.request();
  }

  #refreshStale(): void {
    const stale = this.#stale.has(undefined) ? [undefined] : [...this.#stale];
    this.#stale.clear();
    for (const one of stale) {
      if (one === undefined || this.#explorer.node(one)?.closed === null) this.#changed.fire(one);
    }
    const serial = this.#toReveal;
    this.#toReveal = null;
    this.#reveal(serial);
  }
}

function tooltip(node: HandleNode): string {
  return [
    `${HANDLE_KINDS[node.kind].title} ${formatHandleValue(node.value)}`,
    printable(node.target),
    vscode.l10n.t('Returned by {0}', node.fn),
    vscode.l10n.t('State: {0}', node.state),
    vscode.l10n.t('Received {0}, sent {1}', formatBytes(node.bytesIn), formatBytes(node.bytesOut)),
    ...(node.lastError === null ? [] : [vscode.l10n.t('Last error: {0}', node.lastError)]),
    ...node.notes.map(({ topic, text }) => `${DIAGNOSES[topic].title}: ${printable(text, 500)}`),
  ].join('\n');
}

function accessibleName(node: HandleNode): string {
  const error = node.lastError === null ? [] : [node.lastError];
  return [
    node.fn,
    HANDLE_KINDS[node.kind].title,
    formatHandleValue(node.value),
    printable(node.target, 80),
    node.state,
    ...error,
    ...new Set(node.notes.map(({ topic }) => DIAGNOSES[topic].title)),
  ].join(', ');
}

/** Has something been diagnosed that is more than worth knowing? */
function isFaulty({ notes }: HandleNode): boolean {
  return notes.some(({ topic }) => DIAGNOSES[topic].severity !== 'information');
}
