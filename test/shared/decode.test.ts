import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as c from '../../extension/shared/constants.ts';
import { decodeArgument, decodeError, decodeInformation, decodeStatus } from '../../extension/shared/decode.ts';
import { type FunctionName, functionNames, functionRow } from '../../extension/shared/hierarchy.ts';
import type { RecordedValue } from '../../extension/shared/journal.ts';
import { emptyTree, restore } from '../../extension/shared/model.ts';
import { NOT_LOGGED } from '../../extension/shared/notLogged.ts';
import { oneRequest } from '../webview/harness/scenes.ts';

function decoded(fn: FunctionName, parameter: string, value: RecordedValue): string {
  const index = functionRow(fn).parameters.indexOf(parameter);
  assert.notEqual(index, -1);
  return decodeArgument(fn, index, value, emptyTree())
    .map(({ text }) => text)
    .join(' | ');
}

test('decodeArgument names flags, values, options, information levels and modifiers by the parameter that carries them', () => {
  const rows: readonly (readonly [FunctionName, string, RecordedValue, string])[] = [
    ['InternetOpen', 'dwAccessType', 3, 'INTERNET_OPEN_TYPE_PROXY (3)'],
    ['InternetOpen', 'dwFlags', c.INTERNET_FLAG_ASYNC, 'INTERNET_FLAG_ASYNC'],
    ['InternetConnect', 'dwService', 1, 'INTERNET_SERVICE_FTP (1)'],
    ['InternetConnect', 'nServerPort', 443, 'INTERNET_DEFAULT_HTTPS_PORT (443)'],
    ['InternetConnect', 'nServerPort', 8080, '8080'],
    [
      'HttpOpenRequest',
      'dwFlags',
      c.INTERNET_FLAG_SECURE | c.INTERNET_FLAG_NO_COOKIES,
      'INTERNET_FLAG_NO_COOKIES | INTERNET_FLAG_SECURE',
    ],
    ['HttpOpenRequest', 'dwFlags', 0, '0'],
    ['FtpOpenFile', 'dwAccess', c.GENERIC_READ, 'GENERIC_READ'],
    ['FtpOpenFile', 'dwFlags', c.FTP_TRANSFER_TYPE_BINARY, 'FTP_TRANSFER_TYPE_BINARY'],
    ['InternetReadFileEx', 'dwFlags', c.IRF_SYNC, 'IRF_SYNC'],
    [
      'HttpQueryInfo',
      'dwInfoLevel',
      c.HTTP_QUERY_STATUS_CODE | c.HTTP_QUERY_FLAG_NUMBER,
      'HTTP_QUERY_STATUS_CODE | HTTP_QUERY_FLAG_NUMBER',
    ],
    ['InternetSetOption', 'dwOption', c.INTERNET_OPTION_RECEIVE_TIMEOUT, 'INTERNET_OPTION_RECEIVE_TIMEOUT (6)'],
    ['InternetErrorDlg', 'dwError', 12045, 'ERROR_INTERNET_INVALID_CA (12045)'],
    ['HttpAddRequestHeaders', 'dwModifiers', c.HTTP_ADDREQ_FLAG_ADD | 2, 'HTTP_ADDREQ_FLAG_ADD | index 2'],
    ['HttpOpenRequest', 'lpszVerb', 'GET', '"GET"'],
    ['HttpOpenRequest', 'lpszVersion', null, 'NULL'],
  ];
  for (const [fn, parameter, value, expected] of rows)
    assert.equal(decoded(fn, parameter, value), expected, `${fn} ${parameter}`);
});

test('decodeArgument loses no bit: what no name is known for stands in hexadecimal', () => {
  assert.equal(decoded('InternetReadFileEx', 'dwFlags', (c.IRF_SYNC | 0x4000) >>> 0), 'IRF_SYNC | 0x4000');
  for (const fn of functionNames) {
    const index = functionRow(fn).parameters.indexOf('dwFlags');
    if (index === -1) continue;
    const texts = decodeArgument(fn, index, 0xffffffff, emptyTree()).map(({ text }) => text);
    const sum = texts.reduce((total, text) => (total | numberOf(text)) >>> 0, 0);
    assert.equal(sum, 0xffffffff, fn);
  }
});

test('decodeArgument shows a handle by its value and tells which one it is', () => {
  const { journal, session } = oneRequest();
  const [piece] = decodeArgument('HttpOpenRequest', 0, { handle: session }, restore(journal.checkpoint()));
  assert.equal(piece?.text, '0x00CC0008');
  assert.match(piece?.explanation ?? '', /HTTP session, returned by InternetConnect/);
});

test('decodeArgument tells an argument that a log leaves open from a text', () => {
  const [piece] = decodeArgument('HttpQueryInfo', 2, NOT_LOGGED, emptyTree());
  assert.equal(piece?.text, 'not logged');
  assert.match(piece?.explanation ?? '', /log/);
});

test('decodeArgument tells buffers and functions, which are recorded by their sizes and names, from texts', () => {
  const text = (fn: FunctionName, index: number, value: string) =>
    decodeArgument(fn, index, value, emptyTree())[0]?.text;
  assert.equal(text('InternetReadFile', 1, '512 bytes'), '512 bytes');
  assert.equal(text('InternetReadFile', 1, '1 bytes'), '1 byte');
  assert.equal(text('HttpSendRequestEx', 1, 'dwBufferTotal 5, dwBufferLength 0'), 'dwBufferTotal 5, dwBufferLength 0');
  assert.equal(text('InternetSetStatusCallback', 1, 'function onStatus'), 'function onStatus');
  assert.equal(text('HttpOpenRequest', 2, '512 bytes'), '"512 bytes"');
  assert.equal(text('HttpAddRequestHeaders', 1, 'X-Trace: one\r\n'), '"X-Trace: one\\r\\n"');
});

test('decodeStatus and decodeError name and explain', () => {
  assert.deepEqual(decodeStatus(c.INTERNET_STATUS_REDIRECT).text, 'REDIRECT (110)');
  assert.match(decodeStatus(c.INTERNET_STATUS_REDIRECT).explanation, /redirect/i);
  const { text, explanation } = decodeError('ERROR_FTP_TRANSFER_IN_PROGRESS');
  assert.equal(text, 'ERROR_FTP_TRANSFER_IN_PROGRESS (12110)');
  assert.match(explanation, /close/i);
  const information = { result: 0, error: 'ERROR_INTERNET_TIMEOUT' } as const;
  const completion = decodeInformation({ code: c.INTERNET_STATUS_REQUEST_COMPLETE, information }, emptyTree());
  assert.equal(completion?.text, 'dwResult 0, dwError ERROR_INTERNET_TIMEOUT (12002)');
});

const values: Readonly<Record<string, unknown>> = c;

function numberOf(text: string): number {
  return text.startsWith('0x') ? Number(text) : Number(values[text]);
}
