import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseContentType } from '../../extension/editor/contentType.ts';
import { languageOf } from '../../extension/editor/languageOf.ts';

const CASES: readonly (readonly [type: string, path: string, text: string, language: string])[] = [
  ['application/json', 'x.txt', '', 'json'],
  ['application/vnd.api+json', '', '', 'json'],
  ['text/html; charset=utf-8', 'x', '', 'html'],
  ['application/xhtml+xml', '', '', 'html'],
  ['image/svg+xml', '', '', 'xml'],
  ['application/atom+xml', '', '', 'xml'],
  ['text/javascript', '', '', 'javascript'],
  ['text/plain', 'pub/hello.c', '', 'c'],
  ['', 'script.PY?x=1', '', 'python'],
  ['', 'constructor', 'plain', 'plaintext'],
  ['', 'x.constructor', 'plain', 'plaintext'],
  ['', 'data', ' {"a": 1}', 'json'],
  ['', 'data', '[not json', 'plaintext'],
  ['', 'data', '<!DOCTYPE html><p>', 'html'],
  ['', 'data', '<?xml version="1.0"?><a/>', 'xml'],
  ['', 'data', '<note id="1">', 'xml'],
  ['text/plain', 'data', 'Hello', 'plaintext'],
];

for (const [type, path, text, language] of CASES) {
  test(`languageOf finds ${language} for type "${type}", path "${path}", text "${text}"`, () => {
    assert.equal(languageOf(parseContentType(type), path, text), language);
  });
}
