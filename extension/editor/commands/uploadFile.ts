import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import * as v from 'valibot';
import * as vscode from 'vscode';
import { formatBytes } from '../../shared/format.ts';
import { announce, commandAction } from '../announce.ts';
import { handleFor } from '../handlePick.ts';
import { HANDLE_FIELD, readAnswers } from '../invocation.ts';
import { callWithProgress } from '../progress.ts';
import { attempt } from '../report.ts';
import { askText } from '../steps.ts';
import type { CommandParts } from './commandParts.ts';
import { askLocalFile } from './localFiles.ts';
import { nameProblem } from './remoteName.ts';

const answers = v.strictObject({ ...HANDLE_FIELD, local: v.string(), remote: v.optional(v.string()) });

/** Uploads a local file with FtpPutFile. Returns how many bytes it had. */
export async function uploadFile(parts: CommandParts, target?: number, args?: unknown): Promise<number | undefined> {
  const given = readAnswers(answers, args);
  const quiet = given !== undefined;
  const serial = await handleFor(parts, target, quiet, {
    fn: 'FtpPutFile',
    title: vscode.l10n.t('HINTERNET: Upload File'),
    none: vscode.l10n.t('There is no FTP session that can upload: connect to a server, or close the open file.'),
    maker: { title: vscode.l10n.t('Connect'), command: 'hinternet.connect' },
  });
  if (serial === undefined) return undefined;
  return await attempt(parts, quiet, async () => {
    const local = given?.local ?? (await askLocalFile(vscode.l10n.t('Upload')));
    if (local === undefined) return undefined;
    const remote = given === undefined ? await askRemoteName(basename(local)) : (given.remote ?? basename(local));
    if (remote === undefined) return undefined;
    const bytes = await put(parts, serial, local, remote);
    if (!quiet) {
      announce(vscode.l10n.t('Uploaded {0} as {1}.', formatBytes(bytes), remote), [
        commandAction(vscode.l10n.t('List Folder'), 'hinternet.listFolder', serial),
      ]);
    }
    return bytes;
  });
}

async function put(
  { explorer, nextContext }: CommandParts,
  serial: number,
  local: string,
  remote: string,
): Promise<number> {
  const session = explorer.handle(serial);
  const title = vscode.l10n.t('HINTERNET: uploading {0}; cancelling closes the session', remote);
  await callWithProgress(explorer, title, () => explorer.wininet.FtpPutFile(session, local, remote, 0, nextContext()));
  return (await stat(local)).size;
}

async function askRemoteName(value: string): Promise<string | undefined> {
  const answer = await askText({
    title: vscode.l10n.t('HINTERNET: Upload File'),
    prompt: vscode.l10n.t('Name on the server; a file of this name is replaced'),
    placeholder: vscode.l10n.t('For example incoming/report.txt'),
    value,
    problem: nameProblem,
  });
  return answer.type === 'value' ? answer.value : undefined;
}
