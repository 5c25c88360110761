import * as constants from '../shared/constants.ts';
import type { Engine } from './engine.ts';
import type { HINTERNET } from './handle.ts';
import type { FtpConnectData, FtpLogon } from './handleData.ts';
import type { HandleRecord } from './handleStore.ts';
import { requireNetwork } from './networkUse.ts';
import { addressLimit, timeoutsOf } from './options.ts';
import type { PendingCall } from './pendingCall.ts';
import type { DriverContext } from './ports/driver.ts';
import type { FtpSession } from './ports/ftp.ts';
import { CallFailure } from './winInetError.ts';

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
    user: from.user,
    password: from.password,
    flags: from.flags,
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
  const context: DriverContext = { observer: engine.reports.observer(record, call, root), signal: call };
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
  const { user, password } = accountOf(from);
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
      password,
      passive: isPassive(from),
      timeouts: timeoutsOf(record),
      addressLimit: addressLimit(record.options),
    },
    context,
  );
}

/**
 * An idle session of the root that was opened just so, the newest of them; null for none.
 * The page of the flags: INTERNET_FLAG_EXISTING_CONNECT uses a session with the same attributes, if there is one.
 */
export function existingSession(root: HandleRecord<'root'>, logon: FtpLogon): HandleRecord<'ftp-connect'> | null {
  for (const record of [...root.children].reverse()) {
    if (!record.is('ftp-connect') || record.state !== 'idle' || record.isBusy) continue;
    if (isSameLogon(record.data, logon)) return record;
  }
  return null;
}

function isSameLogon(one: FtpLogon, other: FtpLogon): boolean {
  const [account, otherAccount] = [accountOf(one), accountOf(other)];
  return (
    one.host.toLowerCase() === other.host.toLowerCase() &&
    one.port === other.port &&
    isPassive(one) === isPassive(other) &&
    account.user === otherAccount.user &&
    account.password === otherAccount.password
  );
}

function accountOf({ user, password }: FtpLogon): { readonly user: string; readonly password: string } {
  const anonymous = user === null || user === '';
  return { user: anonymous ? 'anonymous' : user, password: password ?? (anonymous ? ANONYMOUS_PASSWORD : '') };
}

function isPassive({ flags }: FtpLogon): boolean {
  return (flags & constants.INTERNET_FLAG_PASSIVE) !== 0;
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
