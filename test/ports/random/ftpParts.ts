import type { Playground } from '../../../extension/playground/playground.ts';
import type { HandleKind } from '../../../extension/shared/hierarchy.ts';
import type { ProgramText } from './programText.ts';
import { readAll, takeError } from './readingParts.ts';

/** A session that does one thing after the other. */
export function ftpSession(text: ProgramText, playground: Playground): void {
  const [session, context] = [text.name('hFtp'), text.context()];
  const { port, username, password } = playground.ftp;
  const rest = `'${username}', '${password}', w.INTERNET_SERVICE_FTP, w.INTERNET_FLAG_PASSIVE, ${context}`;
  const connect = `w.InternetConnect(hInternet, '127.0.0.1', ${port}, ${rest})`;
  text.add(`const ${session} = ${text.call(context, connect)};`, { is: 'made', handle: session, kind: 'ftp-connect' });
  for (let steps = 1 + text.whole(3); steps > 0; steps -= 1)
    text.pick(download, upload, search, missing)(text, session);
  close(text, session, 'ftp-connect');
}

function close(text: ProgramText, handle: string, kind: HandleKind): void {
  text.add(`await w.InternetCloseHandle(${handle});`, { is: 'closed', handle, kind });
}

function openFile(text: ProgramText, session: string, name: string, access: string): readonly [string, number] {
  const [handle, context] = [text.name('hFile'), text.context()];
  const open = `w.FtpOpenFile(${session}, '${name}', ${access}, w.FTP_TRANSFER_TYPE_BINARY, ${context})`;
  text.add(`const ${handle} = ${text.call(context, open)};`, { is: 'made', handle, kind: 'ftp-file' });
  return [handle, context];
}

function download(text: ProgramText, session: string): void {
  const [handle, context] = openFile(text, session, '/binary.bin', 'w.GENERIC_READ');
  readAll(text, handle, context);
  close(text, handle, 'ftp-file');
}

function upload(text: ProgramText, session: string): void {
  const [handle, context] = openFile(text, session, `/incoming/${text.name('file')}`, 'w.GENERIC_WRITE');
  text.add(`${text.call(context, `w.InternetWriteFile(${handle}, new Uint8Array(${1 + text.whole(5000)}))`)};`);
  close(text, handle, 'ftp-file');
}

function search(text: ProgramText, session: string): void {
  const [handle, context] = [text.name('hFind'), text.context()];
  const find = `w.FtpFindFirstFile(${session}, '/pub', null, w.INTERNET_FLAG_RELOAD, ${context})`;
  text.add(`const ${handle} = ${text.call(context, find)};`, { is: 'made', handle, kind: 'ftp-find' });
  if (text.chance(0.8)) {
    text.add(`try { for (;;) ${text.call(context, `w.InternetFindNextFile(${handle}, null)`)};`);
    takeError(text);
  }
  close(text, handle, 'ftp-find');
}

function missing(text: ProgramText, session: string): void {
  const context = text.context();
  text.add('try {');
  text.add(`  ${text.call(context, `w.FtpOpenFile(${session}, '/not-there', w.GENERIC_READ, 2, ${context})`)};`);
  takeError(text);
}
