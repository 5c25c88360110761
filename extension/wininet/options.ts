import { INFINITE } from '../shared/constants.ts';
import type { HandleRecord } from './handleStore.ts';
import type { Timeouts } from './ports/driver.ts';
import { NO_PROXIES, type ProxySettings } from './proxySettings.ts';

/** The options that a handle passes on to its children, which copy them when they are made. */
export interface OptionValues {
  /** Milliseconds; INFINITE for none, and 0 where the program has set none: the original's own then applies. */
  readonly connectTimeout: number;
  readonly sendTimeout: number;
  readonly receiveTimeout: number;
  readonly dataSendTimeout: number;
  readonly dataReceiveTimeout: number;
  /** Of a host's addresses, how many are tried. */
  readonly connectRetries: number;
  /** Bytes that FtpGetFile takes and FtpPutFile gives at once. */
  readonly readBufferSize: number;
  readonly writeBufferSize: number;
  /** Null: the agent of InternetOpen. */
  readonly userAgent: string | null;
  /** Decode gzip, deflate and br bodies. */
  readonly httpDecoding: boolean;
  /** SECURITY_FLAG_* that tolerate faults of certificates. */
  readonly securityFlags: number;
  readonly userName: string | null;
  readonly password: string | null;
  readonly proxy: ProxySettings;
  readonly proxyUserName: string | null;
  readonly proxyPassword: string | null;
  /** Higher comes first when requests wait for a connection. */
  readonly priority: number;
  /** INTERNET_ERROR_MASK_*. */
  readonly errorMask: number;
  /** Use the network though the library is offline. */
  readonly ignoreOffline: boolean;
  /** Give the server no credentials. */
  readonly suppressServerAuth: boolean;
  /** Of the file that INTERNET_OPTION_DATAFILE_NAME names, without a dot. */
  readonly dataFileExtension: string;
  /** Options that steer nothing here, by number. */
  readonly kept: Readonly<Record<number, number | boolean | string>>;
}

/** How long the original waits for a server where the program does not say, in milliseconds: 30 seconds since Internet Explorer 7. */
const OWN_TIMEOUT = 30_000;

/** What the library starts with: the original's defaults where its pages name them. */
export const DEFAULT_OPTIONS: OptionValues = {
  connectTimeout: 60_000,
  // Recorded as 0 on a new session (options.timeout_control_send_timeout).
  sendTimeout: 0,
  receiveTimeout: 0,
  dataSendTimeout: 0,
  dataReceiveTimeout: 0,
  connectRetries: 5,
  readBufferSize: 262_144,
  writeBufferSize: 262_144,
  userAgent: null,
  httpDecoding: false,
  securityFlags: 0,
  userName: null,
  password: null,
  proxy: NO_PROXIES,
  proxyUserName: null,
  proxyPassword: null,
  priority: 0,
  errorMask: 0,
  ignoreOffline: false,
  suppressServerAuth: false,
  // The page of InternetLockRequestFile.
  dataFileExtension: 'tmp',
  kept: {},
};

/** The time-outs of a handle as drivers take them; what is set later counts from then on. */
export function timeoutsOf(record: { readonly options: OptionValues }): Timeouts {
  return {
    get connect() {
      return limit(record.options.connectTimeout);
    },
    get send() {
      return limit(record.options.sendTimeout);
    },
    get receive() {
      return limit(record.options.receiveTimeout);
    },
    get dataSend() {
      return limit(record.options.dataSendTimeout);
    },
    get dataReceive() {
      return limit(record.options.dataReceiveTimeout);
    },
  };
}

/** INTERNET_OPTION_CONNECT_RETRIES counts addresses, says its page: each is tried once. */
export function addressLimit({ connectRetries }: OptionValues): number {
  return Math.max(1, connectRetries);
}

/** The agent that InternetOpen was given; without one no User-Agent is sent, as recorded. */
export function agentOf(record: HandleRecord): string | null {
  return record.root.is('root') ? record.root.data.agent : null;
}

function limit(milliseconds: number): number {
  if (milliseconds === INFINITE) return 0;
  return milliseconds === 0 ? OWN_TIMEOUT : milliseconds;
}
