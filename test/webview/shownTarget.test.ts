import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shownTarget } from '../../webview/shownTarget.ts';

test('shownTarget leaves the server out where the session above tells it, and nowhere else', () => {
  const server = 'http://127.0.0.1:8080';
  assert.equal(shownTarget(`GET ${server}/bytes/10?a=b`, server), 'GET /bytes/10?a=b');
  assert.equal(shownTarget('gopher://[::1]:70/1', 'gopher://[::1]:70'), '/1');
  assert.equal(shownTarget(`GET ${server}/`, server), 'GET /');
  for (const [target, above] of [
    [`GET ${server}/`, undefined],
    [`GET ${server}0/`, server],
    [`GET http://other/?from=${server}/`, server],
    [`GET ${server}/`, 'Example/1.0'],
    ['*.txt', 'ftp://127.0.0.1:2121'],
    [server, server],
  ] as const) {
    assert.equal(shownTarget(target, above), target);
  }
});
