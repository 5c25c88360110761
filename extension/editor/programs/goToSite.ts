import * as vscode from 'vscode';
import type { SitePlace } from '../../shared/callSite.ts';

/** Opens the line of a program's code at which a call was made. Rejects when the file cannot be opened. */
export async function goToSite({ file, line, column }: SitePlace): Promise<void> {
  const at = new vscode.Position(line - 1, column - 1);
  // Beside a graph that fills the only group the code would cover it.
  const inCode = vscode.window.visibleTextEditors[0]?.viewColumn;
  await vscode.window.showTextDocument(vscode.Uri.file(file), {
    selection: new vscode.Range(at, at),
    viewColumn: inCode ?? vscode.ViewColumn.Beside,
  });
}
