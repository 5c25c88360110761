import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UrlHistory } from '../../extension/editor/urlHistory.ts';

function store(stored?: unknown) {
  const values = new Map<string, unknown>([['urlHistory', stored]]);
  return {
    get: (key: string) => values.get(key),
    update: (key: string, value: readonly string[]) => {
      values.set(key, value);
      return Promise.resolve();
    },
  };
}

test('UrlHistory puts the newest URL first and keeps each once', async () => {
  const history = new UrlHistory(store());
  for (const url of ['http://a/', 'http://b/', 'http://a/']) await history.add(url);
  assert.deepEqual(history.urls, ['http://a/', 'http://b/']);
});

test('UrlHistory strips user and password', async () => {
  const history = new UrlHistory(store());
  await history.add('ftp://alice:s3cret@host:2121/pub/?x');
  assert.deepEqual(history.urls, ['ftp://host:2121/pub/?x']);
});

test('UrlHistory leaves a URL with a secret in its query out', async () => {
  const history = new UrlHistory(store());
  await history.add('https://host/?access_token=abc');
  assert.deepEqual(history.urls, []);
});

test('UrlHistory keeps twenty', async () => {
  const history = new UrlHistory(store());
  for (let number = 1; number <= 25; number += 1) await history.add(`http://host/${number}`);
  assert.equal(history.urls.length, 20);
  assert.equal(history.urls[0], 'http://host/25');
});

test('UrlHistory ignores stored data of another shape', () => {
  assert.deepEqual(new UrlHistory(store('http://a/')).urls, []);
  assert.deepEqual(new UrlHistory(store([1, 'http://a/', null])).urls, ['http://a/']);
});
