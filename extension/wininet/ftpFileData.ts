import { BodyReader } from './bodyReader.ts';
import type { FtpFileData } from './handleData.ts';
import type { ByteSink } from './ports/driver.ts';
import type { FtpDownload } from './ports/ftp.ts';

/** One transfer that a file handle carries out; `after` runs when it has ended, well or not. */
export type FileHandleTransfer = ({ readonly download: FtpDownload } | { readonly upload: ByteSink }) & {
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
      release: () => ({ outcome: ending(reader.cancel()) }),
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
    release: (interrupted) => ({ outcome: ending(interrupted ? upload.cancel() : upload.finish()) }),
  };
}
