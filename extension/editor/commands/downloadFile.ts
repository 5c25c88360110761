import { stat } from 'node:fs/promises';
import * as v from 'valibot';
import * as vscode from 'vscode';
import { hasBytes } from '../../shared/hierarchy.ts';
import { bodyName } from '../bodyName.ts';
import { handleFor } from '../handlePick.ts';
import { HANDLE_FIELD, readAnswers } from '../invocation.ts';
import { callWithProgress } from '../progress.ts';
import { attempt } from '../report.ts';
import type { CommandParts } from './commandParts.ts';
import { askSavePath } from './localFiles.ts';
import { pickRemoteFile } from './remoteListing.ts';
import { type ReadResult, saveBody, saveKept, tellSaved, versionOf } from './saveBody.ts';

const answers = v.strictObject({ ...HANDLE_FIELD, remote: v.optional(v.string()), local: v.string() });

/**
 * Downloads into a local file: from an FTP session with FtpGetFile, from a handle that can be read with InternetReadFile.
 * @param remote the file of the session, where it is known already
 */
export async function downloadFile(
  parts: CommandParts,
  target?: number,
  args?: unknown,
  remote?: string,
): Promise<ReadResult | undefined> {
  const given = readAnswers(answers, args);
  const quiet = given !== undefined;
  const serial = target ?? (await source(parts, quiet));
  if (serial === undefined) return undefined;
  return await attempt(parts, quiet, async () => {
    const isSession = parts.explorer.node(serial)?.kind === 'ftp-connect';
    const title = vscode.l10n.t('HINTERNET: Download File');
    const name =
      given?.remote ?? remote ?? (isSession && !quiet ? await pickRemoteFile(parts, serial, title) : undefined);
    if (isSession && name === undefined) {
      if (quiet) throw new TypeError(vscode.l10n.t('Pass remote, the path of the file on the server.'));
      return undefined;
    }
    const suggested = bodyName(name ?? parts.explorer.node(serial)?.target ?? '');
    const local = given?.local ?? (await askSavePath(suggested));
    if (local === undefined) return undefined;
    const result = name === undefined ? await saveOpen(parts, serial, local) : await get(parts, serial, name, local);
    if (!quiet) tellSaved(result);
    return result;
  });
}

/** Handles that can be read come first: they are what the person has just opened. */
async function source(parts: CommandParts, quiet: boolean): Promise<number | undefined> {
  const selected = parts.explorer.node(parts.explorer.selected ?? 0);
  if (selected !== undefined && hasBytes(selected.kind)) return selected.serial;
  return await handleFor(parts, undefined, quiet, {
    fn: 'FtpGetFile',
    title: vscode.l10n.t('HINTERNET: Download File'),
    none: vscode.l10n.t('There is nothing to download from: open a URL, or connect to an FTP server.'),
    maker: { title: vscode.l10n.t('Open URL'), command: 'hinternet.openUrl' },
  });
}

async function get(
  { explorer, nextContext }: CommandParts,
  serial: number,
  remote: string,
  local: string,
): Promise<ReadResult> {
  const session = explorer.handle(serial);
  const title = vscode.l10n.t('HINTERNET: downloading {0}; cancelling closes the session', remote);
  await callWithProgress(explorer, title, () =>
    explorer.wininet.FtpGetFile(session, remote, local, false, 0, 0, nextContext()),
  );
  return { saved: local, bytes: (await stat(local)).size };
}

/** A body that is shown has been read; it is saved from what is kept. */
async function saveOpen(parts: CommandParts, serial: number, local: string): Promise<ReadResult> {
  const kept = parts.bodies.bodyOf(serial);
  const isCurrent = kept !== undefined && kept.version === versionOf(parts, serial);
  return isCurrent && kept.complete ? await saveKept(local, kept.pieces) : await saveBody(parts, serial, local);
}
