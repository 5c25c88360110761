import { stat } from 'node:fs/promises';
import * as vscode from 'vscode';
import { formatHandleValue } from '../../shared/format.ts';
import type { SiteTally } from '../../shared/siteTallies.ts';
import { CoalescedRefresh } from '../coalescedRefresh.ts';
import { realPath } from '../openedPath.ts';
import { showsCallHints } from '../settings.ts';
import type { ProgramModel } from './programModel.ts';
import type { ProgramWatch } from './programWatch.ts';

/** Hints follow a running program in this pace. */
const REFRESH_MILLISECONDS = 250;

/** Tells at the end of the lines of a program's code what happened there last: handle, error, how often. */
export class CallHints implements vscode.Disposable, vscode.InlayHintsProvider {
  readonly #watch: ProgramWatch;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #registrations: vscode.Disposable;
  readonly #refreshing = new CoalescedRefresh(() => this.#changed.fire(), REFRESH_MILLISECONDS);

  readonly onDidChangeInlayHints = this.#changed.event;

  constructor(watch: ProgramWatch) {
    this.#watch = watch;
    const later = (): void => this.#refreshing.request();
    this.#registrations = vscode.Disposable.from(
      vscode.languages.registerInlayHintsProvider({ scheme: 'file' }, this),
      watch.onDidCall(later),
      watch.onDidChange(later),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('hinternet.watch.hints')) this.#changed.fire();
      }),
    );
  }

  async provideInlayHints(document: vscode.TextDocument, range: vscode.Range): Promise<vscode.InlayHint[]> {
    if (!showsCallHints() || document.isDirty) return [];
    const file = realPath(document.uri.fsPath);
    const program = this.#lastWith(file);
    // Lines that were changed since are not the lines that ran.
    if (program === undefined || (await lastChange(file)) > program.startedAt.getTime()) return [];
    const tallies = program.tallies.of(file);
    const lines = Map.groupBy(tallies, ({ line }) => line - 1);
    return [...lines].flatMap(([line, here]) => {
      if (line >= document.lineCount || line < range.start.line || line > range.end.line) return [];
      return hint(document.lineAt(line).range.end, here, program);
    });
  }

  dispose(): void {
    this.#refreshing.dispose();
    this.#registrations.dispose();
    this.#changed.dispose();
  }

  /** What happened last is told: the newest program that has run this file. */
  #lastWith(file: string): ProgramModel | undefined {
    return this.#watch.programs.findLast(({ tallies }) => tallies.of(file).length > 0);
  }
}

/** When a file was written, in milliseconds since 1970; 0 for one that is nowhere any more. */
async function lastChange(file: string): Promise<number> {
  try {
    return (await stat(file)).mtimeMs;
  } catch {
    return 0;
  }
}

function hint(at: vscode.Position, tallies: readonly SiteTally[], program: ProgramModel): vscode.InlayHint {
  const made = new vscode.InlayHint(at, tallies.map(shortWords).join(' · '));
  made.paddingLeft = true;
  const lines = tallies.map((tally) => `${tally.fn}: ${longWords(tally)}`);
  made.tooltip = [...lines, `${program.name} (${program.program.pid})`].join('\n');
  return made;
}

function shortWords({ count, value, error }: SiteTally): string {
  const told = error ?? (value === null ? null : formatHandleValue(value));
  return [...(told === null ? [] : [told]), `×${count}`].join(' ');
}

function longWords({ count, failures, value, error }: SiteTally): string {
  const times = count === 1 ? vscode.l10n.t('called once') : vscode.l10n.t('called {0} times', count);
  return [
    times,
    ...(failures === 0 ? [] : [vscode.l10n.t('failed {0} of them', failures)]),
    ...(error === null ? [] : [vscode.l10n.t('last error {0}', error)]),
    ...(value === null ? [] : [vscode.l10n.t('last handle {0}', formatHandleValue(value))]),
  ].join(', ');
}
