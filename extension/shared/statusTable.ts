import { constantValue } from './constantNames.ts';
import type * as constants from './constants.ts';

/** INTERNET_STATUS_*: when each is raised here, or why it never is. Sources: the page of INTERNET_STATUS_CALLBACK, and what was recorded. */

/** One status. */
export interface StatusRow {
  readonly code: number;
  readonly name: string;
  /** False: it never is raised here. */
  readonly raised: boolean;
  /** When it is raised, or why it never is, in one sentence. */
  readonly summary: string;
}

/** Every status of the header, by its number. */
export const STATUS_ROWS: readonly StatusRow[] = [
  raised('INTERNET_STATUS_RESOLVING_NAME', 'The address of a host is about to be looked up.'),
  raised('INTERNET_STATUS_NAME_RESOLVED', 'The address of a host was found.'),
  raised('INTERNET_STATUS_CONNECTING_TO_SERVER', 'A connection is being opened.'),
  raised('INTERNET_STATUS_CONNECTED_TO_SERVER', 'A connection was opened.'),
  raised('INTERNET_STATUS_SENDING_REQUEST', 'A request or command is about to be sent.'),
  raised('INTERNET_STATUS_REQUEST_SENT', 'A request or command was sent, with so many bytes.'),
  raised('INTERNET_STATUS_RECEIVING_RESPONSE', 'The answer of the server is waited for.'),
  raised('INTERNET_STATUS_RESPONSE_RECEIVED', 'Bytes of the answer have come.'),
  never('INTERNET_STATUS_CTL_RESPONSE_RECEIVED', 'The page calls it not implemented.'),
  never('INTERNET_STATUS_PREFETCH', 'The page calls it not implemented.'),
  raised('INTERNET_STATUS_CLOSING_CONNECTION', 'A connection is about to be closed.'),
  raised('INTERNET_STATUS_CONNECTION_CLOSED', 'A connection was closed.'),
  raised('INTERNET_STATUS_HANDLE_CREATED', 'A handle exists, though the call that makes it may still run.'),
  raised('INTERNET_STATUS_HANDLE_CLOSING', 'A handle is gone; nothing follows.'),
  never(
    'INTERNET_STATUS_DETECTING_PROXY',
    'It tells that a proxy was found by asking the network for a script. No scripts are run here: proxies are those that ' +
      'the program or the system names, and reading their names detects nothing.',
  ),
  raised(
    'INTERNET_STATUS_REQUEST_COMPLETE',
    'A call that has answered ERROR_IO_PENDING has ended; so has HttpEndRequest.',
  ),
  raised('INTERNET_STATUS_REDIRECT', 'A redirect is about to be followed.'),
  raised('INTERNET_STATUS_INTERMEDIATE_RESPONSE', 'An answer of status 100 to 199 has come before the answer itself.'),
  never(
    'INTERNET_STATUS_USER_INPUT_REQUIRED',
    'No request waits for a dialog: InternetErrorDlg asks when it is called.',
  ),
  raised(
    'INTERNET_STATUS_STATE_CHANGE',
    'A redirect leads the request from https to http, or the other way; it brings INTERNET_STATE_*. That the library was ' +
      'set offline concerns no handle and is not told.',
  ),
  raised('INTERNET_STATUS_COOKIE_SENT', 'So many cookies go with the request.'),
  raised('INTERNET_STATUS_COOKIE_RECEIVED', 'So many cookies have come with an answer.'),
  never('INTERNET_STATUS_PRIVACY_IMPACTED', 'The page calls it not implemented.'),
  raised('INTERNET_STATUS_P3P_HEADER', 'An answer has a P3P header, which nothing evaluates.'),
  never('INTERNET_STATUS_P3P_POLICYREF', 'The page calls it not implemented.'),
  never('INTERNET_STATUS_COOKIE_HISTORY', 'It tells of cookies of an answer from the cache, and nothing is cached.'),
];

type StatusName = Extract<keyof typeof constants, `INTERNET_STATUS_${string}`>;

function raised(name: StatusName, summary: string): StatusRow {
  return { code: constantValue(name), name, raised: true, summary };
}

function never(name: StatusName, summary: string): StatusRow {
  return { code: constantValue(name), name, raised: false, summary };
}
