import type { FunctionName } from '../shared/hierarchy.ts';
import type { Engine } from './engine.ts';
import { isReadAccess, requiredName, transferType } from './ftpArguments.ts';
import { type FileHandleTransfer, ftpFileData } from './ftpFileData.ts';
import type { HINTERNET } from './handle.ts';
import type { HandleRecord } from './handleStore.ts';
import { idleSession } from './idleSession.ts';
import type { PendingCall } from './pendingCall.ts';
import type { FtpTransferType } from './ports/ftp.ts';
import { CallFailure } from './winInetError.ts';

type FtpConnect = HINTERNET<'ftp-connect'>;

/** What FtpCommand returns: a handle to the data where they are expected. */
export type FtpCommandResult<Expect extends boolean> = Expect extends true ? HINTERNET<'ftp-file'> : true;

/** The functions of one engine that lead to a handle with data, or ask about one. */
export function ftpFileFunctions(engine: Engine) {
  return {
    /**
     * Opens a remote file for reading or for writing. The session is busy until the handle is closed; closing a file opened
     * for writing completes the upload. A download goes on where FtpCommand of "REST n" said, if that was the call before.
     * @param dwAccess GENERIC_READ or GENERIC_WRITE
     * @param dwFlags FTP_TRANSFER_TYPE_ASCII or, the default, binary. Text is handed over as it travels, with CR LF.
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
        const reading = isReadAccess(dwAccess);
        const name = requiredName(lpszFileName);
        const line = `${reading ? 'RETR' : 'STOR'} ${name}`;
        return open(engine, record, call, { line, type: transferType(dwFlags), reading, target: name }, dwContext);
      });
    },

    /**
     * Sends a command of the caller's own.
     * @param fExpectResponse true: the command moves data, and the handle to them is returned. Those of STOR, STOU and APPE
     * are written, all others are read as they come: the lines of MLSD, too, are the program's to read.
     * @param dwFlags FTP_TRANSFER_TYPE_ASCII or, the default, binary
     * @returns true where no data are expected; the reply is in InternetGetLastResponseInfo
     */
    FtpCommand<Expect extends boolean>(
      hConnect: FtpConnect,
      fExpectResponse: Expect,
      dwFlags: number,
      lpszCommand: string,
      dwContext = 0,
    ): Promise<FtpCommandResult<Expect>> {
      const args = [hConnect, fExpectResponse, dwFlags, lpszCommand, dwContext];
      return engine.use('FtpCommand', hConnect, args, async (record, call) => {
        const line = requiredName(lpszCommand);
        if (line === '') throw new CallFailure('ERROR_INVALID_PARAMETER', 'Pass a command, as "NOOP".');
        const type = transferType(dwFlags);
        if (fExpectResponse) {
          const reading = !/^(?:STOR|STOU|APPE)(?: |$)/i.test(line);
          const handle = await open(engine, record, call, { line, type, reading, target: line }, dwContext);
          return handle as FtpCommandResult<Expect>;
        }
        const { session, context } = idleSession(engine, record, call);
        await session.command(line, context);
        return true as FtpCommandResult<Expect>;
      });
    },

    /**
     * Returns the size of an open remote file in bytes: what the server announced, or answers to SIZE. That of a file opened
     * for writing is what was written.
     */
    FtpGetFileSize(hFile: HINTERNET<'ftp-file'>): Promise<number> {
      return engine.use('FtpGetFileSize', hFile, [hFile], (record, call) => {
        const { parent } = record;
        const session = parent?.is('ftp-connect') ? parent : record;
        // A handle that InternetOpenUrl is still making has none, and is refused before.
        return record.data.size?.({ observer: engine.reports.observer(session, call), signal: call }) ?? 0;
      });
    },
  } satisfies Partial<Record<FunctionName, unknown>>;
}

/** A transfer that a new file handle stands for. */
interface FileOpening {
  readonly line: string;
  readonly type: FtpTransferType;
  readonly reading: boolean;
  /** What the views call it. */
  readonly target: string;
}

async function open(
  engine: Engine,
  record: HandleRecord<'ftp-connect'>,
  call: PendingCall,
  { line, type, reading, target }: FileOpening,
  dwContext: number,
): Promise<HINTERNET<'ftp-file'>> {
  const { session, context } = idleSession(engine, record, call);
  const transfer: FileHandleTransfer = reading
    ? { download: await session.receive(line, type, context) }
    : { upload: await session.transmit(line, type, context) };
  return engine.open(call, {
    kind: 'ftp-file',
    parent: record,
    state: reading ? 'reading' : 'writing',
    data: ftpFileData(transfer),
    context: dwContext,
    target: () => target,
    announce: false,
  }).handle;
}
