import * as constants from '../shared/constants.ts';
import { giveCredentials } from './credentials.ts';
import type { Engine } from './engine.ts';
import type { UncheckedHandle } from './handle.ts';
import type { HandleRecord } from './handleStore.ts';
import { HttpRequestData } from './httpRequest.ts';
import { sendRequest } from './httpSend.ts';
import { openFtpUrl } from './openFtpUrl.ts';
import { openGopherUrl } from './openGopherUrl.ts';
import type { PendingCall } from './pendingCall.ts';
import { escapeObjectName, splitUrl, type UrlParts, withCleanPath } from './url.ts';
import { CallFailure } from './winInetError.ts';

/** The arguments of InternetOpenUrl. */
export interface OpenUrlArguments {
  readonly url: string;
  readonly headers: string | null;
  readonly flags: number;
  readonly context: number;
}

/**
 * Opens a URL below the root: what the scheme leads to decides the kind of handle, so the caller's compiler cannot know it and
 * every function checks it when called.
 */
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
      if (isOfHttpProxy(root, parts)) return openHttp(engine, root, call, from, parts);
      return openFtpUrl({ engine, root, call, from, parts });
    case 'gopher':
      if (isOfHttpProxy(root, parts)) return openHttp(engine, root, call, from, parts);
      return openGopherUrl({ engine, root, call, from, parts });
  }
}

/**
 * The page of InternetOpen: an HTTP proxy (of the CERN kind) serves FTP too, where InternetOpenUrl asks; the handle is then that of
 * a request, whatever INTERNET_FLAG_RAW_DATA says.
 */
function isOfHttpProxy({ options }: HandleRecord<'root'>, { scheme, host, port }: UrlParts): boolean {
  return options.proxy.choose({ scheme, host, port })?.speaks === 'http';
}

async function openHttp(
  engine: Engine,
  root: HandleRecord<'root'>,
  call: PendingCall,
  from: OpenUrlArguments,
  parts: UrlParts,
): Promise<UncheckedHandle> {
  const secure = (from.flags & constants.INTERNET_FLAG_SECURE) !== 0 && parts.scheme === 'http';
  const data = new HttpRequestData({
    server: { scheme: secure ? 'https' : parts.scheme, host: parts.host, port: parts.port },
    // As recorded, a fragment goes along (open_url.http_query_and_fragment); one of a redirect does not.
    path: escapeObjectName(parts.path),
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
    giveCredentials(record, 'server', { user: parts.user, password: parts.password ?? '' });
  }
  await engine.establish(record, call, () => sendRequest(engine, record, null, call));
  engine.setState(record, 'answered');
  return record.handle as UncheckedHandle;
}
