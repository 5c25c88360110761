import { randomBytes } from 'node:crypto';
import { access, type FileHandle, constants as fileAccess, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import type { RaisedSymbol } from '../shared/errorCodes.ts';
import { CallFailure } from './winInetError.ts';

/** The local side of FtpGetFile and FtpPutFile. */

/** A local name as programs for WinINet write it: a backslash separates folders on every system. */
export function localPath(name: string): string {
  return name.replaceAll('\\', sep);
}

/** How a local file is to be made. */
export interface LocalTarget {
  /** Refuse a name that exists. */
  readonly failIfExists: boolean;
  /** Protect the file against writing. */
  readonly readOnly: boolean;
}

/**
 * Writes a download beside its final name and puts it there when it is complete: nothing half-written stays under that name.
 * A device, as /dev/null, is written to as the bytes come.
 */
export class LocalDownload {
  readonly #path: string;
  /** Where the bytes go until they are complete; null for a device. */
  readonly #part: string | null;
  readonly #file: FileHandle;
  readonly #how: LocalTarget;
  #closed = false;

  private constructor(path: string, part: string | null, file: FileHandle, how: LocalTarget) {
    this.#path = path;
    this.#part = part;
    this.#file = file;
    this.#how = how;
  }

  /** Starts. Fails with ERROR_PATH_NOT_FOUND, ERROR_FILE_EXISTS, ERROR_ACCESS_DENIED, ERROR_INVALID_NAME. */
  static async create(name: string, how: LocalTarget): Promise<LocalDownload> {
    checkName(name);
    if (how.failIfExists) await refuseExisting(name);
    // A link stays one: the file that it leads to is replaced.
    const path = await realpath(name).catch(() => name);
    const isDevice = await checkReplaceable(path);
    if (path.endsWith(sep)) throw new CallFailure('ERROR_INVALID_NAME', `${path} names a folder: add a file's name.`);
    // Without the final name, which may be as long as names can be.
    const part = isDevice ? null : join(dirname(path), `.${randomBytes(8).toString('hex')}.part`);
    const opening = part === null ? open(path, 'w') : open(part, 'wx');
    const file = await opening.catch((cause: unknown) => fail(cause, path, 'ERROR_PATH_NOT_FOUND'));
    return new LocalDownload(path, part, file, how);
  }

  /** Appends bytes. Fails with ERROR_DISK_FULL or ERROR_ACCESS_DENIED. */
  async write(bytes: Uint8Array): Promise<void> {
    await this.#file.writeFile(bytes).catch((cause: unknown) => fail(cause, this.#path, 'ERROR_PATH_NOT_FOUND'));
  }

  /** Puts the complete file under its name. Fails as `create` does, and with ERROR_DISK_FULL. */
  async complete(): Promise<void> {
    try {
      if (this.#part !== null && this.#how.readOnly) await this.#file.chmod((await this.#file.stat()).mode & ~WRITABLE);
      await this.#close();
      if (this.#how.failIfExists) await refuseExisting(this.#path);
      if (this.#part !== null) await rename(this.#part, this.#path);
    } catch (cause) {
      if (cause instanceof CallFailure) throw cause;
      await fail(cause, this.#path, 'ERROR_PATH_NOT_FOUND');
    }
  }

  /** Leaves nothing behind. */
  async discard(): Promise<void> {
    await this.#close().catch(() => undefined);
    if (this.#part !== null) await rm(this.#part, { force: true });
  }

  async #close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#file.close();
  }
}

/** Opens a local file for an upload. Fails with ERROR_FILE_NOT_FOUND, ERROR_PATH_NOT_FOUND, ERROR_ACCESS_DENIED, ERROR_INVALID_NAME. */
export async function openForUpload(path: string): Promise<FileHandle> {
  checkName(path);
  const file = await open(path, 'r').catch(async (cause: unknown) =>
    fail(cause, path, (await isFolder(dirname(path))) ? 'ERROR_FILE_NOT_FOUND' : 'ERROR_PATH_NOT_FOUND'),
  );
  if ((await file.stat()).isFile()) return file;
  await file.close();
  throw new CallFailure('ERROR_ACCESS_DENIED', `${path} is not a file.`);
}

/** Reads the next bytes of a file for an upload; 0 at the end. Fails with ERROR_ACCESS_DENIED. */
export async function readLocal(file: FileHandle, path: string, into: Uint8Array): Promise<number> {
  const { bytesRead } = await file.read(into).catch((cause: unknown) => fail(cause, path, 'ERROR_FILE_NOT_FOUND'));
  return bytesRead;
}

/** Refuses, before anything is asked of a server, what CreateFile refuses whatever the disk holds, as recorded. */
function checkName(name: string): void {
  if (name === '') throw new CallFailure('ERROR_PATH_NOT_FOUND', 'Pass the name of a local file.');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\0-\x1f]/.test(name))
    throw new CallFailure('ERROR_INVALID_NAME', 'A local name cannot contain control characters.');
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isDirectory() === true;
}

async function refuseExisting(path: string): Promise<void> {
  const exists = await access(path).then(
    () => true,
    () => false,
  );
  if (exists) throw new CallFailure('ERROR_FILE_EXISTS', `${path} exists: choose another name, or allow overwriting.`);
}

/** The permissions to write, of everybody. */
const WRITABLE = 0o222;

/** Refuses what CreateFile would not open for writing with ERROR_ACCESS_DENIED: folders, and files that are protected. */
async function checkReplaceable(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  if (found === null || found.isCharacterDevice()) return found !== null;
  const isProtected = (found.mode & WRITABLE) === 0;
  if (!found.isFile() || isProtected) {
    const what = isProtected ? 'protected against writing' : 'not a file';
    throw new CallFailure('ERROR_ACCESS_DENIED', `${path} is ${what}: choose another name.`);
  }
  await access(path, fileAccess.W_OK).catch((cause: unknown) => fail(cause, path, 'ERROR_PATH_NOT_FOUND'));
  return false;
}

async function fail(cause: unknown, path: string, whenMissing: RaisedSymbol): Promise<never> {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      throw new CallFailure(whenMissing, `${path} was not found: check the path.`);
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
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
