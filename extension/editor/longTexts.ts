import * as vscode from 'vscode';
import { decodeInPieces, encodeInPieces, readTextFile, writeTextFile } from '../sources/textPieces.ts';

/** Long texts in files: streams where the file is on this machine; elsewhere the editor moves its bytes all at once. */

/** The text of a file in pieces that may be cut anywhere. */
export async function* readLongText(uri: vscode.Uri): AsyncGenerator<string, void> {
  if (uri.scheme === 'file') yield* readTextFile(uri.fsPath);
  else yield* decodeInPieces(await vscode.workspace.fs.readFile(uri));
}

/** Writes parts of a text, one after the other, to a file. */
export async function writeLongText(uri: vscode.Uri, parts: Iterable<string>): Promise<void> {
  if (uri.scheme === 'file') await writeTextFile(uri.fsPath, parts);
  else await vscode.workspace.fs.writeFile(uri, Buffer.concat([...encodeInPieces(parts)]));
}
