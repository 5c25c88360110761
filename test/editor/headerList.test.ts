import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attributeOf, listHeaders } from '../../extension/editor/headerList.ts';
import { HTTP_QUERY_CONTENT_TYPE, HTTP_QUERY_CUSTOM, HTTP_QUERY_SET_COOKIE } from '../../extension/shared/constants.ts';

test('listHeaders numbers headers of the same name', () => {
  const raw = 'HTTP/1.1 200 OK\r\nSet-Cookie: a=1\r\nX-Own: y: z\r\nset-cookie: b=2\r\n\r\n';
  assert.deepEqual(listHeaders(raw), {
    firstLine: 'HTTP/1.1 200 OK',
    headers: [
      { name: 'Set-Cookie', value: 'a=1', attribute: HTTP_QUERY_SET_COOKIE, index: 0 },
      { name: 'X-Own', value: 'y: z', attribute: HTTP_QUERY_CUSTOM, index: 0 },
      { name: 'set-cookie', value: 'b=2', attribute: HTTP_QUERY_SET_COOKIE, index: 1 },
    ],
  });
});

test('attributeOf finds an attribute whatever the case of the name', () => {
  assert.equal(attributeOf('CONTENT-type'), HTTP_QUERY_CONTENT_TYPE);
});
