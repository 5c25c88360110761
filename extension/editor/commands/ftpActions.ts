import * as v from 'valibot';
import * as vscode from 'vscode';
import { printable } from '../../shared/format.ts';
import type { FunctionName } from '../../shared/hierarchy.ts';
import { emptyFindData, GENERIC_READ, GENERIC_WRITE, type UncheckedHandle, type WinInet } from '../../wininet/index.ts';
import { announce, commandAction, mention } from '../announce.ts';
import { HANDLE_FIELD } from '../invocation.ts';
import { entryOf, type ListedEntry } from '../listing.ts';
import { askText, pick } from '../steps.ts';
import { fill, type Step, walk } from '../stepWalk.ts';
import type { Command } from './commandParts.ts';
import { functionAction } from './functionAction.ts';
import { nameProblem } from './remoteName.ts';
import { showValue } from './showValue.ts';

/** The functions of an FTP session that have no command of their own. */
export const ftpActions = {
  FtpCreateDirectory: nameAction('FtpCreateDirectory', () => ({
    prompt: vscode.l10n.t('Folder to create'),
    example: vscode.l10n.t('For example incoming/new'),
    done: (name) => vscode.l10n.t('Created the folder {0}.', name),
  })),
  FtpDeleteFile: nameAction('FtpDeleteFile', () => ({
    prompt: vscode.l10n.t('File to delete from the server'),
    example: vscode.l10n.t('For example incoming/old.txt'),
    done: (name) => vscode.l10n.t('Deleted {0}.', name),
  })),
  FtpRemoveDirectory: nameAction('FtpRemoveDirectory', () => ({
    prompt: vscode.l10n.t('Folder to remove; it has to be empty'),
    example: vscode.l10n.t('For example incoming/old'),
    done: (name) => vscode.l10n.t('Removed the folder {0}.', name),
  })),
  FtpSetCurrentDirectory: nameAction('FtpSetCurrentDirectory', () => ({
    prompt: vscode.l10n.t('Folder that becomes the current one'),
    example: vscode.l10n.t('For example pub, or .. for the one above'),
    done: (name) => vscode.l10n.t('The current folder is {0} now.', name),
  })),
  FtpGetCurrentDirectory: functionAction('FtpGetCurrentDirectory', {
    answers: v.strictObject(HANDLE_FIELD),
    call: ({ parts, handle }) => parts.explorer.wininet.FtpGetCurrentDirectory(handle),
    tell: (_, folder) => showValue(vscode.l10n.t('Current folder'), folder),
  }),
  FtpRenameFile: renameAction(),
  FtpOpenFile: openFileAction(),
  FtpFindFirstFile: findFirstAction(),
} as const satisfies Partial<Record<FunctionName, Command>>;

type NameFunction = 'FtpCreateDirectory' | 'FtpDeleteFile' | 'FtpRemoveDirectory' | 'FtpSetCurrentDirectory';

interface NameWords {
  readonly prompt: string;
  readonly example: string;
  readonly done: (name: string) => string;
}

/** The words are looked up when they are needed: the language is known by then. */
function nameAction(fn: NameFunction, words: () => NameWords): Command {
  return functionAction(fn, {
    answers: v.strictObject({ ...HANDLE_FIELD, name: v.string() }),
    ask: async () => {
      const { prompt, example } = words();
      const answer = await askText({ title: `HINTERNET: ${fn}`, prompt, placeholder: example, problem: nameProblem });
      return answer.type === 'value' ? { name: answer.value } : undefined;
    },
    call: ({ parts, handle }, { name }) => callByName(parts.explorer.wininet, fn, handle, name),
    tell: (_called, _result, { name }) => mention(words().done(name)),
  });
}

function callByName(wininet: WinInet, fn: NameFunction, handle: UncheckedHandle, name: string): Promise<true> {
  return wininet[fn](handle, name);
}

function renameAction(): Command {
  const answers = v.strictObject({ ...HANDLE_FIELD, from: v.string(), to: v.string() });
  type Draft = v.InferOutput<typeof answers>;
  const question = (prompt: string, key: 'from' | 'to'): Step<Draft> => ({
    ask: async (draft, place) =>
      fill(
        await askText({
          title: 'HINTERNET: FtpRenameFile',
          place,
          prompt,
          placeholder: vscode.l10n.t('For example incoming/report.txt'),
          value: draft[key] === '' ? draft.from : draft[key],
          problem: nameProblem,
        }),
        (name) => ({ ...draft, [key]: name }),
      ),
  });
  return functionAction('FtpRenameFile', {
    answers,
    ask: () =>
      walk(
        [question(vscode.l10n.t('File or folder to rename'), 'from'), question(vscode.l10n.t('Its new name'), 'to')],
        { from: '', to: '' },
      ),
    call: ({ parts, handle }, { from, to }) => parts.explorer.wininet.FtpRenameFile(handle, from, to),
    tell: (_called, _result, { from, to }) => mention(vscode.l10n.t('Renamed {0} to {1}.', from, to)),
  });
}

function openFileAction(): Command {
  const answers = v.strictObject({
    ...HANDLE_FIELD,
    name: v.string(),
    access: v.optional(v.picklist(['read', 'write']), 'read'),
  });
  type Draft = v.InferOutput<typeof answers>;
  const steps: readonly Step<Draft>[] = [
    {
      ask: async (draft, place) =>
        fill(
          await askText({
            title: 'HINTERNET: FtpOpenFile',
            place,
            prompt: vscode.l10n.t('File on the server'),
            placeholder: vscode.l10n.t('For example pub/notes.txt'),
            value: draft.name,
            problem: nameProblem,
          }),
          (name) => ({ ...draft, name }),
        ),
    },
    {
      ask: async (draft, place) =>
        fill(
          await pick<Draft['access']>({
            title: 'HINTERNET: FtpOpenFile',
            place,
            placeholder: vscode.l10n.t('What the file is opened for'),
            choices: [
              { label: vscode.l10n.t('Reading'), description: 'GENERIC_READ', value: 'read' },
              { label: vscode.l10n.t('Writing; the file is replaced'), description: 'GENERIC_WRITE', value: 'write' },
            ],
          }),
          (access) => ({ ...draft, access }),
        ),
    },
  ];
  return functionAction('FtpOpenFile', {
    answers,
    ask: () => walk(steps, { name: '', access: 'read' }),
    call: async ({ parts: { explorer, nextContext }, handle }, { name, access }) => {
      const wanted = access === 'read' ? GENERIC_READ : GENERIC_WRITE;
      const file = await explorer.wininet.FtpOpenFile(handle, name, wanted, 0, nextContext());
      explorer.select(file.serial);
      return file.serial;
    },
    tell: (_, serial, { name, access }) =>
      announce(
        vscode.l10n.t('{0} is open; its session is busy until the handle is closed.', name),
        access === 'read'
          ? [commandAction(vscode.l10n.t('Read Response'), 'hinternet.readResponse', serial)]
          : [commandAction('InternetWriteFile', 'hinternet.fn.InternetWriteFile', serial)],
      ),
  });
}

interface FirstEntry {
  readonly find: number;
  readonly entry: ListedEntry;
}

function findFirstAction(): Command {
  return functionAction<{ readonly mask: string }, FirstEntry>('FtpFindFirstFile', {
    answers: v.strictObject({ ...HANDLE_FIELD, mask: v.optional(v.string(), '') }),
    ask: async () => {
      const answer = await askText({
        title: 'HINTERNET: FtpFindFirstFile',
        prompt: vscode.l10n.t('Folder and mask; empty for the current folder'),
        placeholder: vscode.l10n.t('For example pub/ or pub/*.txt'),
      });
      return answer.type === 'value' ? { mask: answer.value } : undefined;
    },
    call: async ({ parts: { explorer, nextContext }, handle }, { mask }) => {
      const found = emptyFindData();
      const find = await explorer.wininet.FtpFindFirstFile(handle, mask, found, 0, nextContext());
      explorer.select(find.serial);
      return { find: find.serial, entry: entryOf(found) };
    },
    tell: (_, { find, entry }) =>
      announce(vscode.l10n.t('The first entry is {0}.', printable(entry.name)), [
        commandAction('InternetFindNextFile', 'hinternet.fn.InternetFindNextFile', find),
        commandAction(vscode.l10n.t('Close Handle'), 'hinternet.closeHandle', find),
      ]),
  });
}
