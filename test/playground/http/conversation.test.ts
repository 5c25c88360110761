import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { request } from 'node:http';
import { test } from 'node:test';
import { withPlayground } from '../withPlayground.ts';
import { exchange } from './exchange.ts';

const playground = withPlayground();
const at = (path: string): URL => new URL(path, playground().http);

test('authenticationRoutes let the right Basic credentials in and nobody else', async () => {
  const first = await exchange(at('/auth/basic'));
  assert.equal(first.status, 401);
  assert.match(first.headers['www-authenticate'] ?? '', /^Basic realm="HINTERNET playground"/);
  assert.equal((await exchange(at('/auth/basic'), { auth: 'ada:lovelace' })).status, 200);
  assert.equal((await exchange(at('/auth/basic'), { auth: 'ada:wrong' })).status, 401);
});

function digestHeader(challenge: string, target: string, hash: 'md5' | 'sha256', password: string): string {
  const nonce = /nonce="([^"]+)"/.exec(challenge)?.[1] ?? '';
  const algorithm = /algorithm=([^,]+)/.exec(challenge)?.[1] ?? '';
  const digest = (text: string): string => createHash(hash).update(text).digest('hex');
  const inner = digest(`ada:HINTERNET playground:${password}`);
  const response = digest(`${inner}:${nonce}:00000001:0a4f:auth:${digest(`GET:${target}`)}`);
  return `Digest username="ada", realm="HINTERNET playground", nonce="${nonce}", uri="${target}", algorithm=${algorithm}, qop=auth, nc=00000001, cnonce="0a4f", response="${response}"`;
}

test('judgeDigest accepts a digest computed as RFC 7616 says, for MD5 and SHA-256', async () => {
  for (const [path, hash] of [
    ['/auth/digest?a=b', 'md5'],
    ['/auth/digest-sha256', 'sha256'],
  ] as const) {
    const challenge = (await exchange(at(path))).headers['www-authenticate'] ?? '';
    const attempt = async (password: string) => {
      const headers = { Authorization: digestHeader(challenge, path, hash, password) };
      return (await exchange(at(path), { headers })).status;
    };
    assert.equal(await attempt('lovelace'), 200, path);
    assert.equal(await attempt('wrong'), 401, path);
  }
});

test('judgeDigest calls a nonce stale that this server has not made', async () => {
  const foreign = digestHeader('nonce="Zm9yZWlnbg==", algorithm=MD5,', '/auth/digest', 'md5', 'lovelace');
  const answer = await exchange(at('/auth/digest'), { headers: { Authorization: foreign } });
  assert.equal(answer.status, 401);
  assert.match(answer.headers['www-authenticate'] ?? '', /stale=true/);
});

test('authenticationRoutes offer several schemes as separate challenges', async () => {
  const { rawHeaders } = await exchange(at('/auth/choice'));
  assert.equal(rawHeaders.filter((name) => name === 'WWW-Authenticate').length, 2);
  assert.equal((await exchange(at('/auth/ntlm'))).headers['www-authenticate'], 'NTLM');
  assert.equal((await exchange(at('/auth/negotiate'))).headers['www-authenticate'], 'Negotiate');
});

test('cookieRoutes set, show and expire cookies', async () => {
  const set = (await exchange(at('/cookies/set'))).headers['set-cookie'] ?? [];
  assert.equal(set.length, 5);
  assert.ok(set.some((cookie) => cookie.includes('HttpOnly')));
  const shown = await exchange(at('/cookies/show/'), {
    headers: { Cookie: 'session=until-the-end; lasting=one-hour' },
  });
  assert.equal(shown.body.toString(), 'session=until-the-end\nlasting=one-hour\n');
  assert.match((await exchange(at('/cookies/show/'))).body.toString(), /^No cookies/);
  const expired = (await exchange(at('/cookies/expire'))).headers['set-cookie'] ?? [];
  const names = (cookies: readonly string[]) => cookies.map((cookie) => cookie.split('=')[0]);
  for (const name of names(set)) {
    assert.ok(names(expired).includes(name), name);
  }
});

test('echoRoutes repeat the request line, the headers as written and the body', async () => {
  const body = 'naïve café\r\n\r\n';
  const answer = await exchange(at('/echo?a=%20b'), { method: 'PATCH', headers: { 'X-mIxEd': 'Yes' }, body });
  assert.match(answer.body.toString(), /^PATCH \/echo\?a=%20b HTTP\/1\.1\r\n/);
  assert.match(answer.body.toString(), /\r\nX-mIxEd: Yes\r\n/);
  assert.ok(answer.body.toString().endsWith(`\r\n\r\n${body}`));
});

test('echoRoutes send a body back while it still arrives', async () => {
  const outgoing = request(at('/echo/body'), { method: 'POST', agent: false, headers: { 'Content-Type': 'a/b' } });
  outgoing.write('first');
  const [incoming] = await once(outgoing, 'response');
  assert.equal(incoming.headers['content-type'], 'a/b');
  const [first] = await once(incoming, 'data');
  assert.equal(String(first), 'first');
  outgoing.end('second');
  const [second] = await once(incoming, 'data');
  assert.equal(String(second), 'second');
});

test('echoRoutes count and digest an upload', async () => {
  const body = Buffer.alloc(5_000_000, 'upload');
  const answer = await exchange(at('/upload'), { method: 'PUT', body });
  const report = JSON.parse(answer.body.toString());
  assert.equal(report.bytes, body.length);
  assert.equal(report.sha256, createHash('sha256').update(body).digest('hex'));
});

test('echoRoutes refuse to hold a body of more than 1 MiB', async () => {
  const tooLong = await exchange(at('/echo'), { method: 'POST', body: Buffer.alloc(1024 * 1024 + 1) }).catch(String);
  // The refusal may arrive, or the connection may end first, while the client still sends.
  assert.ok(typeof tooLong === 'string' || tooLong.status === 413);
});

test('echoRoutes list the fields of forms sent with GET and POST', async () => {
  const fields = [
    { name: 'name', value: 'naïve café' },
    { name: 'sum', value: '1+1=2 & more' },
  ];
  const form = new URLSearchParams(fields.map(({ name, value }) => [name, value]));
  const posted = await fetch(at('/form/submit'), { method: 'POST', body: form });
  assert.deepEqual(await posted.json(), { method: 'POST', fields });
  const got = await fetch(at(`/form/submit?${form}`));
  assert.deepEqual(await got.json(), { method: 'GET', fields });
  assert.match(await (await fetch(at('/form'))).text(), /action="\/form\/submit"/);
});
