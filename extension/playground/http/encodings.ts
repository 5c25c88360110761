import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { sendBytes } from './answers.ts';
import type { Route } from './route.ts';

/** The text behind every compressed answer. */
export const ENCODED_TEXT = Array.from(
  { length: 200 },
  (_, line) =>
    `${String(line + 1).padStart(3, ' ')}  On the wire this text is much shorter than it looks. Größe zählt nicht.\n`,
).join('');

interface EncodingRow {
  readonly path: string;
  readonly encoding: string;
  readonly title: string;
  readonly detail: string;
  readonly encode: (text: Buffer) => Buffer;
}

const rows: readonly EncodingRow[] = [
  {
    path: '/encoding/gzip',
    encoding: 'gzip',
    title: 'gzip',
    detail: 'Compressed with gzip: without INTERNET_OPTION_HTTP_DECODING the program reads the compressed bytes.',
    encode: (text) => gzipSync(text),
  },
  {
    path: '/encoding/deflate',
    encoding: 'deflate',
    title: 'deflate',
    detail: 'Compressed with deflate in its zlib wrapping, as the standard asks.',
    encode: (text) => deflateSync(text),
  },
  {
    path: '/encoding/deflate-raw',
    encoding: 'deflate',
    title: 'deflate, bare',
    detail: 'The same name without the zlib wrapping, as some servers misread the standard.',
    encode: (text) => deflateRawSync(text),
  },
  {
    path: '/encoding/br',
    encoding: 'br',
    title: 'Brotli',
    detail: 'Compressed with Brotli, which WinINet does not know.',
    encode: (text) => brotliCompressSync(text),
  },
  {
    path: '/encoding/gzip-broken',
    encoding: 'gzip',
    title: 'gzip, cut off',
    detail:
      'The length is right, but the compressed data ends too early: some decoders fail, others lose the end in silence.',
    encode: (text) => gzipSync(text).subarray(0, -20),
  },
  {
    path: '/encoding/unknown',
    encoding: 'x-martian',
    title: 'Unknown encoding',
    detail: 'Claims an encoding that nobody knows, so the bytes must reach the program untouched.',
    encode: (text) => text,
  },
];

/** Answers whose Content-Encoding is not identity, sent whatever Accept-Encoding says. */
export const encodingRoutes: readonly Route[] = rows.map((row) => ({
  path: row.path,
  group: 'Compressed answers',
  title: row.title,
  detail: row.detail,
  answer: (exchange) => {
    const headers = { 'Content-Encoding': row.encoding, Vary: 'Accept-Encoding' };
    sendBytes(exchange, 200, 'text/plain; charset=utf-8', row.encode(Buffer.from(ENCODED_TEXT)), headers);
  },
}));
