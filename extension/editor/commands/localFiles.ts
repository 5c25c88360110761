import { homedir } from 'node:os';
import * as vscode from 'vscode';

/** Asks for a local file. Returns its path; undefined if the person left. */
export async function askLocalFile(
  openLabel: string,
  how: Pick<vscode.OpenDialogOptions, 'title' | 'filters'> = {},
): Promise<string | undefined> {
  const where = { canSelectMany: false, defaultUri: startFolder() };
  const chosen = await vscode.window.showOpenDialog({ openLabel, ...where, ...how });
  return chosen?.[0] === undefined ? undefined : pathOf(chosen[0]);
}

/** Asks where to save; the dialog itself asks before a file is overwritten. Returns the path; undefined if the person left. */
export async function askSavePath(name: string): Promise<string | undefined> {
  const safe = name.replace(/[/\\:*?"<>|\p{Cc}]/gu, '_') || 'body';
  const chosen = await vscode.window.showSaveDialog({ defaultUri: vscode.Uri.joinPath(startFolder(), safe) });
  return chosen === undefined ? undefined : pathOf(chosen);
}

function startFolder(): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file');
  return folder?.uri ?? vscode.Uri.file(homedir());
}

function pathOf(uri: vscode.Uri): string {
  if (uri.scheme === 'file') return uri.fsPath;
  throw new Error(
    vscode.l10n.t('Choose a file of the computer on which the extension runs, not one of {0}.', uri.scheme),
  );
}
