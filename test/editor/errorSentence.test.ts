import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorSentence, problemOf } from '../../extension/editor/errorSentence.ts';
import { parseHeaderLines } from '../../extension/wininet/requestHeaders.ts';
import { splitUrl } from '../../extension/wininet/url.ts';
import { WinInetError } from '../../extension/wininet/winInetError.ts';

test('errorSentence shows symbol, number and what to do', () => {
  const error = new WinInetError('ERROR_INTERNET_CANNOT_CONNECT', 'HttpSendRequest', null, { sentence: 'Try later.' });
  assert.equal(errorSentence(error), 'ERROR_INTERNET_CANNOT_CONNECT (12029): Try later.');
});

test('errorSentence makes text from servers harmless', () => {
  const error = new WinInetError('ERROR_INTERNET_EXTENDED_ERROR', 'FtpDeleteFile', null, { sentence: 'a\u202eb\nc' });
  assert.equal(errorSentence(error), 'ERROR_INTERNET_EXTENDED_ERROR (12003): a\\u{202e}b\\nc');
});

test('problemOf says what the engine finds wrong with a URL', () => {
  assert.match(problemOf(() => splitUrl('example.org')) ?? '', /^ERROR_INTERNET_UNRECOGNIZED_SCHEME \(12006\): ./);
  assert.match(problemOf(() => splitUrl('http://')) ?? '', /^ERROR_INTERNET_INVALID_URL \(12005\): ./);
  assert.equal(
    problemOf(() => splitUrl('http://example.org')),
    undefined,
  );
});

test('problemOf says what the engine finds wrong with a header', () => {
  assert.match(problemOf(() => parseHeaderLines('no colon')) ?? '', /^ERROR_HTTP_INVALID_HEADER \(12153\): ./);
  assert.equal(
    problemOf(() => parseHeaderLines('Accept: */*')),
    undefined,
  );
});
