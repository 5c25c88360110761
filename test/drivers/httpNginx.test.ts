import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import type { HttpExchange } from '../../extension/wininet/ports/http.ts';
import { contentFiles } from '../peers/content.ts';
import { startNginx } from '../peers/nginx.ts';
import { withPeer } from '../peers/peer.ts';
import { driverFor, failsWith, get, readAll, witness } from './httpFixture.ts';

function request(url: string, changes: Partial<HttpExchange> = {}): HttpExchange {
  const { protocol, hostname, port, pathname, search } = new URL(url);
  const scheme = protocol === 'https:' ? 'https' : 'http';
  const headers = [['Host', `${hostname}:${port}`], ...(changes.headers ?? [])] as const;
  return {
    ...get(Number(port), pathname + search, { server: { scheme, host: hostname, port: Number(port) } }),
    ...changes,
    headers,
  };
}

test('HttpDriver.send speaks with nginx, in clear and over TLS', (t) =>
  withPeer(t, startNginx, async (nginx) => {
    const driver = driverFor(t, { authorities: [nginx.certificate] });
    const fetchAll = async (url: string, changes?: Partial<HttpExchange>) => {
      const { context, told } = witness();
      const answer = await driver.send(request(url, changes), context);
      return { answer, bytes: await readAll(answer.body), reused: told()[0] === 'sending' };
    };
    for (const base of [nginx.urls.http, nginx.urls.https]) {
      for (const [index, [name, expected]] of Object.entries(contentFiles).entries()) {
        const { bytes, reused } = await fetchAll(new URL(`files/${encodeURI(name)}`, base).href);
        assert.deepEqual(bytes, expected, name);
        assert.equal(reused, index > 0);
      }
      const { bytes: chunked, answer } = await fetchAll(`${base}chunked/hello.txt`);
      assert.equal(answer.body.size, undefined);
      assert.deepEqual(chunked, contentFiles['hello.txt']);
      const { bytes: large } = await fetchAll(`${base}files/large.bin`);
      assert.equal(createHash('sha256').update(large).digest('hex'), nginx.large.sha256);
      await fetchAll(`${base}close/hello.txt`);
      assert.equal((await fetchAll(`${base}status/204`)).reused, false);
      assert.equal((await fetchAll(`${base}files/hello.txt`, { method: 'HEAD' })).bytes.length, 0);
      assert.equal((await fetchAll(`${base}redirect/relative`)).answer.status, 302);
    }
    const body = Buffer.alloc(300_000, 'u');
    const headers = [['Content-Length', String(body.length)]] as const;
    const put = await fetchAll(`${nginx.urls.http}upload/sent.bin`, { method: 'PUT', body, headers });
    assert.equal(put.answer.status, 201);
    assert.deepEqual((await fetchAll(`${nginx.urls.http}upload/sent.bin`)).bytes, body);
    const reflected = await fetchAll(`${nginx.urls.http}reflect`, { method: 'POST', body: Buffer.from('xyz') });
    assert.match(
      reflected.bytes.toString(),
      /^POST \/reflect HTTP\/1\.1\r\nHost: .*\r\nContent-Length: 3\r\n\r\n\s*xyz$/,
    );
    await failsWith(fetchAll(`${nginx.urls.http}aborted`), 'ERROR_HTTP_INVALID_SERVER_RESPONSE');
  }));
