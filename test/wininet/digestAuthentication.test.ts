import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { readChallenges } from '../../extension/wininet/authenticationChallenge.ts';
import { digestAuthorization, digestChallenge } from '../../extension/wininet/digestAuthentication.ts';

/** The example of RFC 7616 3.9.1. */
const EXAMPLE = {
  realm: 'http-auth@example.org',
  nonce: '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v',
  opaque: 'FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS',
};
const MUFASA = { user: 'Mufasa', password: 'Circle of Life' };
const REQUEST = {
  method: 'GET',
  uri: '/dir/index.html',
  body: null,
  count: 1,
  cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
};

test('digestAuthorization computes the responses of RFC 7616 for MD5 and SHA-256', () => {
  for (const [algorithm, response] of [
    ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
    ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
  ] as const) {
    const challenge = digestChallenge(new Map(Object.entries({ ...EXAMPLE, algorithm, qop: 'auth, auth-int' })));
    assert.ok(challenge !== null);
    const fields = fieldsOf(digestAuthorization(challenge, MUFASA, REQUEST));
    assert.equal(fields.get('response'), response);
    assert.equal(fields.get('nc'), '00000001');
    assert.equal(fields.get('qop'), 'auth');
    assert.equal(fields.get('opaque'), EXAMPLE.opaque);
  }
});

test('digestAuthorization computes what a server computes, for every algorithm and protection, whatever the texts', () => {
  const text = fc.string({ unit: fc.constantFrom(...'abcXYZ019"\\ :,=') });
  const property = fc.property(
    fc.record({ user: text, password: text, realm: text, nonce: text, uri: text, cnonce: text }),
    fc.constantFrom('MD5', 'MD5-sess', 'SHA-256', 'SHA-256-sess'),
    fc.constantFrom('auth', 'auth-int', undefined),
    fc.uint8Array(),
    fc.integer({ min: 1, max: 0xffff }),
    ({ user, password, realm, nonce, uri, cnonce }, algorithm, qop, body, count) => {
      const challenge = digestChallenge(
        new Map(Object.entries({ realm, nonce, algorithm, ...(qop === undefined ? {} : { qop }) })),
      );
      assert.ok(challenge !== null);
      const header = digestAuthorization(challenge, { user, password }, { method: 'PUT', uri, body, count, cnonce });
      const fields = fieldsOf(header);
      assert.equal(fields.get('username'), user);
      assert.equal(fields.get('realm'), realm);
      assert.equal(fields.get('uri'), uri);
      const hash = (...parts: readonly string[]) =>
        createHash(algorithm.startsWith('MD5') ? 'md5' : 'sha256')
          .update(parts.join(':'))
          .digest('hex');
      const secret = hash(user, realm, password);
      const first = algorithm.endsWith('-sess') ? hash(secret, nonce, cnonce) : secret;
      const digestOfBody = createHash(algorithm.startsWith('MD5') ? 'md5' : 'sha256')
        .update(body)
        .digest('hex');
      const second = qop === 'auth-int' ? hash('PUT', uri, digestOfBody) : hash('PUT', uri);
      const nc = count.toString(16).padStart(8, '0');
      const expected = qop === undefined ? hash(first, nonce, second) : hash(first, nonce, nc, cnonce, qop, second);
      assert.equal(fields.get('response'), expected);
    },
  );
  fc.assert(property, { verbose: true });
});

test('digestChallenge refuses what it cannot answer', () => {
  const good = { realm: 'r', nonce: 'n', qop: 'auth', algorithm: 'md5' };
  assert.notEqual(digestChallenge(new Map(Object.entries(good))), null);
  for (const change of [{ algorithm: 'TOKEN' }, { qop: 'none' }]) {
    assert.equal(digestChallenge(new Map(Object.entries({ ...good, ...change }))), null);
  }
  assert.equal(digestChallenge(new Map([['realm', 'r']])), null);
});

test('readChallenges tells schemes in one header from schemes in many, and commas in quotes from both', () => {
  const headers = [
    ['WWW-Authenticate', 'Negotiate, NTLM TlRMTVNTUAAC, Digest realm="a, \\"b\\"", nonce=xyz, qop="auth"'],
    ['www-authenticate', 'Basic realm="c"'],
    ['Proxy-Authenticate', 'Basic realm="d"'],
  ] as const;
  const found = readChallenges(headers, 'WWW-Authenticate');
  assert.deepEqual(
    found.map(({ scheme }) => scheme),
    ['negotiate', 'ntlm', 'digest', 'basic'],
  );
  assert.deepEqual(
    [...(found[2]?.parameters ?? [])],
    [
      ['realm', 'a, "b"'],
      ['nonce', 'xyz'],
      ['qop', 'auth'],
    ],
  );
  assert.equal(found[3]?.parameters.get('realm'), 'c');
});

test('readChallenges ends on whatever a server sends', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (value) => {
      assert.ok(Array.isArray(readChallenges([['WWW-Authenticate', value]], 'WWW-Authenticate')));
    }),
    { verbose: true },
  );
});

/** The fields of a header, read as a server reads them. */
function fieldsOf(header: string): ReadonlyMap<string, string> {
  const fields = header.matchAll(/([\w*]+)=(?:"((?:[^"\\]|\\.)*)"|([^,\s]+))/g);
  return new Map(
    [...fields].map(([, name = '', quoted, bare]) => [name, quoted?.replace(/\\(.)/g, '$1') ?? bare ?? '']),
  );
}
