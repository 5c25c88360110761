import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DriverFailure } from '../wininet/ports/driver.ts';
import type { SpoolFile } from '../wininet/ports/drivers.ts';

/**
 * Makes a file in a folder of its own that only this user can enter. Reading and writing are synchronous: they meet the system's
 * cache, and a read of bytes that have arrived answers at once. Throws DriverFailure ERROR_DISK_FULL.
 *
 * @param extension of the file, without a dot
 * @param parent in which folder the folder is made
 */
export function createSpoolFile(extension: string, parent: string = tmpdir()): SpoolFile {
  const folder = attempt('ERROR_DISK_FULL', 'be created', () =>
    mkdtempSync(path.join(parent, `hinternet-${process.pid}-`)),
  );
  const name = path.join(folder, `body.${extension}`);
  let file: number | undefined;
  try {
    file = attempt('ERROR_DISK_FULL', 'be created', () => openSync(name, 'wx+', 0o600));
  } catch (failure) {
    rmSync(folder, { recursive: true, force: true });
    throw failure;
  }
  const opened = file;
  let length = 0;
  let open = true;
  return {
    path: name,
    append: (bytes) =>
      attempt('ERROR_DISK_FULL', 'be written', () => {
        for (let done = 0; done < bytes.length; )
          done += writeSync(opened, bytes, done, bytes.length - done, length + done);
        length += bytes.length;
      }),
    read: (position, into) =>
      attempt('ERROR_FILE_NOT_FOUND', 'be read', () => readSync(opened, into, 0, into.length, position)),
    close: () => {
      if (!open) return;
      open = false;
      closeSync(opened);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function attempt<T>(symbol: 'ERROR_DISK_FULL' | 'ERROR_FILE_NOT_FOUND', what: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const message = `The temporary file of the answer cannot ${what}; free space in ${tmpdir()}.`;
    throw new DriverFailure(symbol, message, error);
  }
}
