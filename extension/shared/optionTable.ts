import { constantName } from './constantNames.ts';
import * as constants from './constants.ts';
import type { RaisedSymbol } from './errorCodes.ts';
import type { HandleKind } from './hierarchy.ts';

/** The options of InternetQueryOption and InternetSetOption: who has one, how its value reads, what it does. */

/**
 * How an option's value is written and read. `command` carries no value, and reads as whether it was given; `pointer` is as wide as an address; `version`,
 * `proxy`, `connections`, `certificate`, `client-certificate`, `chain`, `socket` and `timestamps` are records, `state` is one only when it is set.
 */
export type OptionForm =
  | 'number'
  | 'milliseconds'
  | 'flags'
  | 'long'
  | 'pointer'
  | 'text'
  | 'secret'
  | 'switch'
  | 'handle'
  | 'callback'
  | 'command'
  | 'version'
  | 'state'
  | 'proxy'
  | 'connections'
  | 'certificate'
  | 'client-certificate'
  | 'chain'
  | 'socket'
  | 'timestamps';

/** What may be done with an option. */
export type OptionAccess = 'read' | 'write' | 'both';

/** One option. */
export interface OptionRow {
  /** INTERNET_OPTION_*. */
  readonly option: number;
  readonly name: string;
  readonly form: OptionForm;
  readonly access: OptionAccess;
  /** Kinds that have it; null: all. */
  readonly kinds: readonly HandleKind[] | null;
  /** Of those kinds, on which it can be set, where it cannot be set on all. */
  readonly settable?: readonly HandleKind[];
  /** NULL, which is the library itself, has it too. */
  readonly library: boolean;
  /** Of which handle it is: requests of a session, or all handles below a root, share it. Otherwise each has its own. */
  readonly owner?: 'session' | 'root';
  /** The error on a handle that does not have it, where that is not the usual one. */
  readonly elsewhere?: RaisedSymbol;
  /** There is nothing here that it could steer: a program gets back what it has set, or at first this. */
  readonly kept?: number | boolean | string;
  /** Of what is kept: lower numbers fail with ERROR_BAD_ARGUMENTS. */
  readonly least?: number;
  /** What it tells or changes, or why it is only kept, in one sentence. */
  readonly summary: string;
}

const REQUEST = ['http-request'] as const;
const HTTP_KINDS = ['http-connect', 'http-request'] as const;
/** The page of options: associated with a handle returned by InternetConnect. */
const SERVER_CREDENTIALS = {
  kinds: ['http-connect', 'ftp-connect', 'gopher-connect', 'http-request'],
  owner: 'session',
} as const;
/** As recorded, whatever handle they are set on; the page says that they are what is used for the proxy, of no handle. */
const PROXY_CREDENTIALS = { kinds: HTTP_KINDS, owner: 'root' } as const;
const FTP_KINDS = ['ftp-connect', 'ftp-file', 'ftp-find'] as const;
const FILE_KINDS = ['http-request', 'ftp-file', 'gopher-file'] as const;

const LIBRARY = { library: true } as const;
const NO_CACHE = 'Kept only, as there is no cache here';

/** Every option that the engine has, in the order of their numbers. */
export const OPTIONS: readonly OptionRow[] = [
  row(constants.INTERNET_OPTION_CALLBACK, 'callback', 'The function that InternetSetStatusCallback sets.'),
  row(constants.INTERNET_OPTION_CONNECT_TIMEOUT, 'milliseconds', 'How long connecting may take.', LIBRARY),
  row(constants.INTERNET_OPTION_CONNECT_RETRIES, 'number', 'How many addresses of a host are tried.', LIBRARY),
  row(
    constants.INTERNET_OPTION_SEND_TIMEOUT,
    'milliseconds',
    'How long a server may take no bytes; 0 stands for 30 seconds.',
    LIBRARY,
  ),
  row(
    constants.INTERNET_OPTION_RECEIVE_TIMEOUT,
    'milliseconds',
    'How long a server may take to answer, and then may send nothing; 0 stands for 30 seconds.',
    LIBRARY,
  ),
  row(
    constants.INTERNET_OPTION_DATA_SEND_TIMEOUT,
    'milliseconds',
    'The same for uploads on the data connections of FTP, for which the session counts.',
    LIBRARY,
  ),
  row(
    constants.INTERNET_OPTION_DATA_RECEIVE_TIMEOUT,
    'milliseconds',
    'The same for downloads on the data connections of FTP, for which the session counts.',
    LIBRARY,
  ),
  row(constants.INTERNET_OPTION_HANDLE_TYPE, 'number', 'INTERNET_HANDLE_TYPE_* of the handle.', { access: 'read' }),
  row(constants.INTERNET_OPTION_CONTEXT_VALUE_OLD, 'pointer', 'The former number of INTERNET_OPTION_CONTEXT_VALUE.'),
  row(constants.INTERNET_OPTION_READ_BUFFER_SIZE, 'number', 'Bytes that FtpGetFile takes at once.', {
    kinds: FTP_KINDS,
  }),
  row(constants.INTERNET_OPTION_WRITE_BUFFER_SIZE, 'number', 'Bytes that FtpPutFile gives at once.', {
    kinds: FTP_KINDS,
  }),
  row(constants.INTERNET_OPTION_PARENT_HANDLE, 'handle', 'The handle from which this one was made.', {
    access: 'read',
  }),
  row(constants.INTERNET_OPTION_REQUEST_FLAGS, 'flags', 'INTERNET_REQFLAG_* of the answer.', {
    access: 'read',
    kinds: REQUEST,
  }),
  row(constants.INTERNET_OPTION_EXTENDED_ERROR, 'number', 'Winsock number of the last failure of a socket.', {
    access: 'read',
    library: true,
  }),
  row(constants.INTERNET_OPTION_USERNAME, 'text', 'User name for the server.', SERVER_CREDENTIALS),
  row(constants.INTERNET_OPTION_PASSWORD, 'secret', 'Password for the server.', SERVER_CREDENTIALS),
  row(
    constants.INTERNET_OPTION_SECURITY_FLAGS,
    'flags',
    'SECURITY_FLAG_*: how the connection is secured, and which faults of certificates are tolerated. No list of revoked certificates is fetched.',
    { kinds: REQUEST },
  ),
  row(
    constants.INTERNET_OPTION_SECURITY_CERTIFICATE_STRUCT,
    'certificate',
    "The fields of the server's certificate (INTERNET_CERTIFICATE_INFO).",
    { access: 'read', kinds: REQUEST },
  ),
  row(constants.INTERNET_OPTION_DATAFILE_NAME, 'text', 'The file of an answer that is kept.', {
    access: 'read',
    kinds: FILE_KINDS,
  }),
  row(constants.INTERNET_OPTION_URL, 'text', 'The URL at which the request has arrived.', {
    access: 'read',
    kinds: REQUEST,
  }),
  row(constants.INTERNET_OPTION_SECURITY_CERTIFICATE, 'text', "The server's certificate, to be shown.", {
    access: 'read',
    kinds: REQUEST,
  }),
  row(constants.INTERNET_OPTION_SECURITY_KEY_BITNESS, 'number', "Bits of the cipher's key.", {
    access: 'read',
    kinds: REQUEST,
  }),
  row(
    constants.INTERNET_OPTION_REFRESH,
    'command',
    'Takes the proxies of the library anew, if InternetOpen was told to use those.',
    { access: 'write', kinds: ['root'] },
  ),
  row(constants.INTERNET_OPTION_PROXY, 'proxy', 'The proxies of HTTP and HTTPS (INTERNET_PROXY_INFO).', LIBRARY),
  row(constants.INTERNET_OPTION_SETTINGS_CHANGED, 'command', 'Kept only, as settings take effect at once here.', {
    access: 'write',
    library: true,
    kept: 0,
  }),
  row(constants.INTERNET_OPTION_VERSION, 'version', 'Version of the library.', { access: 'read', library: true }),
  row(constants.INTERNET_OPTION_USER_AGENT, 'text', 'The agent that is sent.', {
    kinds: ['root', 'http-request'],
    settable: ['root'],
  }),
  row(constants.INTERNET_OPTION_END_BROWSER_SESSION, 'command', 'Forgets the cookies of the session.', {
    access: 'write',
    library: true,
  }),
  row(constants.INTERNET_OPTION_PROXY_USERNAME, 'text', 'User name for the proxy.', PROXY_CREDENTIALS),
  row(constants.INTERNET_OPTION_PROXY_PASSWORD, 'secret', 'Password for the proxy.', PROXY_CREDENTIALS),
  row(constants.INTERNET_OPTION_CONTEXT_VALUE, 'pointer', 'The dwContext that status callbacks get.'),
  row(
    constants.INTERNET_OPTION_CONNECTED_STATE,
    'state',
    'INTERNET_STATE_*; a state set offline forbids the network.',
    {
      library: true,
    },
  ),
  row(constants.INTERNET_OPTION_SECONDARY_CACHE_KEY, 'text', `${NO_CACHE} whose entries it could tell apart.`, {
    kinds: REQUEST,
    kept: '',
  }),
  row(constants.INTERNET_OPTION_REQUEST_PRIORITY, 'number', 'Who comes first when requests wait for a connection.', {
    kinds: HTTP_KINDS,
  }),
  row(constants.INTERNET_OPTION_HTTP_VERSION, 'version', 'The version of requests that name none.', {
    settable: [],
    library: true,
  }),
  row(constants.INTERNET_OPTION_RESET_URLCACHE_SESSION, 'command', `${NO_CACHE}.`, {
    access: 'write',
    library: true,
    kept: 0,
  }),
  row(
    constants.INTERNET_OPTION_ERROR_MASK,
    'flags',
    'INTERNET_ERROR_MASK_*; COMBINED_SEC_CERT makes one error of all faults of certificates.',
  ),
  row(constants.INTERNET_OPTION_FROM_CACHE_TIMEOUT, 'milliseconds', `${NO_CACHE} to fall back on.`, {
    kept: constants.INFINITE,
  }),
  row(constants.INTERNET_OPTION_BYPASS_EDITED_ENTRY, 'switch', `${NO_CACHE} with edited entries.`, { kept: false }),
  row(constants.INTERNET_OPTION_HTTP_DECODING, 'switch', 'Asks for gzip, deflate and br bodies and decodes them.', {
    access: 'write',
    kinds: ['root', ...HTTP_KINDS],
  }),
  row(
    constants.INTERNET_OPTION_DIAGNOSTIC_SOCKET_INFO,
    'socket',
    'Socket and ports of the answer, and how it was reached (INTERNET_DIAGNOSTIC_SOCKET_INFO).',
    { access: 'read', kinds: REQUEST },
  ),
  row(constants.INTERNET_OPTION_CODEPAGE, 'number', 'Kept only, as texts are Unicode here and hosts travel as IDN.', {
    access: 'write',
    kinds: HTTP_KINDS,
    kept: 0,
  }),
  row(
    constants.INTERNET_OPTION_CACHE_TIMESTAMPS,
    'timestamps',
    'Expires and Last-Modified of an answer that is kept (INTERNET_CACHE_TIMESTAMPS).',
    { access: 'read', kinds: REQUEST },
  ),
  row(
    constants.INTERNET_OPTION_MAX_CONNS_PER_SERVER,
    'number',
    'How many connections to one server may be open at a time.',
    { kinds: [], library: true, elsewhere: 'ERROR_INTERNET_INVALID_OPERATION' },
  ),
  row(
    constants.INTERNET_OPTION_MAX_CONNS_PER_1_0_SERVER,
    'number',
    'Kept only: which version a server speaks is not known before it has answered.',
    { kinds: [], library: true, elsewhere: 'ERROR_INTERNET_INVALID_OPERATION', kept: 6, least: 1 },
  ),
  row(
    constants.INTERNET_OPTION_PER_CONNECTION_OPTION,
    'connections',
    'The proxies of HTTP and HTTPS (INTERNET_PER_CONN_OPTION_LIST).',
    {
      kinds: ['root'],
      library: true,
    },
  ),
  row(
    constants.INTERNET_OPTION_DIGEST_AUTH_UNLOAD,
    'command',
    'Kept only, as credentials are not kept beyond their handles here.',
    { access: 'write', library: true, kept: 0 },
  ),
  row(constants.INTERNET_OPTION_IGNORE_OFFLINE, 'command', 'Sends this request though the library is offline.', {
    kinds: REQUEST,
  }),
  row(
    constants.INTERNET_OPTION_SUPPRESS_BEHAVIOR,
    'number',
    'Kept only, as cookies are neither filtered by a policy nor written to disk here.',
    { access: 'write', kinds: [], library: true, kept: 0 },
  ),
  row(
    constants.INTERNET_OPTION_CLIENT_CERT_CONTEXT,
    'client-certificate',
    'The certificate, with its key, for a server that asks for one: PEM or PFX; NULL for none. A redirect to another server forgets it.',
    { access: 'write', kinds: REQUEST },
  ),
  row(constants.INTERNET_OPTION_DISABLE_PASSPORT_AUTH, 'command', 'Kept only, as Passport is never offered here.', {
    access: 'write',
    library: true,
    kept: 0,
  }),
  row(constants.INTERNET_OPTION_PROXY_SETTINGS_CHANGED, 'command', 'Kept only, as proxies take effect at once here.', {
    access: 'write',
    kinds: HTTP_KINDS,
    library: true,
    kept: 0,
  }),
  row(
    constants.INTERNET_OPTION_DATAFILE_EXT,
    'text',
    'Extension of the file that INTERNET_OPTION_DATAFILE_NAME names.',
    {
      access: 'write',
    },
  ),
  row(constants.INTERNET_OPTION_CODEPAGE_PATH, 'number', 'Kept only, as paths travel as UTF-8 here.', {
    access: 'write',
    kinds: HTTP_KINDS,
    kept: 0,
  }),
  row(constants.INTERNET_OPTION_CODEPAGE_EXTRA, 'number', 'Kept only, as queries travel as UTF-8 here.', {
    access: 'write',
    kinds: HTTP_KINDS,
    kept: 0,
  }),
  row(constants.INTERNET_OPTION_IDN, 'flags', 'Kept only, as names beyond ASCII always travel as IDN here.', {
    access: 'write',
    kinds: HTTP_KINDS,
    kept: 0,
  }),
  row(
    constants.INTERNET_OPTION_MAX_CONNS_PER_PROXY,
    'number',
    'How many connections to one proxy may be open at a time, from 2 to 128.',
    { kinds: [], library: true, elsewhere: 'ERROR_INTERNET_INVALID_OPERATION' },
  ),
  row(
    constants.INTERNET_OPTION_SUPPRESS_SERVER_AUTH,
    'command',
    'Keeps credentials from the server; only before the request is sent.',
    { access: 'write', kinds: REQUEST },
  ),
  row(
    constants.INTERNET_OPTION_SERVER_CERT_CHAIN_CONTEXT,
    'chain',
    "The server's certificate and those that lead on from it, with what is wrong (CERT_CHAIN_CONTEXT).",
    { access: 'read', kinds: REQUEST },
  ),
  row(constants.INTERNET_OPTION_ENABLE_REDIRECT_CACHE_READ, 'switch', `${NO_CACHE} with redirects.`, {
    access: 'write',
    kinds: REQUEST,
    kept: false,
  }),
  row(
    constants.INTERNET_OPTION_COMPRESSED_CONTENT_LENGTH,
    'long',
    'Length of a decoded body as it came, where the server announced it.',
    { access: 'read', kinds: REQUEST },
  ),
  row(
    constants.INTERNET_OPTION_ENABLE_HTTP_PROTOCOL,
    'flags',
    'Kept only, as HTTP/1.1 is the only version here; INTERNET_OPTION_HTTP_PROTOCOL_USED says so.',
    { access: 'write', kept: 0 },
  ),
  row(constants.INTERNET_OPTION_HTTP_PROTOCOL_USED, 'flags', 'HTTP_PROTOCOL_FLAG_* of the answer: 0, HTTP/1.1.', {
    access: 'read',
    kinds: REQUEST,
  }),
  row(constants.INTERNET_OPTION_ENCODE_EXTRA, 'switch', 'Kept only, as queries are always percent-encoded here.', {
    kept: false,
  }),
  row(constants.INTERNET_OPTION_HSTS, 'switch', 'Kept only, as no list of strict hosts is kept here.', { kept: false }),
  row(constants.INTERNET_OPTION_ENTERPRISE_CONTEXT, 'text', 'Kept only, as no policy of an enterprise is known here.', {
    access: 'write',
    kinds: REQUEST,
    kept: '',
  }),
  row(
    constants.INTERNET_OPTION_OPT_IN_WEAK_SIGNATURE,
    'command',
    'Kept only, as a weak signature is always told here.',
    {
      access: 'write',
      kept: 0,
    },
  ),
];

/** Options whose values are secret: they never enter a journal. */
export const SECRET_OPTIONS: ReadonlySet<number> = new Set(
  OPTIONS.filter(({ form }) => form === 'secret' || form === 'client-certificate').map(({ option }) => option),
);

const byNumber = new Map(OPTIONS.map((one) => [one.option, one]));

/** The row of an option; undefined where the engine has none of this number. */
export function optionRow(option: number): OptionRow | undefined {
  return byNumber.get(option);
}

/** May the option be read, or set, on a handle of this kind, or on NULL, the library itself? */
export function hasOption(row: OptionRow, kind: HandleKind | null, toSet: boolean): boolean {
  return row.access !== (toSet ? 'read' : 'write') && isInPlace(row, kind, toSet);
}

/** Does the kind, or NULL, have the option, whether or not it is one that can be read, or set? */
export function isInPlace(row: OptionRow, kind: HandleKind | null, toSet: boolean): boolean {
  return kind === null ? row.library : (kindsWith(row, toSet)?.includes(kind) ?? true);
}

/** Kinds on which the option can be read, or set, if it is one that can be; null: all. */
export function kindsWith({ kinds, settable }: OptionRow, toSet: boolean): readonly HandleKind[] | null {
  return toSet ? (settable ?? kinds) : kinds;
}

/** The handle that has an option which is read or set on this one: itself, or the one above it that shares the option. */
export function ownerOf<Node>({ owner }: OptionRow, on: Node, parentOf: (node: Node) => Node | null | undefined): Node {
  if (owner === undefined) return on;
  let highest = on;
  for (let above = parentOf(on) ?? null; above !== null; above = parentOf(above) ?? null) {
    if (owner === 'session' && (parentOf(above) ?? null) === null) break;
    highest = above;
  }
  return highest;
}

/** The options that can be read, or set, on a kind of handle; null is NULL, the library itself. */
export function optionsOf(kind: HandleKind | null, toSet: boolean): readonly OptionRow[] {
  return OPTIONS.filter((one) => hasOption(one, kind, toSet));
}

function row(
  option: number,
  form: OptionForm,
  summary: string,
  rest: Partial<Omit<OptionRow, 'option' | 'name' | 'form' | 'summary'>> = {},
): OptionRow {
  const name = constantName('INTERNET_OPTION_', option) ?? String(option);
  return { option, name, form, access: 'both', kinds: null, library: false, ...rest, summary };
}
