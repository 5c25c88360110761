import { constantValue } from './constantNames.ts';
import type * as constants from './constants.ts';
import { type FunctionName, functionRow } from './hierarchy.ts';
import type { NoteTopic } from './journal.ts';

/** INTERNET_FLAG_*: what becomes of each. A flag that changes nothing here says so in the journal, once for a handle. */

/** One flag. */
export interface FlagRow {
  readonly flag: number;
  readonly name: string;
  /** What it does here, or why it does nothing, in one sentence. */
  readonly summary: string;
  /** What is noted where it changes nothing although a program may count on it; absent where it is honoured. */
  readonly note?: {
    readonly topic: Extract<NoteTopic, 'no-cache' | 'flag-without-effect'>;
    /** The functions that take it and do not honour it; absent for all that ask for something over the network. */
    readonly of?: readonly FunctionName[];
  };
}

/** The functions that ask for something over the network, with INTERNET_FLAG_* as their dwFlags. */
export const ASKING: readonly FunctionName[] = [
  'HttpOpenRequest',
  'InternetOpenUrl',
  'FtpOpenFile',
  'FtpFindFirstFile',
  'FtpGetFile',
  'FtpPutFile',
  'GopherFindFirstFile',
  'GopherOpenFile',
];

const CACHE = { topic: 'no-cache' } as const;
/** Where an answer is never kept. */
const FILES = {
  topic: 'no-cache',
  of: ASKING.filter((fn) => ['ftp', 'gopher'].includes(functionRow(fn).family)),
} as const;
const NOTHING = { topic: 'flag-without-effect' } as const;

/** Every flag of the header, aliases included, from the highest bit to the lowest. */
export const FLAG_ROWS: readonly FlagRow[] = [
  row('INTERNET_FLAG_RELOAD', 'The answer comes from the server, as every answer here: nothing is cached.'),
  row('INTERNET_FLAG_RAW_DATA', 'InternetOpenUrl gives folders and menus to InternetFindNextFile instead of as HTML.'),
  row(
    'INTERNET_FLAG_EXISTING_CONNECT',
    'InternetOpenUrl uses an idle FTP session of the same root, server and user for a file or a raw folder. InternetConnect ' +
      'logs on anew: the session that it returns belongs to one caller. Connections of HTTP are used again in any case.',
    { topic: 'flag-without-effect', of: ['InternetConnect'] },
  ),
  row('INTERNET_FLAG_ASYNC', 'Given to InternetOpen, calls below the root that have to wait answer ERROR_IO_PENDING.'),
  row('INTERNET_FLAG_PASSIVE', 'Data connections of FTP are opened from here; otherwise the server opens them.'),
  row(
    'INTERNET_FLAG_NO_CACHE_WRITE',
    'The answer is not kept, so InternetSetFilePointer fails; InternetLockRequestFile keeps one of http from its first byte on.',
  ),
  row('INTERNET_FLAG_DONT_CACHE', 'Another name of INTERNET_FLAG_NO_CACHE_WRITE.'),
  row('INTERNET_FLAG_MAKE_PERSISTENT', 'Retired in the original too: nothing is kept in a persistent cache.', NOTHING),
  row(
    'INTERNET_FLAG_FROM_CACHE',
    'Whatever would need the network fails with ERROR_FILE_NOT_FOUND: nothing is cached.',
  ),
  row('INTERNET_FLAG_OFFLINE', 'Another name of INTERNET_FLAG_FROM_CACHE.'),
  row('INTERNET_FLAG_SECURE', 'Requests go over TLS; those of a session that has it inherit it.'),
  row('INTERNET_FLAG_KEEP_CONNECTION', 'The request says Connection: Keep-Alive; connections are kept without it too.'),
  row('INTERNET_FLAG_NO_AUTO_REDIRECT', 'A redirect is an answer for the program and is not followed.'),
  row('INTERNET_FLAG_READ_PREFETCH', 'Disabled in the original too: nothing is read ahead.', NOTHING),
  row('INTERNET_FLAG_NO_COOKIES', 'Cookies are neither sent nor kept.'),
  row('INTERNET_FLAG_NO_AUTH', 'A challenge is an answer for the program and is not answered.'),
  row('INTERNET_FLAG_RESTRICTED_ZONE', 'Cookies know no zones here: one of an untrusted site is kept like any other.', {
    topic: 'flag-without-effect',
    of: ['InternetSetCookieEx', 'HttpOpenRequest', 'InternetOpenUrl'],
  }),
  row('INTERNET_FLAG_CACHE_IF_NET_FAIL', 'There is no cached answer to fall back on.', CACHE),
  row('INTERNET_FLAG_IGNORE_REDIRECT_TO_HTTP', 'A redirect from https to http is followed.'),
  row('INTERNET_FLAG_IGNORE_REDIRECT_TO_HTTPS', 'A redirect from http to https is followed.'),
  row('INTERNET_FLAG_IGNORE_CERT_DATE_INVALID', 'A certificate that has expired or is not valid yet is accepted.'),
  row('INTERNET_FLAG_IGNORE_CERT_CN_INVALID', 'A certificate that names other hosts is accepted.'),
  row('INTERNET_FLAG_RESYNCHRONIZE', 'The answer comes from the server anyway.', CACHE),
  row('INTERNET_FLAG_HYPERLINK', 'The answer comes from the server anyway.', CACHE),
  row('INTERNET_FLAG_NO_UI', 'No dialog about cookies is shown, as none ever is.'),
  row('INTERNET_FLAG_PRAGMA_NOCACHE', 'The request says Pragma: no-cache, so that proxies ask the server.'),
  row('INTERNET_FLAG_CACHE_ASYNC', 'Nothing is written to a cache, neither at once nor later.', CACHE),
  row(
    'INTERNET_FLAG_FORMS_SUBMIT',
    'The request goes as it is: that a form was submitted matters to nobody here.',
    NOTHING,
  ),
  row('INTERNET_FLAG_FWD_BACK', 'The answer comes from the server, also on the way back to a page.', CACHE),
  row(
    'INTERNET_FLAG_NEED_FILE',
    'Every answer of HTTP is kept, in a file that INTERNET_OPTION_DATAFILE_NAME names; none of FTP or Gopher is.',
    FILES,
  ),
  row('INTERNET_FLAG_MUST_CACHE_REQUEST', 'Another name of INTERNET_FLAG_NEED_FILE.', FILES),
  row('INTERNET_FLAG_TRANSFER_BINARY', 'FTP moves the bytes as they are, which it also does without a flag.'),
  row('INTERNET_FLAG_TRANSFER_ASCII', 'FTP moves text, whose lines end with CR LF on the way.'),
  row('INTERNET_FLAG_IDN_PROXY', 'A value of INTERNET_OPTION_IDN, which is kept: names always travel as IDN here.'),
  row('INTERNET_FLAG_IDN_DIRECT', 'A value of INTERNET_OPTION_IDN, which is kept: names always travel as IDN here.'),
];

type FlagName = Extract<keyof typeof constants, `INTERNET_FLAG_${string}`>;

function row(name: FlagName, summary: string, note?: FlagRow['note']): FlagRow {
  return { flag: constantValue(name), name, summary, ...(note === undefined ? {} : { note }) };
}
