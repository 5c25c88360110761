import { createReadStream } from 'node:fs';
import * as v from 'valibot';
import * as vscode from 'vscode';
import { formatBytes, printable } from '../../shared/format.ts';
import type { FunctionName } from '../../shared/hierarchy.ts';
import { type GOPHER_FIND_DATA, GOPHER_TYPE_DIRECTORY, type WIN32_FIND_DATA } from '../../wininet/index.ts';
import { announce, commandAction } from '../announce.ts';
import { handleFor } from '../handlePick.ts';
import { HANDLE_FIELD, readAnswers } from '../invocation.ts';
import { entryOf, type ListedEntry } from '../listing.ts';
import { workWithProgress } from '../progress.ts';
import { attempt } from '../report.ts';
import { askText, pick } from '../steps.ts';
import type { Command, CommandParts } from './commandParts.ts';
import { functionAction } from './functionAction.ts';
import { askLocalFile } from './localFiles.ts';

/** The functions that move bytes or entries and have no command of their own. */
export const streamActions = {
  InternetQueryDataAvailable: functionAction('InternetQueryDataAvailable', {
    answers: v.strictObject(HANDLE_FIELD),
    call: ({ parts, handle }) => parts.explorer.wininet.InternetQueryDataAvailable(handle),
    tell: ({ serial }, count) =>
      announce(
        count === 0
          ? vscode.l10n.t('No bytes are left: this is the end.')
          : vscode.l10n.t('{0} can be read without waiting.', formatBytes(count)),
        count === 0 ? [] : [commandAction(vscode.l10n.t('Read Response'), 'hinternet.readResponse', serial)],
      ),
  }),
  InternetFindNextFile: functionAction('InternetFindNextFile', {
    answers: v.strictObject(HANDLE_FIELD),
    call: async ({ parts, handle }) => nextEntry(await parts.explorer.wininet.InternetFindNextFile(handle)),
    tell: ({ serial }, { name, isFolder, size }) =>
      announce(
        isFolder
          ? vscode.l10n.t('The next entry is the folder {0}.', printable(name))
          : vscode.l10n.t('The next entry is {0}, {1}.', printable(name), formatBytes(size)),
        [
          commandAction('InternetFindNextFile', 'hinternet.fn.InternetFindNextFile', serial),
          commandAction(vscode.l10n.t('Close Handle'), 'hinternet.closeHandle', serial),
        ],
      ),
  }),
  InternetWriteFile: writeFile,
} as const satisfies Partial<Record<FunctionName, Command>>;

/** The next entry of a search, whatever the protocol: an item of a Gopher menu shows as a file. */
function nextEntry(found: WIN32_FIND_DATA | GOPHER_FIND_DATA): ListedEntry {
  if ('cFileName' in found) return entryOf(found);
  const { DisplayString: name, GopherType, SizeLow: size, LastModificationTime: modified } = found;
  return { name, isFolder: (GopherType & GOPHER_TYPE_DIRECTORY) !== 0, size, modified };
}

const writeAnswers = v.strictObject({ ...HANDLE_FIELD, text: v.optional(v.string()), file: v.optional(v.string()) });

/** Writes a text or a local file with InternetWriteFile. Returns how many bytes were written. */
async function writeFile(parts: CommandParts, target?: number, args?: unknown): Promise<number | undefined> {
  const given = readAnswers(writeAnswers, args);
  const quiet = given !== undefined;
  const title = 'HINTERNET: InternetWriteFile';
  const none = vscode.l10n.t('No handle is open for writing: call FtpOpenFile for writing or HttpSendRequestEx first.');
  const serial = await handleFor(parts, target, quiet, { fn: 'InternetWriteFile', title, none });
  if (serial === undefined) return undefined;
  return await attempt(parts, quiet, async () => {
    const source = given ?? (await askSource(title));
    if (source === undefined) return undefined;
    const bytes = await workWithProgress(parts.explorer, title, serial, () => write(parts, serial, source));
    if (!quiet) {
      tellWritten(parts, serial, bytes);
    }
    return bytes;
  });
}

function tellWritten({ explorer }: CommandParts, serial: number, bytes: number): void {
  if (explorer.node(serial)?.kind === 'http-request') {
    announce(vscode.l10n.t('Wrote {0}; HttpEndRequest completes the request.', formatBytes(bytes)), [
      commandAction('HttpEndRequest', 'hinternet.fn.HttpEndRequest', serial),
    ]);
    return;
  }
  announce(vscode.l10n.t('Wrote {0}; closing the handle completes the upload.', formatBytes(bytes)), [
    commandAction(vscode.l10n.t('Close Handle'), 'hinternet.closeHandle', serial),
  ]);
}

type Source = Pick<v.InferOutput<typeof writeAnswers>, 'text' | 'file'>;

async function write({ explorer }: CommandParts, serial: number, { text, file }: Source): Promise<number> {
  const handle = explorer.handle(serial);
  if (file === undefined) return await explorer.wininet.InternetWriteFile(handle, Buffer.from(text ?? '', 'utf8'));
  let bytes = 0;
  for await (const piece of createReadStream(file) as AsyncIterable<Buffer>) {
    bytes += await explorer.wininet.InternetWriteFile(handle, piece);
  }
  return bytes;
}

async function askSource(title: string): Promise<Source | undefined> {
  const kind = await pick<'text' | 'file'>({
    title,
    placeholder: vscode.l10n.t('What to write'),
    choices: [
      { label: vscode.l10n.t('A Text…'), iconPath: new vscode.ThemeIcon('edit'), value: 'text' },
      { label: vscode.l10n.t('A File…'), iconPath: new vscode.ThemeIcon('file'), value: 'file' },
    ],
  });
  if (kind.type !== 'value') return undefined;
  if (kind.value === 'file') {
    const file = await askLocalFile(vscode.l10n.t('Write'));
    return file === undefined ? undefined : { file };
  }
  const prompt = vscode.l10n.t('Text to write, sent as UTF-8');
  const text = await askText({ title, prompt, placeholder: vscode.l10n.t('For example Hello') });
  return text.type === 'value' ? { text: text.value } : undefined;
}
