import { INTERNET_INVALID_PORT_NUMBER, MIN_GOPHER_ATTRIBUTE_LENGTH } from '../shared/constants.ts';
import { errorCode } from '../shared/errorCodes.ts';
import type { GopherItem } from '../shared/gopherItem.ts';
import type { FunctionName } from '../shared/hierarchy.ts';
import { fitsProtocolLine } from '../shared/protocolLine.ts';
import { type CallerBuffer, fillText, needRoom } from './callerBuffer.ts';
import type { Engine } from './engine.ts';
import { categoriesIn, type FoundAttributes, findAttributes, type GOPHER_ATTRIBUTE_TYPE } from './gopherAttributes.ts';
import type { GOPHER_FIND_DATA } from './gopherFindData.ts';
import { createLocator, locatorType, parseLocator, useOfItem } from './gopherLocator.ts';
import { gopherRequest, isNoGopherPlus, openGopherFile, openGopherFind } from './gopherOpening.ts';
import type { HINTERNET } from './handle.ts';
import type { HandleRecord } from './handleStore.ts';
import type { PendingCall } from './pendingCall.ts';
import type { GopherBlock } from './ports/gopher.ts';
import { CallFailure } from './winInetError.ts';

type GopherConnect = HINTERNET<'gopher-connect'>;

/**
 * Is told each attribute (GOPHER_ATTRIBUTE_ENUMERATOR); false ends the enumeration.
 * @param dwError ERROR_SUCCESS: what cannot be read is told as text
 */
export type GopherAttributeEnumerator = (lpAttributeInfo: GOPHER_ATTRIBUTE_TYPE, dwError: number) => boolean;

/** The Gopher functions of one engine. */
export function gopherFunctions(engine: Engine) {
  function GopherCreateLocator(
    lpszHost: string,
    nServerPort?: number,
    lpszDisplayString?: string | null,
    lpszSelectorString?: string | null,
    dwGopherType?: number,
    lpszLocator?: null,
  ): Promise<string>;
  function GopherCreateLocator(
    lpszHost: string,
    nServerPort: number | undefined,
    lpszDisplayString: string | null | undefined,
    lpszSelectorString: string | null | undefined,
    dwGopherType: number | undefined,
    lpszLocator: Uint8Array,
  ): Promise<number>;
  /**
   * Builds the locator of an item.
   * @param nServerPort 0 for 70
   * @param dwGopherType GOPHER_TYPE_*; 0 for a menu
   * @param lpszLocator receives the locator; null returns it whole
   * @returns the locator, or its length in the caller's buffer
   * Errors: ERROR_INVALID_PARAMETER, ERROR_GOPHER_UNKNOWN_LOCATOR, ERROR_INSUFFICIENT_BUFFER.
   */
  function GopherCreateLocator(
    lpszHost: string,
    nServerPort: number = INTERNET_INVALID_PORT_NUMBER,
    lpszDisplayString: string | null = null,
    lpszSelectorString: string | null = null,
    dwGopherType = 0,
    lpszLocator: CallerBuffer = null,
  ): Promise<string | number> {
    const args = [lpszHost, nServerPort, lpszDisplayString, lpszSelectorString, dwGopherType, lpszLocator];
    return engine.free('GopherCreateLocator', args, () => {
      const locator = createLocator({
        host: lpszHost,
        port: nServerPort,
        display: lpszDisplayString,
        selector: lpszSelectorString,
        type: dwGopherType,
      });
      return lpszLocator === null ? locator : fillText(lpszLocator, locator);
    });
  }

  function GopherGetAttribute(
    hConnect: GopherConnect,
    lpszLocator: string,
    lpszAttributeName?: string | null,
    lpBuffer?: null,
    lpfnEnumerator?: GopherAttributeEnumerator | null,
    dwContext?: number,
  ): Promise<readonly GOPHER_ATTRIBUTE_TYPE[]>;
  function GopherGetAttribute(
    hConnect: GopherConnect,
    lpszLocator: string,
    lpszAttributeName: string | null | undefined,
    lpBuffer: Uint8Array,
    lpfnEnumerator?: GopherAttributeEnumerator | null,
    dwContext?: number,
  ): Promise<number>;
  /**
   * Asks a Gopher+ server for attributes of an item.
   * @param lpszAttributeName names between blanks: `+ADMIN` for a category, `Mod-Date` for one attribute; null for all
   * @param lpBuffer receives the text of the attributes, at least 256 bytes; null returns them as records
   * @param lpfnEnumerator is told each attribute until it answers false
   * @returns the attributes, or the length of their text in the caller's buffer
   * Errors: ERROR_GOPHER_INVALID_LOCATOR, ERROR_GOPHER_NOT_GOPHER_PLUS, ERROR_GOPHER_ATTRIBUTE_NOT_FOUND,
   * ERROR_INSUFFICIENT_BUFFER, ERROR_INTERNET_EXTENDED_ERROR, and those of the connection.
   */
  function GopherGetAttribute(
    hConnect: GopherConnect,
    lpszLocator: string,
    lpszAttributeName: string | null = null,
    lpBuffer: CallerBuffer = null,
    lpfnEnumerator: GopherAttributeEnumerator | null = null,
    dwContext = 0,
  ): Promise<readonly GOPHER_ATTRIBUTE_TYPE[] | number> {
    const args = [hConnect, lpszLocator, lpszAttributeName, lpBuffer, lpfnEnumerator, dwContext];
    return engine.use('GopherGetAttribute', hConnect, args, async (record, call) => {
      if (lpBuffer !== null) needRoom(lpBuffer, MIN_GOPHER_ATTRIBUTE_LENGTH);
      const found = await askAttributes(engine, record, call, requiredLocator(lpszLocator), lpszAttributeName ?? '');
      const told = lpfnEnumerator === null ? found.attributes : enumerate(found.attributes, lpfnEnumerator);
      return lpBuffer === null ? told : fillText(lpBuffer, found.text);
    });
  }

  return {
    GopherCreateLocator,
    GopherGetAttribute,

    /**
     * Fetches a menu, or the hits of a search, and returns its first item in `lpFindData`.
     * @param lpszLocator of a menu or a search; null or empty for the top menu of the session's server
     * @param lpszSearchString what to search for, where the locator is one of a search
     * Errors: ERROR_NO_MORE_FILES for an empty menu, ERROR_GOPHER_INVALID_LOCATOR, ERROR_GOPHER_INCORRECT_LOCATOR_TYPE,
     * ERROR_INTERNET_EXTENDED_ERROR, ERROR_GOPHER_PROTOCOL_ERROR, ERROR_GOPHER_DATA_ERROR, and those of the connection.
     */
    GopherFindFirstFile(
      hConnect: GopherConnect,
      lpszLocator: string | null = null,
      lpszSearchString: string | null = null,
      lpFindData: GOPHER_FIND_DATA | null = null,
      dwFlags = 0,
      dwContext = 0,
    ): Promise<HINTERNET<'gopher-find'>> {
      const args = [hConnect, lpszLocator, lpszSearchString, lpFindData, dwFlags, dwContext];
      return engine.use('GopherFindFirstFile', hConnect, args, (parent, call) => {
        const item = lpszLocator === null || lpszLocator === '' ? topMenu(parent) : parseLocator(lpszLocator);
        const use = useOfItem(item);
        if (use !== 'menu' && use !== 'search') {
          throw new CallFailure('ERROR_GOPHER_INCORRECT_LOCATOR_TYPE', 'Pass the locator of a menu or a search.');
        }
        const words = lpszSearchString === null ? null : sendable(lpszSearchString, 'lpszSearchString');
        const general = parent as unknown as HandleRecord;
        const opening = { engine, parent: general, call, item, words, view: null, context: dwContext };
        return openGopherFind(opening, lpFindData);
      });
    },

    /**
     * Opens a file for reading. The server is asked at once: the page lists the statuses and errors of a connection, which the
     * overview puts off to the first read.
     * @param lpszView for a file of Gopher+: the name of one of its views; null for the server's choice
     * Errors: ERROR_GOPHER_INVALID_LOCATOR, ERROR_GOPHER_NOT_FILE for a menu or a search,
     * ERROR_GOPHER_INCORRECT_LOCATOR_TYPE for what is neither, ERROR_GOPHER_NOT_GOPHER_PLUS for a view of a plain item,
     * ERROR_INTERNET_EXTENDED_ERROR, and those of the connection.
     */
    GopherOpenFile(
      hConnect: GopherConnect,
      lpszLocator: string,
      lpszView: string | null = null,
      dwFlags = 0,
      dwContext = 0,
    ): Promise<HINTERNET<'gopher-file'>> {
      const args = [hConnect, lpszLocator, lpszView, dwFlags, dwContext];
      return engine.use('GopherOpenFile', hConnect, args, (parent, call) => {
        const item = requiredLocator(lpszLocator);
        const use = useOfItem(item);
        if (use === 'menu' || use === 'search') throw new CallFailure('ERROR_GOPHER_NOT_FILE');
        if (use === 'other') throw new CallFailure('ERROR_GOPHER_INCORRECT_LOCATOR_TYPE');
        const view = lpszView === null || lpszView === '' ? null : sendable(lpszView, 'lpszView');
        if (view !== null && item.mark === '') {
          throw new CallFailure('ERROR_GOPHER_NOT_GOPHER_PLUS', 'Only items of Gopher+ have views: pass null.');
        }
        const general = parent as unknown as HandleRecord;
        return openGopherFile({ engine, parent: general, call, item, words: null, view, context: dwContext });
      });
    },

    /**
     * Tells the type of the item that a locator names: GOPHER_TYPE_*, several bits where it is one of Gopher+.
     * Errors: ERROR_GOPHER_INVALID_LOCATOR, ERROR_GOPHER_UNKNOWN_LOCATOR.
     */
    GopherGetLocatorType(lpszLocator: string): Promise<number> {
      return engine.free('GopherGetLocatorType', [lpszLocator], () => locatorType(lpszLocator ?? ''));
    },
  } satisfies Partial<Record<FunctionName, unknown>>;
}

async function askAttributes(
  engine: Engine,
  record: HandleRecord<'gopher-connect'>,
  call: PendingCall,
  item: GopherItem,
  wanted: string,
): Promise<FoundAttributes> {
  if (item.mark === '') throw new CallFailure('ERROR_GOPHER_NOT_GOPHER_PLUS');
  const general = record as unknown as HandleRecord;
  const categories = categoriesIn(sendable(wanted, 'lpszAttributeName'));
  const context = { observer: engine.reports.observer(general, call), signal: call };
  const ask = (line: string) => engine.drivers.gopher.blocks(gopherRequest(engine, general, item, line, true), context);
  const found = findAttributes(await askBlocks(item.selector, categories, ask), wanted);
  if (found.attributes.length === 0) throw new CallFailure('ERROR_GOPHER_ATTRIBUTE_NOT_FOUND');
  return found;
}

/** PyGopherd sends all blocks and knows no request for some: it takes one for a search and sends the item. */
async function askBlocks(
  selector: string,
  categories: string,
  ask: (line: string) => Promise<readonly GopherBlock[]>,
): Promise<readonly GopherBlock[]> {
  try {
    return await ask(`${selector}\t!${categories}`);
  } catch (failure) {
    if (categories === '' || !isNoGopherPlus(failure)) throw failure;
    return await ask(`${selector}\t!`);
  }
}

function enumerate(
  attributes: readonly GOPHER_ATTRIBUTE_TYPE[],
  enumerator: GopherAttributeEnumerator,
): readonly GOPHER_ATTRIBUTE_TYPE[] {
  const stopped = attributes.findIndex((attribute) => !enumerator(attribute, errorCode('ERROR_SUCCESS')));
  return stopped === -1 ? attributes : attributes.slice(0, stopped + 1);
}

function topMenu({ data }: HandleRecord<'gopher-connect'>): GopherItem {
  return { type: '1', display: '', selector: '', host: data.host, port: data.port, mark: '' };
}

function requiredLocator(locator: string | null): GopherItem {
  if (typeof locator !== 'string') throw new CallFailure('ERROR_INVALID_PARAMETER', 'Pass a locator.');
  return parseLocator(locator);
}

/** A text that goes into a request: tab and line end would make another request of it. */
function sendable(text: string, name: string): string {
  if (fitsProtocolLine(text) && !text.includes('\t')) return text;
  throw new CallFailure('ERROR_INVALID_PARAMETER', `Take tabs and control characters out of ${name}.`);
}
