import * as vscode from 'vscode';
import { formatBytes, printable } from '../../shared/format.ts';
import { searchedFolder } from '../../wininet/index.ts';
import { inOrder, type ListedEntry, listFolderEntries, parentOf } from '../listing.ts';
import { workWithProgress } from '../progress.ts';
import { type Choice, heading, pick } from '../steps.ts';
import type { CommandParts } from './commandParts.ts';

/** What a person chose in a listing. */
export type Chosen = { readonly folder: string } | { readonly file: string };

/** Asks for a file of the server by its listings. Returns its path; undefined if the person left. */
export async function pickRemoteFile(parts: CommandParts, serial: number, title: string): Promise<string | undefined> {
  let search = '';
  for (;;) {
    const chosen = await chooseEntry(title, search, await listRemote(parts, serial, search), true);
    if (chosen === undefined) return undefined;
    if ('file' in chosen) return chosen.file;
    search = chosen.folder;
  }
}

/** Lists a folder of the server, folders first. */
export function listRemote(
  { explorer, nextContext }: CommandParts,
  serial: number,
  search: string,
): Promise<readonly ListedEntry[]> {
  const title = vscode.l10n.t('HINTERNET: listing the folder; cancelling closes the session');
  return workWithProgress(explorer, title, serial, async () =>
    inOrder(await listFolderEntries(explorer.wininet, explorer.handle(serial), search, nextContext())),
  );
}

/** Shows a listing and asks for an entry; undefined if the person left. */
export async function chooseEntry(
  title: string,
  search: string,
  entries: readonly ListedEntry[],
  mayType: boolean,
): Promise<Chosen | undefined> {
  const folder = searchedFolder(search);
  const above = parentOf(folder);
  const up: Choice<Chosen>[] =
    above === null ? [] : [{ label: '..', iconPath: vscode.ThemeIcon.Folder, value: { folder: above } }];
  const lines = entries.map((entry) => lineOf(folder, entry));
  const answer = await pick<Chosen>({
    title: search === '' ? title : `${title}: ${printable(search)}`,
    placeholder: mayType
      ? vscode.l10n.t('Choose a file, or type its path, for example pub/readme.txt')
      : vscode.l10n.t('Choose a folder to enter or a file to open or download'),
    choices: [...up, ...(lines.length === 0 ? [heading(vscode.l10n.t('nothing matches'))] : lines)],
    ...(mayType
      ? { typed: (text: string) => ({ label: text, value: { file: text } }), typedPlace: 'last' as const }
      : {}),
  });
  return answer.type === 'value' ? answer.value : undefined;
}

function lineOf(folder: string, { name, isFolder, size, modified }: ListedEntry): Choice<Chosen> {
  const date = modified === null ? '' : modified.toISOString().slice(0, 16).replace('T', ' ');
  const path = `${folder}${name}`;
  return {
    label: printable(name),
    description: [isFolder ? '' : formatBytes(size), date].filter((part) => part !== '').join('  '),
    iconPath: isFolder ? vscode.ThemeIcon.Folder : vscode.ThemeIcon.File,
    value: isFolder ? { folder: `${path}/` } : { file: path },
  };
}
