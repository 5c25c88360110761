import * as constants from '../shared/constants.ts';
import { folderOf } from './url.ts';
import { isDosPath, isFileUrl, windowsFileUrl } from './urlCanonicalFile.ts';
import { decodeBytes, decodeEscapes } from './urlEscapes.ts';

/** How percent escapes are resolved: to text, or for a caller's buffer to bytes. */
type Decode = (text: string) => string;

/**
 * Brings a URL into its canonical form: dot segments resolved, unsafe characters escaped, backslashes turned. The scheme and
 * the host keep their case, and what follows "?" or "#" is left alone: as the page says, ICU_BROWSER_MODE is always on.
 * A path of Windows becomes a file URL, and one of a drive loses the third slash: asserted on Windows.
 * @param flags ICU_*; ICU_ESCAPE changes nothing, as recorded
 */
export function canonicalUrl(url: string, flags: number, decode: Decode = decodeEscapes): string {
  const text = preparedText(url, flags, decode);
  if (!isFileUrl(text) && !isDosPath(text)) return canonicalText(text, flags);
  const end = extraStart(text);
  const file = windowsFileUrl(text.slice(0, end), end === text.length, (path) => resolved(path, flags));
  if ((flags & constants.ICU_NO_ENCODE) !== 0) return file + text.slice(end);
  const rest = file.slice('file:'.length).replaceAll('\\', '/');
  // As recorded: one slash and three stand for this machine, and every other number for a host.
  const [slashes = ''] = /^\/*/.exec(rest) ?? [];
  const start = slashes === '' ? '' : slashes.length === 1 || slashes.length === 3 ? '///' : '//';
  return `file:${start}${encodedPath(rest.slice(slashes.length), 'file', flags)}${text.slice(end)}`;
}

/**
 * Resolves a relative URL against a base, in canonical form. As recorded, and against RFC 3986, even an empty one and one that
 * starts with "?" replace everything after the last slash of the base, and `http:g` is relative where the base is http.
 */
export function combinedUrl(
  baseUrl: string,
  relativeUrl: string,
  flags: number,
  decode: Decode = decodeEscapes,
): string {
  const [baseText = '', relative = ''] = [baseUrl, relativeUrl].map((url) =>
    withScheme(preparedText(url, flags, decode)),
  );
  const cut = cutUrl(baseText);
  if (cut.scheme === null) return canonicalText(relative, flags);
  // Recorded: the dots of the base are resolved before its last part goes.
  const base = { ...cut, path: canonicalPath(cut, flags) };
  // Recorded: here, and here only, the scheme is in lower case.
  return canonicalText(joined(base, relative), flags).replace(SCHEME, (scheme) => scheme.toLowerCase());
}

function joined(base: CutUrl, relative: string): string {
  const own = cutUrl(relative).scheme;
  const sameScheme = own?.toLowerCase() === base.scheme?.toLowerCase();
  const rest = own === null ? relative : relative.slice(own.length + 1);
  if (own !== null && (!sameScheme || rest.startsWith('//'))) return relative;
  if (rest.startsWith('//')) return `${base.scheme}:${rest}`;
  const root = base.authority === null ? `${base.scheme}:` : `${base.scheme}://${base.authority}`;
  const top = base.authority === null ? '' : '/';
  // Recorded: only a fragment leaves the rest of the base as it is.
  if (rest.startsWith('#')) return root + (base.path || top) + base.extra.replace(/#.*$/s, '') + rest;
  return root + (rest.startsWith('/') ? rest : (isOpaque(base) ? '' : folderOf(base.path) || top) + rest);
}

/** A path of Windows is a file URL. */
function withScheme(text: string): string {
  return isDosPath(text) ? `file:///${text.replaceAll('\\', '/')}` : text;
}

function canonicalText(text: string, flags: number): string {
  const cut = cutUrl(text);
  const { scheme, authority, extra } = cut;
  const canonical = encodedPath(canonicalPath(cut, flags), scheme, flags);
  if (scheme === null) return canonical + extra;
  // Recorded: a host alone has a path.
  if (authority !== null) {
    const path = authority !== '' && cut.path === '' && extra === '' ? '/' : canonical;
    return `${scheme}://${encodedAuthority(authority, flags)}${path}${extra}`;
  }
  // Recorded: what does not start with a slash is no path, so it has none inside either.
  const escapesSlashes = isOpaque(cut) && !keepsText(flags);
  return `${scheme}:${escapesSlashes ? canonical.replaceAll('/', '%2F') : canonical}${extra}`;
}

function canonicalPath(cut: CutUrl, flags: number): string {
  const { scheme, path } = cut;
  if (isOpaque(cut) || (scheme === null && !path.startsWith('/'))) return path;
  // Recorded: dots do not lead above the drive of a file.
  const [drive = ''] = (isFile(scheme) && /^\/[a-z]:(?=\/|$)/i.exec(path)) || [];
  return drive + resolved(path.slice(drive.length) || (drive && '/'), flags);
}

/** Is what follows the scheme no path? */
function isOpaque({ scheme, authority, path }: CutUrl): boolean {
  return scheme !== null && authority === null && !path.startsWith('/');
}

/** Only these have paths without backslashes: so recorded. */
function isTurned(scheme: string | null): boolean {
  return scheme !== null && /^(?:https?|file)$/i.test(scheme);
}

function isFile(scheme: string | null): boolean {
  return scheme?.toLowerCase() === 'file';
}

interface CutUrl {
  readonly scheme: string | null;
  /** Null where no "//" follows the scheme. */
  readonly authority: string | null;
  readonly path: string;
  /** From the first "?" or "#"; of a file from the first "?", as recorded. */
  readonly extra: string;
}

const SCHEME = /^[a-z0-9+.-]+(?=:)/i;

function cutUrl(url: string): CutUrl {
  const scheme = SCHEME.exec(url)?.[0] ?? null;
  const start = scheme === null ? 0 : scheme.length + 1;
  const end = extraStart(url);
  const [rest, extra] = [url.slice(start, end), url.slice(end)];
  // Where a backslash is no slash it belongs to the host, as any other character.
  const turned = isTurned(scheme) ? rest.replaceAll('\\', '/') : rest;
  if (scheme === null || !turned.startsWith('//')) return { scheme, authority: null, path: turned, extra };
  const slash = turned.indexOf('/', 2);
  const pathStart = slash === -1 ? turned.length : slash;
  return { scheme, authority: turned.slice(2, pathStart), path: turned.slice(pathStart), extra };
}

function extraStart(url: string): number {
  const start = url.search(isFileUrl(url) || isDosPath(url) ? /\?/ : /[?#]/);
  return start === -1 ? url.length : start;
}

/** The text with its escapes resolved before anything else, as the page says, but for what follows "?" or "#". */
function preparedText(url: string, flags: number, decode: Decode): string {
  const text = cleanText(url);
  if ((flags & constants.ICU_DECODE) === 0) return text;
  const end = extraStart(text);
  // What is escaped again stays the same bytes.
  return (keepsText(flags) ? decode : decodeBytes)(text.slice(0, end)) + text.slice(end);
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

function encodedPath(path: string, scheme: string | null, flags: number): string {
  const text = encoded(path, flags);
  return isFile(scheme) && !keepsText(flags) ? text.replaceAll('#', '%23') : text;
}

/** The brackets of an IPv6 address stay: RFC 3986, section 3.2.2. */
function encodedAuthority(authority: string, flags: number): string {
  const [, before = '', address = '', behind = ''] = /^([^[]*@)?(\[[\da-f:.]+\])?(.*)$/is.exec(authority) ?? [];
  return encoded(before, flags) + address + encoded(behind, flags);
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
