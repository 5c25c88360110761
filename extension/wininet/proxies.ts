import * as constants from '../shared/constants.ts';
import type { HttpServer } from './ports/http.ts';
import { CallFailure } from './winInetError.ts';

/** A proxy. */
export interface Proxy {
  /** Empty for the proxy without a name that an empty list stands for: no look-up finds it. */
  readonly host: string;
  readonly port: number;
  /** What is spoken with it: HTTP, or FTP with a gateway that logs on for `user@host` (of the TIS kind). */
  readonly speaks: 'http' | 'ftp';
}

/** Which proxy serves a server, if one does. */
export type ProxyChoice = (server: HttpServer) => Proxy | null;

const DIRECT: ProxyChoice = () => null;
const NAMELESS: Proxy = { host: '', port: constants.INTERNET_DEFAULT_HTTP_PORT, speaks: 'http' };
const ENTRY =
  /^(?:(?<scheme>[a-z]+)=)?(?:(?<speaks>https?|ftp):\/\/)?(?<host>\[[0-9a-f:.]+\]|[^:/=\s]+)(?::(?<port>\d{1,5}))?\/?$/i;
const ACCESS_TYPES: ReadonlySet<number> = new Set([
  constants.INTERNET_OPEN_TYPE_PRECONFIG,
  constants.INTERNET_OPEN_TYPE_DIRECT,
  constants.INTERNET_OPEN_TYPE_PROXY,
  constants.INTERNET_OPEN_TYPE_PRECONFIG_WITH_NO_AUTOPROXY,
]);

/**
 * What InternetOpen's proxy arguments mean. The list reads "host:port" for every scheme, or "http=host:port https=host:port
 * ftp=host:port", and "ftp=ftp://host:port" for a gateway of FTP; the bypass list names hosts, with "*" for any text, "<local>"
 * for names without a dot and "<-loopback>" for a proxy on the way to this machine as well. As the page of InternetOpen says,
 * both are ignored unless dwAccessType is INTERNET_OPEN_TYPE_PROXY, and an empty list is taken for the name of a proxy: what
 * would pass it fails with ERROR_INTERNET_NAME_NOT_RESOLVED.
 * Fails with ERROR_INVALID_PARAMETER for another access type, where a proxy is asked for and none is named, and for an entry
 * that cannot be read.
 */
export function proxyChoice(dwAccessType: number, list: string | null, bypass: string | null): ProxyChoice {
  if (!ACCESS_TYPES.has(dwAccessType)) {
    throw new CallFailure('ERROR_INVALID_PARAMETER', 'Pass one of INTERNET_OPEN_TYPE_* as the access type.');
  }
  if (dwAccessType !== constants.INTERNET_OPEN_TYPE_PROXY) return DIRECT;
  if (list === null) throw new CallFailure('ERROR_INVALID_PARAMETER', 'Name a proxy in lpszProxy, as "proxy:8080".');
  const entries = split(list);
  const proxies = entries.length === 0 ? new Map([['', NAMELESS]]) : new Map(entries.map(parseEntry));
  const isBypassed = bypassTest(split(bypass ?? ''));
  return (server) => (isBypassed(server) ? null : (proxies.get(server.scheme) ?? proxies.get('') ?? null));
}

function split(list: string): readonly string[] {
  return list.split(/[;\s]+/).filter((entry) => entry !== '');
}

function parseEntry(entry: string): readonly [scheme: string, proxy: Proxy] {
  const { scheme = '', speaks: said = 'http', host, port: digits } = ENTRY.exec(entry)?.groups ?? {};
  const speaks = said.toLowerCase() === 'ftp' ? 'ftp' : 'http';
  const usual = speaks === 'ftp' ? constants.INTERNET_DEFAULT_FTP_PORT : constants.INTERNET_DEFAULT_HTTP_PORT;
  const port = Number(digits ?? usual);
  if (host === undefined || port < 1 || port > 65535 || (speaks === 'ftp' && scheme.toLowerCase() !== 'ftp')) {
    throw new CallFailure('ERROR_INVALID_PARAMETER', `"${entry}" is no proxy: write "host:port" or "http=host:port".`);
  }
  return [scheme.toLowerCase(), { host, port, speaks }];
}

/** What skips every proxy, unless the bypass list has "<-loopback>": as the page of InternetOpen says. */
const LOOPBACK: ReadonlySet<string> = new Set(['localhost', 'loopback', '127.0.0.1', '::1']);

const BYPASS = /^(?:(?<scheme>[a-z]+):\/\/)?(?<host>\[[^\]]*\]|[^:]+)(?::(?<port>\d+))?$/i;

function bypassTest(entries: readonly string[]): (server: HttpServer) => boolean {
  const words = new Set(entries.map((entry) => entry.toLowerCase()));
  const patterns = entries.filter((entry) => !entry.startsWith('<')).map(serverTest);
  return (server) => {
    const host = withoutBrackets(server.host.toLowerCase());
    if (LOOPBACK.has(host)) return !words.has('<-loopback>') || patterns.some((test) => test(server));
    return (words.has('<local>') && !host.includes('.')) || patterns.some((test) => test(server));
  };
}

/** An entry names hosts, perhaps of one scheme or port only: "*.example.com", "https://example.com", "example.com:8080". */
function serverTest(entry: string): (server: HttpServer) => boolean {
  const { scheme, host = entry, port } = BYPASS.exec(entry)?.groups ?? {};
  const names = new RegExp(
    `^${withoutBrackets(host)
      .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')}$`,
    'i',
  );
  return (server) =>
    names.test(withoutBrackets(server.host)) &&
    (scheme === undefined || scheme.toLowerCase() === server.scheme) &&
    (port === undefined || Number(port) === server.port);
}

function withoutBrackets(host: string): string {
  return host.replace(/^\[(.*)\]$/, '$1');
}
