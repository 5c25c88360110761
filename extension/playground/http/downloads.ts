import { Readable } from 'node:stream';
import type { Route } from './route.ts';
import { sendResource } from './sendResource.ts';

interface DownloadRow {
  readonly slug: string;
  readonly title: string;
  readonly disposition: string;
  readonly detail: string;
}

const rows: readonly DownloadRow[] = [
  {
    slug: 'plain',
    title: 'Plain name',
    disposition: 'attachment; filename="report.txt"',
    detail: 'A file name without surprises.',
  },
  {
    slug: 'spaces',
    title: 'Name with spaces and a semicolon',
    disposition: 'attachment; filename="annual report; final (2).txt"',
    detail: 'Splitting the header at semicolons cuts this name in two.',
  },
  {
    slug: 'quotes',
    title: 'Name with quotes',
    disposition: 'attachment; filename="the \\"best\\" report.txt"',
    detail: 'Quotes inside the name are escaped with a backslash.',
  },
  {
    slug: 'unicode',
    title: 'Name in Unicode',
    disposition:
      'attachment; filename="naive cafe.txt"; filename*=UTF-8\'\'na%C3%AFve%20caf%C3%A9%20%E6%97%A5%E6%9C%AC.txt',
    detail: 'Two names: a plain one for old clients and the real one in RFC 8187 form.',
  },
  {
    slug: 'raw',
    title: 'Name in undeclared bytes',
    // Header values are bytes; this is "café.txt" in UTF-8, written one byte to a character.
    disposition: 'attachment; filename="caf\u00c3\u00a9.txt"',
    detail: 'UTF-8 bytes in a header that never declares them, as many servers send.',
  },
  {
    slug: 'path',
    title: 'Name with a path',
    disposition: 'attachment; filename="../../etc/evil.txt"',
    detail: 'A name that tries to climb out of the download folder: only its last part may be used.',
  },
  {
    slug: 'device',
    title: 'Name of a device',
    disposition: 'attachment; filename="CON.txt"',
    detail: 'A name that Windows reserves for the console.',
  },
  {
    slug: 'long',
    title: 'Name of 300 letters',
    disposition: `attachment; filename="${'long'.repeat(74)}.txt"`,
    detail: 'Longer than file systems allow.',
  },
  {
    slug: 'empty',
    title: 'Empty name',
    disposition: 'attachment; filename=""',
    detail: 'A name of no letters at all.',
  },
  {
    slug: 'none',
    title: 'No name',
    disposition: 'attachment',
    detail: 'To be saved, but the name is up to the client.',
  },
];

/** Downloads whose file names test the client. */
export const downloadRoutes: readonly Route[] = rows.map((row) => ({
  path: `/download/${row.slug}`,
  group: 'Downloads',
  title: row.title,
  detail: row.detail,
  answer: (exchange) => {
    const bytes = Buffer.from(`${row.detail}\n\nContent-Disposition: ${row.disposition}\n`, 'latin1');
    return sendResource(exchange, {
      size: bytes.length,
      type: 'application/octet-stream',
      etag: `"download-${row.slug}"`,
      modified: new Date(Date.UTC(2001, 8, 9, 1, 46, 40)),
      headers: { 'Content-Disposition': row.disposition },
      open: (start, end) => Readable.from([bytes.subarray(start, end)], { objectMode: false }),
    });
  },
}));
