import { decodeBytes } from './urlEscapes.ts';

/**
 * The path of Windows that a file URL stands for, as PathCreateFromUrl makes it: `file:///C:/x` is that of a drive, another host
 * that of a share, and only escapes that the URL may have are resolved.
 */
export function pathOfFileUrl(url: string): string {
  const rest = url.slice('file:'.length).replaceAll('/', '\\');
  const [slashes = ''] = /^\\*/.exec(rest) ?? [];
  const body = rest.slice(slashes.length);
  // "c|" is how browsers once wrote a drive.
  const path = unfolded(slashes.length, body).replace(/^([a-z])\|/i, '$1:');
  return closed(isEscaped(slashes.length, body) ? decodeBytes(path) : path);
}

function unfolded(slashes: number, body: string): string {
  switch (slashes) {
    case 0:
      return body;
    case 1:
    case 3:
      return hasDrive(body) ? body : `\\${body}`;
    case 2: {
      if (hasDrive(body)) return body;
      if (/^localhost\\/i.test(body)) return body.slice('localhost\\'.length);
      // Asserted on Windows: the backslash between a host and a drive is forgotten.
      return `\\\\${body.replace(/^([^\\]*)\\(?=[a-z][:|])/i, '$1')}`;
    }
    default:
      return slashes === 4 && hasDrive(body) ? body : `\\\\${body}`;
  }
}

function isEscaped(slashes: number, body: string): boolean {
  return slashes !== 4 && !(slashes === 2 && hasDrive(body));
}

function hasDrive(body: string): boolean {
  return /^[a-z][:|]/i.test(body);
}

/** As recorded a path that ends with dots gets a backslash behind them. */
function closed(path: string): string {
  return /\\\.{1,2}$/.test(path) ? `${path}\\` : path;
}
