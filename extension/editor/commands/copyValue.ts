import * as v from 'valibot';
import * as vscode from 'vscode';
import { formatHandleValue } from '../../shared/format.ts';
import { handleFor } from '../handlePick.ts';
import { HANDLE_FIELD, readAnswers } from '../invocation.ts';
import type { CommandParts } from './commandParts.ts';

const MESSAGE_MILLISECONDS = 3000;

const answers = v.strictObject(HANDLE_FIELD);

/** Copies the value of a handle, as 0x00CC0004. Returns it. */
export async function copyValue(parts: CommandParts, target?: number, args?: unknown): Promise<string | undefined> {
  const quiet = readAnswers(answers, args) !== undefined;
  const serial = await handleFor(parts, target, quiet, {
    fn: 'InternetCloseHandle',
    title: vscode.l10n.t('HINTERNET: Copy Value'),
    none: vscode.l10n.t('No handle is open.'),
  });
  const node = parts.explorer.node(serial ?? 0);
  if (node === undefined) return undefined;
  const value = formatHandleValue(node.value);
  await vscode.env.clipboard.writeText(value);
  if (!quiet) vscode.window.setStatusBarMessage(vscode.l10n.t('Copied {0}.', value), MESSAGE_MILLISECONDS);
  return value;
}
