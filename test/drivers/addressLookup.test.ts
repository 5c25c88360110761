import assert from 'node:assert/strict';
import type { LookupAddress } from 'node:dns';
import { test } from 'node:test';
import { addressLookup } from '../../extension/drivers/addressLookup.ts';

function addresses(limit: number | undefined, told: string[] = []): Promise<string | LookupAddress[]> {
  const look = addressLookup(limit, (address) => told.push(address));
  return new Promise((resolve, reject) => {
    look('localhost', { all: true }, (error, found) => (error === null ? resolve(found) : reject(error)));
  });
}

test('addressLookup hands on no more addresses than allowed, the first first, and tells it', async () => {
  const told: string[] = [];
  const all = await addresses(undefined, told);
  const one = await addresses(1, told);
  assert.ok(Array.isArray(all) && Array.isArray(one));
  assert.deepEqual(one, all.slice(0, 1));
  assert.deepEqual(told, ['127.0.0.1', '127.0.0.1']);
});

test('addressLookup hands on a single address where one is asked for', async () => {
  const look = addressLookup(1);
  const found = await new Promise((resolve) => look('127.0.0.1', {}, (_error, address) => resolve(address)));
  assert.equal(found, '127.0.0.1');
});
