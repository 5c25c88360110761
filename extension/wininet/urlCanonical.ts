import * as constants from '../shared/constants.ts';
import { folderOf } from './url.ts';
import { decodeEscapes } from './urlEscapes.ts';

/**
 * Brings a URL into its canonical form: dot segments resolved, unsafe characters escaped, backslashes turned. The scheme and
 * the host keep their case, and what follows "?" or "#" is left alone: as the page says, ICU_BROWSER_MODE is always on.
 * @param flags ICU_*; ICU_ESCAPE changes nothing, as recorded
 */
export function canonicalUrl(url: string, flags: number): string {
  const { scheme, authority, path, extra } = cutUrl(cleanText(url));
  if (scheme === null) return escaped(path, flags) + extra;
  if (authority === null) return `${scheme}:${escaped(path, flags)}${extra}`;
  // Recorded: a host has a path.
  const rooted = authority !== '' && path === '' ? '/' : path;
  const turned = TURNED.has(scheme.toLowerCase()) ? rooted.replaceAll('\\', '/') : rooted;
  const resolved = (flags & constants.ICU_NO_META) === 0 ? resolveDots(turned) : turned;
  return `${scheme}://${authority}${escaped(resolved, flags)}${extra}`;
}

/**
 * Resolves a relative URL against a base, in canonical form. As recorded, and against RFC 3986, even an empty one and one that
 * starts with "?" or "#" replace everything after the last slash of the base, and `http:g` is relative where the base is http.
 */
export function combinedUrl(baseUrl: string, relativeUrl: string, flags: number): string {
  const base = cutUrl(cleanText(baseUrl));
  const relative = cleanText(relativeUrl);
  if (base.scheme === null) return canonicalUrl(relative, flags);
  const own = cutUrl(relative).scheme;
  const sameScheme = own?.toLowerCase() === base.scheme.toLowerCase();
  const rest = own === null ? relative : relative.slice(own.length + 1);
  if (own !== null && (!sameScheme || rest.startsWith('//'))) return canonicalUrl(relative, flags);
  if (rest.startsWith('//')) return canonicalUrl(`${base.scheme}:${rest}`, flags);
  const root = base.authority === null ? `${base.scheme}:` : `${base.scheme}://${base.authority}`;
  const folder = folderOf(base.path) || (base.authority === null ? '' : '/');
  return canonicalUrl(root + (rest.startsWith('/') ? rest : folder + rest), flags);
}

/** Schemes whose paths have no backslashes. */
const TURNED: ReadonlySet<string> = new Set(['http', 'https', 'ftp', 'gopher', 'file']);

interface CutUrl {
  readonly scheme: string | null;
  /** Null where no "//" follows the scheme. */
  readonly authority: string | null;
  readonly path: string;
  /** From the first "?" or "#". */
  readonly extra: string;
}

const PARTS = /^(?:(?<scheme>[a-z0-9+.-]+):)?(?<rest>[^?#]*)(?<extra>.*)$/is;

function cutUrl(url: string): CutUrl {
  const { scheme = null, rest = '', extra = '' } = { ...PARTS.exec(url)?.groups };
  // Where a backslash is no slash it belongs to the host, as any other character.
  const isTurned = scheme !== null && TURNED.has(scheme.toLowerCase());
  const slashes = isTurned ? /^[/\\]{2}/ : /^\/\//;
  if (scheme === null || !slashes.test(rest)) return { scheme, authority: null, path: rest, extra };
  const end = rest.slice(2).search(isTurned ? /[/\\]/ : /\//);
  return end === -1
    ? { scheme, authority: rest.slice(2), path: '', extra }
    : { scheme, authority: rest.slice(2, end + 2), path: rest.slice(end + 2), extra };
}

/** Blanks around it and what breaks lines or aligns them are no part of a URL; blanks at the end of a query are, as the page says. */
function cleanText(text: string): string {
  const line = text.replace(/[\t\r\n]/g, '').trimStart();
  return line.includes('?') ? line : line.trimEnd();
}

/** Recorded: a dot at the very end stays, and two at the root are dropped. */
function resolveDots(path: string): string {
  const kept: string[] = [];
  const segments = path.split('/');
  for (const [index, segment] of segments.entries()) {
    const last = index === segments.length - 1;
    if (segment === '..') {
      if (kept.length > 1) kept.pop();
      if (last) kept.push('');
    } else if (segment !== '.' || last) kept.push(segment);
  }
  return kept.join('/');
}

function escaped(path: string, flags: number): string {
  const plain = (flags & constants.ICU_DECODE) === 0 ? path : decodeEscapes(path);
  if ((flags & constants.ICU_NO_ENCODE) !== 0) return plain;
  const percent = (flags & constants.ICU_ENCODE_PERCENT) === 0 ? plain : plain.replaceAll('%', '%25');
  if ((flags & constants.ICU_ENCODE_SPACES_ONLY) !== 0) return percent.replaceAll(' ', '%20');
  // Half a character has no UTF-8 form.
  return percent.toWellFormed().replace(/[\p{Cc} "<>\\^`{|}\u0080-\u{10ffff}]/gu, encodeURIComponent);
}
