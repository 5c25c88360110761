import { randomBytes } from 'node:crypto';
import { access, type FileHandle, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { RaisedSymbol } from '../shared/errorCodes.ts';
import { CallFailure } from './winInetError.ts';

/** The local side of FtpGetFile and FtpPutFile. */

/** Writes a download beside its final name and puts it there when it is complete: nothing half-written stays under that name. */
export class LocalDownload {
  readonly #path: string;
  readonly #part: string;
  readonly #file: FileHandle;
  readonly #failIfExists: boolean;
  #closed = false;

  private constructor(path: string, part: string, file: FileHandle, failIfExists: boolean) {
    this.#path = path;
    this.#part = part;
    this.#file = file;
    this.#failIfExists = failIfExists;
  }

  /** Starts. Fails with ERROR_PATH_NOT_FOUND, ERROR_FILE_EXISTS, ERROR_ACCESS_DENIED, ERROR_INVALID_NAME. */
  static async create(path: string, failIfExists: boolean): Promise<LocalDownload> {
    if (failIfExists) await refuseExisting(path);
    const part = join(dirname(path), `.${basename(path)}.${randomBytes(4).toString('hex')}.part`);
    const file = await open(part, 'wx').catch((cause: unknown) => fail(cause, path, 'ERROR_PATH_NOT_FOUND'));
    return new LocalDownload(path, part, file, failIfExists);
  }

  /** Appends bytes. Fails with ERROR_DISK_FULL or ERROR_ACCESS_DENIED. */
  async write(bytes: Uint8Array): Promise<void> {
    await this.#file.writeFile(bytes).catch((cause: unknown) => fail(cause, this.#path, 'ERROR_PATH_NOT_FOUND'));
  }

  /** Puts the complete file under its name. Fails as `create` does. */
  async complete(): Promise<void> {
    await this.#close();
    if (this.#failIfExists) await refuseExisting(this.#path);
    await rename(this.#part, this.#path).catch((cause: unknown) => fail(cause, this.#path, 'ERROR_PATH_NOT_FOUND'));
  }

  /** Leaves nothing behind. */
  async discard(): Promise<void> {
    await this.#close();
    await rm(this.#part, { force: true });
  }

  async #close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#file.close();
  }
}

/** Opens a local file for an upload. Fails with ERROR_FILE_NOT_FOUND or ERROR_ACCESS_DENIED. */
export async function openForUpload(path: string): Promise<FileHandle> {
  const file = await open(path, 'r').catch((cause: unknown) => fail(cause, path, 'ERROR_FILE_NOT_FOUND'));
  if ((await file.stat()).isFile()) return file;
  await file.close();
  throw new CallFailure('ERROR_ACCESS_DENIED', `${path} is not a file.`);
}

async function refuseExisting(path: string): Promise<void> {
  const exists = await access(path).then(
    () => true,
    () => false,
  );
  if (exists) throw new CallFailure('ERROR_FILE_EXISTS', `${path} exists: choose another name, or allow overwriting.`);
}

async function fail(cause: unknown, path: string, whenMissing: RaisedSymbol): Promise<never> {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      throw new CallFailure(whenMissing, `${path} was not found: check the path.`);
    case 'ENOSPC':
    case 'EDQUOT':
      throw new CallFailure('ERROR_DISK_FULL', `No space is left for ${path}: free some, or choose another folder.`);
    case 'ENAMETOOLONG':
    case 'EINVAL':
      throw new CallFailure('ERROR_INVALID_NAME', `${path} is not a name that the file system allows.`);
    default:
      throw new CallFailure(
        'ERROR_ACCESS_DENIED',
        `${path} cannot be opened${code && ` (${code})`}: check its permissions.`,
      );
  }
}
