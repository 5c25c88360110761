import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { MASK, redact } from '../../extension/shared/redact.ts';

/** Text that stands for a secret: nothing of it may survive. */
const anySecret = fc.stringMatching(/^[A-Za-z0-9+/=._~-]{6,20}$/).map((text) => `s3kr1t${text}`);
const anyUrlSecret = fc.stringMatching(/^[A-Za-z0-9+=._~-]{6,20}$/).map((text) => `s3kr1t${text}`);
const anyHeader = fc.constantFrom(
  'Authorization',
  'Proxy-Authorization',
  'Cookie',
  'Cookie2',
  'Set-Cookie',
  'Set-Cookie2',
  'X-Api-Key',
  'X-Auth-Token',
);

test('redact masks the value of every header that carries credentials or cookies, wherever the line stands', () => {
  fc.assert(
    fc.property(anyHeader, anySecret, fc.nat(5), fc.boolean(), (header, secret, place, capitals) => {
      const line = `${capitals ? header.toUpperCase() : header}: Basic ${secret}; more=${secret}`;
      const text = [
        line,
        `GET / HTTP/1.1\r\nHost: a\r\n${line}\r\n\r\n`,
        `HTTP/1.1 200 OK\0${line}\0Server: x\0\0`,
        `  ${line}`,
        `Host: a\n\t${line}`,
        `${line}\r\n ${secret}`,
      ][place];
      assert.ok(!redact(text ?? '').includes('s3kr1t'), JSON.stringify(redact(text ?? '')));
    }),
  );
});

test('redact leaves the other lines of a head alone', () => {
  const head = 'GET /a?b=c HTTP/1.1\r\nHost: a\r\nCookie: sid=1\r\nAccept: */*\r\n\r\n';
  assert.equal(redact(head), `GET /a?b=c HTTP/1.1\r\nHost: a\r\nCookie: ${MASK}\r\nAccept: */*\r\n\r\n`);
  assert.equal(redact('A\0Set-Cookie: a=b\0Server: x\0\0'), `A\0Set-Cookie: ${MASK}\0Server: x\0\0`);
});

test('redact masks user and password in URLs, also where an @ or a colon was not escaped', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('http', 'https', 'ftp', 'gopher'),
      anyUrlSecret,
      fc.constantFrom('', ':', '@', ':@'),
      fc.nat(2),
      (scheme, secret, odd, place) => {
        const url = `${scheme}://user:${secret}${odd}${secret}@host:81/path?x=1`;
        const text = [url, `The server redirects to ${url}.`, `<a href="${url}">`][place] ?? '';
        assert.ok(!redact(text).includes('s3kr1t'), redact(text));
        assert.ok(redact(text).includes('host:81/path?x=1'), redact(text));
      },
    ),
  );
});

test('redact masks the userinfo of a relative URL, and leaves an @ in a path alone', () => {
  assert.equal(redact('//ada:s3kr1t@host/path'), `//${MASK}@host/path`);
  assert.equal(redact('http://host/a//b@c'), 'http://host/a//b@c');
});

test('redact masks query values that are named like secrets and keeps the others', () => {
  for (const name of ['token', 'access_token', 'api_key', 'apikey', 'password', 'PASSWD', 'sig', 'session', 'code']) {
    assert.equal(redact(`http://h/p?a=1&${name}=s3kr1t&b=2#f`), `http://h/p?a=1&${name}=${MASK}&b=2#f`);
  }
  assert.equal(redact('http://h/p?tokenizer=bpe&monkey=1'), 'http://h/p?tokenizer=bpe&monkey=1');
});

test('redact masks the passwords of FTP', () => {
  assert.equal(redact('PASS s3kr1t word'), `PASS ${MASK}`);
  assert.equal(redact('USER ada\r\nPASS s3kr1t\r\nacct s3kr1t'), `USER ada\r\nPASS ${MASK}\r\nacct ${MASK}`);
  assert.equal(redact('331 Password required'), '331 Password required');
});

test('redact changes nothing the second time', () => {
  fc.assert(
    fc.property(fc.string(), anySecret, (text, secret) => {
      const once = redact(`${text}\r\nCookie: ${secret}\r\nhttp://u:${secret}@h/?token=${secret}`);
      assert.equal(redact(once), once);
    }),
  );
});

test('redact answers long hostile text without delay', () => {
  const hostile = [
    `http://${'a'.repeat(200_000)}`,
    `${'Cookie: a\r\n '.repeat(20_000)}`,
    `${'?token='.repeat(30_000)}`,
    'a.'.repeat(150_000),
  ];
  for (const text of hostile) assert.ok(redact(text).length > 0);
});

test('redact masks private keys, encrypted ones and cut ones too, and leaves certificates', () => {
  for (const kind of ['', 'RSA ', 'EC ', 'ENCRYPTED ']) {
    const key = `-----BEGIN ${kind}PRIVATE KEY-----\nMIIsecret\nsecret==\n-----END ${kind}PRIVATE KEY-----`;
    assert.equal(redact(key), `-----BEGIN ${kind}PRIVATE KEY-----${MASK}-----END ${kind}PRIVATE KEY-----`);
    assert.doesNotMatch(redact(key.slice(0, 60)), /secret/);
  }
  const certificate = '-----BEGIN CERTIFICATE-----\nMIIpublic\n-----END CERTIFICATE-----';
  assert.equal(redact(certificate), certificate);
});
