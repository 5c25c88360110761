import type { GopherItem } from '../shared/gopherItem.ts';
import { escapeHtml } from './folderPage.ts';
import { gopherUrlOf } from './gopherUrl.ts';
import type { GopherEntry } from './ports/gopher.ts';

/** What stands before an item, in one width, for a reader who cannot see where it leads. */
const MARKS: Readonly<Record<string, string>> = {
  '0': 'text',
  '1': 'menu',
  '2': 'phone book',
  '3': 'error',
  '7': 'search',
  '8': 'telnet',
  T: 'telnet',
  h: 'page',
  i: '',
  g: 'image',
  I: 'image',
  s: 'sound',
};
const OTHER_MARK = 'file';
const MARK_WIDTH = 12;

/** The page that InternetOpenUrl shows for a Gopher menu. */
export function menuPage(url: string, entries: readonly GopherEntry[]): string {
  return page(`Gopher menu ${url}`, ['<pre>', ...entries.map(({ item }) => row(item)), '</pre>']);
}

/** The page for a search that has no words yet: its form sends them behind a question mark. */
export function searchPage(url: string): string {
  const field = '<input name="" type="search" aria-label="Words to search for">';
  return page(`Gopher search ${url}`, [`<form action="${escapeHtml(url)}">${field} <button>Search</button></form>`]);
}

function page(title: string, body: readonly string[]): string {
  const words = escapeHtml(title);
  return [
    '<!DOCTYPE html>',
    `<html><head><meta charset="utf-8"><title>${words}</title></head><body>`,
    `<h1>${words}</h1>`,
    ...body,
    '</body></html>',
    '',
  ].join('\r\n');
}

function row(item: GopherItem): string {
  const words = escapeHtml(item.display);
  const mark = (MARKS[item.type] ?? OTHER_MARK).padStart(MARK_WIDTH);
  const link = linkOf(item);
  return link === null ? `${mark}  ${words}` : `${mark}  <a href="${escapeHtml(link)}">${words}</a>`;
}

function linkOf(item: GopherItem): string | null {
  const { type, host, port, selector } = item;
  if (type === 'i' || type === '3' || host === '') return null;
  if (type === '8' || type === 'T') return `telnet://${host}:${port}/`;
  // Menus lead into the web with such a selector; other schemes, as javascript, are not let through.
  const outside = /^URL:((?:https?|ftp|gopher):\/\/.*)$/is.exec(selector)?.[1];
  return outside ?? gopherUrlOf(item);
}
