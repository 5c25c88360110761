import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CAUSES,
  type Cause,
  causeOfError,
  socketErrorOfCause,
  symbolOfCause,
} from '../../extension/drivers/causeMap.ts';
import type { RaisedSymbol } from '../../extension/shared/errorCodes.ts';

const expected: Readonly<Record<Cause, RaisedSymbol>> = {
  ENOTFOUND: 'ERROR_INTERNET_NAME_NOT_RESOLVED',
  EAI_AGAIN: 'ERROR_INTERNET_NAME_NOT_RESOLVED',
  EAI_FAIL: 'ERROR_INTERNET_NAME_NOT_RESOLVED',
  EAI_NODATA: 'ERROR_INTERNET_NAME_NOT_RESOLVED',
  ECONNREFUSED: 'ERROR_INTERNET_CANNOT_CONNECT',
  EHOSTUNREACH: 'ERROR_INTERNET_CANNOT_CONNECT',
  ENETUNREACH: 'ERROR_INTERNET_CANNOT_CONNECT',
  EADDRNOTAVAIL: 'ERROR_INTERNET_CANNOT_CONNECT',
  EADDRINUSE: 'ERROR_INTERNET_SOURCE_PORT_IN_USE',
  EACCES: 'ERROR_INTERNET_CANNOT_CONNECT',
  EPERM: 'ERROR_INTERNET_CANNOT_CONNECT',
  ETIMEDOUT: 'ERROR_INTERNET_TIMEOUT',
  ECONNRESET: 'ERROR_INTERNET_CONNECTION_RESET',
  EPIPE: 'ERROR_INTERNET_CONNECTION_RESET',
  ECONNABORTED: 'ERROR_INTERNET_CONNECTION_ABORTED',
  ABORT_ERR: 'ERROR_INTERNET_OPERATION_CANCELLED',
  'ftp: reply 421': 'ERROR_FTP_DROPPED',
  'ftp: control connection ended': 'ERROR_FTP_DROPPED',
  'ftp: no answer in time': 'ERROR_INTERNET_TIMEOUT',
  'ftp: logon refused': 'ERROR_INTERNET_LOGIN_FAILURE',
  'ftp: passive mode refused': 'ERROR_INTERNET_EXTENDED_ERROR',
  'ftp: size of no file': 'ERROR_INTERNET_INVALID_OPERATION',
  'ftp: transfer not confirmed': 'ERROR_INTERNET_CONNECTION_ABORTED',
  'ftp: done without data': 'ERROR_INTERNET_EXTENDED_ERROR',
  'ftp: negative reply': 'ERROR_INTERNET_EXTENDED_ERROR',
  'ftp: reply not understood': 'ERROR_INTERNET_EXTENDED_ERROR',
  'ftp: listing too long': 'ERROR_NOT_ENOUGH_MEMORY',
  'ftp: control character in a command': 'ERROR_INVALID_PARAMETER',
  'http: closed without an answer': 'ERROR_HTTP_INVALID_SERVER_RESPONSE',
  'http: answer not understood': 'ERROR_HTTP_INVALID_SERVER_RESPONSE',
  'http: head too long': 'ERROR_HTTP_INVALID_SERVER_RESPONSE',
  'http: body cut short': 'ERROR_INTERNET_CONNECTION_ABORTED',
  'http: time-out elapsed': 'ERROR_INTERNET_TIMEOUT',
  'http: request body of another size': 'ERROR_INVALID_PARAMETER',
  'http: given up': 'ERROR_INTERNET_OPERATION_CANCELLED',
  'gopher: answer not understood': 'ERROR_GOPHER_PROTOCOL_ERROR',
  'gopher: answer cut short': 'ERROR_GOPHER_DATA_ERROR',
  'gopher: answer too long': 'ERROR_GOPHER_DATA_ERROR',
  'gopher: closed without an answer': 'ERROR_GOPHER_END_OF_DATA',
  'gopher: request refused': 'ERROR_INTERNET_EXTENDED_ERROR',
  'gopher: no Gopher+': 'ERROR_GOPHER_NOT_GOPHER_PLUS',
  'gopher: no answer in time': 'ERROR_INTERNET_TIMEOUT',
  'gopher: control character in a request': 'ERROR_INVALID_PARAMETER',
  'tls: unknown authority': 'ERROR_INTERNET_INVALID_CA',
  'tls: wrong name': 'ERROR_INTERNET_SEC_CERT_CN_INVALID',
  'tls: wrong date': 'ERROR_INTERNET_SEC_CERT_DATE_INVALID',
  'tls: wrong usage': 'ERROR_INTERNET_SEC_INVALID_CERT',
  'tls: weak certificate': 'ERROR_INTERNET_SEC_CERT_WEAK_SIGNATURE',
  'tls: revocation unknown': 'ERROR_INTERNET_SEC_CERT_REV_FAILED',
  'tls: revoked': 'ERROR_INTERNET_SEC_CERT_REVOKED',
  'tls: client certificate demanded': 'ERROR_INTERNET_CLIENT_AUTH_CERT_NEEDED',
  'tls: client certificate refused': 'ERROR_INTERNET_SECURITY_CHANNEL_ERROR',
  'tls: handshake failed': 'ERROR_INTERNET_SECURITY_CHANNEL_ERROR',
};

test('symbolOfCause answers the expected symbol for each row', async (t) => {
  for (const { cause, symbol } of CAUSES) {
    await t.test(`symbolOfCause turns ${cause} into ${symbol}`, () => {
      assert.equal(symbol, expected[cause]);
      assert.equal(symbolOfCause(cause), symbol);
    });
  }
});

test('CAUSES names each cause once and gives a reason in a sentence', () => {
  assert.equal(new Set(CAUSES.map((row) => row.cause)).size, CAUSES.length);
  assert.deepEqual(CAUSES.map((row) => row.cause).sort(), Object.keys(expected).sort());
  for (const { cause, reason } of CAUSES) assert.match(reason, /^[A-Z].*\.$/, cause);
});

test('causeOfError knows native errors by their code and no others', () => {
  assert.equal(causeOfError(Object.assign(new Error('x'), { code: 'ECONNREFUSED' })), 'ECONNREFUSED');
  assert.equal(causeOfError(Object.assign(new AggregateError([]), { code: 'ETIMEDOUT' })), 'ETIMEDOUT');
  assert.equal(causeOfError(Object.assign(new Error('x'), { code: 'EWHATEVER' })), undefined);
  assert.equal(causeOfError(Object.assign(new Error('x'), { code: 550 })), undefined);
  assert.equal(causeOfError(Object.assign(new Error('x'), { code: 'EINVAL', syscall: 'getaddrinfo' })), 'ENOTFOUND');
  assert.equal(causeOfError(new Error('ECONNREFUSED')), undefined);
  assert.equal(causeOfError({ code: 'ECONNREFUSED' }), undefined);
  assert.equal(causeOfError(undefined), undefined);
});

test('socketErrorOfCause knows the numbers of Winsock, and none for what no socket did', () => {
  assert.equal(socketErrorOfCause('ECONNREFUSED'), 10_061);
  assert.equal(socketErrorOfCause('ENOTFOUND'), 11_001);
  assert.equal(socketErrorOfCause('tls: wrong name'), undefined);
});
