import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startApache } from './apache.ts';
import { contentFiles } from './content.ts';
import { runCurl } from './curl.ts';
import { withPeer } from './peer.ts';

test('startApache serves each class of content that its interface names', (t) =>
  withPeer(t, startApache, async (apache) => {
    const { user, password } = apache.account;
    await t.test('startApache serves every small file byte for byte', async () => {
      for (const [name, bytes] of Object.entries(contentFiles)) {
        const response = await fetch(new URL(`files/${encodeURI(name)}`, apache.urls.http));
        assert.deepEqual(Buffer.from(await response.arrayBuffer()), bytes, name);
      }
    });
    await t.test('startApache sends a page without a length in chunks', async () => {
      const response = await fetch(new URL('chunked/page.shtml', apache.urls.http));
      assert.equal(response.headers.get('transfer-encoding'), 'chunked');
      assert.ok((await response.text()).includes(contentFiles['hello.txt'].toString()));
    });
    await t.test('startApache names the scheme of each area in its 401', async () => {
      for (const [area, scheme] of Object.entries({ basic: /^Basic realm="peer"/, digest: /^Digest realm="peer"/ })) {
        const response = await fetch(new URL(`${area}/secret.txt`, apache.urls.http));
        await response.arrayBuffer();
        assert.equal(response.status, 401);
        assert.match(response.headers.get('www-authenticate') ?? '', scheme);
      }
    });
    await t.test('startApache admits the account by Basic and by Digest', async (t) => {
      for (const area of ['basic', 'digest']) {
        const address = new URL(`${area}/secret.txt`, apache.urls.http).href;
        const output = await runCurl(t, ['--fail', `--${area}`, '--user', `${user}:${password}`, address]);
        assert.equal(output?.toString() ?? `Behind ${area}.\n`, `Behind ${area}.\n`);
      }
    });
    await t.test('startApache refuses a wrong password by Digest', async (t) => {
      const address = new URL('digest/secret.txt', apache.urls.http).href;
      const options = ['--digest', '--user', `${user}:wrong`, '--output', '/dev/null', '--write-out', '%{http_code}'];
      assert.equal((await runCurl(t, [...options, address]))?.toString() ?? '401', '401');
    });
  }));
