/** A path of Windows that starts with a drive. */
export function isDosPath(text: string): boolean {
  return /^[a-z0-9]:/i.test(text);
}

/** Does it have the scheme "file"? */
export function isFileUrl(text: string): boolean {
  return /^file:/i.test(text);
}

/**
 * A path of Windows or a file URL as InternetCanonicalizeUrl writes it before it escapes anything: with backslashes, a drive
 * right behind "//", and a host behind two backslashes more. Asserted on Windows for drives, recorded for the rest.
 * @param isWhole nothing follows the text
 * @param resolve resolves the dot segments of a path with slashes
 */
export function windowsFileUrl(text: string, isWhole: boolean, resolve: (path: string) => string): string {
  if (isDosPath(text)) return backslashed(`file://${text}`, 'file://'.length);
  const scheme = text.slice(0, 'file:'.length);
  const rest = text.slice(scheme.length);
  if (!rest.startsWith('//')) return backslashed(scheme + resolve(rest.replaceAll('\\', '/')), scheme.length + 1);
  const behind = rest.slice(2);
  const body = behind.replace(/^\/+/, '');
  const [host = ''] = /^[a-z\d.:-]*/i.exec(body) ?? [];
  const start = `${scheme}//${isDosPath(body) ? '' : /^\/(?!\/)/.test(behind) ? '\\' : '\\\\'}${host}`;
  const path = body.slice(host.length).replaceAll('\\', '/');
  if (isWhole && host !== '' && path === '') return `${start}\\`;
  return backslashed(start + (host !== '' && path.startsWith('/') ? resolve(path) : path), `${scheme}//`.length);
}

function backslashed(text: string, from: number): string {
  return text.slice(0, from) + text.slice(from).replaceAll('/', '\\');
}
