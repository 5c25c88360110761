import * as constants from '../shared/constants.ts';
import { folderOf } from './url.ts';
import { isDosPath, isFileUrl, windowsFileUrl } from './urlCanonicalFile.ts';
import { decodeBytes, decodeEscapes } from './urlEscapes.ts';

/**
 * Brings a URL into its canonical form: dot segments resolved, unsafe characters escaped, backslashes turned. The scheme and
 * the host keep their case, and what follows "?" or "#" is left alone: as the page says, ICU_BROWSER_MODE is always on.
 * A path of Windows becomes a file URL, and one of a drive loses the third slash: asserted on Windows.
 * @param flags ICU_*; ICU_ESCAPE changes nothing, as recorded
 */
export function canonicalUrl(url: string, flags: number): string {
  const text = cleanText(url);
  if (!isFileUrl(text) && !isDosPath(text)) return canonicalText(text, flags);
  const file = windowsFileUrl(text, (path) => resolved(path, flags));
  if ((flags & constants.ICU_NO_ENCODE) !== 0) return decoded(file, flags);
  const rest = decoded(file, flags).slice('file:'.length).replaceAll('\\', '/');
  // As recorded: one slash and three stand for this machine, and every other number for a host.
  const [slashes = ''] = /^\/*/.exec(rest) ?? [];
  const start = slashes === '' ? '' : slashes.length === 1 || slashes.length === 3 ? '///' : '//';
  const path = encoded(rest.slice(slashes.length), flags);
  const spacesOnly = (flags & constants.ICU_ENCODE_SPACES_ONLY) !== 0;
  return `file:${start}${spacesOnly ? path : path.replaceAll('#', '%23')}`;
}

/**
 * Resolves a relative URL against a base, in canonical form. As recorded, and against RFC 3986, even an empty one and one that
 * starts with "?" replace everything after the last slash of the base, and `http:g` is relative where the base is http.
 */
export function combinedUrl(baseUrl: string, relativeUrl: string, flags: number): string {
  const base = cutUrl(withScheme(cleanText(baseUrl)));
  const relative = withScheme(cleanText(relativeUrl));
  if (base.scheme === null) return canonicalText(relative, flags);
  const own = cutUrl(relative).scheme;
  const sameScheme = own?.toLowerCase() === base.scheme.toLowerCase();
  const rest = own === null ? relative : relative.slice(own.length + 1);
  if (own !== null && (!sameScheme || rest.startsWith('//'))) return canonicalText(relative, flags);
  if (rest.startsWith('//')) return canonicalText(`${base.scheme}:${rest}`, flags);
  const root = base.authority === null ? `${base.scheme}:` : `${base.scheme}://${base.authority}`;
  const top = base.authority === null ? '' : '/';
  // Recorded: only a fragment leaves the rest of the base as it is.
  const kept = (base.path || top) + base.extra.replace(/#.*$/s, '');
  if (rest.startsWith('#')) return canonicalText(root + kept + rest, flags);
  const folder = folderOf(base.path) || top;
  return canonicalText(root + (rest.startsWith('/') ? rest : folder + rest), flags);
}

/** A path of Windows is a file URL. */
function withScheme(text: string): string {
  return isDosPath(text) ? `file:///${text.replaceAll('\\', '/')}` : text;
}

function canonicalText(text: string, flags: number): string {
  const { scheme, authority, path, extra } = cutUrl(text);
  const turned = isTurned(scheme) ? path.replaceAll('\\', '/') : path;
  const isRelative = scheme === null && !path.startsWith('/');
  const canonical = encoded(decoded(isRelative ? turned : resolved(turned, flags), flags), flags);
  if (scheme === null) return canonical + extra;
  // Recorded: a host alone has a path.
  if (authority !== null) {
    return `${scheme}://${authority}${authority !== '' && path === '' && extra === '' ? '/' : canonical}${extra}`;
  }
  // Recorded: what does not start with a slash is no path, so it has none inside either.
  const escapesSlashes = !canonical.startsWith('/') && !keepsText(flags);
  return `${scheme}:${escapesSlashes ? canonical.replaceAll('/', '%2F') : canonical}${extra}`;
}

/** Only these have paths without backslashes: so recorded. */
function isTurned(scheme: string | null): boolean {
  return scheme !== null && /^(?:https?|file)$/i.test(scheme);
}

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
  const turned = isTurned(scheme);
  const slashes = turned ? /^[/\\]{2}/ : /^\/\//;
  if (scheme === null || !slashes.test(rest)) return { scheme, authority: null, path: rest, extra };
  const end = rest.slice(2).search(turned ? /[/\\]/ : /\//);
  return end === -1
    ? { scheme, authority: rest.slice(2), path: '', extra }
    : { scheme, authority: rest.slice(2, end + 2), path: rest.slice(end + 2), extra };
}

/** Blanks around it and what breaks lines or aligns them are no part of a URL; blanks at the end of a query are, as the page says. */
function cleanText(text: string): string {
  const line = text.replace(/[\t\r\n]/g, '').trimStart();
  return line.includes('?') ? line : line.trimEnd();
}

function resolved(path: string, flags: number): string {
  return (flags & constants.ICU_NO_META) === 0 ? resolveDots(path) : path;
}

/**
 * Recorded: a dot at the very end stays, and so does what stands first, or has nothing before it that two dots could take away;
 * two more dots take those away in their turn.
 */
function resolveDots(path: string): string {
  const [root = ''] = /^\/*/.exec(path) ?? [];
  const kept: string[] = [];
  const segments = path.slice(root.length).split('/');
  for (const [index, segment] of segments.entries()) {
    const last = index === segments.length - 1;
    if (segment === '..' && kept.length > 0) {
      kept.pop();
      if (last) kept.push('');
    } else if (segment !== '.' || index === 0 || last) kept.push(segment);
  }
  return root + kept.join('/');
}

function keepsText(flags: number): boolean {
  return (flags & (constants.ICU_NO_ENCODE | constants.ICU_ENCODE_SPACES_ONLY)) !== 0;
}

/** What is escaped again stays the same bytes. */
function decoded(text: string, flags: number): string {
  if ((flags & constants.ICU_DECODE) === 0) return text;
  return keepsText(flags) ? decodeEscapes(text) : decodeBytes(text);
}

function encoded(text: string, flags: number): string {
  if ((flags & constants.ICU_NO_ENCODE) !== 0) return text;
  if ((flags & constants.ICU_ENCODE_SPACES_ONLY) !== 0) return text.replaceAll(' ', '%20');
  const percent = (flags & constants.ICU_ENCODE_PERCENT) === 0 ? text : text.replaceAll('%', '%25');
  // As recorded a character that has a byte of its own is that byte; half a character has no UTF-8 form.
  return percent
    .toWellFormed()
    .replace(/[\p{Cc} "&<>[\\\]^`{|}\u0080-\u00ff]/gu, escapedByte)
    .replace(/[\u0100-\u{10ffff}]/gu, encodeURIComponent);
}

function escapedByte(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}
