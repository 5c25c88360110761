import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CommandLines, LINE_LIMIT } from '../../../extension/playground/ftp/commandLines.ts';

const command = (verb: string, argument = '') => ({ kind: 'command', verb, argument });

test('CommandLines finds the same commands wherever the bytes are split', () => {
  const bytes = Buffer.from('user ada\r\nPASS \r\nRETR  naïve 日本語.txt \r\nNOOP\nCWD a b\r\n');
  const expected = [
    command('USER', 'ada'),
    command('PASS'),
    command('RETR', ' naïve 日本語.txt '),
    command('NOOP'),
    command('CWD', 'a b'),
  ];
  for (let first = 0; first <= bytes.length; first += 1) {
    for (let second = first; second <= bytes.length; second += 1) {
      const lines = new CommandLines();
      const parts = [bytes.subarray(0, first), bytes.subarray(first, second), bytes.subarray(second)];
      assert.deepEqual(
        parts.flatMap((part) => lines.push(part)),
        expected,
      );
    }
  }
});

test('CommandLines drops the Telnet signals before ABOR wherever they are split', () => {
  const bytes = Buffer.from([0xff, 0xf4, 0xff, 0xf2, 0xff, 0xfd, 0x06, ...Buffer.from('ABOR\r\n')]);
  for (let split = 0; split <= bytes.length; split += 1) {
    const lines = new CommandLines();
    const found = [...lines.push(bytes.subarray(0, split)), ...lines.push(bytes.subarray(split))];
    assert.deepEqual(found, [command('ABOR')]);
  }
});

test('CommandLines reports a line beyond its limit once and goes on with the next', () => {
  const lines = new CommandLines();
  assert.deepEqual(lines.push(Buffer.from(`RETR ${'x'.repeat(3 * LINE_LIMIT)}`)), []);
  assert.deepEqual(lines.push(Buffer.from('yyy\r\nNOOP\r\n')), [{ kind: 'too-long' }, command('NOOP')]);
});

test('CommandLines reads names that are not UTF-8 as Latin-1', () => {
  assert.deepEqual(new CommandLines().push(Buffer.from('RETR caf\u00e9\r\n', 'latin1')), [command('RETR', 'café')]);
});
