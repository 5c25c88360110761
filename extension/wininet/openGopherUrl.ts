import * as constants from '../shared/constants.ts';
import type { Engine } from './engine.ts';
import { useOfItem } from './gopherLocator.ts';
import { type GopherOpening, openGopherFile, openGopherFind, openGopherPage } from './gopherOpening.ts';
import { GOPHER_PORT_ADVICE, isGopherPort } from './gopherPorts.ts';
import { gopherTargetOf } from './gopherUrl.ts';
import type { UncheckedHandle } from './handle.ts';
import type { HandleRecord } from './handleStore.ts';
import type { OpenUrlArguments } from './openUrl.ts';
import type { PendingCall } from './pendingCall.ts';
import type { UrlParts } from './url.ts';
import { CallFailure } from './winInetError.ts';

/** One InternetOpenUrl of a Gopher address. */
interface GopherUrlOpening {
  readonly engine: Engine;
  readonly root: HandleRecord<'root'>;
  readonly call: PendingCall;
  readonly from: OpenUrlArguments;
  readonly parts: UrlParts;
}

/**
 * Opens a Gopher file, or a menu or search: as HTML, or for enumeration with INTERNET_FLAG_RAW_DATA. The page names no error for a port
 * that is blocked; among those it lists, only ERROR_INTERNET_INVALID_URL fits.
 */
export async function openGopherUrl({ engine, root, call, from, parts }: GopherUrlOpening): Promise<UncheckedHandle> {
  if (!isGopherPort(parts.port)) throw new CallFailure('ERROR_INTERNET_INVALID_URL', GOPHER_PORT_ADVICE);
  const { item, words, view } = gopherTargetOf(parts);
  const parent = root as unknown as HandleRecord;
  const opening: GopherOpening = { engine, parent, call, item, words, view, context: from.context };
  switch (useOfItem(item)) {
    case 'file':
      return (await openGopherFile(opening)) as UncheckedHandle;
    case 'menu':
    case 'search': {
      const isRaw = (from.flags & constants.INTERNET_FLAG_RAW_DATA) !== 0;
      return (await (isRaw ? openGopherFind(opening) : openGopherPage(opening))) as UncheckedHandle;
    }
    case 'other':
      throw new CallFailure('ERROR_GOPHER_INCORRECT_LOCATOR_TYPE', 'Open this item with a program for its kind.');
  }
}
