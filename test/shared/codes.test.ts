import assert from 'node:assert/strict';
import { STATUS_CODES } from 'node:http';
import { test } from 'node:test';
import { ftpCommandMeaning, ftpReplyMeaning } from '../../extension/shared/codes/ftpReplies.ts';
import { GOPHER_TYPES, gopherTypeMeaning } from '../../extension/shared/codes/gopherTypes.ts';
import { httpStatusMeaning } from '../../extension/shared/codes/httpStatuses.ts';
import { decodeStatusLine, decodeWire } from '../../extension/shared/codes/wireWords.ts';
import * as c from '../../extension/shared/constants.ts';
import { decodeInformation, decodeResult, decodeStatus } from '../../extension/shared/decode.ts';
import { emptyTree } from '../../extension/shared/model.ts';
import { STATUS_ROWS } from '../../extension/shared/statusTable.ts';

/** Node keeps some old names of RFC 4918 and spells one with a plain quotation mark. */
const RENAMED: Readonly<Record<number, string>> = {
  413: 'Content Too Large',
  418: 'I’m a Teapot',
  422: 'Unprocessable Content',
};
/** Retired before anybody used it. */
const RETIRED = new Set([509]);

test('httpStatusMeaning names every status that Node knows as Node does, with a sentence, and classes for all others', () => {
  for (const [code, name] of Object.entries(STATUS_CODES)) {
    if (RETIRED.has(Number(code))) continue;
    const meaning = httpStatusMeaning(Number(code));
    assert.match(meaning, /^[^:]+: .*\.$/, code);
    assert.equal(meaning.split(':', 1)[0], RENAMED[Number(code)] ?? name, code);
  }
  assert.equal(httpStatusMeaning(499), 'The server finds a fault in the request.');
  for (const none of [0, 99, 600, 1000, 200.5, Number.NaN]) assert.equal(httpStatusMeaning(none), '', String(none));
});

test('ftpReplyMeaning explains what it knows, and the others by their digits', () => {
  assert.match(ftpReplyMeaning(227), /port/);
  assert.match(ftpReplyMeaning(550), /not there.*again\.$/);
  assert.equal(ftpReplyMeaning(259), 'The action is complete. It is about the file system.');
  for (const none of [0, 99, 600, 1234]) assert.equal(ftpReplyMeaning(none), '', String(none));
  assert.match(ftpCommandMeaning('pasv'), /INTERNET_FLAG_PASSIVE/);
  assert.equal(ftpCommandMeaning('constructor'), '');
});

test('GOPHER_TYPES has a row for every GOPHER_TYPE of the header that an item can have', () => {
  const marks = ['GOPHER_TYPE_UNKNOWN', 'GOPHER_TYPE_ASK', 'GOPHER_TYPE_GOPHER_PLUS'];
  const wanted = Object.entries(c).filter(([name]) => name.startsWith('GOPHER_TYPE_') && !marks.includes(name));
  const bits = new Set(GOPHER_TYPES.map(({ bit }) => bit));
  for (const [name, bit] of wanted) assert.ok(bits.has(Number(bit)), name);
  assert.match(gopherTypeMeaning('x'), /UNKNOWN/);
});

test('decodeWire explains the code of each line in the language of its server', () => {
  const say = (text: string, direction: 'in' | 'out', kind: Parameters<typeof decodeWire>[1]): string[] =>
    decodeWire({ text, direction }, kind).map((line) =>
      line.map(({ text: word, explanation }) => (explanation === '' ? word : `[${word}]`)).join(''),
    );
  assert.deepEqual(say('HTTP/1.1 401 Unauthorized\r\nDate: now', 'in', 'http-request'), [
    'HTTP/1.1 [401 Unauthorized]',
    'Date: now',
  ]);
  assert.deepEqual(say('HTTP/1.1 404 Not Found', 'in', 'ftp-file'), ['HTTP/1.1 [404 Not Found]'], 'FTP over a proxy');
  assert.deepEqual(say('230-Hello\r\n230 In', 'in', 'ftp-connect'), ['[230]-Hello', '[230] In']);
  assert.deepEqual(say('PASS ****', 'out', 'ftp-connect'), ['[PASS] ****']);
  assert.deepEqual(say('1Menu\t/a\thost\t70\r\n0Text\t/b\thost\t70', 'in', 'gopher-find'), [
    '[1]Menu ⇥ /a ⇥ host ⇥ 70',
    '[0]Text ⇥ /b ⇥ host ⇥ 70',
  ]);
  assert.deepEqual(say('/search\twords', 'out', 'gopher-find'), ['/search ⇥ words']);
  assert.deepEqual(decodeStatusLine('HTTP/1.1 418\r\nA: b').at(-1)?.text, '418');
});

test('decodeStatus explains every INTERNET_STATUS by the sentence of its row', () => {
  for (const { code, summary } of STATUS_ROWS) assert.equal(decodeStatus(code).explanation, summary);
});

test('decodeResult and decodeInformation explain a status of HTTP where the call or the callback carries one', () => {
  const level = c.HTTP_QUERY_STATUS_CODE | c.HTTP_QUERY_FLAG_NUMBER;
  const asked = (wanted: number): string =>
    decodeResult('HttpQueryInfo', [{ handle: 1 }, wanted], 401, emptyTree()).explanation;
  assert.match(asked(level), /^Unauthorized: /);
  assert.equal(asked(c.HTTP_QUERY_CONTENT_LENGTH | c.HTTP_QUERY_FLAG_NUMBER), '');
  const told = (code: number, information: number) => decodeInformation({ code, information }, emptyTree());
  assert.match(told(c.INTERNET_STATUS_INTERMEDIATE_RESPONSE, 103)?.explanation ?? '', /^Early Hints/);
  assert.equal(told(c.INTERNET_STATUS_REQUEST_SENT, 103)?.explanation, '');
  assert.equal(told(c.INTERNET_STATUS_STATE_CHANGE, 1)?.text, 'INTERNET_STATE_CONNECTED');
});
