import * as v from 'valibot';
import * as vscode from 'vscode';
import { printable } from '../../shared/format.ts';
import { fitsProtocolLine } from '../../shared/protocolLine.ts';
import { GENERIC_READ } from '../../wininet/index.ts';
import { handleFor } from '../handlePick.ts';
import { HANDLE_FIELD, readAnswers } from '../invocation.ts';
import type { ListedEntry } from '../listing.ts';
import { callWithProgress } from '../progress.ts';
import { attempt } from '../report.ts';
import { askText, pick } from '../steps.ts';
import type { CommandParts } from './commandParts.ts';
import { downloadFile } from './downloadFile.ts';
import { readResponse } from './readResponse.ts';
import { chooseEntry, listRemote } from './remoteListing.ts';

const answers = v.strictObject({ ...HANDLE_FIELD, path: v.optional(v.string(), '') });

/** Lists a remote folder; folders can be entered, files opened or downloaded. Returns the entries of the last listing. */
export async function listFolder(
  parts: CommandParts,
  target?: number,
  args?: unknown,
): Promise<readonly ListedEntry[] | undefined> {
  const given = readAnswers(answers, args);
  const serial = await handleFor(parts, target, given !== undefined, {
    fn: 'FtpFindFirstFile',
    title: vscode.l10n.t('HINTERNET: List Folder'),
    none: vscode.l10n.t('There is no FTP session that is idle: connect to a server, or close the open file or search.'),
    maker: { title: vscode.l10n.t('Connect'), command: 'hinternet.connect' },
  });
  if (serial === undefined) return undefined;
  if (given !== undefined) return await listRemote(parts, serial, given.path);
  const search = await askText({
    title: vscode.l10n.t('HINTERNET: List Folder'),
    prompt: vscode.l10n.t('Folder and mask; empty for the current folder'),
    placeholder: vscode.l10n.t('For example pub/ or pub/*.txt'),
    problem: (text) =>
      fitsProtocolLine(text) ? undefined : vscode.l10n.t('A path cannot contain control characters.'),
  });
  if (search.type !== 'value') return undefined;
  return await attempt(parts, false, () => browse(parts, serial, search.value));
}

async function browse(parts: CommandParts, serial: number, start: string): Promise<readonly ListedEntry[]> {
  let search = start;
  for (;;) {
    const entries = await listRemote(parts, serial, search);
    const chosen = await chooseEntry(vscode.l10n.t('HINTERNET: List Folder'), search, entries, false);
    if (chosen === undefined) return entries;
    if ('folder' in chosen) {
      search = chosen.folder;
    } else if (await actOn(parts, serial, chosen.file)) {
      return entries;
    }
  }
}

/** Opens or downloads a file; false if the person went back to the listing. */
async function actOn(parts: CommandParts, serial: number, file: string): Promise<boolean> {
  const action = await pick<'open' | 'download'>({
    title: printable(file),
    placeholder: vscode.l10n.t('What to do with the file'),
    place: { step: 1, totalSteps: 1, canGoBack: true },
    choices: [
      { label: vscode.l10n.t('Open'), iconPath: new vscode.ThemeIcon('go-to-file'), value: 'open' },
      { label: vscode.l10n.t('Download…'), iconPath: new vscode.ThemeIcon('cloud-download'), value: 'download' },
    ],
  });
  if (action.type !== 'value') return action.type === 'cancel';
  if (action.value === 'open') await showFile(parts, serial, file);
  else await downloadFile(parts, serial, undefined, file);
  return true;
}

/** Shows a remote file as a document; its handle is closed afterwards, so that the session is idle again. */
async function showFile(parts: CommandParts, serial: number, file: string): Promise<void> {
  const { explorer, nextContext } = parts;
  const title = vscode.l10n.t('HINTERNET: opening the file');
  const handle = await callWithProgress(explorer, title, () =>
    explorer.wininet.FtpOpenFile(explorer.handle(serial), file, GENERIC_READ, 0, nextContext()),
  );
  try {
    await readResponse(parts, handle.serial);
  } finally {
    if (explorer.wininet.handleWithSerial(handle.serial) !== null) await explorer.wininet.InternetCloseHandle(handle);
  }
}
