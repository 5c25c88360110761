import type { FunctionName } from '../shared/hierarchy.ts';
import { type CallerBuffer, fillText } from './callerBuffer.ts';
import type { Engine } from './engine.ts';
import { createLocator, locatorType } from './gopherLocator.ts';

/** The Gopher functions of one engine. */
export function gopherFunctions(engine: Engine) {
  function GopherCreateLocator(
    lpszHost: string,
    nServerPort: number,
    lpszDisplayString: string | null,
    lpszSelectorString: string | null,
    dwGopherType: number,
    lpszLocator?: null,
  ): Promise<string>;
  function GopherCreateLocator(
    lpszHost: string,
    nServerPort: number,
    lpszDisplayString: string | null,
    lpszSelectorString: string | null,
    dwGopherType: number,
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
    nServerPort: number,
    lpszDisplayString: string | null,
    lpszSelectorString: string | null,
    dwGopherType: number,
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

  return {
    GopherCreateLocator,

    /**
     * Tells the type of the item that a locator names: GOPHER_TYPE_*, several bits where it is one of Gopher+.
     * Errors: ERROR_GOPHER_INVALID_LOCATOR, ERROR_GOPHER_UNKNOWN_LOCATOR.
     */
    GopherGetLocatorType(lpszLocator: string): Promise<number> {
      return engine.free('GopherGetLocatorType', [lpszLocator], () => locatorType(lpszLocator ?? ''));
    },
  } satisfies Partial<Record<FunctionName, unknown>>;
}
