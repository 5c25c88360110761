import type { FunctionName } from '../shared/hierarchy.ts';
import type { Engine } from './engine.ts';
import type { HINTERNET } from './handle.ts';
import { keepAnswer } from './receivedAnswer.ts';
import type { SpooledBody } from './spooledBody.ts';
import { CallFailure } from './winInetError.ts';

/** What InternetLockRequestFile returns: no HINTERNET, so InternetUnlockRequestFile frees it and nothing else. */
export class LockedFile {
  readonly #body: SpooledBody;
  #locked = true;

  constructor(body: SpooledBody) {
    this.#body = body;
    body.hold();
  }

  /** Lets go. Fails with ERROR_INVALID_HANDLE the second time. */
  unlock(): void {
    if (!this.#locked) throw new CallFailure('ERROR_INVALID_HANDLE', 'The lock has been freed already.');
    this.#locked = false;
    this.#body.release();
  }
}

/** The functions of one engine that keep what was read of an answer, and the one for suspended requests. */
export function lockedFileFunctions(engine: Engine) {
  return {
    /**
     * Keeps the bytes of an answer, also when its handle is closed, until the lock is freed; INTERNET_OPTION_DATAFILE_NAME
     * names their file. An answer that is not kept otherwise, as with INTERNET_FLAG_NO_CACHE_WRITE, is from now on.
     * Fails with ERROR_FILE_NOT_FOUND where that cannot be: for a file of FTP or Gopher, for https with that flag, and once
     * something that is not kept was read.
     */
    InternetLockRequestFile(hInternet: HINTERNET<'http-request' | 'ftp-file' | 'gopher-file'>): Promise<LockedFile> {
      return engine.use('InternetLockRequestFile', hInternet, [hInternet], (record) => {
        if (record.is('http-request')) return new LockedFile(keepAnswer(engine, record));
        throw new CallFailure('ERROR_FILE_NOT_FOUND', 'Only answers to HTTP requests are kept.');
      });
    },

    /** Frees a lock. Fails with ERROR_INVALID_HANDLE for anything else, an HINTERNET too. */
    InternetUnlockRequestFile(hLockRequestInfo: LockedFile | null): Promise<true> {
      return engine.free('InternetUnlockRequestFile', [null], () => {
        if (!(hLockRequestInfo instanceof LockedFile)) {
          throw new CallFailure('ERROR_INVALID_HANDLE', 'Pass what InternetLockRequestFile has returned.');
        }
        hLockRequestInfo.unlock();
        return true as const;
      });
    },

    /**
     * Goes on with a request that waits for the user. No request of this engine ever does, as it never reports
     * INTERNET_STATUS_USER_INPUT_REQUIRED: fails with ERROR_INTERNET_INCORRECT_HANDLE_STATE.
     */
    ResumeSuspendedDownload(hRequest: HINTERNET<'http-request'>, dwResultCode = 0): Promise<true> {
      return engine.use('ResumeSuspendedDownload', hRequest, [hRequest, dwResultCode], (): true => {
        throw new CallFailure('ERROR_INTERNET_INCORRECT_HANDLE_STATE', 'The request is not suspended.');
      });
    },
  } satisfies Partial<Record<FunctionName, unknown>>;
}
