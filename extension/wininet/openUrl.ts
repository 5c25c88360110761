import * as constants from '../shared/constants.ts';
import { BodyReader } from './bodyReader.ts';
import type { Engine } from './engine.ts';
import { folderPage, sourceOf } from './folderPage.ts';
import { ftpFileData, transferType } from './ftp.ts';
import { logOn } from './ftpConnect.ts';
import type { UncheckedHandle } from './handle.ts';
import type { HandleRecord } from './handleStore.ts';
import { HttpRequestData } from './httpRequest.ts';
import { sendRequest } from './httpSend.ts';
import type { PendingCall } from './pendingCall.ts';
import type { DriverContext } from './ports.ts';
import { escapeObjectName, joinUrl, splitUrl, type UrlParts, unescapeText, withCleanPath } from './url.ts';
import { CallFailure } from './winInetError.ts';

/** The arguments of InternetOpenUrl. */
export interface OpenUrlArguments {
  readonly url: string;
  readonly headers: string | null;
  readonly flags: number;
  readonly context: number;
}

/** Opens a URL below the root: what the scheme leads to decides the kind of handle. */
export function openUrl(
  engine: Engine,
  root: HandleRecord<'root'>,
  call: PendingCall,
  from: OpenUrlArguments,
): Promise<UncheckedHandle> {
  if (typeof from.url !== 'string') throw new CallFailure('ERROR_INVALID_PARAMETER', 'Pass a URL.');
  const parts = splitUrl(from.url);
  switch (parts.scheme) {
    case 'http':
    case 'https':
      return openHttp(engine, root, call, from, withCleanPath(parts));
    case 'ftp':
      return openFtp(engine, root, call, from, parts);
    case 'gopher':
      // Gopher is gone from Windows Vista on; the answer is that of every scheme that is not known.
      throw new CallFailure('ERROR_INTERNET_UNRECOGNIZED_SCHEME');
  }
}

async function openHttp(
  engine: Engine,
  root: HandleRecord<'root'>,
  call: PendingCall,
  from: OpenUrlArguments,
  parts: UrlParts,
): Promise<UncheckedHandle> {
  const secure = (from.flags & constants.INTERNET_FLAG_SECURE) !== 0 || parts.scheme === 'https';
  const data = new HttpRequestData({
    server: { scheme: secure ? 'https' : 'http', host: parts.host, port: parts.port },
    path: escapeObjectName(parts.path.replace(/#.*$/s, '')),
    verb: 'GET',
    version: 'HTTP/1.1',
    flags: from.flags,
  });
  if (from.headers) data.headers.merge(from.headers);
  if (data.headers.get('Accept') === undefined) data.headers.append('Accept', '*/*');
  const record = engine.open(call, {
    kind: 'http-request',
    parent: root,
    state: 'sending',
    data,
    context: from.context,
    target: () => `GET ${data.url}`,
    announce: true,
  });
  if (parts.user !== null) {
    record.options = { ...record.options, userName: parts.user, password: parts.password ?? '' };
  }
  record.pending.add(call);
  try {
    await sendRequest(engine, record, null, call);
  } catch (failure) {
    record.pending.delete(call);
    if (record.open) await engine.close(record, 'failed');
    throw failure;
  }
  record.pending.delete(call);
  engine.setState(record, 'answered');
  return record.handle as unknown as UncheckedHandle;
}

/**
 * Opens an FTP file or, where the path ends with "/", a folder. The session belongs to the handle and ends with it.
 */
async function openFtp(
  engine: Engine,
  root: HandleRecord<'root'>,
  call: PendingCall,
  from: OpenUrlArguments,
  parts: UrlParts,
): Promise<UncheckedHandle> {
  const path = unescapeText(parts.path);
  const context: DriverContext = { observer: engine.observer(root), signal: call.signal };
  const session = await logOn(engine, root, { ...parts, flags: from.flags }, context);
  const below = { parent: root, context: from.context, target: () => joinUrl(parts), announce: true } as const;
  const endSession = () => session.close();
  try {
    if (!path.endsWith('/')) {
      const download = await session.openRead(path, transferType(from.flags), context);
      const data = ftpFileData({ download }, endSession);
      return engine.open(call, { ...below, kind: 'ftp-file', state: 'reading', data })
        .handle as unknown as UncheckedHandle;
    }
    const all = await session.list(path, context);
    await endSession();
    if ((from.flags & constants.INTERNET_FLAG_RAW_DATA) !== 0) {
      const data = { entries: { all, next: 0 } };
      return engine.open(call, { ...below, kind: 'ftp-find', state: 'listing', data })
        .handle as unknown as UncheckedHandle;
    }
    const reader = new BodyReader(sourceOf(Buffer.from(folderPage(joinUrl(parts), all), 'utf8')));
    return engine.open(call, { ...below, kind: 'ftp-find-html', state: 'reading', data: { reader } })
      .handle as unknown as UncheckedHandle;
  } catch (failure) {
    await endSession();
    throw failure;
  }
}
