import * as constants from '../shared/constants.ts';
import type { FunctionName } from '../shared/hierarchy.ts';
import { type CallerBuffer, type Filled, fillOrReturn } from './callerBuffer.ts';
import type { Engine } from './engine.ts';
import { canonicalUrl, combinedUrl } from './urlCanonical.ts';
import { type CRACKED_URL, fillComponents, type URL_COMPONENTS, urlOfComponents, urlParts } from './urlComponents.ts';
import { decodeBytes, decodeEscapes } from './urlEscapes.ts';
import { CallFailure } from './winInetError.ts';

/** The functions of one engine that take URLs apart and put them together. They use no handle. */
export function urlFunctions(engine: Engine) {
  return {
    /**
     * Splits a URL into its parts.
     * @param dwUrlLength how many of its characters count; 0 for all
     * @param dwFlags ICU_DECODE resolves escapes in the parts; ICU_ESCAPE changes nothing, as recorded
     * @param lpUrlComponents null: the parts are returned as texts; otherwise this record is filled and returned
     * Errors: ERROR_INVALID_PARAMETER, ERROR_INTERNET_UNRECOGNIZED_SCHEME, ERROR_INTERNET_INVALID_URL, ERROR_INSUFFICIENT_BUFFER.
     */
    InternetCrackUrl<Components extends URL_COMPONENTS | null = null>(
      lpszUrl: string,
      dwUrlLength = 0,
      dwFlags = 0,
      lpUrlComponents: Components | null = null,
    ): Promise<Components extends URL_COMPONENTS ? Components : CRACKED_URL> {
      return engine.free('InternetCrackUrl', [lpszUrl, dwUrlLength, dwFlags, lpUrlComponents], () => {
        const url = dwUrlLength > 0 ? requireUrl(lpszUrl).slice(0, dwUrlLength) : requireUrl(lpszUrl);
        const decode = (dwFlags & constants.ICU_DECODE) !== 0;
        if (lpUrlComponents !== null) fillComponents(lpUrlComponents, url, decode);
        // The condition is that of the type, which the compiler does not follow.
        return (lpUrlComponents ?? urlParts(url, decode)) as Components extends URL_COMPONENTS
          ? Components
          : CRACKED_URL;
      });
    },

    /**
     * Builds a URL from its parts; lpszScheme outranks nScheme, and the scheme's own port is left out.
     * @param dwFlags ICU_ESCAPE and ICU_USERNAME change nothing, as recorded
     * @param lpszUrl filled instead, with the URL's length as the result
     * Errors: ERROR_INVALID_PARAMETER, ERROR_INSUFFICIENT_BUFFER.
     */
    InternetCreateUrl<Buffer extends CallerBuffer = null>(
      lpUrlComponents: URL_COMPONENTS,
      dwFlags = 0,
      lpszUrl: Buffer | null = null,
    ): Promise<Filled<Buffer, string>> {
      return engine.free('InternetCreateUrl', [lpUrlComponents, dwFlags, lpszUrl], () =>
        fillOrReturn(lpszUrl, urlOfComponents(requireRecord(lpUrlComponents))),
      );
    },

    /**
     * Brings a URL into its canonical form; see canonicalUrl.
     * @param lpszBuffer filled instead, with the length as the result; an empty one is refused, as recorded
     * @param dwFlags ICU_*
     * Errors: ERROR_INVALID_PARAMETER, ERROR_INSUFFICIENT_BUFFER.
     */
    InternetCanonicalizeUrl<Buffer extends CallerBuffer = null>(
      lpszUrl: string,
      lpszBuffer: Buffer | null = null,
      dwFlags = 0,
    ): Promise<Filled<Buffer, string>> {
      return engine.free('InternetCanonicalizeUrl', [lpszUrl, lpszBuffer, dwFlags], () => {
        refuseNoBuffer(lpszBuffer);
        return fillOrReturn(lpszBuffer, canonicalUrl(requireUrl(lpszUrl), dwFlags, decodingFor(lpszBuffer)));
      });
    },

    /**
     * Resolves a relative URL against a base; see combinedUrl.
     * @param lpszBuffer filled instead, with the length as the result; an empty one asks for the length it needs
     * @param dwFlags ICU_*
     * Errors: ERROR_INVALID_PARAMETER, ERROR_INSUFFICIENT_BUFFER.
     */
    InternetCombineUrl<Buffer extends CallerBuffer = null>(
      lpszBaseUrl: string,
      lpszRelativeUrl: string,
      lpszBuffer: Buffer | null = null,
      dwFlags = 0,
    ): Promise<Filled<Buffer, string>> {
      return engine.free('InternetCombineUrl', [lpszBaseUrl, lpszRelativeUrl, lpszBuffer, dwFlags], () =>
        fillOrReturn(
          lpszBuffer,
          combinedUrl(requireUrl(lpszBaseUrl), requireUrl(lpszRelativeUrl), dwFlags, decodingFor(lpszBuffer)),
        ),
      );
    },
  } satisfies Partial<Record<FunctionName, unknown>>;
}

/** A pointer that is NULL: so it was recorded, where the page names ERROR_INSUFFICIENT_BUFFER. */
function refuseNoBuffer(buffer: Uint8Array | null): void {
  if (buffer?.length === 0) throw new CallFailure('ERROR_INVALID_PARAMETER', 'Pass a buffer with room, or null.');
}

/** In a buffer an escape is the byte that it stands for, as recorded; a text of the language is one of characters. */
function decodingFor(buffer: Uint8Array | null): (text: string) => string {
  return buffer === null ? decodeEscapes : decodeBytes;
}

function requireUrl(url: string | null): string {
  if (url === null) throw new CallFailure('ERROR_INVALID_PARAMETER', 'Pass a URL.');
  return url;
}

function requireRecord(record: URL_COMPONENTS | null): URL_COMPONENTS {
  if (record === null) throw new CallFailure('ERROR_INVALID_PARAMETER', 'Pass the parts of a URL as lpUrlComponents.');
  return record;
}
