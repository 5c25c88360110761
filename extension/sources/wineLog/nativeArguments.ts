import type { FunctionName } from '../../shared/hierarchy.ts';
import type { RecordedValue } from '../../shared/journal.ts';
import { MASK, redact } from '../../shared/redact.ts';
import type { CellForm } from './entryPoints.ts';
import { type LogValue, logNumber } from './logValues.ts';
import type { NativeCall } from './nativeCall.ts';

/** Arguments of native calls, as the journal keeps them. */

/** How much of a text the journal keeps. */
const TEXT_LIMIT = 512;

/** Which argument a command of FTP tells. */
export const COMMAND_ARGUMENTS: Readonly<
  Record<string, { readonly fns: readonly FunctionName[]; readonly index: number }>
> = {
  CWD: { fns: ['FtpSetCurrentDirectory'], index: 1 },
  DELE: { fns: ['FtpDeleteFile'], index: 1 },
  MKD: { fns: ['FtpCreateDirectory'], index: 1 },
  RETR: { fns: ['FtpGetFile'], index: 1 },
  RMD: { fns: ['FtpRemoveDirectory'], index: 1 },
  RNFR: { fns: ['FtpRenameFile'], index: 1 },
  RNTO: { fns: ['FtpRenameFile'], index: 2 },
  STOR: { fns: ['FtpPutFile'], index: 2 },
};

/** A printed value as the journal keeps it. */
export function nativeArgument(form: CellForm, value: LogValue, before: LogValue | undefined): RecordedValue {
  switch (form) {
    case 'dec':
      return logNumber(value, 10);
    case 'hex':
      return logNumber(value, 16);
    case 'record':
      return logNumber(value, 16) === 0 ? null : 'record';
    case 'secret':
      return logNumber(value, 16) === 0 ? null : MASK;
    case 'size':
      return `${logNumber(value, 10) ?? 0} bytes`;
    case 'body':
      // Its address, which may be NULL, comes before its length.
      return logNumber(before, 16) === 0 ? null : `${logNumber(value, 10) ?? 0} bytes`;
    default:
      return value.is === 'text' ? redact(value.text).slice(0, TEXT_LIMIT) : null;
  }
}

/** What the handle leads to that a call returned. */
export function targetOf({ fn, args, handle }: NativeCall): string {
  const text = (index: number): string => (typeof args[index] === 'string' ? args[index] : '');
  switch (fn) {
    case 'InternetOpen':
      return text(0);
    case 'InternetConnect':
      return `${text(1)}:${String(args[2] ?? '')}`;
    case 'HttpOpenRequest':
      return `${text(1) || 'GET'} ${text(2)}`;
    default:
      return text(1) || (handle === null ? '' : String(handle.value));
  }
}
