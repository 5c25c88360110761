import type { Engine } from './engine.ts';
import type { HandleRecord } from './handleStore.ts';
import { requireNetwork } from './networkUse.ts';
import type { PendingCall } from './pendingCall.ts';
import type { DriverContext } from './ports/driver.ts';
import type { FtpSession } from './ports/ftp.ts';
import { CallFailure } from './winInetError.ts';

/**
 * A session that can take a call: one at a time, because it has one control connection.
 * Fails with ERROR_FTP_TRANSFER_IN_PROGRESS, and where the network may not be used, see requireNetwork.
 */
export function idleSession(
  engine: Engine,
  record: HandleRecord<'ftp-connect'>,
  call: PendingCall,
): { readonly session: FtpSession; readonly context: DriverContext } {
  const { session } = record.data;
  if (session === null || record.isBusy) {
    throw new CallFailure(
      'ERROR_FTP_TRANSFER_IN_PROGRESS',
      'Another call on this session has not ended: await it first.',
    );
  }
  // The page of FtpCommand names this one.
  const offline = call.fn === 'FtpCommand' ? 'ERROR_INTERNET_NO_DIRECT_ACCESS' : undefined;
  requireNetwork(engine.library, record, offline);
  return { session, context: { observer: engine.reports.observer(record, call), signal: call } };
}
