import { BodyReader } from './bodyReader.ts';
import type { FtpFileData, Release } from './handleData.ts';
import type { ByteSink } from './ports/driver.ts';
import type { FtpDownload } from './ports/ftp.ts';

/** One transfer that a file handle carries out; `hangUp` ends the handle's own session when it has ended, well or not. */
export type FileHandleTransfer = ({ readonly download: FtpDownload } | { readonly upload: ByteSink }) & {
  readonly hangUp?: () => Promise<void>;
};

/** What a file handle does with its data connection: reads from it, or writes to it and completes the upload when closed. */
export function ftpFileData(transfer: FileHandleTransfer): FtpFileData {
  // What its own connection tells comes before INTERNET_STATUS_HANDLE_CLOSING; afterwards nobody would hear it.
  const ending = (end: Promise<void>): Release => {
    const { hangUp } = transfer;
    return hangUp === undefined ? { outcome: end } : { closed: endThen(end, hangUp) };
  };
  if ('download' in transfer) {
    const { download } = transfer;
    // A server that drops the data connection ends the file: a real WinINet answers success and 0 bytes, and has the
    // server's 426 in InternetGetLastResponseInfo after the handle is closed.
    const reader = new BodyReader(download, (failure) =>
      failure.symbol === 'ERROR_INTERNET_CONNECTION_ABORTED' ? 'end' : 'fail',
    );
    return {
      reader,
      writer: null,
      size: (context) => download.askSize(context),
      release: () => ending(reader.cancel()),
    };
  }
  const { upload } = transfer;
  let written = 0;
  const writer: ByteSink = {
    write: async (bytes) => {
      await upload.write(bytes);
      written += bytes.length;
    },
    finish: () => upload.finish(),
    cancel: () => upload.cancel(),
  };
  return {
    reader: null,
    writer,
    size: async () => written,
    release: (interrupted) => ending(interrupted ? upload.cancel() : upload.finish()),
  };
}

async function endThen(end: Promise<void>, hangUp: () => Promise<void>): Promise<void> {
  try {
    await end;
  } finally {
    await hangUp();
  }
}
