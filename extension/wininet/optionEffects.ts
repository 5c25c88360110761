import * as constants from '../shared/constants.ts';
import { HANDLE_KINDS } from '../shared/hierarchy.ts';
import {
  cacheTimestamps,
  compressedLength,
  connectionFlags,
  dataFileName,
  requestFlags,
  secured,
  securityOf,
  serverChain,
  socketInfo,
  TOLERANCES,
} from './answerOptions.ts';
import { certificateInfo, certificateText } from './certificateText.ts';
import { type CERT_CONTEXT, clientCertificateOf } from './clientCertificate.ts';
import type { HandleRecord } from './handleStore.ts';
import type { HTTP_VERSION_INFO, Library } from './library.ts';
import { extensionOf, flagsAmong, knownVersion, meansOffline, within } from './optionChecks.ts';
import type { INTERNET_CONNECTED_INFO, OptionValue } from './optionForms.ts';
import { agentOf, type OptionValues } from './options.ts';
import {
  connectionOptions,
  type INTERNET_PER_CONN_OPTION_LIST,
  type INTERNET_PROXY_INFO,
  NO_PROXIES,
  type ProxySettings,
  proxiesAskedFor,
  withConnectionOptions,
} from './proxySettings.ts';
import type { StatusCallback } from './statusQueue.ts';
import { CallFailure } from './winInetError.ts';

/** Where an option is read or set. */
export interface OptionPlace {
  readonly library: Library;
  /** Null: the library itself. */
  readonly record: HandleRecord | null;
}

/** How an option is read and set; values have been checked to be of its form. */
export interface OptionEffect {
  readonly read?: (place: OptionPlace) => OptionValue;
  readonly write?: (place: OptionPlace, value: OptionValue) => void;
}

/** The version that the original tells of itself (recorded). */
const LIBRARY_VERSION: HTTP_VERSION_INFO = { dwMajorVersion: 1, dwMinorVersion: 2 };

/** INTERNET_ERROR_MASK_* that the page of options has; NEED_MSN_SSPI_PKG, says it, is not implemented. */
const ERROR_MASKS =
  constants.INTERNET_ERROR_MASK_INSERT_CDROM |
  constants.INTERNET_ERROR_MASK_COMBINED_SEC_CERT |
  constants.INTERNET_ERROR_MASK_LOGIN_FAILURE_DISPLAY_ENTITY_BODY;

const context: OptionEffect = {
  read: ({ record }) => record?.context ?? null,
  write: ({ record }, value) => {
    if (record !== null) record.context = value as number;
  },
};

/** What each option reads and changes; those that are kept only have none. */
export const OPTION_EFFECTS: ReadonlyMap<number, OptionEffect> = new Map<number, OptionEffect>([
  [
    constants.INTERNET_OPTION_CALLBACK,
    {
      read: ({ record }) => record?.callback ?? null,
      write: ({ record }, value) => {
        if (record !== null) record.callback = value as StatusCallback | null;
      },
    },
  ],
  [constants.INTERNET_OPTION_CONNECT_TIMEOUT, { ...inherited('connectTimeout'), write: setConnectTimeout }],
  [constants.INTERNET_OPTION_CONNECT_RETRIES, inherited('connectRetries')],
  [constants.INTERNET_OPTION_SEND_TIMEOUT, inherited('sendTimeout')],
  [constants.INTERNET_OPTION_RECEIVE_TIMEOUT, inherited('receiveTimeout')],
  [constants.INTERNET_OPTION_DATA_SEND_TIMEOUT, inherited('dataSendTimeout')],
  [constants.INTERNET_OPTION_DATA_RECEIVE_TIMEOUT, inherited('dataReceiveTimeout')],
  [constants.INTERNET_OPTION_HANDLE_TYPE, { read: ({ record }) => record && HANDLE_KINDS[record.kind].type }],
  [constants.INTERNET_OPTION_CONTEXT_VALUE_OLD, context],
  [constants.INTERNET_OPTION_READ_BUFFER_SIZE, inherited('readBufferSize', within(1, 2 ** 24))],
  [constants.INTERNET_OPTION_WRITE_BUFFER_SIZE, inherited('writeBufferSize', within(1, 2 ** 24))],
  [constants.INTERNET_OPTION_PARENT_HANDLE, { read: ({ record }) => record?.parent?.handle ?? null }],
  [constants.INTERNET_OPTION_REQUEST_FLAGS, { read: ({ record }) => requestFlags(record) }],
  [constants.INTERNET_OPTION_EXTENDED_ERROR, { read: ({ library }) => library.socketError }],
  [constants.INTERNET_OPTION_USERNAME, inherited('userName')],
  [constants.INTERNET_OPTION_PASSWORD, inherited('password')],
  [
    constants.INTERNET_OPTION_SECURITY_FLAGS,
    {
      read: (place) => (optionsAt(place).securityFlags | connectionFlags(securityOf(place.record))) >>> 0,
      // Recorded, and so on a real Windows: what is tolerated once stays so. How the connection is secured is not up to a program.
      write: (place, value) =>
        change(place, { securityFlags: optionsAt(place).securityFlags | ((value as number) & TOLERANCES) }),
    },
  ],
  [constants.INTERNET_OPTION_SECURITY_CERTIFICATE_STRUCT, { read: ({ record }) => certificateInfo(secured(record)) }],
  [constants.INTERNET_OPTION_DATAFILE_NAME, { read: ({ record }) => dataFileName(record) }],
  [constants.INTERNET_OPTION_URL, { read: ({ record }) => (record?.is('http-request') ? record.data.url : null) }],
  [constants.INTERNET_OPTION_SECURITY_CERTIFICATE, { read: ({ record }) => certificateText(secured(record)) }],
  [constants.INTERNET_OPTION_SECURITY_KEY_BITNESS, { read: ({ record }) => securityOf(record)?.keyBits ?? 0 }],
  [constants.INTERNET_OPTION_REFRESH, { write: refreshProxies }],
  [
    constants.INTERNET_OPTION_PROXY,
    {
      read: (place) => ({ ...proxiesAt(place).info }),
      write: (place, value) => change(place, { proxy: proxiesToSet(place, value as INTERNET_PROXY_INFO) }),
    },
  ],
  [constants.INTERNET_OPTION_VERSION, { read: () => ({ ...LIBRARY_VERSION }) }],
  [
    constants.INTERNET_OPTION_USER_AGENT,
    {
      ...inherited('userAgent'),
      read: ({ record }) => record && (record.options.userAgent ?? agentOf(record) ?? ''),
    },
  ],
  [
    constants.INTERNET_OPTION_END_BROWSER_SESSION,
    {
      write: ({ library }) => {
        for (const forget of library.onSessionEnd) forget();
      },
    },
  ],
  [constants.INTERNET_OPTION_PROXY_USERNAME, inherited('proxyUserName')],
  [constants.INTERNET_OPTION_PROXY_PASSWORD, inherited('proxyPassword')],
  [constants.INTERNET_OPTION_CONTEXT_VALUE, context],
  [
    constants.INTERNET_OPTION_CONNECTED_STATE,
    {
      read: ({ library }) => library.connectedState,
      write: ({ library }, value) => {
        library.offline = meansOffline(value as number | INTERNET_CONNECTED_INFO);
      },
    },
  ],
  [constants.INTERNET_OPTION_REQUEST_PRIORITY, inherited('priority')],
  [
    constants.INTERNET_OPTION_HTTP_VERSION,
    {
      read: ({ library }) => ({ ...library.httpVersion }),
      write: ({ library }, value) => {
        library.httpVersion = knownVersion(value as HTTP_VERSION_INFO);
      },
    },
  ],
  [constants.INTERNET_OPTION_ERROR_MASK, inherited('errorMask', flagsAmong(ERROR_MASKS))],
  [constants.INTERNET_OPTION_HTTP_DECODING, inherited('httpDecoding', Boolean)],
  [constants.INTERNET_OPTION_MAX_CONNS_PER_SERVER, connectionLimit('maxConnectionsPerServer', 1, 0xffff_ffff)],
  [
    constants.INTERNET_OPTION_PER_CONNECTION_OPTION,
    {
      read: (place) => connectionOptions(proxiesAt(place)),
      write: (place, value) =>
        change(place, {
          proxy: withConnectionOptions(proxiesAt(place), value as INTERNET_PER_CONN_OPTION_LIST),
        }),
    },
  ],
  [
    constants.INTERNET_OPTION_CLIENT_CERT_CONTEXT,
    {
      write: ({ record }, value) => {
        if (record?.is('http-request') !== true) return;
        record.data.clientCertificate = value === null ? 'none' : clientCertificateOf(value as CERT_CONTEXT);
      },
    },
  ],
  [constants.INTERNET_OPTION_DATAFILE_EXT, inherited('dataFileExtension', extensionOf)],
  [constants.INTERNET_OPTION_DIAGNOSTIC_SOCKET_INFO, { read: ({ record }) => socketInfo(record) }],
  [constants.INTERNET_OPTION_CACHE_TIMESTAMPS, { read: ({ record }) => cacheTimestamps(record) }],
  [constants.INTERNET_OPTION_SERVER_CERT_CHAIN_CONTEXT, { read: ({ record }) => serverChain(record) }],
  [
    constants.INTERNET_OPTION_IGNORE_OFFLINE,
    {
      read: (place) => optionsAt(place).ignoreOffline,
      write: (place) => change(place, { ignoreOffline: true }),
    },
  ],
  [constants.INTERNET_OPTION_MAX_CONNS_PER_PROXY, connectionLimit('maxConnectionsPerProxy', 2, 128)],
  [constants.INTERNET_OPTION_SUPPRESS_SERVER_AUTH, { write: suppressServerAuth }],
  [constants.INTERNET_OPTION_COMPRESSED_CONTENT_LENGTH, { read: ({ record }) => compressedLength(record) }],
  [constants.INTERNET_OPTION_HTTP_PROTOCOL_USED, { read: () => 0 }],
]);

/** An option that children copy. @param check refuses values that the option cannot take, or changes their form */
function inherited<Key extends keyof OptionValues>(
  key: Key,
  check: (value: OptionValue) => OptionValue = (value) => value,
): OptionEffect {
  return {
    read: (place) => optionsAt(place)[key] as OptionValue,
    write: (place, value) => change(place, { [key]: check(value) }),
  };
}

function optionsAt({ library, record }: OptionPlace): OptionValues {
  return (record ?? library).options;
}

function change({ library, record }: OptionPlace, values: Partial<OptionValues>): void {
  const owner = record ?? library;
  owner.options = { ...owner.options, ...values };
}

function connectionLimit(
  key: 'maxConnectionsPerServer' | 'maxConnectionsPerProxy',
  least: number,
  most: number,
): OptionEffect {
  const check = within(least, most);
  return {
    read: ({ library }) => library[key],
    write: ({ library }, value) => {
      library[key] = check(value);
    },
  };
}

/** Recorded: a root and the library refuse 0, which handles below a root take. */
function setConnectTimeout(place: OptionPlace, value: OptionValue): void {
  const isBelow = (place.record?.kind ?? 'root') !== 'root';
  change(place, { connectTimeout: within(isBelow ? 0 : 1, 0xffff_ffff)(value) });
}

function proxiesAt({ library, record }: OptionPlace): ProxySettings {
  return record?.options.proxy ?? library.proxies;
}

/** INTERNET_OPEN_TYPE_PRECONFIG for the library itself takes back what was set for it. */
function proxiesToSet({ library, record }: OptionPlace, info: INTERNET_PROXY_INFO): ProxySettings {
  const asked = proxiesAskedFor(info, library);
  return record === null && asked.preconfigured ? NO_PROXIES : asked;
}

function refreshProxies({ library, record }: OptionPlace): void {
  if (record?.options.proxy.preconfigured !== true) return;
  record.options = { ...record.options, proxy: { ...library.proxies, preconfigured: true } };
}

/** The page of options: setting it after the request was sent fails with ERROR_INTERNET_INCORRECT_HANDLE_STATE. */
function suppressServerAuth(place: OptionPlace): void {
  if (place.record?.state !== 'unsent') throw new CallFailure('ERROR_INTERNET_INCORRECT_HANDLE_STATE');
  change(place, { suppressServerAuth: true });
}
