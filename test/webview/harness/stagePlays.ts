// What is played on the engine for pictures: each gives the handle that is selected in the end.
import {
  GENERIC_READ,
  HTTP_QUERY_STATUS_CODE,
  INTERNET_FLAG_PASSIVE,
  INTERNET_SERVICE_FTP,
  INTERNET_SERVICE_GOPHER,
  INTERNET_SERVICE_HTTP,
} from '../../../extension/wininet/index.ts';
import type { Stage } from './recordings.ts';

type Selected = { readonly serial: number } | null;

/** Sessions of all three protocols at work: answers half read and wholly read, a search, a menu, and a read that waits. */
export async function atWork({ wininet, playground, pass }: Stage): Promise<Selected> {
  const { http, ftp, gopher } = playground;
  const root = await wininet.InternetOpen('Example/1.0', 0, null, null, 0);
  const web = await wininet.InternetConnect(root, http.hostname, Number(http.port), null, null, INTERNET_SERVICE_HTTP);
  const open = async (path: string) => {
    const request = await wininet.HttpOpenRequest(web, 'GET', path, null, null, null, 0, 0);
    await wininet.HttpSendRequest(request);
    return request;
  };
  const half = await open('/bytes/65536');
  await wininet.HttpQueryInfo(half, HTTP_QUERY_STATUS_CODE);
  for (let count = 0; count < 5; count += 1) await wininet.InternetReadFile(half, new Uint8Array(8192));
  pass(3);
  const whole = await open('/bytes/1024');
  while ((await wininet.InternetReadFile(whole, new Uint8Array(700))) > 0);
  await open('/status/404');
  pass(12);
  const files = await wininet.InternetConnect(
    root,
    ftp.hostname,
    Number(ftp.port),
    null,
    null,
    INTERNET_SERVICE_FTP,
    INTERNET_FLAG_PASSIVE,
  );
  await wininet.FtpSetCurrentDirectory(files, '/pub');
  await wininet.FtpDeleteFile(files, 'notes.txt').catch(() => undefined);
  const search = await wininet.FtpFindFirstFile(files, '*.txt', null, 0, 0);
  await wininet.InternetFindNextFile(search);
  const menus = await wininet.InternetConnect(
    root,
    gopher.hostname,
    Number(gopher.port),
    null,
    null,
    INTERNET_SERVICE_GOPHER,
  );
  await wininet.GopherFindFirstFile(menus, null);
  pass(45);
  const waiting = await open('/slow/stall');
  await wininet.InternetReadFile(waiting, new Uint8Array(1000));
  // Ends when the engine is disposed of.
  wininet.InternetReadFile(waiting, new Uint8Array(1)).catch(() => undefined);
  return half;
}

/** Only the session of an FTP file that is read piece by piece. */
export async function readingFile({ wininet, playground, pass }: Stage): Promise<Selected> {
  const { ftp } = playground;
  const root = await wininet.InternetOpen('Example/1.0', 0, null, null, 0);
  const port = Number(ftp.port);
  const flags = INTERNET_FLAG_PASSIVE;
  const files = await wininet.InternetConnect(root, ftp.hostname, port, null, null, INTERNET_SERVICE_FTP, flags);
  const file = await wininet.FtpOpenFile(files, '/binary.bin', GENERIC_READ);
  for (let count = 0; count < 3; count += 1) {
    await wininet.InternetReadFile(file, new Uint8Array(100));
    pass(0.2);
  }
  return file;
}

/** Handles that were closed, and what is wrong in a program that goes on using them. */
export async function faults({ wininet, playground, pass }: Stage): Promise<Selected> {
  const { http } = playground;
  const root = await wininet.InternetOpen('Example/1.0', 0, null, null, 0);
  const port = Number(http.port);
  const session = await wininet.InternetConnect(root, http.hostname, port, null, null, INTERNET_SERVICE_HTTP);
  const request = (path: string) => wininet.HttpOpenRequest(session, 'GET', path, null, null, null, 0, 0);
  const unsent = await request('/bytes/2048');
  await wininet.InternetReadFile(unsent, new Uint8Array(16)).catch(() => undefined);
  const early = await request('/bytes/30000');
  await wininet.HttpSendRequest(early);
  await wininet.InternetReadFile(early, new Uint8Array(4096));
  await wininet.InternetCloseHandle(early);
  pass(2);
  const next = await request('/headers/many');
  await wininet.InternetReadFile(early, new Uint8Array(16)).catch(() => undefined);
  await wininet.HttpSendRequest(next);
  const twice = await request('/status/204');
  await wininet.InternetCloseHandle(twice);
  await wininet.InternetCloseHandle(twice).catch(() => undefined);
  for (const path of ['/status/200', '/bytes/10', '/body/empty', '/headers/dates']) {
    await wininet.InternetCloseHandle(await request(path));
  }
  const branch = await wininet.InternetConnect(root, http.hostname, port, null, null, INTERNET_SERVICE_HTTP);
  await wininet.HttpOpenRequest(branch, 'GET', '/', null, null, null, 0, 0);
  await wininet.HttpOpenRequest(branch, 'POST', '/echo', null, null, null, 0, 0);
  await wininet.InternetCloseHandle(branch);
  pass(30);
  return null;
}

/** A session with so many requests that most of them share a box. */
export async function manySiblings({ wininet, playground }: Stage): Promise<Selected> {
  const { http } = playground;
  const root = await wininet.InternetOpen('Crawler/3.0', 0, null, null, 0);
  const port = Number(http.port);
  const session = await wininet.InternetConnect(root, http.hostname, port, null, null, INTERNET_SERVICE_HTTP);
  for (let index = 0; index < 160; index += 1) {
    const path = index % 20 === 7 ? '/status/500' : `/bytes/${1000 + index}`;
    const request = await wininet.HttpOpenRequest(session, 'GET', path, null, null, null, 0, 0);
    if (index % 8 === 0) continue;
    await wininet.HttpSendRequest(request);
    if (index % 3 === 0) await wininet.InternetReadFile(request, new Uint8Array(4096));
    if (index % 31 === 9) await wininet.InternetWriteFile(request, new Uint8Array(4)).catch(() => undefined);
  }
  return null;
}
