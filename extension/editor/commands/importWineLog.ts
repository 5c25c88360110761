import * as vscode from 'vscode';
import { readWineTrace } from '../../sources/wineLog/wineTrace.ts';
import { readLongText } from '../longTexts.ts';
import type { CommandParts } from './commandParts.ts';
import { importTrace, nameOf } from './importTrace.ts';

/** Makes a trace of what a native program printed under Wine, and opens it. Returns the trace's path. */
export async function importWineLog(
  parts: CommandParts,
  _target?: number,
  args?: unknown,
): Promise<string | undefined> {
  return await importTrace(parts, args, {
    title: vscode.l10n.t('HINTERNET: Import Wine Log'),
    filters: { [vscode.l10n.t('Log')]: ['log', 'txt', 'gz'], [vscode.l10n.t('All Files')]: ['*'] },
    async read(source) {
      const { mtime } = await vscode.workspace.fs.stat(source);
      const { log, about } = await readWineTrace(readLongText(source), nameOf(source), new Date(mtime));
      const { entries, calls, unknown, unknownLines } = log;
      if (calls === 0) {
        throw new Error(vscode.l10n.t('No call of WinINet is in this log: run the program with WINEDEBUG=+wininet.'));
      }
      const show = { title: vscode.l10n.t('Show Lines'), run: () => showLines(unknownLines) };
      return { about, entries, told: toldOf(calls, unknown), actions: unknown === 0 ? [] : [show] };
    },
  });
}

function toldOf(calls: number, unknown: number): string {
  if (unknown === 0) return vscode.l10n.t('{0} calls; every line was understood.', calls);
  return unknown === 1
    ? vscode.l10n.t('{0} calls; 1 line was not understood.', calls)
    : vscode.l10n.t('{0} calls; {1} lines were not understood.', calls, unknown);
}

async function showLines(lines: readonly string[]): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ content: lines.join('\n') });
  await vscode.window.showTextDocument(document, { preview: false });
}
