import { functionRow } from '../../shared/hierarchy.ts';
import { NOT_LOGGED } from '../../shared/notLogged.ts';
import { redact } from '../../shared/redact.ts';
import type { NativeCall } from './callRecord.ts';
import { logNumber, quotedText, readLogValues } from './logValues.ts';

/** FTP functions that do not print their arguments: their commands and inner functions show some of them. */

/** Takes the files of a call from a command that it sends. */
export function nameFiles(call: NativeCall, command: string): void {
  const [, verb, file] = /^(DELE|MKD|RMD|CWD|RNFR|RNTO) (.*)$/.exec(command) ?? [];
  if (file === undefined) return;
  const place = verb === 'RNTO' ? 2 : 1;
  call.begin.args = call.begin.args.map((arg, index) => (index === place ? redact(file) : arg));
}

/** Takes the arguments that an inner function names, as `lpszLocalFile(L"up.txt") lpszNewRemoteFile(L"made/up.txt")`. */
export function nameArguments(call: NativeCall, text: string): void {
  const { parameters } = functionRow(call.fn);
  for (const [told, name = ''] of text.matchAll(/\b(lpsz\w+)\((?:L"(?:[^"\\]|\\.)*"(?:\.\.\.)?|\(null\))\)/g)) {
    const place = parameters.indexOf(name);
    const value = quotedText(told);
    if (place !== -1) call.begin.args = call.begin.args.with(place, value === null ? null : redact(value));
  }
}

/** Takes the arguments of FtpFindFirstFile from FTP_ReceiveFileList, as `(object,socket,L"*",record,context)`. */
export function nameSearch(call: NativeCall, text: string): void {
  const [, , search, record, context] = readLogValues(text);
  if (call.fn !== 'FtpFindFirstFile' || search?.is !== 'text' || record === undefined) return;
  const told = [redact(search.text), logNumber(record, 16) === 0 ? null : 'record', NOT_LOGGED, logNumber(context, 16)];
  call.begin.args = [call.begin.args[0] ?? null, ...told];
}
