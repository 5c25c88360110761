import * as v from 'valibot';
import * as vscode from 'vscode';
import { handleFor } from '../handlePick.ts';
import { HANDLE_FIELD, readAnswers } from '../invocation.ts';
import { waitWithProgress } from '../progress.ts';
import { attempt } from '../report.ts';
import type { CommandParts } from './commandParts.ts';

const answers = v.strictObject(HANDLE_FIELD);

/** Closes a handle, and everything below it, with InternetCloseHandle. Returns its serial. */
export async function closeHandle(parts: CommandParts, target?: number, args?: unknown): Promise<number | undefined> {
  const quiet = readAnswers(answers, args) !== undefined;
  const serial = await handleFor(parts, target, quiet, {
    fn: 'InternetCloseHandle',
    title: vscode.l10n.t('HINTERNET: Close Handle'),
    none: vscode.l10n.t('No handle is open.'),
  });
  if (serial === undefined) return undefined;
  return await attempt(parts, quiet, async () => {
    const { explorer } = parts;
    const closing = explorer.wininet.InternetCloseHandle(explorer.handle(serial));
    await waitWithProgress(vscode.l10n.t('HINTERNET: closing the handle'), closing);
    return serial;
  });
}
