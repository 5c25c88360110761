import * as constants from '../shared/constants.ts';
import { DEFAULT_OPTIONS, type OptionValues } from './options.ts';
import { NO_PROXIES, type ProxySettings, settingsOfSystem } from './proxySettings.ts';
import type { SystemProxies } from './systemProxies.ts';

/** A version, as INTERNET_VERSION_INFO and HTTP_VERSION_INFO have it. */
export interface HTTP_VERSION_INFO {
  readonly dwMajorVersion: number;
  readonly dwMinorVersion: number;
}

/** The library itself, for which NULL stands where a handle is asked for: one for each engine. */
export class Library {
  /** What roots start from. Replaced, never changed. */
  options: OptionValues = DEFAULT_OPTIONS;
  readonly #systemProxies: () => SystemProxies | null;
  /** As Windows has it since Internet Explorer 8; before it, and recorded, were 2 and 4 (options.max_conns, advisory). */
  maxConnectionsPerServer = 6;
  maxConnectionsPerProxy = 6;
  /** Of requests that name none. */
  httpVersion: HTTP_VERSION_INFO = { dwMajorVersion: 1, dwMinorVersion: 1 };
  /** Set offline by INTERNET_OPTION_CONNECTED_STATE: nothing may use the network. */
  offline = false;
  /** Winsock's number of the last failure of a socket; 0 for none. */
  socketError = 0;

  /** Called when INTERNET_OPTION_END_BROWSER_SESSION is set: each forgets what lasts for a session only, as its cookies. */
  readonly onSessionEnd = new Set<() => void>();

  /** @param systemProxies asks the system for its proxies, each time when they are needed */
  constructor(systemProxies: () => SystemProxies | null = () => null) {
    this.#systemProxies = systemProxies;
  }

  /** The proxies of INTERNET_OPEN_TYPE_PRECONFIG: those that a program has set for the library, otherwise the system's. */
  get proxies(): ProxySettings {
    return this.options.proxy === NO_PROXIES ? settingsOfSystem(this.#systemProxies()) : this.options.proxy;
  }

  /** As it stands in a request line. */
  get httpVersionText(): string {
    return `HTTP/${this.httpVersion.dwMajorVersion}.${this.httpVersion.dwMinorVersion}`;
  }

  /** INTERNET_STATE_*. */
  get connectedState(): number {
    return this.offline ? constants.INTERNET_STATE_DISCONNECTED_BY_USER : constants.INTERNET_STATE_CONNECTED;
  }
}
