import * as vscode from 'vscode';
import { redact } from '../../shared/redact.ts';
import { readWineLog, type WineLog } from '../../sources/wineLog/readWineLog.ts';
import { readLongText } from '../longTexts.ts';
import type { CommandParts } from './commandParts.ts';
import { importTrace } from './importTrace.ts';

/** Makes a trace of what a native program printed under Wine, and opens it. Returns the trace's path. */
export async function importWineLog(
  parts: CommandParts,
  _target?: number,
  args?: unknown,
): Promise<string | undefined> {
  return await importTrace(parts, args, {
    title: vscode.l10n.t('HINTERNET: Import Wine Log'),
    filters: { [vscode.l10n.t('Log')]: ['log', 'txt'], [vscode.l10n.t('All Files')]: ['*'] },
    async read(source) {
      const log = await readWineLog(readLongText(source));
      if (log.calls === 0) {
        throw new Error(
          vscode.l10n.t(
            'No call of WinINet is in this log. Run the program with WINEDEBUG=+wininet,+timestamp,+pid,+tid.',
          ),
        );
      }
      const { entries, unknownLines } = log;
      // The log tells how long the system has been running, not what day it is: its last line came when it was last written.
      const { mtime } = await vscode.workspace.fs.stat(source);
      const problems = unknownLines.map(({ line, text }) => ({ line, sentence: `not understood: ${redact(text)}` }));
      const startedAt = new Date(mtime - (entries.at(-1)?.t ?? 0) / 1000);
      return { startedAt, entries, problems, told: toldOf(log) };
    },
  });
}

function toldOf({ calls, unknown, unnamed }: WineLog): string {
  const parts = [vscode.l10n.t('{0} calls were imported.', calls)];
  if (unknown === 1) parts.push(vscode.l10n.t('One line was not understood.'));
  else if (unknown > 1) parts.push(vscode.l10n.t('{0} lines were not understood.', unknown));
  if (unnamed === 1) parts.push(vscode.l10n.t('One call was left out: the log does not name its function.'));
  else if (unnamed > 1) {
    parts.push(vscode.l10n.t('{0} calls were left out: the log does not name their functions.', unnamed));
  }
  return parts.join(' ');
}
