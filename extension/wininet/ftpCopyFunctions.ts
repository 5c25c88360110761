import { FILE_ATTRIBUTE_READONLY } from '../shared/constants.ts';
import type { FunctionName } from '../shared/hierarchy.ts';
import type { Engine } from './engine.ts';
import { requiredName, transferType } from './ftpArguments.ts';
import { downloadFile, uploadFile } from './ftpTransfer.ts';
import type { HINTERNET } from './handle.ts';
import { idleSession } from './idleSession.ts';
import { localPath } from './localFile.ts';

type FtpConnect = HINTERNET<'ftp-connect'>;

/** The functions of one engine that move whole files between a server and the local disk. */
export function ftpCopyFunctions(engine: Engine) {
  /** Both functions look at their file names before they look at their handle, as recorded. */
  const refuseNames = (fn: 'FtpGetFile' | 'FtpPutFile', args: readonly unknown[], names: readonly string[]) =>
    engine.free<true>(fn, args, () => {
      names.forEach(requiredName);
      return true;
    });

  return {
    /**
     * Downloads a remote file. What breaks off leaves nothing under the local name, and an older file there as it was.
     * @param lpszNewFile local; "\\" and "/" both separate folders
     * @param fFailIfExists true: fail with ERROR_FILE_EXISTS rather than overwrite
     * @param dwFlagsAndAttributes FILE_ATTRIBUTE_READONLY protects the new file; other systems than Windows have no more
     * @param dwFlags FTP_TRANSFER_TYPE_ASCII or, the default, binary. Text keeps the CR LF with which it travels, as recorded.
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
      if (lpszRemoteFile === null || lpszNewFile === null) {
        return refuseNames('FtpGetFile', args, [lpszRemoteFile, lpszNewFile]);
      }
      return engine.use('FtpGetFile', hConnect, args, (record, call) => {
        const [remote, local] = [requiredName(lpszRemoteFile), localPath(lpszNewFile)];
        const type = transferType(dwFlags);
        const { session, context } = idleSession(engine, record, call);
        const onBytes = (count: number) => engine.reports.bytes(record, 'in', count);
        const target = {
          failIfExists: Boolean(fFailIfExists),
          readOnly: (dwFlagsAndAttributes & FILE_ATTRIBUTE_READONLY) !== 0,
        };
        const bufferSize = record.options.readBufferSize;
        return downloadFile({ session, context, remote, local, type, bufferSize, onBytes }, target);
      });
    },

    /**
     * Uploads a local file, over an older one if the server allows it.
     * @param lpszLocalFile "\\" and "/" both separate folders
     * @param dwFlags FTP_TRANSFER_TYPE_ASCII or, the default, binary. Text is sent as it stands: its lines should end with CR LF.
     * Errors: ERROR_FILE_NOT_FOUND, ERROR_PATH_NOT_FOUND, ERROR_ACCESS_DENIED, ERROR_INTERNET_EXTENDED_ERROR.
     */
    FtpPutFile(
      hConnect: FtpConnect,
      lpszLocalFile: string,
      lpszNewRemoteFile: string,
      dwFlags = 0,
      dwContext = 0,
    ): Promise<true> {
      const args = [hConnect, lpszLocalFile, lpszNewRemoteFile, dwFlags, dwContext];
      if (lpszLocalFile === null || lpszNewRemoteFile === null) {
        return refuseNames('FtpPutFile', args, [lpszLocalFile, lpszNewRemoteFile]);
      }
      return engine.use('FtpPutFile', hConnect, args, (record, call) => {
        const [local, remote] = [localPath(lpszLocalFile), requiredName(lpszNewRemoteFile)];
        const type = transferType(dwFlags);
        const { session, context } = idleSession(engine, record, call);
        const onBytes = (count: number) => engine.reports.bytes(record, 'out', count);
        const bufferSize = record.options.writeBufferSize;
        return uploadFile({ session, context, remote, local, type, bufferSize, onBytes });
      });
    },
  } satisfies Partial<Record<FunctionName, unknown>>;
}
