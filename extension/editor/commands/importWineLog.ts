import * as v from 'valibot';
import * as vscode from 'vscode';
import { checkpoint, emptyTree } from '../../shared/model.ts';
import { TRACE_EXTENSION, writeTrace } from '../../sources/traceFile.ts';
import { readWineTrace } from '../../sources/wineLog/wineTrace.ts';
import { announce } from '../announce.ts';
import { readAnswers } from '../invocation.ts';
import { readLongText, writeLongText } from '../longTexts.ts';
import { attempt } from '../report.ts';
import { TRACE_VIEW_TYPE } from '../traceEditors.ts';
import type { CommandParts } from './commandParts.ts';

const answers = v.strictObject({ log: v.string(), file: v.string() });

/** What came of an import. */
interface Imported {
  /** Path of the trace that was written. */
  readonly file: string;
  readonly calls: number;
  /** How many lines were not understood. */
  readonly unknown: number;
}

/** Turns the log of a native program under Wine into a trace, and opens it. */
export async function importWineLog(
  parts: CommandParts,
  _target?: number,
  args?: unknown,
): Promise<Imported | undefined> {
  const given = readAnswers(answers, args);
  return await attempt(parts, given !== undefined, async () => {
    const source = given === undefined ? await askLog() : vscode.Uri.file(given.log);
    if (source === undefined) return undefined;
    const title = source.path.split('/').at(-1) ?? '';
    const { mtime } = await vscode.workspace.fs.stat(source);
    const { log, about } = await readWineTrace(readLongText(source), title, new Date(mtime));
    const { entries, calls, unknown, unknownLines } = log;
    if (calls === 0) {
      throw new Error(vscode.l10n.t('No call of WinINet is in this log: run the program with WINEDEBUG=+wininet.'));
    }
    const uri = given === undefined ? await askTrace(source) : vscode.Uri.file(given.file);
    if (uri === undefined) return undefined;
    await writeLongText(uri, writeTrace(about, checkpoint(emptyTree()), entries));
    await vscode.commands.executeCommand('vscode.openWith', uri, TRACE_VIEW_TYPE);
    if (given === undefined) {
      const show = { title: vscode.l10n.t('Show Lines'), run: () => showLines(unknownLines) };
      announce(outcome(calls, unknown), unknown === 0 ? [] : [show]);
    }
    return { file: uri.fsPath, calls, unknown };
  });
}

function outcome(calls: number, unknown: number): string {
  return unknown === 1
    ? vscode.l10n.t('{0} calls; 1 line was not understood.', calls)
    : vscode.l10n.t('{0} calls; {1} lines were not understood.', calls, unknown);
}

async function showLines(lines: readonly string[]): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ content: lines.join('\n') });
  await vscode.window.showTextDocument(document, { preview: false });
}

async function askLog(): Promise<vscode.Uri | undefined> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const chosen = await vscode.window.showOpenDialog({
    title: vscode.l10n.t('HINTERNET: Import Wine Log'),
    openLabel: vscode.l10n.t('Import'),
    ...(folder && { defaultUri: folder.uri }),
  });
  return chosen?.[0];
}

/** Beside the log, unless the person wants it elsewhere. */
async function askTrace(log: vscode.Uri): Promise<vscode.Uri | undefined> {
  const defaultUri = log.with({ path: `${log.path.replace(/\.(?:log|txt)$/i, '')}.${TRACE_EXTENSION}` });
  return await vscode.window.showSaveDialog({
    filters: { [vscode.l10n.t('Trace')]: [TRACE_EXTENSION] },
    defaultUri,
  });
}
