import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import * as c from '../../extension/shared/constants.ts';
import { WinInetError } from '../../extension/wininet/index.ts';
import { isDosPath, isFileUrl } from '../../extension/wininet/urlCanonicalFile.ts';
import { failsWith, leavesNothingBehind, startEngine } from './engineFixture.ts';

leavesNothingBehind();

const URL = 'ftp://us%20er:pass@ftp.example.com:2121/a%20b/c?d#e';

test('InternetCrackUrl returns the parts of a URL as texts, and where each of them starts', async (t) => {
  const { wininet } = await startEngine(t);
  const { offsets, ...parts } = await wininet.InternetCrackUrl(URL);
  assert.deepEqual(parts, {
    nScheme: c.INTERNET_SCHEME_FTP,
    nPort: 2121,
    lpszScheme: 'ftp',
    dwSchemeLength: 3,
    lpszHostName: 'ftp.example.com',
    dwHostNameLength: 15,
    lpszUserName: 'us%20er',
    dwUserNameLength: 7,
    lpszPassword: 'pass',
    dwPasswordLength: 4,
    lpszUrlPath: '/a%20b/c',
    dwUrlPathLength: 8,
    lpszExtraInfo: '?d#e',
    dwExtraInfoLength: 4,
  });
  assert.deepEqual(offsets, {
    lpszScheme: 0,
    lpszUserName: 6,
    lpszPassword: 14,
    lpszHostName: 19,
    lpszUrlPath: 39,
    lpszExtraInfo: 47,
  });
  assert.equal((await wininet.InternetCrackUrl(URL, 0, c.ICU_DECODE)).lpszUserName, 'us er');
  assert.equal((await wininet.InternetCrackUrl('http://[::1]:81/')).lpszHostName, '[::1]');
});

test('InternetCrackUrl fills a record: buffers, texts that it points to, and nothing that is not wanted', async (t) => {
  const { wininet } = await startEngine(t);
  const host = new Uint8Array(16).fill(0xaa);
  const record = { lpszHostName: host, lpszUserName: null, lpszExtraInfo: null, dwHostNameLength: 0 };
  const filled = await wininet.InternetCrackUrl(URL, 0, 0, record);
  assert.equal(filled, record);
  assert.equal(Buffer.from(host).toString('latin1'), 'ftp.example.com\0');
  assert.equal(record.dwHostNameLength, 15);
  assert.equal(record.lpszUserName, null);
  assert.equal(
    (await wininet.InternetCrackUrl(URL, 0, 0, { lpszExtraInfo: null, lpszUrlPath: '' })).lpszUrlPath,
    '/a%20b/c?d#e',
  );
});

test('InternetCrackUrl turns the path of a file URL into one of Windows, in a buffer only', async (t) => {
  const { wininet } = await startEngine(t);
  for (const [url, path] of [
    ['file:///C:/a%20b?x#y', 'C:\\a b?x#y'],
    ['file:///c|/x', 'c:\\x'],
    ['file://server/share/x', '\\\\server\\share\\x'],
    ['file://server/C:/x', '\\\\serverC:\\x'],
    ['file://localhost/C:/x', 'C:\\x'],
    ['file:////server/a%20b', '\\\\server\\a%20b'],
    ['file:///x/%2e%2e', '\\x\\..\\'],
    ['file:C:/a%20b', 'C:\\a%20b'],
    ['file:///', '\\'],
  ] as const) {
    const buffer = new Uint8Array(100);
    const record = { lpszUrlPath: buffer, dwUrlPathLength: 0 };
    await wininet.InternetCrackUrl(url, 0, 0, record);
    assert.equal(Buffer.from(buffer.subarray(0, record.dwUrlPathLength)).toString('latin1'), path, url);
  }
  assert.equal((await wininet.InternetCrackUrl('file://server/share/x')).lpszUrlPath, '/share/x');
});

test('InternetCrackUrl has no password where nothing stands behind the colon', async (t) => {
  const { wininet } = await startEngine(t);
  const { lpszUserName, lpszPassword } = await wininet.InternetCrackUrl('http://u:@h/');
  assert.deepEqual([lpszUserName, lpszPassword], ['u', null]);
});

test('InternetCrackUrl says which length a small buffer needs, and refuses what it cannot fill', async (t) => {
  const { wininet } = await startEngine(t);
  const record = { lpszHostName: new Uint8Array(15), dwHostNameLength: 15 };
  const error = await failsWith(wininet.InternetCrackUrl(URL, 0, 0, record), 'ERROR_INSUFFICIENT_BUFFER');
  assert.equal(error.requiredLength, 16);
  assert.equal(record.dwHostNameLength, 16);
  await failsWith(wininet.InternetCrackUrl(URL, 0, c.ICU_DECODE, {}), 'ERROR_INVALID_PARAMETER');
  await failsWith(wininet.InternetCrackUrl(URL, 0, 0, { dwStructSize: 60 }), 'ERROR_INVALID_PARAMETER');
  await failsWith(wininet.InternetCrackUrl(URL, 0, 0, Object.freeze({})), 'ERROR_INVALID_PARAMETER');
  await failsWith(wininet.InternetCrackUrl('http://host:65536/'), 'ERROR_INTERNET_INVALID_URL');
});

test('InternetCanonicalizeUrl keeps the brackets of an IPv6 address, and decodes to text, or in a buffer to bytes', async (t) => {
  const { wininet } = await startEngine(t);
  assert.equal(await wininet.InternetCanonicalizeUrl('http://a b@[::1]:81/c'), 'http://a%20b@[::1]:81/c');
  const flags = c.ICU_DECODE | c.ICU_NO_ENCODE;
  assert.equal(await wininet.InternetCanonicalizeUrl('http://h/%E2%82%AC', null, flags), 'http://h/\u20ac');
  const buffer = new Uint8Array(100);
  assert.equal(await wininet.InternetCanonicalizeUrl('http://h/%E2%82%AC', buffer, flags), 12);
  assert.equal(Buffer.from(buffer.subarray(0, 12)).toString('utf8'), 'http://h/\u20ac');
  // The page: escapes are resolved before the URL is parsed.
  assert.equal(await wininet.InternetCanonicalizeUrl('http://h/a/%2e%2e/b', null, c.ICU_DECODE), 'http://h/b');
});

test('InternetCreateUrl builds what InternetCrackUrl has taken apart, and neither crashes on any text', async (t) => {
  const { wininet } = await startEngine(t);
  const word = fc.stringMatching(/^[a-z0-9.%~-]{1,8}$/);
  const optional = (prefix: string) =>
    fc.option(
      word.map((text) => `${prefix}${text}`),
      { nil: '' },
    );
  const port = fc.option(
    fc.integer({ min: 1024, max: 65_535 }).map((number) => `:${number}`),
    { nil: '' },
  );
  const user = fc.option(
    fc.tuple(word, optional(':')).map((parts) => `${parts.join('')}@`),
    { nil: '' },
  );
  const scheme = fc.constantFrom('http', 'https', 'ftp', 'gopher', 'HTTP', 'other');
  const path = fc.array(word).map((words) => words.map((one) => `/${one}`).join(''));
  await fc.assert(
    fc.asyncProperty(scheme, user, word, port, path, optional('?'), async (...pieces) => {
      const [name, credentials, host, ending, way, query] = pieces;
      const front = `${name}://${credentials}${host}${ending}`;
      const built = await wininet.InternetCreateUrl(await wininet.InternetCrackUrl(`${front}${way}${query}`));
      // A path that is empty becomes the root: recorded_url.create_empty_path.
      assert.equal(built, `${front}${way || '/'}${query}`);
    }),
    { numRuns: 200, verbose: true },
  );
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.string(),
        fc.webUrl(),
        fc.string().map((text) => `http:${text}`),
      ),
      async (text) => {
        const parts = await wininet.InternetCrackUrl(text).catch(refusal);
        if (parts !== null) assert.ok(text.startsWith(`${parts.lpszScheme}:`));
      },
    ),
    { numRuns: 300, verbose: true },
  );
});

test('InternetCreateUrl takes lengths and the number of a scheme, and refuses what makes no URL', async (t) => {
  const { wininet } = await startEngine(t);
  const host = { lpszHostName: 'www.example.com', dwHostNameLength: 3 };
  assert.equal(
    await wininet.InternetCreateUrl({ nScheme: c.INTERNET_SCHEME_HTTPS, ...host, nPort: 443 }),
    'https://www',
  );
  assert.equal(await wininet.InternetCreateUrl({ lpszScheme: 'https', ...host, nPort: 80 }), 'https://www:80');
  assert.equal(await wininet.InternetCreateUrl({ lpszScheme: 'x', lpszHostName: 'h', nPort: -1 }), 'x://h:65535');
  assert.equal(await wininet.InternetCreateUrl({ lpszScheme: 'res', lpszUrlPath: 'a' }), 'res:a');
  await failsWith(wininet.InternetCreateUrl({ ...host, lpszPassword: 'x' }), 'ERROR_INVALID_PARAMETER');
  await failsWith(wininet.InternetCreateUrl({ ...host, nScheme: 99 }), 'ERROR_INVALID_PARAMETER');
});

test('InternetCanonicalizeUrl brings a URL into the same form twice, and InternetCombineUrl brings it there too', async (t) => {
  const { wininet } = await startEngine(t);
  const token = fc.constantFrom(
    'http:',
    '//',
    '/',
    '..',
    '.',
    '?',
    '#',
    ' ',
    '%',
    '\\',
    'a',
    '\t',
    ':',
    '@',
    'ä',
    '\ud800',
  );
  const tokens = fc.array(token).map((all) => all.join(''));
  const text = fc.oneof(
    fc.webUrl({ withQueryParameters: true, withFragments: true }),
    tokens,
    fc.string({ unit: 'binary' }),
  );
  await fc.assert(
    fc.asyncProperty(text, fc.oneof(tokens, fc.string()), async (url, relative) => {
      // What is a path of Windows at first is a file URL afterwards, with other rules.
      fc.pre(!isDosPath(url.replace(/[\t\r\n]/g, '').trimStart()));
      const once = await wininet.InternetCanonicalizeUrl(url);
      assert.equal(await wininet.InternetCanonicalizeUrl(once), once);
      const combined = await wininet.InternetCombineUrl(url, relative);
      // A file URL that InternetCombineUrl makes keeps the third slash, which InternetCanonicalizeUrl drops.
      if (isFileUrl(combined)) return;
      assert.equal(await wininet.InternetCanonicalizeUrl(combined), combined);
    }),
    { numRuns: 1000, verbose: true, examples: [['ahttp://\\', '']] },
  );
});

test('InternetCanonicalizeUrl escapes and decodes as its flags say, and leaves the query alone', async (t) => {
  const { wininet } = await startEngine(t);
  const canonical = (path: string, flags = 0) => wininet.InternetCanonicalizeUrl(`http://host${path}`, null, flags);
  assert.equal(await canonical('/ä b?ä b '), 'http://host/%E4%20b?ä b ');
  assert.equal(await canonical('/č&[x]'), 'http://host/%C4%8D%26%5Bx%5D');
  assert.equal(await canonical('?a'), 'http://host?a');
  assert.equal(await canonical('/a\\b%20 ', c.ICU_ENCODE_PERCENT | c.ICU_ENCODE_SPACES_ONLY), 'http://host/a/b%20');
  assert.equal(await canonical('/<b c>', c.ICU_ENCODE_SPACES_ONLY), 'http://host/<b%20c>');
  assert.equal(await canonical('/%41%20', c.ICU_DECODE), 'http://host/A%20');
  assert.equal(await canonical('/%41', c.ICU_ENCODE_PERCENT), 'http://host/%2541');
  assert.equal(await canonical('/%C3%A4', c.ICU_DECODE), 'http://host/%C3%A4');
  assert.equal(await wininet.InternetCanonicalizeUrl('ftp://h/a\\b'), 'ftp://h/a%5Cb');
  assert.equal(await wininet.InternetCanonicalizeUrl('news:a/b c'), 'news:a%2Fb%20c');
  const buffer = new Uint8Array(15);
  assert.equal(await wininet.InternetCombineUrl('http://host/a', '?b', buffer), 14);
  assert.equal(Buffer.from(buffer).toString('latin1'), 'http://host/?b\0');
});

test('InternetCanonicalizeUrl resolves dots only where something stands before them, with a host and without', async (t) => {
  const { wininet } = await startEngine(t);
  for (const [url, canonical] of [
    ['http://h/./a/./b', 'http://h/./a/b'],
    ['http://h/a/../../b', 'http://h/../b'],
    ['http://h/../../b', 'http://h/b'],
    ['/a/../b', '/b'],
    ['//h/a/../b', '//h/b'],
    ['http:/h/a/../b', 'http:/h/b'],
    ['a/../b', 'a/../b'],
  ] as const) {
    assert.equal(await wininet.InternetCanonicalizeUrl(url), canonical, url);
  }
});

test('InternetCanonicalizeUrl writes file URLs as Windows does, and paths of drives as file URLs', async (t) => {
  const { wininet } = await startEngine(t);
  for (const [url, plain, escaped] of [
    ['file:///C:/a b/../c#d', 'file://C:\\c#d', 'file://C:/c%23d'],
    ['file://server/share/a b', 'file://\\\\server\\share\\a b', 'file://server/share/a%20b'],
    ['file:///C|/a', 'file://\\C|\\a', 'file:///C%7C/a'],
    ['file://server', 'file://\\\\server\\', 'file://server/'],
    ['file:C:/a b', 'file:C:\\a b', 'file:C:/a%20b'],
    ['C:\\a b', 'file://C:\\a b', 'file://C:/a%20b'],
  ] as const) {
    assert.equal(await wininet.InternetCanonicalizeUrl(url, null, c.ICU_NO_ENCODE), plain, url);
    assert.equal(await wininet.InternetCanonicalizeUrl(url), escaped, url);
  }
  assert.equal(await wininet.InternetCombineUrl('http://h/a', 'C:\\x y'), 'file:///C:/x%20y');
});

test('InternetCombineUrl keeps the query of the base before a fragment alone', async (t) => {
  const { wininet } = await startEngine(t);
  assert.equal(await wininet.InternetCombineUrl('http://h/a/b?c#d', '#e'), 'http://h/a/b?c#e');
  assert.equal(await wininet.InternetCombineUrl('http://h', '#e'), 'http://h/#e');
  assert.equal(await wininet.InternetCombineUrl('C:\\a\\b', 'c'), 'file:///C:/a/c');
  const error = await failsWith(
    wininet.InternetCombineUrl('http://h', 'a', new Uint8Array(0)),
    'ERROR_INSUFFICIENT_BUFFER',
  );
  assert.equal(error.requiredLength, 11);
});

/** Null for a failure that is WinINet's own; others, and errors inside, are passed on. */
function refusal(error: unknown): null {
  if (error instanceof WinInetError && error.symbol !== 'ERROR_INTERNET_INTERNAL_ERROR') return null;
  throw error;
}
