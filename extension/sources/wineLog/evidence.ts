import { type ErrorSymbol, errorSymbol } from '../../shared/errorCodes.ts';
import { logNumber, logPointer, quotedText, readLogValues } from './logValues.ts';
import { type NativeCall, setArgument } from './nativeCall.ts';

/** What lines inside a call tell about how it fares, by the function of Wine that wrote them. */
export const EVIDENCE: ReadonlyMap<string, (call: NativeCall, text: string) => void> = new Map(
  Object.entries<(call: NativeCall, text: string) => void>({
    InternetOpenW: returning,
    InternetConnectW: returning,
    HttpOpenRequestW: returning,
    InternetOpenUrlW(call, text) {
      const [, returned] = /^\s*(\S+) <--/.exec(text) ?? [];
      if (returned === undefined) return;
      if (logPointer(returned) === null) call.returned = 0;
      call.over = true;
    },
    InternetReadFile: readEnded,
    InternetReadFileExW: readEnded,
    HttpQueryInfoW(call, text) {
      const [, code] = /^(\d+) <--/.exec(text) ?? [];
      if (code !== undefined && code !== '0') call.error = symbolOf(Number(code));
    },
    HTTP_ResolveName(call) {
      call.reached = 'looked-up';
    },
    open_http_connection(call, text) {
      if (/^Created|reusing/.test(text)) call.reached = 'connected';
    },
    HTTP_HttpSendRequestW(call, text) {
      if (text.startsWith('full request -> ')) call.reached = 'sent';
    },
    FTP_ReceiveResponse(call, text) {
      const [, code] = /^return (\d+)/.exec(text) ?? [];
      if (code !== undefined) call.reply = Number(code);
    },
    FTP_ReceiveFileList(call, text) {
      if (call.fn !== 'FtpFindFirstFile' || !text.startsWith('(')) return;
      setArgument(call, 1, quotedText(text) ?? null);
      setArgument(call, 4, logNumber(readLogValues(text).at(-1), 16));
    },
    FTPFINDNEXT_FindNextFileProc(call, text) {
      const [, index, size] = /^index\((\d+)\) size\((\d+)\)/.exec(text) ?? [];
      if (index !== undefined && index === size) call.error = 'ERROR_NO_MORE_FILES';
    },
  }),
);

/** InternetOpen prints an address, from which the value cannot be told; the others print the value. */
function returning(call: NativeCall, text: string): void {
  const [, returned] = /^returning (\S+)/.exec(text) ?? [];
  if (returned === undefined) return;
  const printed = logPointer(returned);
  if (printed === null) call.returned = 0;
  else if (call.fn !== 'InternetOpen') call.returned = Number.parseInt(printed, 16);
  // Inside InternetOpenUrl this is the handle that it will return.
  if (call.fn !== 'InternetOpenUrl') call.over = true;
}

function readEnded(call: NativeCall, text: string): void {
  const [, verdict, code = '0', count = '0'] = /^-- (TRUE|FALSE) \((\d+)\)(?: \(bytes read: (\d+)\))?/.exec(text) ?? [];
  if (verdict === undefined) return;
  if (verdict === 'FALSE') call.error = symbolOf(Number(code));
  else call.count = Number(count);
  call.over = true;
}

function symbolOf(code: number): ErrorSymbol {
  return errorSymbol(code) ?? 'ERROR_INTERNET_INTERNAL_ERROR';
}
