import assert from 'node:assert/strict';
import { test } from 'node:test';
import { constantName } from '../../extension/shared/constantNames.ts';
import * as constants from '../../extension/shared/constants.ts';

test('constantName names every status by its number', () => {
  for (const [name, value] of Object.entries(constants)) {
    if (name.startsWith('INTERNET_STATUS_') && typeof value === 'number') {
      assert.equal(constantName('INTERNET_STATUS_', value), name);
    }
  }
  assert.equal(constantName('INTERNET_STATUS_', 10), 'INTERNET_STATUS_RESOLVING_NAME');
});

test('constantName answers one name where several share a value, and undefined where there is none', () => {
  assert.match(constantName('INTERNET_FLAG_', 0x04000000) ?? '', /^INTERNET_FLAG_(NO_CACHE_WRITE|DONT_CACHE)$/);
  assert.equal(constantName('INTERNET_STATUS_', 9999), undefined);
  assert.equal(constantName('NO_SUCH_PREFIX_', 1), undefined);
});

test('constantName keeps prefixes apart', () => {
  assert.equal(constantName('INTERNET_SERVICE_', 3), 'INTERNET_SERVICE_HTTP');
  assert.equal(constantName('INTERNET_OPEN_TYPE_', 3), 'INTERNET_OPEN_TYPE_PROXY');
});
