import { functionRow } from '../../shared/hierarchy.ts';
import { NOT_LOGGED } from '../../shared/notLogged.ts';
import { redact } from '../../shared/redact.ts';
import type { NativeCall } from './callRecord.ts';
import { logNumber, readLogValues, recordedText } from './logValues.ts';

/** FTP functions that do not print their arguments: their commands and inner functions show some of them. */

/** Takes the files of a call from a command that it sends. */
export function nameFiles(call: NativeCall, command: string): void {
  const [, folder] = /^LIST (.+)$/.exec(command) ?? [];
  if (folder !== undefined) call.told.folder = folder;
  const [, verb, file] = /^(DELE|MKD|RMD|CWD|RNFR|RNTO) (.*)$/.exec(command) ?? [];
  if (file === undefined) return;
  const place = verb === 'RNTO' ? 2 : 1;
  call.begin.args = call.begin.args.map((arg, index) => (index === place && arg === NOT_LOGGED ? redact(file) : arg));
}

/** Takes the arguments that an inner function names, as `lpszLocalFile(L"up.txt") lpszNewRemoteFile(L"made/up.txt")`. */
export function nameArguments(call: NativeCall, text: string): void {
  const { parameters } = functionRow(call.fn);
  for (const [told, name = ''] of text.matchAll(/\b(lpsz\w+)\((?:L"(?:[^"\\]|\\.)*"(?:\.\.\.)?|\(null\))\)/g)) {
    const place = parameters.indexOf(name);
    const value = readLogValues(told).find(({ is }) => is === 'text');
    if (place !== -1) call.begin.args = call.begin.args.with(place, value?.is === 'text' ? recordedText(value) : null);
  }
}

/** Takes the arguments of FtpFindFirstFile from FTP_ReceiveFileList, as `(object,socket,L"*",record,context)`. */
export function nameSearch(call: NativeCall, text: string): void {
  const [, , search, record, context] = readLogValues(text);
  if (call.fn !== 'FtpFindFirstFile' || search?.is !== 'text' || record === undefined) return;
  const [session = null, searched, , flags = NOT_LOGGED] = call.begin.args;
  // Wine asks the server for the folder, and looks for the rest in its answer.
  const asked = recordedText({ ...search, text: `${call.told.folder ?? ''}${search.text}` });
  const found = logNumber(record, 16) === 0 ? null : 'record';
  call.begin.args = [
    session,
    searched === NOT_LOGGED ? asked : (searched ?? null),
    found,
    flags,
    logNumber(context, 16),
  ];
}
