import type { ByteSource } from './ports/driver.ts';
import type { FtpEntry } from './ports/ftp.ts';

/** The page that InternetOpenUrl shows for an FTP folder. */
export function folderPage(url: string, entries: readonly FtpEntry[]): string {
  const title = escapeHtml(`FTP folder ${url}`);
  const rows = [...entries]
    .sort((one, other) => Number(other.isDirectory) - Number(one.isDirectory) || one.name.localeCompare(other.name))
    .map(folderRow);
  return [
    '<!DOCTYPE html>',
    `<html><head><meta charset="utf-8"><title>${title}</title></head><body>`,
    `<h1>${title}</h1>`,
    '<pre>',
    '<a href="../">../</a>',
    ...rows,
    '</pre>',
    '</body></html>',
    '',
  ].join('\r\n');
}

/** Bytes that are there from the start, pulled like any others. */
export function sourceOf(bytes: Uint8Array): ByteSource {
  let at = 0;
  return {
    size: bytes.length,
    read(into) {
      const part = bytes.subarray(at, at + into.length);
      into.set(part);
      at += part.length;
      return part.length;
    },
    available: () => bytes.length - at,
    cancel() {
      at = bytes.length;
      return Promise.resolve();
    },
  };
}

function folderRow(entry: FtpEntry): string {
  const date = entry.modified === null ? ' '.repeat(16) : entry.modified.toISOString().slice(0, 16).replace('T', ' ');
  const size = entry.isDirectory ? 'folder' : String(entry.size);
  const end = entry.isDirectory ? '/' : '';
  const link = `<a href="${encodeURIComponent(entry.name)}${end}">${escapeHtml(entry.name)}${end}</a>`;
  return `${date} ${size.padStart(14)}  ${link}`;
}

/** Text as it stands in a page. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
