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
