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
 * the bypass list names hosts, with "*" for any text and "<local>" for names without a dot. Proxies serve HTTP and HTTPS.
 * Fails with ERROR_INVALID_PARAMETER where a proxy is asked for and none is named, or an entry cannot be read.
 */
export function proxyChoice(dwAccessType: number, list: string | null, bypass: string | null): ProxyChoice {
  if (dwAccessType !== constants.INTERNET_OPEN_TYPE_PROXY) return DIRECT;
  if (list === null) throw new CallFailure('ERROR_INVALID_PARAMETER', 'Name a proxy in lpszProxy, as "proxy:8080".');
  const proxies = new Map(split(list).map(parseEntry));
  const isBypassed = bypassTest(split(bypass ?? ''));
  return ({ scheme, host }) => (isBypassed(host) ? null : (proxies.get(scheme) ?? proxies.get('') ?? null));
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

function bypassTest(entries: readonly string[]): (host: string) => boolean {
  const local = entries.some((entry) => entry.toLowerCase() === '<local>');
  const patterns = entries
    .filter((entry) => entry.toLowerCase() !== '<local>')
    .map((entry) => entry.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*'))
    .map((pattern) => new RegExp(`^${pattern}$`, 'i'));
  return (host) => (local && !host.includes('.')) || patterns.some((pattern) => pattern.test(host));
}
