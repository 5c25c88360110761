import * as constants from '../shared/constants.ts';
import type { FunctionName } from '../shared/hierarchy.ts';
import { type CallerBuffer, type Filled, fillText } from './callerBuffer.ts';
import type { Engine } from './engine.ts';
import { splitUrl } from './url.ts';
import { CallFailure } from './winInetError.ts';

/** The functions of one engine that keep and tell cookies. They use no handle. */
export function cookieFunctions(engine: Engine) {
  return {
    /**
     * Keeps a cookie for a URL; with an expiry in the past, deletes it.
     * @param lpszCookieName null: the name stands in the data, as `name=value; path=/`
     * @param lpszCookieData its value, with attributes as Set-Cookie has them
     * Errors: ERROR_INVALID_PARAMETER, also for the domain of others, ERROR_INTERNET_UNRECOGNIZED_SCHEME,
     * ERROR_INVALID_OPERATION for a cookie marked HttpOnly.
     */
    InternetSetCookie(lpszUrl: string, lpszCookieName: string | null = null, lpszCookieData: string): Promise<true> {
      return engine.free('InternetSetCookie', [lpszUrl, lpszCookieName, lpszCookieData], () => {
        const isKept = engine.cookies.store(pageOf(lpszUrl), cookieText(lpszCookieName, lpszCookieData));
        if (!isKept) throw new CallFailure('ERROR_INVALID_OPERATION');
        return true as const;
      });
    },

    /**
     * As InternetSetCookie; INTERNET_COOKIE_HTTPONLY lets it set what programs do not see.
     * @param dwReserved a P3P policy, which is not evaluated
     * @returns COOKIE_STATE_ACCEPT, as no policy filters cookies here; COOKIE_STATE_REJECT, as recorded, for one marked HttpOnly
     * that the flags do not reach
     */
    InternetSetCookieEx(
      lpszUrl: string,
      lpszCookieName: string | null = null,
      lpszCookieData: string,
      dwFlags = 0,
      dwReserved: string | number | null = null,
    ): Promise<number> {
      const args = [lpszUrl, lpszCookieName, lpszCookieData, dwFlags, dwReserved];
      return engine.free('InternetSetCookieEx', args, () => {
        const text = cookieText(lpszCookieName, lpszCookieData);
        const isKept = engine.cookies.store(pageOf(lpszUrl), text, reachOf(dwFlags));
        return isKept ? constants.COOKIE_STATE_ACCEPT : constants.COOKIE_STATE_REJECT;
      });
    },

    /**
     * Returns the cookies for a URL, as `a=1; b=2`; never one marked HttpOnly.
     * @param lpszCookieName not looked at, as in the original
     * @param lpszCookieData filled instead, with the text's length and its NUL as the result; an empty one asks for that only
     * Errors: ERROR_NO_MORE_ITEMS, ERROR_INSUFFICIENT_BUFFER, ERROR_INVALID_PARAMETER, ERROR_INTERNET_UNRECOGNIZED_SCHEME.
     */
    InternetGetCookie<Buffer extends CallerBuffer = null>(
      lpszUrl: string,
      lpszCookieName: string | null = null,
      lpszCookieData: Buffer | null = null,
    ): Promise<Filled<Buffer, string>> {
      return engine.free('InternetGetCookie', [lpszUrl, lpszCookieName, lpszCookieData], () =>
        fillCookies(lpszCookieData, engine.cookies.headerFor(pageOf(lpszUrl))),
      );
    },

    /**
     * As InternetGetCookie, of one cookie where a name is given, and with INTERNET_COOKIE_HTTPONLY also of those that
     * programs do not see.
     */
    InternetGetCookieEx<Buffer extends CallerBuffer = null>(
      lpszUrl: string,
      lpszCookieName: string | null = null,
      lpszCookieData: Buffer | null = null,
      dwFlags = 0,
    ): Promise<Filled<Buffer, string>> {
      return engine.free('InternetGetCookieEx', [lpszUrl, lpszCookieName, lpszCookieData, dwFlags], () => {
        const [page, reach] = [pageOf(lpszUrl), reachOf(dwFlags)];
        const { cookies } = engine;
        const text =
          lpszCookieName === null ? cookies.headerFor(page, reach) : cookies.named(page, lpszCookieName, reach);
        return fillCookies(lpszCookieData, text);
      });
    },
  } satisfies Partial<Record<FunctionName, unknown>>;
}

function pageOf(url: string | null): URL {
  const { scheme, host, path } = splitUrl(url ?? '');
  try {
    return new URL(`${scheme}://${host}${path}`);
  } catch {
    throw new CallFailure('ERROR_INVALID_PARAMETER', 'Pass the URL of a page.');
  }
}

function cookieText(name: string | null, data: string | null): string {
  if (data === null) throw new CallFailure('ERROR_INVALID_PARAMETER', 'Pass a value as lpszCookieData.');
  return name === null ? data : `${name}=${data}`;
}

function reachOf(flags: number): { readonly httpOnly: boolean } {
  return { httpOnly: (flags & constants.INTERNET_COOKIE_HTTPONLY) !== 0 };
}

/** Recorded: the length counts the NUL, on success too. */
function fillCookies<Buffer extends CallerBuffer>(buffer: Buffer | null, text: string): Filled<Buffer, string> {
  if (text === '') throw new CallFailure('ERROR_NO_MORE_ITEMS');
  const filled = buffer === null ? text : 1 + (buffer.length === 0 ? text.length : fillText(buffer, text));
  // The condition is that of the type, which the compiler does not follow.
  return filled as Filled<Buffer, string>;
}
