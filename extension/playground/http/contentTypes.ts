import { sendBytes } from './answers.ts';
import { pngImage } from './pngImage.ts';
import type { Route } from './route.ts';

const BYTE_ORDER_MARK = '\u{feff}';
const SAMPLE = 'Grüße aus Zürich, naïve café, ½ € – and nothing else.\n';
const WIDE_SAMPLE = 'Grüße, Ελληνικά, русский, עברית, 日本語, 🌍\n';

interface ContentRow {
  readonly path: string;
  readonly type: string;
  readonly title: string;
  readonly detail: string;
  readonly bytes: () => Buffer;
}

const rows: readonly ContentRow[] = [
  {
    path: '/content/utf-8.txt',
    type: 'text/plain; charset=utf-8',
    title: 'UTF-8 text',
    detail: 'Many scripts, with the charset declared.',
    bytes: () => Buffer.from(WIDE_SAMPLE),
  },
  {
    path: '/content/windows-1252.txt',
    type: 'text/plain; charset=windows-1252',
    title: 'Windows-1252 text',
    detail: 'The old Western encoding of Windows, with the euro sign and the dash that Latin-1 lacks.',
    bytes: () => windows1252(SAMPLE),
  },
  {
    path: '/content/latin-1.txt',
    type: 'text/plain; charset=iso-8859-1',
    title: 'Latin-1 text',
    detail: 'One byte for each letter: read as UTF-8 it is damaged.',
    bytes: () => Buffer.from('Grüße aus Zürich, naïve café, ½.\n', 'latin1'),
  },
  {
    path: '/content/utf-16.txt',
    type: 'text/plain; charset=utf-16',
    title: 'UTF-16 text',
    detail: 'Two bytes for most letters, little end first, with a byte order mark.',
    bytes: () => Buffer.from(BYTE_ORDER_MARK + WIDE_SAMPLE, 'utf16le'),
  },
  {
    path: '/content/undeclared.txt',
    type: 'text/plain',
    title: 'Text without a charset',
    detail: 'UTF-8 that nobody declares: the program has to guess.',
    bytes: () => Buffer.from(WIDE_SAMPLE),
  },
  {
    path: '/content/page.html',
    type: 'text/html; charset=utf-8',
    title: 'HTML page',
    detail: 'A small page with a picture and links.',
    bytes: () =>
      Buffer.from(
        '<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>A page</title>\n<h1>A page</h1>\n' +
          '<p><img src="picture.png" alt="A colour gradient" width="64" height="64"></p>\n<p><a href="/">All pages</a></p></html>\n',
      ),
  },
  {
    path: '/content/data.json',
    type: 'application/json',
    title: 'JSON',
    detail: 'An object with every kind of value.',
    bytes: () =>
      Buffer.from(
        '{\n  "text": "naïve café",\n  "number": 1.5,\n  "list": [1, 2, 3],\n  "yes": true,\n  "nothing": null\n}\n',
      ),
  },
  {
    path: '/content/data.xml',
    type: 'application/xml; charset=utf-8',
    title: 'XML',
    detail: 'A small document with a declaration, a namespace and an entity.',
    bytes: () =>
      Buffer.from(
        '<?xml version="1.0" encoding="utf-8"?>\n<handles xmlns="urn:playground">\n' +
          '  <handle kind="session">InternetOpen</handle>\n  <handle kind="connection">Ada &amp; Co.</handle>\n</handles>\n',
      ),
  },
  {
    path: '/content/picture.png',
    type: 'image/png',
    title: 'PNG picture',
    detail: 'A picture of 64 by 64 pixels.',
    bytes: () => pngImage(64),
  },
  {
    path: '/content/octets.bin',
    type: 'application/octet-stream',
    title: 'All byte values',
    detail: 'The 256 bytes from 0 to 255: any translation on the way shows.',
    bytes: () => Buffer.from(Array.from({ length: 256 }, (_, value) => value)),
  },
];

/** One page for every type and charset of content. */
export const contentTypeRoutes: readonly Route[] = rows.map((row) => ({
  path: row.path,
  group: 'Content types',
  title: row.title,
  detail: row.detail,
  answer: (exchange) => sendBytes(exchange, 200, row.type, row.bytes()),
}));

function windows1252(text: string): Buffer {
  return Buffer.from(text.replaceAll('€', '\u0080').replaceAll('–', '\u0096'), 'latin1');
}
