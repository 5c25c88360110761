import { LocalDownload, type LocalTarget, openForUpload, readLocal } from './localFile.ts';
import type { DriverContext } from './ports/driver.ts';
import type { FtpSession, FtpTransferType } from './ports/ftp.ts';

/** One file between an FTP session and the local disk. */
export interface FileTransfer {
  readonly session: FtpSession;
  readonly context: DriverContext;
  readonly remote: string;
  readonly local: string;
  readonly type: FtpTransferType;
  /** Bytes that pass at once. */
  readonly bufferSize: number;
  /** Told of bytes as they pass. */
  readonly onBytes: (count: number) => void;
}

/** Downloads a file; whatever goes wrong, the local name is as it was before. */
export async function downloadFile(transfer: FileTransfer, how: LocalTarget): Promise<true> {
  const { session, context, remote, local, type, onBytes } = transfer;
  const target = await LocalDownload.create(local, how);
  try {
    const source = await session.openRead(remote, type, context);
    const buffer = new Uint8Array(transfer.bufferSize);
    try {
      for (let count = await source.read(buffer); count > 0; count = await source.read(buffer)) {
        await target.write(buffer.subarray(0, count));
        onBytes(count);
      }
      await source.finish();
    } catch (failure) {
      await source.cancel();
      throw failure;
    }
    await target.complete();
  } catch (failure) {
    await target.discard();
    throw failure;
  }
  return true;
}

/** Uploads a file; a failure in the middle gives the upload up. */
export async function uploadFile(transfer: FileTransfer): Promise<true> {
  const { session, context, remote, local, type, onBytes } = transfer;
  const file = await openForUpload(local);
  try {
    const sink = await session.openWrite(remote, type, context);
    try {
      const buffer = new Uint8Array(transfer.bufferSize);
      for (;;) {
        const count = await readLocal(file, local, buffer);
        if (count === 0) break;
        await sink.write(buffer.subarray(0, count));
        onBytes(count);
      }
      await sink.finish();
    } catch (failure) {
      await sink.cancel();
      throw failure;
    }
  } finally {
    await file.close();
  }
  return true;
}
