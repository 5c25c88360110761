import type { FunctionName } from '../shared/hierarchy.ts';
import { type CallerBuffer, type Filled, fillText } from './callerBuffer.ts';
import type { Engine } from './engine.ts';
import { requiredName } from './ftpArguments.ts';
import type { HINTERNET } from './handle.ts';
import { idleSession } from './idleSession.ts';

type FtpConnect = HINTERNET<'ftp-connect'>;

/** The functions of one engine that need no data connection: they name, make and remove what a server has. */
export function ftpNameFunctions(engine: Engine) {
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

    /**
     * Returns the current remote folder.
     * @param lpszCurrentDirectory filled instead; the result is then the text's length with its NUL, as recorded.
     * Errors: ERROR_INSUFFICIENT_BUFFER.
     */
    FtpGetCurrentDirectory<Buffer extends CallerBuffer = null>(
      hConnect: FtpConnect,
      lpszCurrentDirectory: Buffer | null = null,
    ): Promise<Filled<Buffer, string>> {
      const args = [hConnect, lpszCurrentDirectory];
      return engine.use('FtpGetCurrentDirectory', hConnect, args, async (record, call) => {
        const { session, context } = idleSession(engine, record, call);
        const path = await session.currentDirectory(context);
        const result = lpszCurrentDirectory === null ? path : fillText(lpszCurrentDirectory, path) + 1;
        // The condition is that of the type, which the compiler does not follow.
        return result as Filled<Buffer, string>;
      });
    },

    /** Renames a remote file or folder. */
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
  } satisfies Partial<Record<FunctionName, unknown>>;
}
