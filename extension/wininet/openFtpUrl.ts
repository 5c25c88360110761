import * as constants from '../shared/constants.ts';
import { BodyReader } from './bodyReader.ts';
import type { Engine } from './engine.ts';
import { folderPage, sourceOf } from './folderPage.ts';
import { ftpFileData, transferType } from './ftp.ts';
import { logOn } from './ftpConnect.ts';
import type { UncheckedHandle } from './handle.ts';
import type { FindData, FtpFileData, ReadableData } from './handleData.ts';
import type { HandleRecord } from './handleStore.ts';
import type { OpenUrlArguments } from './openUrl.ts';
import type { PendingCall } from './pendingCall.ts';
import type { DriverContext, FtpEntry, FtpSession } from './ports.ts';
import { joinUrl, type UrlParts } from './url.ts';

/** One InternetOpenUrl of an FTP address. */
interface FtpOpening {
  readonly engine: Engine;
  readonly root: HandleRecord<'root'>;
  readonly call: PendingCall;
  readonly from: OpenUrlArguments;
  readonly parts: UrlParts;
  /** The path without escapes. */
  readonly path: string;
}

/** Opens an FTP file or, where the path ends with "/", a folder: as HTML, or as a search with INTERNET_FLAG_RAW_DATA. */
export function openFtpUrl(opening: FtpOpening): Promise<UncheckedHandle> {
  if (!opening.path.endsWith('/')) return openFile(opening);
  return (opening.from.flags & constants.INTERNET_FLAG_RAW_DATA) === 0 ? openPage(opening) : openSearch(opening);
}

/** The session belongs to the file's handle and ends with it. */
async function openFile(opening: FtpOpening): Promise<UncheckedHandle> {
  const { engine, call, path, from } = opening;
  const data: FtpFileData = { reader: null, writer: null };
  const record = engine.open(call, { ...beginning(opening), kind: 'ftp-file', data });
  await withSession(opening, record, async (session, context) => {
    const download = await session.openRead(path, transferType(from.flags), context);
    Object.assign(data, ftpFileData({ download, after: () => session.close() }));
  });
  engine.setState(record, 'reading');
  return record.handle as UncheckedHandle;
}

async function openPage(opening: FtpOpening): Promise<UncheckedHandle> {
  const { engine, call, parts } = opening;
  const data: ReadableData = { reader: null };
  const record = engine.open(call, { ...beginning(opening), kind: 'ftp-find-html', data });
  const page = folderPage(joinUrl(parts), await list(opening, record));
  data.reader = new BodyReader(sourceOf(Buffer.from(page, 'utf8')));
  engine.setState(record, 'reading');
  return record.handle as UncheckedHandle;
}

async function openSearch(opening: FtpOpening): Promise<UncheckedHandle> {
  const { engine, call } = opening;
  const data: FindData = { entries: { all: [], next: 0 } };
  const record = engine.open(call, { ...beginning(opening), kind: 'ftp-find', data });
  data.entries = { all: await list(opening, record), next: 0 };
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
function list(opening: FtpOpening, record: HandleRecord): Promise<readonly FtpEntry[]> {
  return withSession(opening, record, async (session, context) => {
    const entries = await session.list(opening.path, context);
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
