import * as vscode from 'vscode';
import { fitsProtocolLine } from '../../shared/protocolLine.ts';

/** What is wrong with the name of a file or folder on a server; undefined if it can be sent. */
export function nameProblem(name: string): string | undefined {
  if (name === '') return vscode.l10n.t('Type a name.');
  return fitsProtocolLine(name) ? undefined : vscode.l10n.t('A name cannot contain control characters.');
}
