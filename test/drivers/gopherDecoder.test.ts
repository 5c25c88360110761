import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decoderFor } from '../../extension/drivers/gopherDecoder.ts';

test('decoderFor removes the final dot and the doubled ones, wherever the text is cut', () => {
  const wire = 'One\r\n..\r\n..two\r\nthree.\r\n.\r\n';
  for (let cut = 0; cut <= wire.length; cut += 1) {
    assert.equal(decode([wire.slice(0, cut), wire.slice(cut)]), 'One\r\n.\r\n.two\r\nthree.\r\n', String(cut));
  }
});

test('decoderFor takes a dot for the end only if nothing follows it', () => {
  assert.equal(decode(['One\n.\nTwo\n..\n.']), 'One\n.\nTwo\n..\n');
  assert.equal(decode(['.hidden\n..two\n.\n']), '.hidden\n..two\n');
  assert.equal(decode(['no end']), 'no end');
  assert.equal(decode(['.\r\n']), '');
});

test('decoderFor gives back every text that a server doubles the dots of', () => {
  const text = fc.array(fc.constantFrom('.', '..', '.x', 'a', '', '...'), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(text, fc.nat(40), (lines, cut) => {
      const plain = lines.map((line) => `${line}\r\n`).join('');
      const wire = `${lines.map((line) => `${line.startsWith('.') ? '.' : ''}${line}\r\n`).join('')}.\r\n`;
      assert.equal(decode([wire.slice(0, cut), wire.slice(cut)]), plain);
    }),
  );
});

test('decoderFor counts the bytes that were announced', () => {
  const decoder = decoderFor(5);
  assert.equal(Buffer.from(decoder.push(Buffer.from('Hel'))).toString(), 'Hel');
  assert.equal(decoder.mayEnd, false);
  assert.equal(Buffer.from(decoder.push(Buffer.from('lo and more'))).toString(), 'lo');
  assert.equal(decoder.complete, true);
});

function decode(pieces: readonly string[]): string {
  const decoder = decoderFor('dot');
  return Buffer.concat(pieces.map((piece) => decoder.push(Buffer.from(piece)))).toString();
}
