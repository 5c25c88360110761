import assert from 'node:assert/strict';
import { test } from 'node:test';
import { httpSendsOf } from '../../extension/shared/httpSends.ts';
import { timingsOf, totalOf } from '../../extension/shared/timings.ts';
import { recordJournal } from './recordedJournal.ts';

test('timingsOf tells which steps each request went through', async (t) => {
  const { journal, playground } = await recordJournal(t);
  const sends = httpSendsOf(journal.entries, journal.base);
  const steps = sends.map((send) => {
    const { start, ...told } = timingsOf(send);
    for (const value of [start, ...Object.values(told)]) assert.ok(Number.isSafeInteger(value) && value >= 0);
    const last = send.entries.at(-1)?.t ?? 0;
    assert.ok(start + totalOf({ start, ...told }) <= last, 'the steps follow each other');
    const origin = send.url.startsWith('https') ? playground.https.origin : playground.http.origin;
    return `${send.method} ${send.url.replace(origin, '')} ${Object.keys(told).join(' ')} ${send.error?.symbol ?? 'well'}`;
  });
  assert.deepEqual(steps, [
    'GET /redirect/relative blocked name connect send firstByte well',
    'GET /redirect/landing blocked send firstByte transfer well',
    'POST /echo?q=a%20b&token=•••• blocked send firstByte transfer well',
    'GET /connection/interim-103 blocked send firstByte well',
    'GET /fault/reset-at-once blocked name connect send ERROR_INTERNET_CONNECTION_RESET',
    'GET /status/200 blocked name connect ERROR_INTERNET_INVALID_CA',
    'GET /status/200 blocked name connect tls send firstByte transfer well',
    'GET http://127.0.0.1:1/nobody blocked name ERROR_INTERNET_CANNOT_CONNECT',
  ]);
});
