import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseHttpDate } from '../../extension/wininet/httpDate.ts';

test('parseHttpDate reads back every time that toUTCString writes', () => {
  const noInvalidDate = true;
  const [min, max] = [new Date('1000-01-01'), new Date('9999-12-31')];
  fc.assert(
    fc.property(fc.date({ min, max, noInvalidDate }), (time) => {
      const seconds = new Date(Math.floor(time.getTime() / 1000) * 1000);
      assert.deepEqual(parseHttpDate(seconds.toUTCString()), seconds);
    }),
  );
});

test('parseHttpDate gives two-digit years to the century that RFC 6265 names', () => {
  assert.equal(parseHttpDate('Friday, 01-Jan-99 00:00:00 GMT')?.getUTCFullYear(), 1999);
  assert.equal(parseHttpDate('Tuesday, 01-Jan-30 00:00:00 GMT')?.getUTCFullYear(), 2030);
});

test('parseHttpDate refuses what is no date of HTTP, however the language would guess', () => {
  for (const text of [
    '',
    '0',
    '5',
    '-1',
    'text/plain; charset=utf-8',
    '2020-01-01',
    'Sun, 31 Feb 2020 00:00:00 GMT',
    'Sun, 06 Xyz 1994 08:49:37 GMT',
    'Sun, 06 Nov 1994 25:00:00 GMT',
    'Sun, 06 Nov 1994 08:49:75 GMT',
  ]) {
    assert.equal(parseHttpDate(text), undefined, text);
  }
});
