import * as vscode from 'vscode';
import { printable } from '../../shared/format.ts';
import { announce } from '../announce.ts';

/** Shows what a function has answered, with a button to copy it. */
export function showValue(label: string, value: string): void {
  announce(`${printable(label)}: ${printable(value, 500)}`, [copyAction(value)]);
}

/** Offers a secret for copying without showing it. */
export function offerSecret(label: string, value: string): void {
  announce(vscode.l10n.t('{0} is set; it is not shown.', label), [copyAction(value)]);
}

function copyAction(value: string) {
  return { title: vscode.l10n.t('Copy'), run: () => vscode.env.clipboard.writeText(value) };
}
