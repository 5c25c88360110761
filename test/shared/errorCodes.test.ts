import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  ERRORS,
  type ErrorSymbol,
  errorCode,
  errorRemedy,
  errorSymbol,
  isErrorSymbol,
} from '../../extension/shared/errorCodes.ts';
import { functionNames, functionRow, handleKinds, kindRow } from '../../extension/shared/hierarchy.ts';

/** From winerror.h and wininet.h. */
const KNOWN: Readonly<Partial<Record<ErrorSymbol, number>>> = {
  ERROR_SUCCESS: 0,
  ERROR_FILE_NOT_FOUND: 2,
  ERROR_ACCESS_DENIED: 5,
  ERROR_INVALID_HANDLE: 6,
  ERROR_NO_MORE_FILES: 18,
  ERROR_FILE_EXISTS: 80,
  ERROR_INVALID_PARAMETER: 87,
  ERROR_INSUFFICIENT_BUFFER: 122,
  ERROR_IO_PENDING: 997,
  ERROR_INTERNET_TIMEOUT: 12002,
  ERROR_INTERNET_EXTENDED_ERROR: 12003,
  ERROR_INTERNET_INVALID_URL: 12005,
  ERROR_INTERNET_UNRECOGNIZED_SCHEME: 12006,
  ERROR_INTERNET_NAME_NOT_RESOLVED: 12007,
  ERROR_INTERNET_INVALID_OPERATION: 12016,
  ERROR_INTERNET_OPERATION_CANCELLED: 12017,
  ERROR_INTERNET_INCORRECT_HANDLE_TYPE: 12018,
  ERROR_INTERNET_INCORRECT_HANDLE_STATE: 12019,
  ERROR_INTERNET_CANNOT_CONNECT: 12029,
  ERROR_INTERNET_CONNECTION_ABORTED: 12030,
  ERROR_INTERNET_CONNECTION_RESET: 12031,
  ERROR_INTERNET_FORCE_RETRY: 12032,
  ERROR_INTERNET_INVALID_CA: 12045,
  ERROR_FTP_TRANSFER_IN_PROGRESS: 12110,
  ERROR_FTP_DROPPED: 12111,
  ERROR_HTTP_HEADER_NOT_FOUND: 12150,
  ERROR_HTTP_INVALID_SERVER_RESPONSE: 12152,
  ERROR_HTTP_REDIRECT_FAILED: 12156,
  ERROR_INTERNET_DECODING_FAILED: 12175,
};

const symbols = Object.keys(ERRORS).filter(isErrorSymbol);

test('errorCode has the numbers of winerror.h and wininet.h', () => {
  for (const [symbol, code] of Object.entries(KNOWN)) {
    assert.ok(isErrorSymbol(symbol));
    assert.equal(errorCode(symbol), code, symbol);
  }
});

test('errorSymbol leads from a number back to a symbol of that number', () => {
  for (const symbol of symbols) {
    const back = errorSymbol(errorCode(symbol));
    assert.ok(back !== undefined && errorCode(back) === errorCode(symbol), symbol);
  }
  assert.equal(errorSymbol(99_999), undefined);
});

test('ERRORS has no number twice but 12163, which has two names, and a meaning that ends like a sentence for every symbol', () => {
  const shared = symbols.filter((symbol) => errorSymbol(errorCode(symbol)) !== symbol);
  assert.deepEqual(shared.map(errorCode), [12163]);
  for (const symbol of symbols) assert.match(ERRORS[symbol].meaning, /\.$/, symbol);
});

test('errorRemedy says what to do about every error that the table of handles raises', () => {
  const raised = new Set<ErrorSymbol>([
    'ERROR_INTERNET_INCORRECT_HANDLE_TYPE',
    'ERROR_INTERNET_INCORRECT_HANDLE_STATE',
  ]);
  const symbolsIn = (own: object | string): string[] =>
    typeof own === 'string' ? [own] : Object.values(own).flatMap(symbolsIn);
  for (const name of functionNames) {
    for (const one of symbolsIn(functionRow(name).refusals ?? {})) if (isErrorSymbol(one)) raised.add(one);
  }
  for (const kind of handleKinds) for (const one of Object.values(kindRow(kind).wrongState ?? {})) raised.add(one);
  for (const symbol of raised) assert.match(errorRemedy(symbol), /^[A-Z].+\.$/, symbol);
});

test('isErrorSymbol knows only the names of the table', () => {
  assert.ok(isErrorSymbol('ERROR_INVALID_HANDLE'));
  for (const text of ['toString', '__proto__', 'constructor', 'ERROR_NONSENSE', ''])
    assert.ok(!isErrorSymbol(text), text);
});
