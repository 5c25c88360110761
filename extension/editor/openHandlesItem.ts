import * as vscode from 'vscode';
import { openCount } from '../shared/model.ts';
import type { Explorer } from './explorer.ts';

/** Counts open handles in the status bar, and tells menus whether there are any. */
export class OpenHandlesItem implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem('hinternet.openHandles', vscode.StatusBarAlignment.Right, 0);
  readonly #stopListening: () => void;
  readonly #explorer: Explorer;
  #told: boolean | null = null;

  constructor(explorer: Explorer) {
    this.#explorer = explorer;
    this.#item.name = vscode.l10n.t('Open HINTERNET handles');
    this.#item.command = 'hinternet.handles.focus';
    this.#stopListening = explorer.journal.listen((entry) => {
      if (entry.type === 'handle-open' || entry.type === 'handle-close') this.#update();
    });
    this.#update();
    this.#item.show();
  }

  dispose(): void {
    this.#stopListening();
    this.#item.dispose();
  }

  #update(): void {
    const count = openCount(this.#explorer.journal.tree);
    this.#tell(count > 0);
    this.#item.text = `$(plug) ${count}`;
    this.#item.tooltip =
      count === 1
        ? vscode.l10n.t('1 HINTERNET handle is open.')
        : vscode.l10n.t('{0} HINTERNET handles are open.', count);
    this.#item.accessibilityInformation = { label: this.#item.tooltip };
  }

  /** Menus are told of changes only: thousands of handles may come and go. */
  #tell(hasHandles: boolean): void {
    if (hasHandles === this.#told) return;
    this.#told = hasHandles;
    void vscode.commands.executeCommand('setContext', 'hinternet.hasHandles', hasHandles);
  }
}
