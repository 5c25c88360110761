import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import * as c from '../../extension/shared/constants.ts';
import { gopherLine, parseGopherLine } from '../../extension/shared/gopherItem.ts';
import { gopherTypeOf } from '../../extension/wininet/gopherLocator.ts';
import { failsWith, startEngine } from './engineFixture.ts';

test('GopherCreateLocator writes the line of a menu', async (t) => {
  const { wininet } = await startEngine(t);
  const locator = await wininet.GopherCreateLocator('host', 7070, 'A text', '/a', c.GOPHER_TYPE_TEXT_FILE);
  assert.equal(locator, '0A text\t/a\thost\t7070\r\n');
});

test('GopherCreateLocator takes port 70 and a menu where nothing is said', async (t) => {
  const { wininet } = await startEngine(t);
  assert.equal(await wininet.GopherCreateLocator('host', 0, null, null, 0), '1\t\thost\t70\r\n');
});

test('GopherCreateLocator marks items of Gopher+ and those that ask', async (t) => {
  const { wininet } = await startEngine(t);
  const create = (type: number) => wininet.GopherCreateLocator('h', 0, 'x', '/x', type);
  assert.equal(await create(c.GOPHER_TYPE_BINARY | c.GOPHER_TYPE_GOPHER_PLUS), '9x\t/x\th\t70\t+\r\n');
  assert.equal(await create((c.GOPHER_TYPE_TEXT_FILE | c.GOPHER_TYPE_ASK) >>> 0), '0x\t/x\th\t70\t?\r\n');
});

test('GopherCreateLocator fills a buffer, and tells how large it has to be', async (t) => {
  const { wininet } = await startEngine(t);
  const fill = (buffer: Uint8Array) => wininet.GopherCreateLocator('h', 0, 'x', '/x', 1, buffer);
  const buffer = new Uint8Array(64).fill(1);
  assert.equal(await fill(buffer), 12);
  assert.equal(Buffer.from(buffer.subarray(0, 14)).toString('latin1'), '0x\t/x\th\t70\r\n\0\x01');
  const error = await failsWith(fill(new Uint8Array(0)), 'ERROR_INSUFFICIENT_BUFFER');
  assert.equal(error.requiredLength, 13);
});

test('GopherCreateLocator refuses parts that would break the line, and types without a character', async (t) => {
  const { wininet } = await startEngine(t);
  const refused: readonly (readonly [string, string | null, string | null])[] = [
    ['', null, null],
    ['two words', null, null],
    ['h', 'a\tb', null],
    ['h', null, 'a\r\nb'],
    ['h', 'x'.repeat(c.MAX_GOPHER_DISPLAY_TEXT + 1), null],
    ['h', null, 'x'.repeat(c.MAX_GOPHER_SELECTOR_TEXT + 1)],
    ['h'.repeat(c.MAX_GOPHER_HOST_NAME + 1), null, null],
  ];
  for (const [host, display, selector] of refused) {
    await failsWith(wininet.GopherCreateLocator(host, 0, display, selector, 0), 'ERROR_INVALID_PARAMETER');
  }
  await failsWith(wininet.GopherCreateLocator('h', 70_000, null, null, 0), 'ERROR_INVALID_PARAMETER');
  for (const type of [3, c.GOPHER_TYPE_UNKNOWN]) {
    await failsWith(wininet.GopherCreateLocator('h', 0, null, null, type), 'ERROR_GOPHER_UNKNOWN_LOCATOR');
  }
});

test('GopherGetLocatorType reads types with the bits of Gopher+', async (t) => {
  const { wininet } = await startEngine(t);
  assert.equal(await wininet.GopherGetLocatorType('0x\t/x\t127.0.0.1\t70\r\n'), c.GOPHER_TYPE_TEXT_FILE);
  assert.equal(await wininet.GopherGetLocatorType('7x\t/x\th\t70'), c.GOPHER_TYPE_INDEX_SERVER);
  assert.equal(
    await wininet.GopherGetLocatorType('1x\t/x\th\t70\t+\r\n'),
    (c.GOPHER_TYPE_DIRECTORY | c.GOPHER_TYPE_GOPHER_PLUS) >>> 0,
  );
});

test('GopherGetLocatorType refuses what is no locator and types that nobody knows', async (t) => {
  const { wininet } = await startEngine(t);
  for (const locator of [
    '',
    '0',
    '0x\t/x\th',
    '0x\t/x\t\t70',
    '0x\t/x\th\t0',
    '0x\t/x\th\t65536',
    '0x\t/x\th\t70\r\n1y',
  ]) {
    await failsWith(wininet.GopherGetLocatorType(locator), 'ERROR_GOPHER_INVALID_LOCATOR');
  }
  await failsWith(wininet.GopherGetLocatorType('Zx\t/x\th\t70\r\n'), 'ERROR_GOPHER_UNKNOWN_LOCATOR');
});

test('GopherGetLocatorType agrees with GopherCreateLocator for every type', async (t) => {
  const { wininet } = await startEngine(t);
  const types = Object.entries(c).filter(([name]) => name.startsWith('GOPHER_TYPE_'));
  const single = types.filter(([name]) => !/UNKNOWN|ASK|GOPHER_PLUS/.test(name));
  assert.equal(single.length, types.length - 3);
  for (const [name, type] of single) {
    const locator = await wininet.GopherCreateLocator('h', 0, name, null, Number(type));
    assert.equal(await wininet.GopherGetLocatorType(locator), type, name);
  }
});

test('parseGopherLine reads back every line that gopherLine writes', () => {
  const word = fc.string({ maxLength: 60, unit: 'grapheme' }).map((text) => text.replace(/[\t\r\n\0]/gu, ''));
  const item = fc.record(
    {
      type: fc.constantFrom(...'0123456789+TgIhsi'),
      display: word,
      selector: word,
      host: fc.domain(),
      port: fc.integer({ min: 1, max: 65_535 }),
      mark: fc.constantFrom('' as const, '+' as const, '?' as const),
    },
    { noNullPrototype: true },
  );
  fc.assert(fc.property(item, (one) => assert.deepEqual(parseGopherLine(gopherLine(one)), one)));
});

test('gopherTypeOf calls a type that WinINet does not know unknown', () => {
  assert.equal(gopherTypeOf({ type: 'Z', mark: '' }), c.GOPHER_TYPE_UNKNOWN);
});
