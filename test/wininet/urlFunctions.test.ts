import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import * as c from '../../extension/shared/constants.ts';
import { WinInetError } from '../../extension/wininet/index.ts';
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
      const [name, ...rest] = pieces;
      const url = `${name}://${rest.join('')}`;
      assert.equal(await wininet.InternetCreateUrl(await wininet.InternetCrackUrl(url)), url);
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
      const once = await wininet.InternetCanonicalizeUrl(url);
      assert.equal(await wininet.InternetCanonicalizeUrl(once), once);
      const combined = await wininet.InternetCombineUrl(url, relative);
      assert.equal(await wininet.InternetCanonicalizeUrl(combined), combined);
    }),
    { numRuns: 1000, verbose: true, examples: [['ahttp://\\', '']] },
  );
});

test('InternetCanonicalizeUrl escapes and decodes as its flags say, and leaves the query alone', async (t) => {
  const { wininet } = await startEngine(t);
  const canonical = (path: string, flags = 0) => wininet.InternetCanonicalizeUrl(`http://host${path}`, null, flags);
  assert.equal(await canonical('/ä b?ä b '), 'http://host/%C3%A4%20b?ä b ');
  assert.equal(await canonical('/<b c>', c.ICU_ENCODE_SPACES_ONLY), 'http://host/<b%20c>');
  assert.equal(await canonical('/%41%20', c.ICU_DECODE), 'http://host/A%20');
  assert.equal(await canonical('/%41', c.ICU_ENCODE_PERCENT), 'http://host/%2541');
  const buffer = new Uint8Array(15);
  assert.equal(await wininet.InternetCombineUrl('http://host/a', '?b', buffer), 14);
  assert.equal(Buffer.from(buffer).toString('latin1'), 'http://host/?b\0');
});

/** Null for a failure that is WinINet's own; others, and errors inside, are passed on. */
function refusal(error: unknown): null {
  if (error instanceof WinInetError && error.symbol !== 'ERROR_INTERNET_INTERNAL_ERROR') return null;
  throw error;
}
