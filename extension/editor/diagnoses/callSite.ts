import path from 'node:path';
import * as vscode from 'vscode';

/** The place in a file that a journal names as `file:line:column`; null where it is no file, as a module of Node's own. */
export function locationOf(site: string): vscode.Location | null {
  const parts = /^(.+):(\d+):(\d+)$/.exec(site);
  const [, file, line, column] = parts ?? [];
  const uri = file === undefined ? null : uriOf(file);
  if (uri === null) return null;
  // Sites count from 1, positions from 0.
  return new vscode.Location(uri, new vscode.Position(Math.max(0, Number(line) - 1), Math.max(0, Number(column) - 1)));
}

function uriOf(file: string): vscode.Uri | null {
  if (file.startsWith('file://')) return vscode.Uri.parse(file);
  return path.isAbsolute(file) ? vscode.Uri.file(file) : null;
}
