import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseHostAndPort } from '../../extension/editor/hostAndPort.ts';

const CASES: readonly (readonly [typed: string, expected: ReturnType<typeof parseHostAndPort>])[] = [
  ['example.org', { host: 'example.org', port: 0 }],
  [' example.org:8080 ', { host: 'example.org', port: 8080 }],
  ['127.0.0.1:21', { host: '127.0.0.1', port: 21 }],
  ['[::1]', { host: '[::1]', port: 0 }],
  ['[::1]:8443', { host: '[::1]', port: 8443 }],
  ['', 'empty'],
  ['  ', 'empty'],
  ['http://example.org', 'has-scheme'],
  ['example.org/path', 'bad-host'],
  ['user@example.org', 'bad-host'],
  ['two words', 'bad-host'],
  ['::1', 'bad-host'],
  ['example.org:', 'bad-port'],
  ['example.org:0', 'bad-port'],
  ['example.org:65536', 'bad-port'],
  ['example.org:http', 'bad-port'],
];

for (const [typed, expected] of CASES) {
  test(`parseHostAndPort reads ${JSON.stringify(typed)} as ${JSON.stringify(expected)}`, () => {
    assert.deepEqual(parseHostAndPort(typed), expected);
  });
}
