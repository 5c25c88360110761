import { redact } from '../../shared/redact.ts';
import { entryPoint } from '../../shared/wineEntryPoints.ts';
import { makeHandle } from './callEnd.ts';
import type { NativeCall } from './callRecord.ts';
import type { DraftJournal } from './draftJournal.ts';
import { nameFiles, nameSearch } from './ftpNames.ts';
import type { HandleBook } from './handleBook.ts';
import type { InnerNews } from './innerLines.ts';
import type { LogLine } from './logLine.ts';
import type { NativeConnections } from './nativeConnections.ts';
import type { NativeThread } from './nativeThread.ts';

/** What follows from a line of an inner function for the running call and its handles. True where the call has said its last word. */
export function followNews(
  thread: NativeThread,
  call: NativeCall,
  news: InnerNews,
  line: LogLine,
  handles: HandleBook,
): boolean {
  if (call.fn === 'InternetOpenUrl' && line.writer === 'HttpOpenRequestW' && news.over) {
    // The request of a URL is the handle that the program gets, once the answer is there.
    makeHandle(call, handles, 'sending');
    return false;
  }
  if (news.connects && call.fn === 'InternetConnect') thread.session = makeHandle(call, handles, 'connecting');
  if (news.sends && call.handle?.kind === 'http-request') handles.setState(call.handle, 'sending');
  if (line.writer === 'FTP_ReceiveFileList') nameSearch(call, line.text);
  if (line.writer === 'FTP_SendCommandA' && news.wire !== undefined) nameFiles(call, news.wire.text);
  return news.over === true && entryPoint(line.writer.replace(/^INTERNET_/, ''))?.fn === call.fn;
}

/** Writes down over which connection a request goes. */
export function recordConnection(
  { call }: NativeThread,
  { object, isNew }: NonNullable<InnerNews['connection']>,
  connections: NativeConnections,
  journal: DraftJournal,
): void {
  const handle = call?.made ?? call?.handle ?? null;
  if (call === null || handle?.kind !== 'http-request' || !handle.open) return;
  const use = connections.use(object, isNew, handle.serial);
  journal.add<'connection'>({ type: 'connection', serial: handle.serial, call: call.begin.call, ...use });
}

/** A line of the dialogue with a server, under the handle that it is about; masked. */
export function recordWire(
  { call, session }: NativeThread,
  { direction, text }: NonNullable<InnerNews['wire']>,
  journal: DraftJournal,
): void {
  const http = call?.made ?? call?.handle ?? null;
  const handle = http?.kind === 'http-request' ? http : session;
  if (handle === null || !handle.open) return;
  journal.add<'wire'>({ type: 'wire', serial: handle.serial, direction, text: redact(text) });
}
