import { isIP } from 'node:net';

/** What a system says of its proxies, where Windows asks its registry. */
export interface SystemProxies {
  /** As lpszProxy of InternetOpen. */
  readonly list: string;
  /** As lpszProxyBypass of InternetOpen. */
  readonly bypass: string;
  /** For the proxies; null where none is given. */
  readonly account: { readonly user: string; readonly password: string } | null;
}

/** Variables of the environment; the lower-case name of each comes first. */
export type Environment = Readonly<Record<string, string | undefined>>;

const VARIABLES = [
  ['http=', 'http_proxy'],
  ['https=', 'https_proxy'],
  ['ftp=', 'ftp_proxy'],
  ['', 'all_proxy'],
] as const;

/**
 * The proxies that the environment names in http_proxy, https_proxy, ftp_proxy, all_proxy and no_proxy, as most programs read
 * them; null where there are none. Proxies that speak anything but HTTP are left out.
 */
export function proxiesOfEnvironment(environment: Environment): SystemProxies | null {
  const read = (name: string) => environment[name] ?? environment[name.toUpperCase()];
  const proxies = VARIABLES.map(([scheme, name]) => [scheme, read(name)] as const);
  return systemProxies(proxies, (read('no_proxy') ?? '').split(/[,\s]+/));
}

/**
 * The proxies at some addresses, as `http://user:password@host:port`; null where none is usable.
 * @param proxies with what stands before each in lpszProxy: `http=`, or nothing where it is for every scheme
 * @param direct names and addresses to reach without a proxy; one of a domain is for the hosts below it too, "*" for all
 */
export function systemProxies(
  proxies: readonly (readonly [scheme: string, address: string | undefined])[],
  direct: readonly string[],
): SystemProxies | null {
  if (direct.includes('*')) return null;
  const entries = proxies.flatMap(([scheme, address]) => {
    const url = proxyUrl(address);
    return url === null ? [] : [{ url, text: `${scheme}${url.hostname}:${url.port || '80'}` }];
  });
  if (entries.length === 0) return null;
  const named = entries.find(({ url }) => url.username !== '')?.url;
  return {
    list: entries.map(({ text }) => text).join(' '),
    bypass: direct
      .filter((one) => one !== '')
      .flatMap(bypassEntries)
      .join(';'),
    account: named ? { user: unescaped(named.username), password: unescaped(named.password) } : null,
  };
}

function proxyUrl(address: string | undefined): URL | null {
  if (address === undefined || address.trim() === '') return null;
  const text = address.includes('://') ? address.trim() : `http://${address.trim()}`;
  const url = URL.canParse(text) ? new URL(text) : null;
  return url?.protocol === 'http:' ? url : null;
}

function bypassEntries(name: string): readonly string[] {
  const host = name.replace(/^\*?\./, '');
  if (isIP(host) !== 0 || host.startsWith('[')) return [host];
  return [host, `*.${host}`];
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // It was not escaped.
    return text;
  }
}
