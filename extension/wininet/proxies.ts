import * as constants from '../shared/constants.ts';
import type { HttpServer } from './ports.ts';
import { CallFailure } from './winInetError.ts';

/** A forward proxy. */
export interface Proxy {
  readonly host: string;
  readonly port: number;
}

/** Which proxy serves a server, if one does. */
export type ProxyChoice = (server: HttpServer) => Proxy | null;

const DIRECT: ProxyChoice = () => null;
const ENTRY = /^(?:(?<scheme>[a-z]+)=)?(?:http:\/\/)?(?<host>\[[0-9a-f:.]+\]|[^:/=\s]+)(?::(?<port>\d{1,5}))?\/?$/i;

/**
 * What InternetOpen's proxy arguments mean. The list reads "host:port" for every scheme, or "http=host:port https=host:port";
 * the bypass list names hosts, with "*" for any text, "<local>" for names without a dot and "<-loopback>" for a proxy on the way
 * to this machine as well. Proxies serve HTTP and HTTPS.
 * Fails with ERROR_INVALID_PARAMETER where a proxy is asked for and none is named, or an entry cannot be read.
 */
export function proxyChoice(dwAccessType: number, list: string | null, bypass: string | null): ProxyChoice {
  if (dwAccessType !== constants.INTERNET_OPEN_TYPE_PROXY) return DIRECT;
  if (list === null) throw new CallFailure('ERROR_INVALID_PARAMETER', 'Name a proxy in lpszProxy, as "proxy:8080".');
  const proxies = new Map(split(list).map(parseEntry));
  const isBypassed = bypassTest(split(bypass ?? ''));
  return (server) => (isBypassed(server) ? null : (proxies.get(server.scheme) ?? proxies.get('') ?? null));
}

function split(list: string): readonly string[] {
  return list.split(/[;\s]+/).filter((entry) => entry !== '');
}

function parseEntry(entry: string): readonly [scheme: string, proxy: Proxy] {
  const parts = ENTRY.exec(entry)?.groups;
  const port = Number(parts?.port ?? constants.INTERNET_DEFAULT_HTTP_PORT);
  if (parts?.host === undefined || port < 1 || port > 65535) {
    throw new CallFailure('ERROR_INVALID_PARAMETER', `"${entry}" is no proxy: write "host:port" or "http=host:port".`);
  }
  return [parts.scheme?.toLowerCase() ?? '', { host: parts.host, port }];
}

/** What skips every proxy, unless the bypass list has "<-loopback>": as the page of InternetOpen says. */
const LOOPBACK: ReadonlySet<string> = new Set(['localhost', 'loopback', '127.0.0.1', '::1', '[::1]']);

const BYPASS = /^(?:(?<scheme>[a-z]+):\/\/)?(?<host>\[[^\]]*\]|[^:]+)(?::(?<port>\d+))?$/i;

function bypassTest(entries: readonly string[]): (server: HttpServer) => boolean {
  const words = new Set(entries.map((entry) => entry.toLowerCase()));
  const patterns = entries.filter((entry) => !entry.startsWith('<')).map(serverTest);
  return (server) => {
    const host = server.host.toLowerCase();
    if (LOOPBACK.has(host)) return !words.has('<-loopback>') || patterns.some((test) => test(server));
    return (words.has('<local>') && !host.includes('.')) || patterns.some((test) => test(server));
  };
}

/** An entry names hosts, perhaps of one scheme or port only: "*.example.com", "https://example.com", "example.com:8080". */
function serverTest(entry: string): (server: HttpServer) => boolean {
  const { scheme, host = entry, port } = BYPASS.exec(entry)?.groups ?? {};
  const names = new RegExp(`^${host.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`, 'i');
  return (server) =>
    names.test(server.host) &&
    (scheme === undefined || scheme.toLowerCase() === server.scheme) &&
    (port === undefined || Number(port) === server.port);
}
