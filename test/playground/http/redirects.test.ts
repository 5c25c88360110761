import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withPlayground } from '../withPlayground.ts';
import { exchange } from './exchange.ts';

const playground = withPlayground();
const at = (path: string): URL => new URL(path, playground().http);

test('redirectRoutes lead fetch to the landing page by relative and absolute addresses and by chains', async () => {
  for (const path of ['relative', 'absolute', 'chain/3', 'chain/10', 'localhost']) {
    const answer = await fetch(at(`/redirect/${path}`));
    assert.equal(answer.status, 200, path);
    assert.ok(answer.redirected);
    assert.match(await answer.text(), /^You have arrived at http:.*\/redirect\/landing\n$/);
  }
});

test('redirectRoutes take exactly as many steps as the chain says', async () => {
  let url = at('/redirect/chain/10');
  let steps = 0;
  for (let answer = await exchange(url); answer.status === 302; answer = await exchange(url)) {
    url = new URL(answer.headers.location ?? '', url);
    steps += 1;
  }
  assert.equal(steps, 10);
});

test('redirectRoutes loop until the client gives up', async () => {
  await assert.rejects(fetch(at('/redirect/loop')), /fetch failed/);
});

test('redirectRoutes name the other servers in Location', async () => {
  const { https, http, ftp } = playground();
  const location = async (path: string) => (await exchange(at(path))).headers.location;
  assert.equal(await location('/redirect/https'), new URL('/redirect/landing', https).href);
  assert.equal(await location('/redirect/http'), new URL('/redirect/landing', http).href);
  assert.equal(await location('/redirect/ftp'), `ftp://${ftp.host}/readme.txt`);
  assert.equal(await location('/redirect/localhost'), `http://localhost:${http.port}/redirect/landing`);
  assert.equal(await location('/redirect/nowhere'), undefined);
});

test('redirectRoutes turn a POST into a GET with 303 and keep it with 307 and 308', async () => {
  const post = async (path: string) => (await fetch(at(path), { method: 'POST', body: 'kept' })).text();
  assert.match(await post('/redirect/post-303'), /^GET \/echo /);
  assert.match(await post('/redirect/307'), /^POST \/echo [\s\S]*\r\n\r\nkept$/);
  assert.match(await post('/redirect/308'), /^POST \/echo [\s\S]*\r\n\r\nkept$/);
});
