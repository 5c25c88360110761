import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  escapeObjectName,
  joinUrl,
  resolveUrl,
  splitUrl,
  unescapeText,
  withCleanPath,
} from '../../extension/wininet/url.ts';
import { CallFailure } from '../../extension/wininet/winInetError.ts';

test('splitUrl takes a URL apart, with the port of its scheme where none is given', () => {
  assert.deepEqual(splitUrl('HTTP://us%20er:p%40ss@Host.example:8080/a/b?c#d'), {
    scheme: 'http',
    user: 'us er',
    password: 'p@ss',
    host: 'Host.example',
    port: 8080,
    path: '/a/b?c#d',
  });
  const ports = ['http', 'https', 'ftp', 'gopher'].map((scheme) => splitUrl(`${scheme}://h`).port);
  assert.deepEqual(ports, [80, 443, 21, 70]);
  assert.equal(splitUrl('http://[::1]:81/').host, '[::1]');
  assert.equal(splitUrl('http://h?q').path, '/?q');
});

test('splitUrl fails with an error of WinINet, whatever text it gets, or answers parts that can be joined again', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.webUrl(),
        fc.string().map((text) => `http://${text}`),
        fc.string(),
      ),
      (text) => {
        try {
          const parts = splitUrl(text);
          assert.ok(parts.host !== '' && parts.port > 0 && parts.port < 65_536 && parts.path.startsWith('/'));
          assert.deepEqual(splitUrl(joinUrl(parts)), { ...parts, user: null, password: null });
        } catch (error) {
          assert.ok(error instanceof CallFailure, String(error));
        }
      },
    ),
    { numRuns: 500 },
  );
});

/** Also halves of characters, as a program may pass them. */
const anyText = fc.array(fc.nat(0xffff)).map((units) => String.fromCharCode(...units));

test('withCleanPath and escapeObjectName leave nothing that could end a request line', () => {
  fc.assert(
    fc.property(anyText, (path) => {
      const { path: clean } = withCleanPath({ ...splitUrl('http://h/'), path: `/${path}` });
      for (const text of [clean, escapeObjectName(path)]) assert.match(text, /^\/[!-~]*$/);
    }),
  );
});

test('resolveUrl resolves a target as a browser does where WinINet has no rule of its own', () => {
  const base = splitUrl('http://host:81/a/b/c?q');
  for (const target of ['../x', './y', '/z', 'w', '//other/p', 'https://secure/s', '/a/../../../b', 'd/./e/..']) {
    const { href } = new URL(target, 'http://host:81/a/b/c?q');
    assert.equal(joinUrl(resolveUrl(base, target)), href, target);
  }
  assert.equal(joinUrl(resolveUrl(base, '?only')), 'http://host:81/a/b/?only', 'the original drops the last segment');
});

test('resolveUrl reads a path of any length, as a server may name one', () => {
  const long = `/${'a'.repeat(1_000_000)}/`;
  assert.equal(resolveUrl(splitUrl(`http://h${long}b?/c`), 'd').path, `${long}d`);
});

test('splitUrl refuses a host with control characters', () => {
  for (const host of ['\0', 'a\x01b', 'a\x7f']) {
    for (const scheme of ['http', 'ftp', 'gopher']) {
      assert.throws(() => splitUrl(`${scheme}://${host}/`), new CallFailure('ERROR_INTERNET_INVALID_URL'));
    }
  }
});

test('unescapeText resolves escapes as UTF-8 and leaves broken ones as they are', () => {
  assert.equal(unescapeText('caf%C3%A9%20x'), 'café x');
  assert.equal(unescapeText('100% sure'), '100% sure');
});
