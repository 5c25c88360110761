import * as constants from '../shared/constants.ts';
import type { FunctionName } from '../shared/hierarchy.ts';
import { BodyReader } from './bodyReader.ts';
import type { Engine } from './engine.ts';
import { findDataOf, maskTest, type WIN32_FIND_DATA } from './findData.ts';
import { downloadFile, uploadFile } from './ftpTransfer.ts';
import type { HINTERNET } from './handle.ts';
import type { FtpFileData } from './handleData.ts';
import type { HandleRecord } from './handleStore.ts';
import type { PendingCall } from './pendingCall.ts';
import type { ByteSink, DriverContext, FtpDownload, FtpSession, FtpTransferType } from './ports.ts';
import { CallFailure } from './winInetError.ts';

type FtpConnect = HINTERNET<'ftp-connect'>;

/** The FTP functions of one engine. */
export function ftpFunctions(engine: Engine) {
  /** Runs one command on an idle session. */
  const command =
    (fn: 'FtpCreateDirectory' | 'FtpDeleteFile' | 'FtpRemoveDirectory' | 'FtpSetCurrentDirectory', verb: string) =>
    (hConnect: FtpConnect, name: string): Promise<true> =>
      engine.use(fn, hConnect, [hConnect, name], (record, call) => {
        const argument = requiredName(name);
        const { session, context } = idleSession(engine, record, call);
        return session.command(`${verb} ${argument}`, context).then(() => true as const);
      });

  return {
    /** Creates a remote folder. */
    FtpCreateDirectory: command('FtpCreateDirectory', 'MKD'),
    /** Deletes a remote file. */
    FtpDeleteFile: command('FtpDeleteFile', 'DELE'),
    /** Removes a remote folder, which has to be empty. */
    FtpRemoveDirectory: command('FtpRemoveDirectory', 'RMD'),
    /** Changes the current remote folder. */
    FtpSetCurrentDirectory: command('FtpSetCurrentDirectory', 'CWD'),

    /** Returns the current remote folder. */
    FtpGetCurrentDirectory(hConnect: FtpConnect): Promise<string> {
      return engine.use('FtpGetCurrentDirectory', hConnect, [hConnect], (record, call) => {
        const { session, context } = idleSession(engine, record, call);
        return session.currentDirectory(context);
      });
    },

    /** Renames a remote file. */
    FtpRenameFile(hConnect: FtpConnect, lpszExisting: string, lpszNew: string): Promise<true> {
      return engine.use('FtpRenameFile', hConnect, [hConnect, lpszExisting, lpszNew], (record, call) => {
        const [from, to] = [requiredName(lpszExisting), requiredName(lpszNew)];
        const { session, context } = idleSession(engine, record, call);
        return session
          .command(`RNFR ${from}`, context)
          .then(() => session.command(`RNTO ${to}`, context))
          .then(() => true as const);
      });
    },

    /**
     * Opens a remote file for reading or for writing. The session is busy until the handle is closed; closing a file opened
     * for writing completes the upload.
     * @param dwAccess GENERIC_READ or GENERIC_WRITE
     * @param dwFlags FTP_TRANSFER_TYPE_ASCII or, the default, binary
     */
    FtpOpenFile(
      hConnect: FtpConnect,
      lpszFileName: string,
      dwAccess: number,
      dwFlags = 0,
      dwContext = 0,
    ): Promise<HINTERNET<'ftp-file'>> {
      const args = [hConnect, lpszFileName, dwAccess, dwFlags, dwContext];
      return engine.use('FtpOpenFile', hConnect, args, (record, call) => {
        const reading = dwAccess === constants.GENERIC_READ;
        if (!reading && dwAccess !== constants.GENERIC_WRITE) {
          throw new CallFailure('ERROR_INVALID_PARAMETER', 'Pass GENERIC_READ or GENERIC_WRITE, not both.');
        }
        const name = requiredName(lpszFileName);
        return openFile(engine, record, call, { name, reading, flags: dwFlags, context: dwContext });
      });
    },

    /**
     * Starts a search and returns its first entry in `lpFindFileData`.
     * @param lpszSearchFile a folder's path and a mask, as "pub/*.txt"; null or empty for all of the current folder
     * Fails with ERROR_NO_MORE_FILES if nothing matches.
     */
    FtpFindFirstFile(
      hConnect: FtpConnect,
      lpszSearchFile: string | null,
      lpFindFileData: WIN32_FIND_DATA | null = null,
      dwFlags = 0,
      dwContext = 0,
    ): Promise<HINTERNET<'ftp-find'>> {
      const args = [hConnect, lpszSearchFile, lpFindFileData, dwFlags, dwContext];
      return engine.use('FtpFindFirstFile', hConnect, args, async (record, call) => {
        const { session, context } = idleSession(engine, record, call);
        const search = lpszSearchFile ?? '';
        const folder = search.slice(0, search.lastIndexOf('/') + 1);
        const matches = maskTest(search.slice(folder.length));
        const listed = await session.list(folder, context);
        const all = listed.filter((entry) => matches(entry.name));
        const first = all[0];
        if (first === undefined) throw new CallFailure('ERROR_NO_MORE_FILES', `Nothing matches "${search || '*'}".`);
        if (lpFindFileData !== null) Object.assign(lpFindFileData, findDataOf(first));
        return engine.open(call, {
          kind: 'ftp-find',
          parent: record,
          state: 'listing',
          data: { entries: { all, next: 1 } },
          context: dwContext,
          target: () => search || '*',
          announce: false,
        }).handle;
      });
    },

    /**
     * Downloads a remote file. What breaks off leaves nothing under the local name.
     * @param fFailIfExists true: fail with ERROR_FILE_EXISTS rather than overwrite
     * Errors: ERROR_PATH_NOT_FOUND, ERROR_ACCESS_DENIED, ERROR_DISK_FULL, ERROR_INTERNET_CONNECTION_ABORTED.
     */
    FtpGetFile(
      hConnect: FtpConnect,
      lpszRemoteFile: string,
      lpszNewFile: string,
      fFailIfExists = false,
      dwFlagsAndAttributes = 0,
      dwFlags = 0,
      dwContext = 0,
    ): Promise<true> {
      const args = [hConnect, lpszRemoteFile, lpszNewFile, fFailIfExists, dwFlagsAndAttributes, dwFlags, dwContext];
      return engine.use('FtpGetFile', hConnect, args, (record, call) => {
        const [remote, local] = [requiredName(lpszRemoteFile), requiredName(lpszNewFile)];
        const { session, context } = idleSession(engine, record, call);
        const onBytes = (count: number) => engine.reports.bytes(record, 'in', count);
        return downloadFile({
          session,
          context,
          remote,
          local,
          type: transferType(dwFlags),
          bufferSize: record.options.readBufferSize,
          failIfExists: fFailIfExists,
          onBytes,
        });
      });
    },

    /** Uploads a local file. Errors: ERROR_FILE_NOT_FOUND, ERROR_ACCESS_DENIED, ERROR_INTERNET_EXTENDED_ERROR. */
    FtpPutFile(
      hConnect: FtpConnect,
      lpszLocalFile: string,
      lpszNewRemoteFile: string,
      dwFlags = 0,
      dwContext = 0,
    ): Promise<true> {
      const args = [hConnect, lpszLocalFile, lpszNewRemoteFile, dwFlags, dwContext];
      return engine.use('FtpPutFile', hConnect, args, (record, call) => {
        const [local, remote] = [requiredName(lpszLocalFile), requiredName(lpszNewRemoteFile)];
        const { session, context } = idleSession(engine, record, call);
        const onBytes = (count: number) => engine.reports.bytes(record, 'out', count);
        const bufferSize = record.options.writeBufferSize;
        return uploadFile({ session, context, remote, local, type: transferType(dwFlags), bufferSize, onBytes });
      });
    },
  } satisfies Partial<Record<FunctionName, unknown>>;
}

/** One transfer that a file handle carries out; `after` runs when it has ended, well or not. */
type FileHandleTransfer = ({ readonly download: FtpDownload } | { readonly upload: ByteSink }) & {
  readonly after?: () => Promise<void>;
};

/** What a file handle does with its data connection: reads from it, or writes to it and completes the upload when closed. */
export function ftpFileData(transfer: FileHandleTransfer): FtpFileData {
  const ending = async (end: Promise<void>): Promise<void> => {
    try {
      await end;
    } finally {
      await transfer.after?.();
    }
  };
  if ('download' in transfer) {
    // A server that drops the data connection ends the file: a real WinINet answers success and 0 bytes, and has the
    // server's 426 in InternetGetLastResponseInfo after the handle is closed.
    const reader = new BodyReader(transfer.download, (failure) =>
      failure.symbol === 'ERROR_INTERNET_CONNECTION_ABORTED' ? 'end' : 'fail',
    );
    return { reader, writer: null, release: () => ({ outcome: ending(reader.cancel()) }) };
  }
  const { upload } = transfer;
  return {
    reader: null,
    writer: upload,
    release: (interrupted) => ({ outcome: ending(interrupted ? upload.cancel() : upload.finish()) }),
  };
}

async function openFile(
  engine: Engine,
  record: HandleRecord<'ftp-connect'>,
  call: PendingCall,
  file: { readonly name: string; readonly reading: boolean; readonly flags: number; readonly context: number },
): Promise<HINTERNET<'ftp-file'>> {
  const { session, context } = idleSession(engine, record, call);
  const type = transferType(file.flags);
  const data = file.reading
    ? ftpFileData({ download: await session.openRead(file.name, type, context) })
    : ftpFileData({ upload: await session.openWrite(file.name, type, context) });
  return engine.open(call, {
    kind: 'ftp-file',
    parent: record,
    state: file.reading ? 'reading' : 'writing',
    data,
    context: file.context,
    target: () => file.name,
    announce: false,
  }).handle;
}

/** A session that can take a call: one at a time, because it has one control connection. */
function idleSession(
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
  return { session, context: { observer: engine.reports.observer(record), signal: call } };
}

/** FTP_TRANSFER_TYPE_*: everything but ASCII is binary. */
export function transferType(flags: number): FtpTransferType {
  return (flags & 3) === constants.FTP_TRANSFER_TYPE_ASCII ? 'A' : 'I';
}

/** A name that can be sent: an empty one is the server's to refuse. */
function requiredName(name: string): string {
  if (typeof name !== 'string') throw new CallFailure('ERROR_INVALID_PARAMETER', 'Pass a file or folder name.');
  if (/[\r\n\0]/.test(name))
    throw new CallFailure('ERROR_INVALID_PARAMETER', 'A name cannot contain line ends or NUL.');
  return name;
}
