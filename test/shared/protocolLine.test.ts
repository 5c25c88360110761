import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fitsProtocolLine } from '../../extension/shared/protocolLine.ts';

test('fitsProtocolLine refuses every control character of ASCII but the tab, and lets all else through', () => {
  const refused = Array.from({ length: 0x180 }, (_, code) => code).filter(
    (code) => !fitsProtocolLine(`a${String.fromCharCode(code)}b`),
  );
  const controls = [...Array.from({ length: 0x20 }, (_, code) => code), 0x7f];
  assert.deepEqual(
    refused,
    controls.filter((code) => code !== 9),
  );
  assert.ok(fitsProtocolLine('RETR näme with space\t漢字.txt'));
  assert.ok(fitsProtocolLine(''));
});
