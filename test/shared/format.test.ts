import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatBytes, formatDuration, formatHandleValue, printable } from '../../extension/shared/format.ts';

test('formatHandleValue shows eight capital hexadecimal digits', () => {
  assert.equal(formatHandleValue(0x00cc0004), '0x00CC0004');
  assert.equal(formatHandleValue(0xdeadbeef), '0xDEADBEEF');
});

test('formatBytes uses binary units and says one byte in the singular', () => {
  const shown = [0, 1, 13, 1023, 1024, 1536, 102_400, 1024 ** 2, 8 * 1024 ** 3, 3 * 1024 ** 5].map(formatBytes);
  assert.deepEqual(shown, [
    '0 bytes',
    '1 byte',
    '13 bytes',
    '1023 bytes',
    '1.0 KiB',
    '1.5 KiB',
    '100 KiB',
    '1.0 MiB',
    '8.0 GiB',
    '3072 TiB',
  ]);
});

test('formatDuration chooses the unit by size', () => {
  assert.deepEqual([850, 12_400, 3_200_000, 0].map(formatDuration), ['850 µs', '12.4 ms', '3.2 s', '0 µs']);
});

test('printable lets no control, bidirectional or invisible character through', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 50 }), (text) => {
      assert.doesNotMatch(printable(text), /[\p{Cc}\p{Bidi_Control}\u200b-\u200d\u2028\u2029\u2060-\u2064\ufeff]/u);
    }),
  );
  assert.equal(printable('safe\u202egnp.exe'), 'safe\\u{202e}gnp.exe');
  assert.equal(printable('a\r\nb'), 'a\\r\\nb');
});

test('printable cuts at the limit and leaves harmless text alone', () => {
  assert.equal(printable('x'.repeat(300)).length, 200);
  assert.ok(printable('x'.repeat(300)).endsWith('…'));
  assert.equal(printable('naïve café 日本語 🌍'), 'naïve café 日本語 🌍');
});

test('printable never cuts a character in two', () => {
  assert.ok(printable('🌍'.repeat(10), 6).isWellFormed());
});
