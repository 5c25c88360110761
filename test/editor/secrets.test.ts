import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Passwords } from '../../extension/editor/secrets.ts';

function store() {
  const values = new Map<string, string>();
  const never = () => ({ dispose: () => undefined });
  return {
    values,
    get: (key: string) => Promise.resolve(values.get(key)),
    store: (key: string, value: string) => Promise.resolve(void values.set(key, value)),
    delete: (key: string) => Promise.resolve(void values.delete(key)),
    keys: () => Promise.resolve([...values.keys()]),
    onDidChange: never,
  };
}

const ACCOUNT = { scheme: 'ftp', host: 'Example.org', port: 21, user: 'a@b' };

test('Passwords keeps a password for one account at one server', async () => {
  const storage = store();
  const passwords = new Passwords(storage);
  await passwords.keep(ACCOUNT, 's3cret');
  assert.deepEqual([...storage.values], [['ftp://a%40b@example.org:21', 's3cret']]);
  assert.equal(await passwords.recall({ ...ACCOUNT, host: 'example.org' }), 's3cret');
  assert.equal(await passwords.recall({ ...ACCOUNT, port: 2121 }), undefined);
});

test('Passwords forgets', async () => {
  const passwords = new Passwords(store());
  await passwords.keep(ACCOUNT, 's3cret');
  await passwords.keep(ACCOUNT, null);
  assert.equal(await passwords.recall(ACCOUNT), undefined);
});
