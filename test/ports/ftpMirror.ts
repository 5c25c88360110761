// An FTP mirror, ported from a WinINet program in C: lists, downloads and uploads folders with all that is in them.
// usage: node ftpMirror.ts pull|push HOST PORT USER PASSWORD REMOTE LOCAL
import { mkdirSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import {
  ERROR_INTERNET_EXTENDED_ERROR,
  ERROR_NO_MORE_FILES,
  FILE_ATTRIBUTE_DIRECTORY,
  FTP_TRANSFER_TYPE_BINARY,
  FtpCreateDirectory,
  FtpFindFirstFile,
  FtpGetCurrentDirectory,
  FtpGetFile,
  FtpPutFile,
  FtpSetCurrentDirectory,
  type HINTERNET,
  INTERNET_FLAG_PASSIVE,
  INTERNET_FLAG_RELOAD,
  INTERNET_OPEN_TYPE_DIRECT,
  INTERNET_SERVICE_FTP,
  InternetCloseHandle,
  InternetConnect,
  InternetFindNextFile,
  InternetGetLastResponseInfo,
  InternetOpen,
  type WIN32_FIND_DATA,
  WinInetError,
} from 'hinternet-explorer/wininet';

type FtpSession = HINTERNET<'ftp-connect'>;

/** The entries of the current folder. One search at a time, so it is read to its end and closed before anything else. */
async function listFolder(hFtp: FtpSession): Promise<readonly WIN32_FIND_DATA[]> {
  const entries: WIN32_FIND_DATA[] = [];
  let hFind: HINTERNET<'ftp-find'>;
  const first: Partial<WIN32_FIND_DATA> = {};
  try {
    hFind = await FtpFindFirstFile(hFtp, null, first as WIN32_FIND_DATA, INTERNET_FLAG_RELOAD, 0);
  } catch (error) {
    if (error instanceof WinInetError && error.code === ERROR_NO_MORE_FILES) return [];
    throw error;
  }
  entries.push(first as WIN32_FIND_DATA);
  try {
    for (;;) entries.push(await InternetFindNextFile(hFind, null));
  } catch (error) {
    if (!(error instanceof WinInetError) || error.code !== ERROR_NO_MORE_FILES) throw error;
  } finally {
    await InternetCloseHandle(hFind);
  }
  return entries;
}

async function pull(hFtp: FtpSession, local: string): Promise<number> {
  mkdirSync(local, { recursive: true });
  let files = 0;
  for (const { cFileName, dwFileAttributes } of await listFolder(hFtp)) {
    const target = path.join(local, path.basename(cFileName));
    if ((dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) === 0) {
      await FtpGetFile(hFtp, cFileName, target, false, 0, FTP_TRANSFER_TYPE_BINARY | INTERNET_FLAG_RELOAD, 0);
      console.log(`got ${target}`);
      files += 1;
      continue;
    }
    const here = await FtpGetCurrentDirectory(hFtp);
    await FtpSetCurrentDirectory(hFtp, cFileName);
    files += await pull(hFtp, target);
    await FtpSetCurrentDirectory(hFtp, here);
  }
  return files;
}

async function push(hFtp: FtpSession, local: string): Promise<number> {
  let files = 0;
  for (const name of readdirSync(local).toSorted()) {
    const source = path.join(local, name);
    if (statSync(source).isFile()) {
      await FtpPutFile(hFtp, source, name, FTP_TRANSFER_TYPE_BINARY, 0);
      console.log(`put ${source}`);
      files += 1;
      continue;
    }
    const here = await FtpGetCurrentDirectory(hFtp);
    await enter(hFtp, name);
    files += await push(hFtp, source);
    await FtpSetCurrentDirectory(hFtp, here);
  }
  return files;
}

/** Goes into a remote folder, which is made if it is not there. */
async function enter(hFtp: FtpSession, name: string): Promise<void> {
  try {
    await FtpSetCurrentDirectory(hFtp, name);
  } catch (error) {
    if (!(error instanceof WinInetError) || error.code !== ERROR_INTERNET_EXTENDED_ERROR) throw error;
    await FtpCreateDirectory(hFtp, name);
    await FtpSetCurrentDirectory(hFtp, name);
  }
}

async function main(args: readonly string[]): Promise<number> {
  const [direction, host, port, user, password, remote, local] = args;
  if (local === undefined || remote === undefined || host === undefined || !/^(pull|push)$/.test(direction ?? '')) {
    console.error('usage: ftpMirror pull|push HOST PORT USER PASSWORD REMOTE LOCAL');
    return 2;
  }
  const hInternet = await InternetOpen('ftpMirror/1.0', INTERNET_OPEN_TYPE_DIRECT, null, null, 0);
  try {
    const [name, secret] = user === '' || user === undefined ? [null, null] : [user, password ?? ''];
    const service = INTERNET_SERVICE_FTP;
    const hFtp = await InternetConnect(hInternet, host, Number(port), name, secret, service, INTERNET_FLAG_PASSIVE, 0);
    await FtpSetCurrentDirectory(hFtp, remote);
    const files = direction === 'pull' ? await pull(hFtp, local) : await push(hFtp, local);
    console.log(`${files} files`);
    return 0;
  } catch (error) {
    if (!(error instanceof WinInetError)) throw error;
    console.error(`${error.functionName} failed: ${error.symbol} (${error.code})`);
    if (error.code === ERROR_INTERNET_EXTENDED_ERROR) console.error(await InternetGetLastResponseInfo());
    return 1;
  } finally {
    await InternetCloseHandle(hInternet);
  }
}

process.exitCode = await main(process.argv.slice(2));
