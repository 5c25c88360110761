import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { cutMiddle } from '../../webview/textFit.ts';

const within = (limit: number) => (text: string) => [...text].length <= limit;

test('cutMiddle leaves text alone that fits, and keeps both ends of what does not', () => {
  assert.equal(cutMiddle('http://127.0.0.1/', within(17)), 'http://127.0.0.1/');
  assert.equal(cutMiddle('http://127.0.0.1/index.html', within(11)), 'http:….html');
});

test('cutMiddle gives the longest form that fits and tears no character', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme-composite', minLength: 3 }),
      fc.integer({ min: 2, max: 30 }),
      (text, limit) => {
        const cut = cutMiddle(text, within(limit));
        assert.equal([...cut].length, Math.min([...text].length, limit));
        assert.doesNotMatch(cut, /\p{Surrogate}/u);
      },
    ),
  );
});
