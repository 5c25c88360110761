import * as constants from '../shared/constants.ts';
import type { Engine } from './engine.ts';
import { folderPage } from './folderPage.ts';
import { requiredName, transferType } from './ftpArguments.ts';
import { logOn } from './ftpConnect.ts';
import { ftpFileData } from './ftpFileData.ts';
import type { UncheckedHandle } from './handle.ts';
import type { FindData, FtpFileData, PageData } from './handleData.ts';
import type { HandleRecord } from './handleStore.ts';
import type { OpenUrlArguments } from './openUrl.ts';
import { PageReader } from './pageReader.ts';
import type { PendingCall } from './pendingCall.ts';
import type { DriverContext } from './ports/driver.ts';
import type { FtpEntry, FtpSession, FtpTransferType } from './ports/ftp.ts';
import { joinUrl, type UrlParts, unescapeText } from './url.ts';

/** One InternetOpenUrl of an FTP address. */
interface FtpOpening {
  readonly engine: Engine;
  readonly root: HandleRecord<'root'>;
  readonly call: PendingCall;
  readonly from: OpenUrlArguments;
  readonly parts: UrlParts;
}

/** What an FTP address leads to. */
interface FtpAddress {
  /** Without escapes. */
  readonly path: string;
  readonly isFolder: boolean;
  /** Null where the address does not say. */
  readonly type: FtpTransferType | null;
}

/**
 * Opens an FTP file or, where the path ends with "/" or ";type=d", a folder: as HTML, or as a search with
 * INTERNET_FLAG_RAW_DATA. The types "a" and "i" of an address outrank the flags (RFC 1738, 3.2.2).
 */
export function openFtpUrl(opening: FtpOpening): Promise<UncheckedHandle> {
  const { parts, from } = opening;
  const { path, isFolder, type } = ftpAddress(parts.path);
  if (!isFolder) return openFile(opening, path, type ?? transferType(from.flags));
  return (from.flags & constants.INTERNET_FLAG_RAW_DATA) === 0 ? openPage(opening, path) : openSearch(opening, path);
}

function ftpAddress(escaped: string): FtpAddress {
  const [, rest = escaped, type = ''] = /^(.*);type=([aid])$/is.exec(escaped) ?? [];
  const path = requiredName(unescapeText(rest));
  switch (type.toLowerCase()) {
    case 'a':
      return { path, isFolder: false, type: 'A' };
    case 'i':
      return { path, isFolder: false, type: 'I' };
    case 'd':
      return { path: path.endsWith('/') ? path : `${path}/`, isFolder: true, type: null };
    default:
      return { path, isFolder: path.endsWith('/'), type: null };
  }
}

/** The session belongs to the file's handle and ends with it. */
async function openFile(opening: FtpOpening, path: string, type: FtpTransferType): Promise<UncheckedHandle> {
  const { engine, call } = opening;
  const data: FtpFileData = { reader: null, writer: null, size: null };
  const record = engine.open(call, { ...beginning(opening), kind: 'ftp-file', data });
  await withSession(opening, record, async (session, context) => {
    const download = await session.openRead(path, type, context);
    Object.assign(data, ftpFileData({ download, after: () => session.close() }));
  });
  engine.setState(record, 'reading');
  return record.handle as UncheckedHandle;
}

async function openPage(opening: FtpOpening, path: string): Promise<UncheckedHandle> {
  const { engine, call, parts } = opening;
  const data: PageData = { reader: null };
  const record = engine.open(call, { ...beginning(opening), kind: 'ftp-find-html', data });
  const page = folderPage(joinUrl(parts), await list(opening, path, record));
  data.reader = new PageReader(page);
  engine.setState(record, 'reading');
  return record.handle as UncheckedHandle;
}

async function openSearch(opening: FtpOpening, path: string): Promise<UncheckedHandle> {
  const { engine, call } = opening;
  const data: FindData = { entries: { all: [], next: 0 } };
  const record = engine.open(call, { ...beginning(opening), kind: 'ftp-find', data });
  data.entries = { all: await list(opening, path, record), next: 0 };
  engine.setState(record, 'listing');
  return record.handle as UncheckedHandle;
}

function beginning({ root, from, parts }: FtpOpening) {
  return {
    parent: root,
    state: 'opening',
    context: from.context,
    target: () => joinUrl(parts),
    announce: true,
  } as const;
}

/** A listing is read whole before it is handed out, so its session can end at once. */
function list(opening: FtpOpening, path: string, record: HandleRecord): Promise<readonly FtpEntry[]> {
  return withSession(opening, record, async (session, context) => {
    const entries = await session.list(path, context);
    await session.close();
    return entries;
  });
}

/** Logs on for a new handle; if the work fails the session ends and the handle goes away. */
function withSession<T>(
  { engine, call, parts, from }: FtpOpening,
  record: HandleRecord,
  work: (session: FtpSession, context: DriverContext) => Promise<T>,
): Promise<T> {
  return engine.establish(record, call, async () => {
    const context: DriverContext = { observer: engine.reports.observer(record), signal: call };
    const session = await logOn(engine, record, { ...parts, flags: from.flags }, context);
    try {
      return await work(session, context);
    } catch (failure) {
      await session.close();
      throw failure;
    }
  });
}
