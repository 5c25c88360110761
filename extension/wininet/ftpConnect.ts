import * as constants from '../shared/constants.ts';
import type { Engine } from './engine.ts';
import type { HINTERNET } from './handle.ts';
import type { FtpConnectData } from './handleData.ts';
import type { HandleRecord } from './handleStore.ts';
import { requireNetwork } from './networkUse.ts';
import { addressLimit, timeoutsOf } from './options.ts';
import type { PendingCall } from './pendingCall.ts';
import type { DriverContext } from './ports/driver.ts';
import type { FtpSession } from './ports/ftp.ts';
import { CallFailure } from './winInetError.ts';

/** Where and as whom to log on. */
export interface FtpLogon {
  readonly host: string;
  readonly port: number;
  /** Null: anonymous. */
  readonly user: string | null;
  readonly password: string | null;
  /** INTERNET_FLAG_PASSIVE or not: active is the original's default. */
  readonly flags: number;
}

/** What an anonymous user gives as password where the program gives none: the custom is an e-mail address. */
const ANONYMOUS_PASSWORD = 'anonymous@';

/**
 * Opens an FTP session below the root: the handle exists first, so that a callback can close it, then the logon runs.
 * If the logon fails the handle is gone again.
 */
export async function connectFtp(
  engine: Engine,
  root: HandleRecord<'root'>,
  call: PendingCall,
  from: FtpLogon & { readonly context: number },
): Promise<HINTERNET<'ftp-connect'>> {
  const data: FtpConnectData = {
    host: from.host,
    port: from.port,
    session: null,
    release: () => (data.session === null ? undefined : { closed: data.session.close() }),
  };
  checkLogon(from);
  const record = engine.open(call, {
    kind: 'ftp-connect',
    parent: root,
    state: 'connecting',
    data,
    context: from.context,
    target: () => `ftp://${from.host}:${from.port}`,
    announce: true,
  });
  record.options = {
    ...record.options,
    userName: from.user ?? record.options.userName,
    password: from.password ?? record.options.password,
  };
  const context: DriverContext = { observer: engine.reports.observer(record, root), signal: call };
  await engine.establish(record, call, async () => {
    data.session = await logOn(engine, record, from, context);
    // The handle may have been closed while the logon was on its last step.
    if (!record.open) await data.session.close();
  });
  engine.setState(record, 'idle');
  return record.handle;
}

/** Logs on to a server, by the original's rules for missing names. */
export function logOn(
  engine: Engine,
  record: HandleRecord,
  from: FtpLogon,
  context: DriverContext,
): Promise<FtpSession> {
  checkLogon(from);
  requireNetwork(engine.library, record);
  const anonymous = from.user === null || from.user === '';
  const user = anonymous ? 'anonymous' : (from.user ?? '');
  const proxy = record.options.proxy.choose({ scheme: 'ftp', host: from.host, port: from.port });
  // The page of InternetOpen: FTP functions pass a gateway of FTP; HTTP proxies serve InternetOpenUrl only.
  const gateway = proxy?.speaks === 'ftp' ? proxy : null;
  const near = gateway ?? from;
  return engine.drivers.ftp.connect(
    {
      // An address of IPv6 stands in brackets where a port may follow.
      host: near.host.replace(/^\[(.*)\]$/, '$1'),
      port: near.port,
      user: gateway === null ? user : `${user}@${hostForGateway(from)}`,
      password: from.password ?? (anonymous ? ANONYMOUS_PASSWORD : ''),
      passive: (from.flags & constants.INTERNET_FLAG_PASSIVE) !== 0,
      timeouts: timeoutsOf(record),
      addressLimit: addressLimit(record.options),
    },
    context,
  );
}

/** As a gateway of the TIS kind reads it after the user name. */
function hostForGateway({ host, port }: FtpLogon): string {
  return port === constants.INTERNET_DEFAULT_FTP_PORT ? host : `${host}:${port}`;
}

/** InternetConnect page, table of user names and passwords: a password without a name is an error. */
function checkLogon({ user, password }: FtpLogon): void {
  if ((user === null || user === '') && password !== null && password !== '') {
    throw new CallFailure('ERROR_INVALID_PARAMETER', 'Pass a user name with the password, or neither for anonymous.');
  }
}
