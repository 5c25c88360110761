import { isIP } from 'node:net';
import { Cookie, getPublicSuffix, CookieJar as Jar, MemoryCookieStore } from 'tough-cookie';
import { folderOf } from './url.ts';
import { CallFailure } from './winInetError.ts';

/** Whose hands a cookie passes through: HttpOnly ones are not for programs. */
export interface CookieReach {
  /** Also cookies marked HttpOnly; false where absent. */
  readonly httpOnly?: boolean;
}

/** The cookies of one engine. Nothing is written to disk; which host may set what is decided by the public suffix list. */
export class CookieJar {
  readonly #store = new MemoryCookieStore();
  // Recorded: `__Secure-` and `__Host-` are names as any other. The jar would drop such cookies without a word.
  readonly #jar = new Jar(this.#store, {
    looseMode: true,
    allowSecureOnLocal: false,
    prefixSecurity: 'unsafe-disabled',
  });
  #isUnused = true;

  /** No cookie was ever kept: asking for those of a URL can be spared. */
  get isUnused(): boolean {
    return this.#isUnused;
  }

  /** The cookies for a URL as the header Cookie has them; empty where there are none. */
  headerFor(url: URL, reach: CookieReach = {}): string {
    return this.#cookiesFor(url, reach).map(textOf).join('; ');
  }

  /** One cookie for a URL, as `name=value`; empty where there is none of this name, which is case-sensitive. */
  named(url: URL, name: string, reach: CookieReach = {}): string {
    const found = this.#cookiesFor(url, reach).find(({ key }) => key === name);
    return found === undefined ? '' : textOf(found);
  }

  /**
   * Keeps a cookie, or deletes it if it has expired.
   * Fails with ERROR_INVALID_PARAMETER where it is none or names a domain that is not the URL's.
   * @param text as the header Set-Cookie has it
   * @returns false where it is or would replace one marked HttpOnly out of reach, and was not kept
   */
  store(url: URL, text: string, { httpOnly = false }: CookieReach = {}): boolean {
    const cookie = Cookie.parse(text, { loose: true });
    if (cookie === undefined) throw new CallFailure('ERROR_INVALID_PARAMETER', 'Pass a cookie, as "name=value".');
    const page = pageInJar(url);
    settle(cookie, page);
    if (!httpOnly && (cookie.httpOnly || this.#isHidden(page, cookie))) return false;
    try {
      this.#jar.setCookieSync(cookie, settingUrl(page, cookie), { http: httpOnly });
      this.#isUnused = false;
      return true;
    } catch {
      // What the jar still refuses is the domain.
      throw new CallFailure('ERROR_INVALID_PARAMETER', 'A cookie may name its own host or a domain above it only.');
    }
  }

  /** Forgets every cookie that has no time to expire. */
  endSession(): void {
    // Called back at once, as this store is kept in memory.
    this.#store.getAllCookies((_, cookies = []) => {
      for (const cookie of cookies.filter((one) => !one.isPersistent())) this.#remove(cookie);
    });
  }

  #remove({ domain, path, key }: Cookie): void {
    if (domain !== null && path !== null) void this.#store.removeCookie(domain, path, key, () => undefined);
  }

  #cookiesFor(url: URL, { httpOnly = false }: CookieReach): readonly Cookie[] {
    // RFC 6265, section 5.4, and so recorded: those with longer paths come first.
    return this.#jar.getCookiesSync(pageInJar(url), { http: httpOnly, sort: true });
  }

  /** Would a cookie replace one marked HttpOnly? */
  #isHidden(url: URL, { key, path, domain }: Cookie): boolean {
    const kept = this.#jar.getCookiesSync(url, { allPaths: true });
    return kept.some(
      (one) => one.httpOnly && one.key === key && one.path === path && one.domain === (domain ?? url.hostname),
    );
  }
}

/**
 * Gives a cookie what the original reads from it where RFC 6265 does not: a text without "=" is a name, the path that it has
 * by itself ends with a slash (so recorded: set by /bar/x it is not for /bar), and one that names no domain is for the hosts
 * below its own too, as in Internet Explorer.
 */
function settle(cookie: Cookie, url: URL): void {
  if (cookie.key === '') Object.assign(cookie, { key: cookie.value, value: '' });
  if (cookie.path?.startsWith('/') !== true) cookie.path = folderOf(url.pathname);
  // RFC 6265, section 5.3, step 5: a host that is a public suffix may name itself, and keeps its cookie to itself.
  if (cookie.domain === url.hostname.replace(/\.$/, '')) cookie.domain = null;
  cookie.domain ??= hasHostsBelow(url.hostname) ? url.hostname : null;
}

/** As recorded, a page in the clear may set a cookie that is sent to the secure one only; the jar would refuse that. */
function settingUrl(url: URL, { secure }: Cookie): URL {
  return secure ? new URL(url.href.replace(/^http:/, 'https:')) : url;
}

/**
 * The same page with its host written as the jar can keep it. A dot at the end changes no name, and the jar does not find one
 * again that has it; but it refuses to look up the reserved names of one word, such as `test` and `local`, without it.
 */
function pageInJar(url: URL): URL {
  const page = new URL(url);
  const host = page.hostname.replace(/\.$/, '');
  page.hostname = isReservedWord(host) ? `${host}.` : host;
  return page;
}

function isReservedWord(host: string): boolean {
  if (host.includes('.')) return false;
  try {
    getPublicSuffix(host, { allowSpecialUseDomain: true });
    return false;
  } catch {
    // It throws for these names only.
    return true;
  }
}

function hasHostsBelow(host: string): boolean {
  if (isIP(host) !== 0 || host.startsWith('[') || !host.includes('.')) return false;
  // Names below .local and .test are in use in many a house.
  return getPublicSuffix(host, { allowSpecialUseDomain: true }) !== undefined;
}

function textOf(cookie: Cookie): string {
  return cookie.cookieString();
}
