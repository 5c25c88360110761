import * as constants from '../shared/constants.ts';
import { type ProxyChoice, proxyChoice } from './proxies.ts';
import type { SystemProxies } from './systemProxies.ts';
import { CallFailure } from './winInetError.ts';

/** The value of INTERNET_OPTION_PROXY. */
export interface INTERNET_PROXY_INFO {
  /** INTERNET_OPEN_TYPE_DIRECT or INTERNET_OPEN_TYPE_PROXY. */
  readonly dwAccessType: number;
  readonly lpszProxy: string | null;
  readonly lpszProxyBypass: string | null;
}

/** One setting of INTERNET_OPTION_PER_CONNECTION_OPTION. */
export interface INTERNET_PER_CONN_OPTION {
  /** INTERNET_PER_CONN_*. */
  readonly dwOption: number;
  readonly Value: number | string | null;
}

/** The value of INTERNET_OPTION_PER_CONNECTION_OPTION. */
export interface INTERNET_PER_CONN_OPTION_LIST {
  /** A connection of the system; null, the network, is the only one here. */
  readonly pszConnection: string | null;
  readonly pOptions: readonly INTERNET_PER_CONN_OPTION[];
}

/** The proxies of a handle. */
export interface ProxySettings {
  readonly info: INTERNET_PROXY_INFO;
  readonly choose: ProxyChoice;
  /** They are those of the library: INTERNET_OPTION_REFRESH takes them anew. */
  readonly preconfigured: boolean;
  /** Name and password that the system has for them; null where it has none. */
  readonly account: SystemProxies['account'];
}

/** Nobody has said anything. */
export const NO_PROXIES: ProxySettings = proxySettings({
  dwAccessType: constants.INTERNET_OPEN_TYPE_DIRECT,
  lpszProxy: null,
  lpszProxyBypass: null,
});

/** Reads what a program says of its proxies. Fails with ERROR_INVALID_PARAMETER, as `proxyChoice` does. */
export function proxySettings({ dwAccessType, lpszProxy, lpszProxyBypass }: INTERNET_PROXY_INFO): ProxySettings {
  const choose = proxyChoice(dwAccessType, lpszProxy, lpszProxyBypass);
  // A record of our own: the program's may change.
  return { info: { dwAccessType, lpszProxy, lpszProxyBypass }, choose, preconfigured: false, account: null };
}

/** The settings of a system; null stands for one without proxies. */
export function settingsOfSystem(system: SystemProxies | null): ProxySettings {
  if (system === null) return NO_PROXIES;
  const info = {
    dwAccessType: constants.INTERNET_OPEN_TYPE_PROXY,
    lpszProxy: system.list,
    lpszProxyBypass: system.bypass,
  };
  return { ...proxySettings(info), account: system.account };
}

/** What a program asks for: its own proxies, or with INTERNET_OPEN_TYPE_PRECONFIG those of the library. */
export function proxiesAskedFor(
  info: INTERNET_PROXY_INFO,
  library: { readonly proxies: ProxySettings },
): ProxySettings {
  return PRECONFIGURED.has(info.dwAccessType) ? { ...library.proxies, preconfigured: true } : proxySettings(info);
}

/** The settings as INTERNET_PER_CONN_OPTION_LIST. Recorded, and so on a real Windows: proxies are told without PROXY_TYPE_DIRECT. */
export function connectionOptions({ info }: ProxySettings): INTERNET_PER_CONN_OPTION_LIST {
  const proxied = info.dwAccessType === constants.INTERNET_OPEN_TYPE_PROXY;
  return {
    pszConnection: null,
    pOptions: [
      {
        dwOption: constants.INTERNET_PER_CONN_FLAGS,
        Value: proxied ? constants.PROXY_TYPE_PROXY : constants.PROXY_TYPE_DIRECT,
      },
      { dwOption: constants.INTERNET_PER_CONN_PROXY_SERVER, Value: info.lpszProxy },
      { dwOption: constants.INTERNET_PER_CONN_PROXY_BYPASS, Value: info.lpszProxyBypass },
    ],
  };
}

/**
 * The settings after a list was applied; what the list does not name stays. Fails with ERROR_INVALID_PARAMETER for another
 * connection than the network, for scripts that configure proxies, and for what is no setting.
 */
export function withConnectionOptions(
  before: ProxySettings,
  { pszConnection, pOptions }: INTERNET_PER_CONN_OPTION_LIST,
): ProxySettings {
  if (pszConnection !== null && pszConnection !== '') {
    throw new CallFailure('ERROR_INVALID_PARAMETER', 'Pass null as pszConnection: the network is the only connection.');
  }
  const info = pOptions.reduce(applied, before.info);
  // As on a real Windows, the name of a proxy may come later or be taken away: without one, connections are direct.
  return info.lpszProxy === null ? { ...NO_PROXIES, info } : proxySettings(info);
}

const PRECONFIGURED: ReadonlySet<number> = new Set([
  constants.INTERNET_OPEN_TYPE_PRECONFIG,
  constants.INTERNET_OPEN_TYPE_PRECONFIG_WITH_NO_AUTOPROXY,
]);

function applied(info: INTERNET_PROXY_INFO, { dwOption, Value }: INTERNET_PER_CONN_OPTION): INTERNET_PROXY_INFO {
  const text = typeof Value === 'string' && Value !== '' ? Value : null;
  switch (dwOption) {
    case constants.INTERNET_PER_CONN_FLAGS:
      return { ...info, dwAccessType: accessType(Value) };
    case constants.INTERNET_PER_CONN_PROXY_SERVER:
      return { ...info, lpszProxy: text };
    case constants.INTERNET_PER_CONN_PROXY_BYPASS:
      return { ...info, lpszProxyBypass: text };
    default:
      throw new CallFailure(
        'ERROR_INVALID_PARAMETER',
        'Set INTERNET_PER_CONN_FLAGS, INTERNET_PER_CONN_PROXY_SERVER or INTERNET_PER_CONN_PROXY_BYPASS.',
      );
  }
}

function accessType(flags: number | string | null): number {
  const known = constants.PROXY_TYPE_DIRECT | constants.PROXY_TYPE_PROXY;
  if (typeof flags !== 'number' || (flags & ~known) !== 0) {
    throw new CallFailure('ERROR_INVALID_PARAMETER', 'Pass PROXY_TYPE_DIRECT or PROXY_TYPE_PROXY: no scripts are run.');
  }
  const proxied = (flags & constants.PROXY_TYPE_PROXY) !== 0;
  return proxied ? constants.INTERNET_OPEN_TYPE_PROXY : constants.INTERNET_OPEN_TYPE_DIRECT;
}
