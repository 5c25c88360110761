import * as vscode from 'vscode';
import { formatBytes } from '../shared/format.ts';
import { HTTP_QUERY_RAW_HEADERS_CRLF } from '../wininet/index.ts';
import type { BodyText } from './bodyDocuments.ts';
import { bodyName } from './bodyName.ts';
import { type ContentType, charsetOf, isBinary, parseContentType } from './contentType.ts';
import type { Explorer } from './explorer.ts';
import { listHeaders } from './headerList.ts';
import { hexDump } from './hexDump.ts';
import { languageOf } from './languageOf.ts';

/** What is known of a body before it is read. */
export interface BodyDescription {
  readonly contentType: ContentType;
  /** Bytes that the server announced; null where it does not say, or where the bytes are encoded. */
  readonly length: number | null;
  readonly name: string;
}

/** A dump is five times as long as its bytes, and VS Code keeps no document of more than 50 MB. */
const DUMP_LIMIT = 4 * 1024 * 1024;

/** What the headers and the address of a handle tell about its body. */
export async function describeBody(explorer: Explorer, serial: number): Promise<BodyDescription> {
  const about = explorer.node(serial);
  const name = bodyName(about?.target ?? '');
  if (about?.kind === 'ftp-find-html')
    return { contentType: { type: 'text/html', charset: 'utf-8' }, length: null, name: `${name}.html` };
  // Before there is an answer the engine refuses the reading itself, and says why.
  if (about?.kind !== 'http-request' || about.state !== 'answered')
    return { contentType: { type: '', charset: null }, length: null, name };
  const raw = String(await explorer.wininet.HttpQueryInfo(explorer.handle(serial), HTTP_QUERY_RAW_HEADERS_CRLF));
  const { headers } = listHeaders(raw);
  const value = (wanted: string) => headers.find((header) => header.name.toLowerCase() === wanted)?.value;
  const announced =
    value('content-encoding') === undefined ? Number(value('content-length') ?? Number.NaN) : Number.NaN;
  return {
    contentType: parseContentType(value('content-type')),
    length: Number.isSafeInteger(announced) ? announced : null,
    name,
  };
}

/** A body as a person reads it: decoded with the right language, or as a dump. */
export async function bodyTextOf(
  { contentType, name }: BodyDescription,
  pieces: readonly Uint8Array[],
): Promise<BodyText> {
  const bytes = Buffer.concat(pieces);
  if (isBinary(contentType, bytes)) return { name: `${name}.hex`, text: dump(bytes), language: 'plaintext' };
  const text = await decode(bytes, charsetOf(contentType, bytes));
  return { name, text, language: languageOf(contentType, name, text) };
}

function dump(bytes: Uint8Array): string {
  const text = hexDump(bytes.subarray(0, DUMP_LIMIT));
  if (bytes.length <= DUMP_LIMIT) return text;
  const rest = formatBytes(bytes.length - DUMP_LIMIT);
  return `${text}\n${vscode.l10n.t('{0} more are not shown: download the file to see them.', rest)}\n`;
}

async function decode(bytes: Uint8Array, charset: string | null): Promise<string> {
  try {
    // Names of encodings on the web are those that TextDecoder knows; without one the user's settings decide.
    return charset === null ? await vscode.workspace.decode(bytes) : new TextDecoder(charset).decode(bytes);
  } catch {
    // An encoding that nobody knows, or bytes that VS Code takes for binary: UTF-8 shows at least the ASCII part.
    return new TextDecoder().decode(bytes);
  }
}
