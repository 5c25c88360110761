import {
  FTP_TRANSFER_TYPE_ASCII,
  FTP_TRANSFER_TYPE_BINARY,
  GENERIC_READ,
  GENERIC_WRITE,
  INTERNET_FLAG_PASSIVE,
  INTERNET_FLAG_RELOAD,
  INTERNET_OPEN_TYPE_DIRECT,
  INTERNET_SERVICE_FTP,
  type WIN32_FIND_DATA,
  type WinInet,
  WinInetError,
} from '../../extension/wininet/index.ts';

/** A mistake of whoever ported the program, to be found by comparing. */
export type UploaderMistake = 'missing-close' | 'changed-flag' | 'other-order';

/** test/sources/wineLogs/uploader.c, line by line: lists, downloads, uploads, renames, hits the busy session once. */
export async function nativeUploader(
  wininet: WinInet,
  port: number,
  file: string,
  mistake: UploaderMistake | null = null,
): Promise<void> {
  const root = await wininet.InternetOpen('uploader/1.0', INTERNET_OPEN_TYPE_DIRECT, null, null, 0);
  const f = await wininet.InternetConnect(
    root,
    '127.0.0.1',
    port,
    'user',
    'pass',
    INTERNET_SERVICE_FTP,
    INTERNET_FLAG_PASSIVE,
    10,
  );
  await wininet.FtpGetCurrentDirectory(f, new Uint8Array(512));
  const found = {} as WIN32_FIND_DATA;
  const find = await wininet.FtpFindFirstFile(f, '*', found, INTERNET_FLAG_RELOAD, 11);
  while (await succeeds(wininet.InternetFindNextFile(find, found)));
  await wininet.InternetCloseHandle(find);
  const opened = await wininet.FtpOpenFile(f, file, GENERIC_READ, FTP_TRANSFER_TYPE_BINARY, 12);
  // Runs into the busy session, as in the original, which does not look at the result.
  await succeeds(wininet.FtpDeleteFile(f, 'nothing'));
  const buffer = new Uint8Array(512);
  while ((await wininet.InternetReadFile(opened, buffer)) > 0);
  await wininet.InternetCloseHandle(opened);
  const type = mistake === 'changed-flag' ? FTP_TRANSFER_TYPE_ASCII : FTP_TRANSFER_TYPE_BINARY;
  const w = await wininet.FtpOpenFile(f, 'upload.tmp', GENERIC_WRITE, type, 13);
  await wininet.InternetWriteFile(w, Buffer.from('hello'));
  await wininet.InternetCloseHandle(w);
  if (mistake === 'other-order') await succeeds(wininet.FtpDeleteFile(f, 'absent.bin'));
  await wininet.FtpRenameFile(f, 'upload.tmp', 'upload.txt');
  await wininet.FtpDeleteFile(f, 'upload.txt');
  if (mistake !== 'other-order') await succeeds(wininet.FtpDeleteFile(f, 'absent.bin'));
  if (mistake !== 'missing-close') await wininet.InternetCloseHandle(f);
  await wininet.InternetCloseHandle(root);
}

async function succeeds(call: Promise<unknown>): Promise<boolean> {
  try {
    await call;
    return true;
  } catch (error) {
    if (error instanceof WinInetError) return false;
    throw error;
  }
}
