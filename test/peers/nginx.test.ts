import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { get } from 'node:https';
import { type TestContext, test } from 'node:test';
import { contentFiles } from './content.ts';
import { type NginxPeer, startNginx } from './nginx.ts';
import { withPeer } from './peer.ts';

test('startNginx serves each class of content that its interface names', (t) =>
  withPeer(t, startNginx, async (nginx) => {
    await proveFiles(t, nginx);
    await proveDelivery(t, nginx);
    await proveRedirects(t, nginx);
    await proveStatuses(t, nginx);
    await proveAccess(t, nginx);
    await proveUploads(t, nginx);
    await proveTls(t, nginx);
  }));

async function proveFiles(t: TestContext, nginx: NginxPeer): Promise<void> {
  await t.test('startNginx serves every small file byte for byte', async () => {
    for (const [name, bytes] of Object.entries(contentFiles)) {
      const response = await fetch(new URL(`files/${encodeURI(name)}`, nginx.urls.http));
      assert.deepEqual(Buffer.from(await response.arrayBuffer()), bytes, name);
      assert.notEqual(response.headers.get('last-modified'), null);
    }
  });
  await t.test('startNginx serves a 64 MiB file whole and in ranges', async () => {
    const address = new URL('files/large.bin', nginx.urls.http);
    const response = await fetch(address);
    assert.equal(response.headers.get('content-length'), String(64 * 1024 * 1024));
    assert.ok(response.body);
    const hash = createHash('sha256');
    for await (const chunk of response.body) {
      hash.update(chunk);
    }
    assert.equal(hash.digest('hex'), nginx.large.sha256);
    const part = await fetch(address, { headers: { range: 'bytes=1048576-1048579' } });
    assert.equal(part.status, 206);
    assert.deepEqual([...new Uint8Array(await part.arrayBuffer())], [0, 0, 0, 1]);
  });
  await t.test('startNginx answers 304 to a validator that still holds', async () => {
    const address = new URL('files/hello.txt', nginx.urls.http);
    const first = await fetch(address);
    await first.arrayBuffer();
    const etag = first.headers.get('etag') ?? '';
    const second = await fetch(address, { headers: { 'if-none-match': etag } });
    assert.equal(second.status, 304);
  });
}

async function proveDelivery(t: TestContext, nginx: NginxPeer): Promise<void> {
  await t.test('startNginx compresses text and only for those who accept it', async () => {
    const address = new URL('files/page.html', nginx.urls.http);
    const compressed = await fetch(address, { headers: { 'accept-encoding': 'gzip' } });
    assert.equal(compressed.headers.get('content-encoding'), 'gzip');
    assert.deepEqual(Buffer.from(await compressed.arrayBuffer()), contentFiles['page.html']);
    const plain = await fetch(address, { headers: { 'accept-encoding': 'identity' } });
    assert.equal(plain.headers.get('content-encoding'), null);
    assert.equal((await plain.arrayBuffer()).byteLength, contentFiles['page.html'].length);
  });
  await t.test('startNginx sends chunked bodies directly and through its proxy', async () => {
    for (const folder of ['chunked', 'proxied']) {
      const response = await fetch(new URL(`${folder}/hello.txt`, nginx.urls.http));
      assert.equal(response.headers.get('transfer-encoding'), 'chunked', folder);
      assert.deepEqual(Buffer.from(await response.arrayBuffer()), contentFiles['hello.txt'], folder);
    }
  });
  await t.test('startNginx keeps connections alive except below close/', async () => {
    for (const [folder, expected] of [
      ['files', 'keep-alive'],
      ['close', 'close'],
    ]) {
      const response = await fetch(new URL(`${folder}/hello.txt`, nginx.urls.http));
      await response.arrayBuffer();
      assert.equal(response.headers.get('connection'), expected);
    }
  });
  await t.test('startNginx dribbles below slow/, answers late and aborts', async () => {
    const slow = await fetch(new URL('slow/large.bin', nginx.urls.http));
    assert.ok(slow.body);
    const reader = slow.body.getReader();
    assert.equal((await reader.read()).done, false);
    await reader.cancel();
    const late = await fetch(new URL('late', nginx.urls.http));
    assert.equal(await late.text(), 'late\n');
    await assert.rejects(fetch(new URL('aborted', nginx.urls.http)), TypeError);
  });
}

async function proveRedirects(t: TestContext, nginx: NginxPeer): Promise<void> {
  await t.test('startNginx redirects with 301, 302, 303, 307 and 308', async () => {
    for (const code of [301, 302, 303, 307, 308]) {
      const response = await fetch(new URL(`redirect/${code}`, nginx.urls.http), { redirect: 'manual' });
      assert.equal(response.status, code);
      assert.equal(response.headers.get('location'), `${nginx.urls.http}files/hello.txt`);
      const followed = await fetch(new URL(`redirect/${code}`, nginx.urls.http));
      assert.deepEqual(Buffer.from(await followed.arrayBuffer()), contentFiles['hello.txt']);
    }
  });
  await t.test('startNginx redirects relatively, in a loop and to the other scheme', async () => {
    const expected = {
      relative: '/files/hello.txt',
      loop: '/redirect/loop',
      cross: `${nginx.urls.https}files/hello.txt`,
    };
    for (const [name, location] of Object.entries(expected)) {
      const response = await fetch(new URL(`redirect/${name}`, nginx.urls.http), { redirect: 'manual' });
      assert.equal(response.headers.get('location'), location);
    }
  });
}

async function proveStatuses(t: TestContext, nginx: NginxPeer): Promise<void> {
  await t.test('startNginx answers 204, 404 and 500, the errors with pages', async () => {
    const pages = { 204: '', 404: 'No such thing', 500: 'It broke' };
    for (const [code, text] of Object.entries(pages)) {
      const response = await fetch(new URL(`status/${code}`, nginx.urls.http));
      assert.equal(response.status, Number(code));
      assert.ok((await response.text()).includes(text));
    }
  });
  await t.test('startNginx limits the rate of one path with 429', async () => {
    const codes: number[] = [];
    for (let count = 0; count < 4; count += 1) {
      const response = await fetch(new URL('limited', nginx.urls.http));
      await response.arrayBuffer();
      codes.push(response.status);
    }
    assert.deepEqual(codes, [200, 200, 429, 429]);
  });
}

async function proveAccess(t: TestContext, nginx: NginxPeer): Promise<void> {
  await t.test('startNginx asks for Basic credentials below private/', async () => {
    const address = new URL('private/secret.txt', nginx.urls.http);
    const refused = await fetch(address);
    assert.equal(refused.status, 401);
    assert.equal(refused.headers.get('www-authenticate'), 'Basic realm="peer"');
    const { user, password } = nginx.account;
    const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
    const admitted = await fetch(address, { headers: { authorization } });
    assert.equal(await admitted.text(), 'Only for those who know.\n');
  });
  await t.test('startNginx sets two cookies and reflects what it received', async () => {
    const cookies = await fetch(new URL('cookie', nginx.urls.http), { headers: { cookie: 'kept=yes' } });
    assert.equal(cookies.headers.getSetCookie().length, 2);
    assert.equal(await cookies.text(), 'received: kept=yes\n');
    const body = 'some body';
    const reflected = await fetch(new URL('reflect?q=1', nginx.urls.http), {
      method: 'POST',
      body,
      headers: { 'x-mark': 'peer' },
    });
    const text = await reflected.text();
    assert.match(text, /^POST \/reflect\?q=1 HTTP\/1\.1\r\n/);
    assert.match(text, /x-mark: peer\r\n/i);
    assert.ok(text.endsWith(body));
  });
}

async function proveUploads(t: TestContext, nginx: NginxPeer): Promise<void> {
  await t.test('startNginx takes, serves and deletes what is PUT below upload/', async () => {
    const address = new URL('upload/new/folder/bytes.bin', nginx.urls.http);
    const put = await fetch(address, { method: 'PUT', body: contentFiles['bytes.bin'] });
    assert.equal(put.status, 201);
    const got = await fetch(address);
    assert.deepEqual(Buffer.from(await got.arrayBuffer()), contentFiles['bytes.bin']);
    assert.equal((await fetch(address, { method: 'DELETE' })).status, 204);
    assert.equal((await fetch(address)).status, 404);
  });
}

async function proveTls(t: TestContext, nginx: NginxPeer): Promise<void> {
  await t.test('startNginx presents its certificate, which only trusts itself', async () => {
    const address = new URL('files/hello.txt', nginx.urls.https);
    await assert.rejects(fetch(address), TypeError);
    assert.deepEqual(await getTrusting(address, nginx.certificate), contentFiles['hello.txt']);
  });
}

function getTrusting(address: URL, certificate: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    get(address, { ca: certificate, agent: false }, (response) => {
      response.toArray().then((chunks) => resolve(Buffer.concat(chunks)), reject);
    }).once('error', reject);
  });
}
