import type { Told } from './callRecord.ts';
import type { LogLine } from './logLine.ts';
import { logNumber, logPointer, quotedText } from './logValues.ts';

/** What a line from inside Wine's wininet means beyond evidence on the running call. */
export interface InnerNews {
  /** A line of the dialogue with the server; not masked yet. */
  readonly wire?: { readonly direction: 'in' | 'out'; readonly text: string };
  /** The request goes over this connection, which Wine has just opened or kept; named by its address in the log. */
  readonly connection?: { readonly object: string; readonly isNew: boolean };
  /** A request goes out. */
  readonly sends?: true;
  /** A logon begins. */
  readonly connects?: true;
  /** The call has said its last word. */
  readonly over?: true;
}

type Reading = (text: string, told: Told) => InnerNews | null;

const NOTHING: InnerNews = {};
const OVER: InnerNews = { over: true };

/** What is read of the lines of each function inside Wine; null where a line says nothing of use. */
const READINGS: Readonly<Record<string, Reading>> = {
  GetAddress: (_, told) => reach(told, 'looking-up'),
  HTTP_ResolveName: (_, told) => reach(told, 'connecting'),
  open_http_connection(text, told) {
    const [, code] = /^create_netconn failed: (\d+)/.exec(text) ?? [];
    if (code !== undefined) told.broke = Number(code);
    const [, made, kept] = /^Created connection to .*: (\w+)$|^<-- reusing (\w+) netconn/.exec(text) ?? [];
    const object = logPointer(made ?? kept);
    if (object === null) return reach(told, 'connecting');
    return { ...reach(told, 'connected'), connection: { object, isNew: kept === undefined } };
  },
  HTTP_HttpSendRequestW(text, told) {
    if (text.startsWith('-->')) {
      told.worked = true;
      return { sends: true };
    }
    const head = text.startsWith('Request header ->') ? quotedText(text) : null;
    return head === null ? null : { wire: { direction: 'out', text: head.split('\r\n\r\n')[0] ?? '' } };
  },
  HTTP_GetResponseHeaders(text, told) {
    const [, version, code, reason] =
      /^version \[L"(.*?)"\] status code \[L"(.*?)"\] status text \[L"(.*?)"\]/.exec(text) ?? [];
    if (version !== undefined) told.head = [`${version} ${code} ${reason}`];
    else if (text.startsWith('got line')) told.head?.push(quotedText(text) ?? '');
    else if (text.startsWith('<--')) {
      // Wine takes the end of a connection for an answer without a head.
      reach(told, 'answered');
      if (told.head === undefined) return NOTHING;
      return { wire: { direction: 'in', text: told.head.filter((line) => line !== '').join('\r\n') } };
    }
    return NOTHING;
  },
  HTTP_HttpOpenRequestW(text, told) {
    const object = logPointer(/^<-- \((\w+)\)/.exec(text)?.[1]);
    if (object !== null) told.object = object;
    return NOTHING;
  },
  HTTP_Connect(text, told) {
    const object = logPointer(/ --> (\w+)$/.exec(text)?.[1]);
    if (object !== null) told.object = object;
    return NOTHING;
  },
  FTP_Connect(text, told) {
    if (/ Server\(/.test(text)) return { connects: true };
    if (text.startsWith('Connected')) return reach(told, 'connected');
    return text.startsWith('Unable to connect') ? reach(told, 'connecting') : null;
  },
  FTP_GetNextLine(text, told) {
    const [, line] = /^:\d+ (.*)$/.exec(text) ?? [];
    const [, code, last] = /^(\d{3})([ -])/.exec(line ?? '') ?? [];
    // The lines of a listing come this way too.
    if (line === undefined || code === undefined) return NOTHING;
    if (last === ' ') told.reply = Number(code);
    return { wire: { direction: 'in', text: line } };
  },
  FTP_SendCommandA(text) {
    const line = text.startsWith('Sending') ? quotedText(text) : null;
    return line === null ? null : { wire: { direction: 'out', text: line.replace(/\r\n$/, '') } };
  },
  FTP_ReceiveFileList(text, told) {
    const [, matched] = /^Matched (\d+) files/.exec(text) ?? [];
    if (matched !== undefined) told.matched = Number(matched);
    return NOTHING;
  },
  FtpCommandW(text, told) {
    const line = text.startsWith('Sending') ? quotedText(text) : null;
    if (line === null) return null;
    told.worked = true;
    return { wire: { direction: 'out', text: line.replace(/\r\n$/, '') } };
  },
  FTPFINDNEXT_FindNextFileProc(text, told) {
    told.worked = true;
    if (text.startsWith('Name:')) told.entry = true;
    return NOTHING;
  },
  InternetOpenW(text, told) {
    const object = logPointer(/^returning (\w+)/.exec(text)?.[1]);
    if (object === null) return null;
    told.object = object;
    return OVER;
  },
  InternetConnectW: returning,
  HttpOpenRequestW: returning,
  INTERNET_InternetOpenUrlW: (text, told) => handed(/^\s*(\w+) <--/.exec(text)?.[1], told),
  InternetOpenUrlW: (text, told) => handed(/^\s*(\w+) <--/.exec(text)?.[1], told),
  HttpQueryInfoW: ended,
  HttpEndRequestW: ended,
  HttpSendRequestExW: (text) => (text.startsWith('<--') ? OVER : null),
  InternetReadFileExA: read,
  InternetReadFileExW: read,
  InternetReadFile: read,
  async_read_file_proc(text, told) {
    const [, count] = /^res 0 read (\d+)/.exec(text) ?? [];
    if (count !== undefined) told.count = Number(count);
    return NOTHING;
  },
};

/** Functions that say how they ended after they have let their handle go. */
export const HAVE_LAST_WORDS: ReadonlySet<string> = new Set([
  'InternetConnect',
  'HttpOpenRequest',
  'InternetOpenUrl',
  'HttpQueryInfo',
  'HttpSendRequestEx',
  'HttpEndRequest',
  'InternetReadFile',
  'InternetReadFileEx',
]);

/** Reads a line of an inner function: what it tells of the running call is written down there. Null where it tells nothing. */
export function readInnerLine({ writer, text }: LogLine, told: Told): InnerNews | null {
  return READINGS[writer]?.(text, told) ?? null;
}

function reach(told: Told, place: NonNullable<Told['reached']>): InnerNews {
  told.reached = place;
  return NOTHING;
}

function ended(text: string, told: Told): InnerNews | null {
  const [, code] = /^(\d+) <--/.exec(text) ?? [];
  if (code === undefined) return null;
  told.code = Number(code);
  return OVER;
}

function read(text: string, told: Told): InnerNews | null {
  const [, code, count] = /^-- (?:TRUE|FALSE) \((\d+)\)?[, (]*bytes read: (\d+)\)/.exec(text) ?? [];
  if (code === undefined) return null;
  told.code = Number(code);
  told.count = Number(count);
  return OVER;
}

function returning(text: string, told: Told): InnerNews | null {
  return handed(/^returning (\w+)/.exec(text)?.[1], told);
}

function handed(word: string | undefined, told: Told): InnerNews | null {
  const value = word === undefined ? null : logNumber({ is: 'word', word }, 16);
  if (value === null) return null;
  told.returned = value;
  return OVER;
}
