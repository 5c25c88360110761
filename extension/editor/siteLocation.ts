import path from 'node:path';
import * as vscode from 'vscode';
import type { SitePlace } from '../shared/callSite.ts';
import { openedPath } from './openedPath.ts';

/** A place of a journal in a file that can be opened; null where it is none, as in a module of Node's own. */
export function siteLocation({ file, line, column }: SitePlace): vscode.Location | null {
  if (!path.isAbsolute(file)) return null;
  const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
  // Sites count from 1, positions from 0.
  return new vscode.Location(vscode.Uri.file(openedPath(file, folders)), new vscode.Position(line - 1, column - 1));
}
