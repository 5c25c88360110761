import * as vscode from 'vscode';
import { formatBytes } from '../../shared/format.ts';
import { LocalDownload } from '../../wininet/localFile.ts';
import { announce } from '../announce.ts';
import { readPieces } from '../bodyReading.ts';
import { workWithProgress } from '../progress.ts';
import type { CommandParts } from './commandParts.ts';

/** What became of a body: a document, or a file. */
export interface ReadResult {
  /** The document's address. */
  readonly uri?: string;
  /** The file's path. */
  readonly saved?: string;
  /** How many bytes. */
  readonly bytes: number;
}

/**
 * Saves a body, from what was read of it before to its end, piece by piece, so that memory stays flat. What breaks off leaves
 * nothing under the name.
 */
export async function saveBody(parts: CommandParts, serial: number, path: string): Promise<ReadResult> {
  const { explorer, unfinished } = parts;
  const version = versionOf(parts, serial);
  const before = unfinished.of(serial, version);
  // From a drained handle nothing more would come: the file would be a part of the body, or empty.
  if (before === null || explorer.node(serial)?.state === 'drained') throw new Error(lostSentence(parts, serial));
  const handle = explorer.handle(serial);
  const title = vscode.l10n.t('HINTERNET: saving the response; cancelling closes its handle');
  return await save(path, (write) =>
    workWithProgress(explorer, title, serial, async () => {
      for (const piece of before) await write(piece);
      unfinished.lose(serial, version);
      await readPieces(explorer.wininet, handle, write);
    }),
  );
}

/** How often the request of a handle has been sent: an answer belongs to one sending. */
export function versionOf({ explorer }: CommandParts, serial: number): number {
  return explorer.node(serial)?.tallies.HttpSendRequest?.count ?? 0;
}

/** Says that a body cannot be had whole any more, and what to do. */
export function lostSentence({ explorer }: CommandParts, serial: number): string {
  return explorer.node(serial)?.kind === 'http-request'
    ? vscode.l10n.t('The body was read already and is no longer kept: send the request again to read it once more.')
    : vscode.l10n.t('The body was read already and is no longer kept: open it again to read it once more.');
}

/** Saves a body that is kept in memory because its document is open. */
export function saveKept(path: string, pieces: readonly Uint8Array[]): Promise<ReadResult> {
  return save(path, async (write) => {
    for (const piece of pieces) await write(piece);
  });
}

/** Writes beside the final name; the name itself is used when all is there. */
async function save(
  path: string,
  produce: (write: (piece: Uint8Array) => Promise<void>) => Promise<void>,
): Promise<ReadResult> {
  const target = await LocalDownload.create(path, { failIfExists: false, readOnly: false });
  let bytes = 0;
  try {
    await produce(async (piece) => {
      await target.write(piece);
      bytes += piece.length;
    });
    await target.complete();
  } catch (error) {
    await target.discard();
    throw error;
  }
  return { saved: path, bytes };
}

/** Says where a file was saved and offers to open it. */
export function tellSaved({ saved, bytes }: ReadResult): void {
  if (saved === undefined) return;
  const uri = vscode.Uri.file(saved);
  announce(vscode.l10n.t('Saved {0} to {1}.', formatBytes(bytes), saved), [
    { title: vscode.l10n.t('Open File'), run: () => vscode.commands.executeCommand('vscode.open', uri) },
  ]);
}
