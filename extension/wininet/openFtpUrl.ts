import * as constants from '../shared/constants.ts';
import type { Engine } from './engine.ts';
import { folderPage } from './folderPage.ts';
import { requiredName, transferType } from './ftpArguments.ts';
import { existingSession, logOn } from './ftpConnect.ts';
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

/** The session belongs to the file's handle and ends with it, unless it was there before. */
async function openFile(opening: FtpOpening, path: string, type: FtpTransferType): Promise<UncheckedHandle> {
  const { engine, call } = opening;
  const data: FtpFileData = { reader: null, writer: null, size: null };
  const existing = existingOf(opening);
  const record = engine.open(call, { ...beginning(opening, existing), kind: 'ftp-file', data });
  await withSession(opening, existing, record, async (session, context) => {
    const download = await session.openRead(path, type, context);
    const own = existing === null ? { hangUp: () => session.close() } : {};
    Object.assign(data, ftpFileData({ download, ...own }));
  });
  engine.setState(record, 'reading');
  return record.handle as UncheckedHandle;
}

async function openPage(opening: FtpOpening, path: string): Promise<UncheckedHandle> {
  const { engine, call, parts } = opening;
  const data: PageData = { reader: null };
  // A page hangs from the root, so nothing would keep an existing session from other calls meanwhile: it has its own.
  const record = engine.open(call, { ...beginning(opening, null), kind: 'ftp-find-html', data });
  const page = folderPage(joinUrl(parts), await list(opening, null, path, record));
  data.reader = new PageReader(page);
  engine.setState(record, 'reading');
  return record.handle as UncheckedHandle;
}

async function openSearch(opening: FtpOpening, path: string): Promise<UncheckedHandle> {
  const { engine, call } = opening;
  const data: FindData = { entries: { all: [], next: 0 } };
  const existing = existingOf(opening);
  const record = engine.open(call, { ...beginning(opening, existing), kind: 'ftp-find', data });
  data.entries = { all: await list(opening, existing, path, record), next: 0 };
  engine.setState(record, 'listing');
  return record.handle as UncheckedHandle;
}

type Existing = HandleRecord<'ftp-connect'> | null;

/** The session that INTERNET_FLAG_EXISTING_CONNECT asks for, if there is one. */
function existingOf({ root, from, parts }: FtpOpening): Existing {
  if ((from.flags & constants.INTERNET_FLAG_EXISTING_CONNECT) === 0) return null;
  return existingSession(root, { ...parts, flags: from.flags });
}

/** A handle on an existing session hangs below it and keeps it busy, as one of FtpOpenFile does. */
function beginning({ root, from, parts }: FtpOpening, existing: Existing) {
  const parent: HandleRecord = existing === null ? (root as HandleRecord) : existing;
  return { parent, state: 'opening', context: from.context, target: () => joinUrl(parts), announce: true } as const;
}

async function leave(session: FtpSession, existing: Existing): Promise<void> {
  if (existing === null) await session.close();
}

/** A listing is read whole before it is handed out, so a session of its own can end at once. */
function list(
  opening: FtpOpening,
  existing: Existing,
  path: string,
  record: HandleRecord,
): Promise<readonly FtpEntry[]> {
  return withSession(opening, existing, record, async (session, context) => {
    const entries = await session.list(path, context);
    await leave(session, existing);
    return entries;
  });
}

/** Logs on for a new handle, unless there is a session; if the work fails its own session ends and the handle goes away. */
function withSession<T>(
  { engine, call, parts, from }: FtpOpening,
  existing: Existing,
  record: HandleRecord,
  work: (session: FtpSession, context: DriverContext) => Promise<T>,
): Promise<T> {
  return engine.establish(record, call, async () => {
    const context: DriverContext = { observer: engine.reports.observer(record, call), signal: call };
    const session = existing?.data.session ?? (await logOn(engine, record, { ...parts, flags: from.flags }, context));
    try {
      return await work(session, context);
    } catch (failure) {
      await leave(session, existing);
      throw failure;
    }
  });
}
