import assert from 'node:assert/strict';
import { test } from 'node:test';
import { charsetOf, isBinary, parseContentType } from '../../extension/editor/contentType.ts';

const NOTHING = parseContentType(undefined);

test('parseContentType takes type and charset apart, in lower case', () => {
  assert.deepEqual(parseContentType('Text/HTML; a=b; Charset="UTF-8"'), { type: 'text/html', charset: 'utf-8' });
});

test('parseContentType makes nothing of an absent header', () => {
  assert.deepEqual(NOTHING, { type: '', charset: null });
});

test('charsetOf believes a byte order mark before the server', () => {
  const type = parseContentType('text/plain; charset=windows-1252');
  assert.equal(charsetOf(type, Uint8Array.of(0xff, 0xfe, 0x41, 0)), 'utf-16le');
  assert.equal(charsetOf(type, Uint8Array.of(0xfe, 0xff, 0, 0x41)), 'utf-16be');
  assert.equal(charsetOf(type, Uint8Array.of(0xef, 0xbb, 0xbf, 0x41)), 'utf-8');
});

test('charsetOf believes the server before the text', () => {
  const bytes = Buffer.from('<meta charset=koi8-r>');
  assert.equal(charsetOf(parseContentType('text/html; charset=utf-8'), bytes), 'utf-8');
  assert.equal(charsetOf(parseContentType('text/html'), bytes), 'koi8-r');
});

test('charsetOf reads the declaration of XML', () => {
  const bytes = Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><a/>');
  assert.equal(charsetOf(NOTHING, bytes), 'iso-8859-1');
});

test('charsetOf answers null where nobody declares anything', () => {
  assert.equal(charsetOf(NOTHING, Buffer.from('plain')), null);
});

const TEXT = Buffer.from('text');
const NUL = Buffer.from('a\0b');

test('isBinary finds types that are no text', () => {
  for (const type of ['image/png', 'application/octet-stream', 'application/zip', 'video/mp4', 'font/woff2']) {
    assert.equal(isBinary(parseContentType(type), TEXT), true, type);
  }
});

test('isBinary takes structured formats for text', () => {
  const types = ['application/json', 'application/problem+json', 'application/xml', 'image/svg+xml', 'text/anything'];
  for (const type of types) assert.equal(isBinary(parseContentType(type), TEXT), false, type);
});

test('isBinary finds NUL, unless the encoding explains it', () => {
  assert.equal(isBinary(NOTHING, NUL), true);
  assert.equal(isBinary(parseContentType('text/plain'), NUL), true);
  assert.equal(isBinary(parseContentType('text/plain; charset=utf-16le'), NUL), false);
  assert.equal(isBinary(NOTHING, TEXT), false);
});
