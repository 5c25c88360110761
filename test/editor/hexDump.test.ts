import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hexDump } from '../../extension/editor/hexDump.ts';

test('hexDump shows offset, sixteen bytes in two groups, and printable characters', () => {
  const bytes = Buffer.from('0123456789abcdef\x00\x7f\xff~', 'latin1');
  assert.equal(
    hexDump(bytes),
    [
      '00000000  30 31 32 33 34 35 36 37  38 39 61 62 63 64 65 66  |0123456789abcdef|',
      '00000010  00 7f ff 7e                                       |...~|',
      '',
    ].join('\n'),
  );
});

test('hexDump of nothing is empty', () => {
  assert.equal(hexDump(new Uint8Array()), '');
});

test('hexDump lines its characters up however short the last row is', () => {
  for (let length = 1; length <= 16; length += 1) {
    assert.equal(hexDump(new Uint8Array(length)).indexOf('|'), 60, `${length} bytes`);
  }
});
