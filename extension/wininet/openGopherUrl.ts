import * as constants from '../shared/constants.ts';
import type { Engine } from './engine.ts';
import { useOfItem } from './gopherLocator.ts';
import { type GopherOpening, openGopherFile, openGopherFind, openGopherPage } from './gopherOpening.ts';
import { gopherTargetOf } from './gopherUrl.ts';
import type { UncheckedHandle } from './handle.ts';
import type { HandleRecord } from './handleStore.ts';
import type { OpenUrlArguments } from './openUrl.ts';
import type { PendingCall } from './pendingCall.ts';
import type { UrlParts } from './url.ts';
import { CallFailure } from './winInetError.ts';

/** The phone book's port (CSO name server). */
const CSO_PORT = 105;
const FIRST_FREE_PORT = 1024;

/** One InternetOpenUrl of a Gopher address. */
interface GopherUrlOpening {
  readonly engine: Engine;
  readonly root: HandleRecord<'root'>;
  readonly call: PendingCall;
  readonly from: OpenUrlArguments;
  readonly parts: UrlParts;
}

/** Opens a Gopher file, or a menu or search: as HTML, or for enumeration with INTERNET_FLAG_RAW_DATA. */
export async function openGopherUrl({ engine, root, call, from, parts }: GopherUrlOpening): Promise<UncheckedHandle> {
  refuseForeignPort(parts.port);
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

/**
 * InternetOpenUrl page: Gopher URLs with a port below 1024 are blocked but for 70 and 105, because a selector can be made to say
 * anything to the servers there. The page names no error; among those it lists, only the one about the URL fits.
 */
function refuseForeignPort(port: number): void {
  if (port >= FIRST_FREE_PORT || port === constants.INTERNET_DEFAULT_GOPHER_PORT || port === CSO_PORT) return;
  throw new CallFailure('ERROR_INTERNET_INVALID_URL', 'Gopher URLs lead to ports 70, 105 and those from 1024 on only.');
}
