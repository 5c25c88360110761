import assert from 'node:assert/strict';
import { STATUS_CODES } from 'node:http';
import { test } from 'node:test';
import { withPlayground } from '../withPlayground.ts';
import { exchange } from './exchange.ts';

const playground = withPlayground();
const at = (path: string): URL => new URL(path, playground().http);

test('statusRoutes answer every listed status with its own code and words', async () => {
  const listed = playground().addresses.filter(({ protocol, url }) => protocol === 'http' && /\/status\/\d/.test(url));
  assert.ok(listed.length >= 30);
  for (const { url, title } of listed) {
    const code = Number(url.slice(-3));
    const answer = await exchange(new URL(url));
    // 206 and 304 answer conditions, which this request does not set.
    assert.equal(answer.status, code === 206 || code === 304 ? 200 : code, url);
    assert.equal(answer.reason, STATUS_CODES[answer.status]);
    assert.equal(title, `${code} ${STATUS_CODES[code]}`);
  }
});

test('statusRoutes send the header that belongs to the status', async () => {
  assert.equal((await exchange(at('/status/429'))).headers['retry-after'], '5');
  assert.ok(Date.parse((await exchange(at('/status/503'))).headers['retry-after'] ?? '') > 0);
  assert.equal((await exchange(at('/status/405'))).headers.allow, 'PUT');
  assert.match((await exchange(at('/status/401'))).headers['www-authenticate'] ?? '', /^Basic realm=/);
  assert.equal((await exchange(at('/status/301'))).headers.location, '/redirect/landing');
});

test('statusRoutes answer 206 to a Range and 304 to the right If-None-Match', async () => {
  const part = await exchange(at('/status/206'), { headers: { Range: 'bytes=64-127' } });
  assert.equal(part.status, 206);
  assert.equal(part.headers['content-range'], 'bytes 64-127/10000');
  assert.match(part.body.toString(), /^Line 0001 .*\n$/);
  const first = await exchange(at('/status/304'));
  const second = await exchange(at('/status/304'), { headers: { 'If-None-Match': first.headers.etag ?? '' } });
  assert.equal(second.status, 304);
  assert.equal(second.body.length, 0);
});

test('statusRoutes leave the words of the status line free', async () => {
  assert.equal((await exchange(at('/status/own-words'))).reason, 'Everything Is Splendid');
  assert.equal((await exchange(at('/status/no-words'))).reason, '');
});

test('startWebServer answers 404 for unknown paths, 405 with Allow for other methods and 204 for OPTIONS', async () => {
  assert.equal((await exchange(at('/no/such/page'))).status, 404);
  const refused = await exchange(at('/'), { method: 'DELETE' });
  assert.equal(refused.status, 405);
  assert.equal(refused.headers.allow, 'GET, HEAD, OPTIONS');
  const options = await exchange(at('/'), { method: 'OPTIONS' });
  assert.equal(options.status, 204);
  assert.equal(options.headers.allow, 'GET, HEAD, OPTIONS');
});
