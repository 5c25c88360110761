import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  announcedSize,
  answersSize,
  extendedPassivePort,
  isNegative,
  isRestart,
  lastLine,
  maskCommand,
  passivePort,
  quotedPath,
  replyBytes,
  sizeInReply,
} from '../../extension/drivers/ftpReply.ts';

const reply = (text: string) => ({ code: Number(text.slice(0, 3)), text });

test('passivePort reads the port wherever the six numbers stand', () => {
  assert.equal(passivePort(reply('227 Entering Passive Mode (127,0,0,1,10,229)')), 10 * 256 + 229);
  assert.equal(passivePort(reply('227 Entering Passive Mode. 10,0,0,7,0,21')), 21);
  assert.equal(passivePort(reply('227 =127,0,0,1,255,255')), 65_535);
});

test('passivePort refuses what names no port', () => {
  for (const text of ['227 ok', '227 (1,2,3,4,5)', '227 (1,2,3,4,0,0)', '227 (1,2,3,4,256,1)', '227 (1,2,3,4,1,999)']) {
    assert.equal(passivePort(reply(text)), undefined, text);
  }
  assert.equal(passivePort(reply(`227 ${'1'.repeat(60_000)}`)), undefined);
});

test('extendedPassivePort takes any delimiter and refuses the rest', () => {
  assert.equal(extendedPassivePort(reply('229 Entering Extended Passive Mode (|||6446|)')), 6446);
  assert.equal(extendedPassivePort(reply('229 ok (!!!21!)')), 21);
  for (const text of ['229 ok', '229 (|||0|)', '229 (|||65536|)', '229 (||6446|)', '229 (|||x|)', '229 (1115551)']) {
    assert.equal(extendedPassivePort(reply(text)), undefined, text);
  }
});

test('quotedPath undoes doubled quotes', () => {
  assert.equal(quotedPath(reply('257 "/pub" is the current directory')), '/pub');
  assert.equal(quotedPath(reply('257 "/a ""b"" c" created')), '/a "b" c');
  assert.equal(quotedPath(reply('257 "/" comment "with quotes"')), '/');
  assert.equal(quotedPath(reply('257 /pub')), undefined);
});

test('announcedSize reads the size from the reply that opens a transfer', () => {
  assert.equal(announcedSize(reply('150 Opening BINARY mode data connection for x (1234 bytes).')), 1234);
  assert.equal(announcedSize(reply('150 Opening data connection')), undefined);
});

test('lastLine is the line that carries the verdict', () => {
  assert.equal(lastLine(reply('230-Welcome\n230 User logged in')), '230 User logged in');
  assert.equal(lastLine(reply('230 User logged in')), '230 User logged in');
});

test('replyBytes counts CR LF for each line', () => {
  assert.equal(replyBytes(reply('230-Ä\n230 ok')), Buffer.byteLength('230-Ä\r\n230 ok\r\n'));
});

test('isNegative begins at 400', () => {
  assert.deepEqual(
    [150, 226, 350, 421, 550].map((code) => isNegative({ code, text: '' })),
    [false, false, false, true, true],
  );
});

test('maskCommand hides what follows PASS and ACCT in any case', () => {
  assert.equal(maskCommand('PASS a secret'), 'PASS ****');
  assert.equal(maskCommand('pass'), 'pass ****');
  assert.equal(maskCommand('ACCT 1'), 'ACCT ****');
  assert.equal(maskCommand('PASV'), 'PASV');
  assert.equal(maskCommand('USER pass'), 'USER pass');
});

test('answersSize tells the answer to SIZE from the last word of the transfer', () => {
  const during = (code: number) => answersSize({ code, text: '' }, false);
  assert.deepEqual([213, 500, 502, 550].filter(during), [213, 500, 502, 550]);
  assert.deepEqual([150, 226, 250, 421, 425, 426, 451, 551, 552].filter(during), []);
  for (const code of [213, 550, 451]) assert.ok(answersSize({ code, text: '' }, true), `${code}`);
  assert.ok(!answersSize({ code: 421, text: '' }, true));
});

test('sizeInReply reads the number of a 213 reply', () => {
  assert.equal(sizeInReply(reply('213 1234')), 1234);
  assert.equal(sizeInReply(reply('213 5000000000 ')), 5_000_000_000);
  for (const text of ['213 many', '213', '550 1234', `213 ${'1'.repeat(60_000)}`]) {
    assert.equal(sizeInReply(reply(text)), undefined, text.slice(0, 20));
  }
});

test('isRestart knows REST and nothing like it', () => {
  assert.ok(isRestart('REST 100') && isRestart('rest 0'));
  for (const line of ['REST', 'REST x', 'RESTART 1', 'STOR REST 1']) assert.ok(!isRestart(line), line);
});
