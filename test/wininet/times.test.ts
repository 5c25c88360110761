import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import * as c from '../../extension/shared/constants.ts';
import type { SYSTEMTIME } from '../../extension/wininet/index.ts';
import { entriesOf, failsWith, leavesNothingBehind, startEngine } from './engineFixture.ts';

leavesNothingBehind();

test('InternetTimeToSystemTime reads what InternetTimeFromSystemTime writes, to the second', async (t) => {
  const { wininet } = await startEngine(t);
  const seconds = fc.integer({ min: Date.UTC(1601) / 1000, max: Date.UTC(9999, 11, 31) / 1000 });
  await fc.assert(
    fc.asyncProperty(seconds, async (second) => {
      const time = new Date(second * 1000);
      assert.deepEqual(await wininet.InternetTimeToSystemTime(await wininet.InternetTimeFromSystemTime(time)), time);
    }),
    { verbose: true },
  );
});

test('InternetTimeFromSystemTime fills a buffer of 30 bytes, and refuses a smaller one and what is no time', async (t) => {
  const { wininet } = await startEngine(t);
  const time = new Date('1994-11-06T08:49:37Z');
  const buffer = new Uint8Array(30);
  assert.equal(await wininet.InternetTimeFromSystemTime(time, 0, buffer), 29);
  assert.equal(Buffer.from(buffer).toString('latin1'), 'Sun, 06 Nov 1994 08:49:37 GMT\0');
  await failsWith(wininet.InternetTimeFromSystemTime(time, 0, buffer.subarray(1)), 'ERROR_INSUFFICIENT_BUFFER');
  await failsWith(wininet.InternetTimeFromSystemTime(time, 1), 'ERROR_INVALID_PARAMETER');
  await failsWith(wininet.InternetTimeFromSystemTime(new Date(Number.NaN)), 'ERROR_INVALID_PARAMETER');
  await failsWith(wininet.InternetTimeFromSystemTime(new Date(Date.UTC(10_000))), 'ERROR_INVALID_PARAMETER');
});

test('InternetTimeFromSystemTime takes a SYSTEMTIME as well as a Date, and its day of the week as it is', async (t) => {
  const { wininet, journal } = await startEngine(t);
  const time: SYSTEMTIME = {
    wYear: 2005,
    wMonth: 1,
    wDayOfWeek: 5,
    wDay: 7,
    wHour: 12,
    wMinute: 6,
    wSecond: 35,
    wMilliseconds: 999,
  };
  const text = 'Fri, 07 Jan 2005 12:06:35 GMT';
  assert.equal(await wininet.InternetTimeFromSystemTime(time), text);
  assert.equal(entriesOf(journal, 'call-begin').at(-1)?.args[0], text);
  const buffer = new Uint8Array(30);
  assert.equal(await wininet.InternetTimeFromSystemTime(time, c.INTERNET_RFC1123_FORMAT, buffer), 29);
  assert.equal(Buffer.from(buffer).toString('latin1'), `${text}\0`);
  const wrongDay = await wininet.InternetTimeFromSystemTime({ ...time, wDayOfWeek: 1 });
  assert.equal(wrongDay, 'Mon, 07 Jan 2005 12:06:35 GMT');
  assert.deepEqual(await wininet.InternetTimeToSystemTime(wrongDay), new Date('2005-01-07T12:06:35Z'));
  for (const field of [
    { wYear: 1600 },
    { wYear: 10_000 },
    { wMonth: 0 },
    { wMonth: 13 },
    { wDayOfWeek: 7 },
    { wMonth: 2, wDay: 29 },
    { wHour: 24 },
    { wMinute: 60 },
    { wSecond: 0.5 },
    { wMilliseconds: -1 },
    { wYear: '2005' as never },
  ]) {
    const wrong = wininet.InternetTimeFromSystemTime({ ...time, ...field });
    await failsWith(wrong, 'ERROR_INVALID_PARAMETER');
  }
});

test('InternetTimeToSystemTime is lenient about separators, and refuses what holds no time', async (t) => {
  const { wininet } = await startEngine(t);
  const time = new Date('2005-01-07T12:06:35Z');
  for (const text of [
    'Fri, 07 Jan 2005 12:06:35 GMT',
    'Friday, 07-Jan-05 12:06:35 GMT',
    'Fri Jan  7 12:06:35 2005',
    ' fri, 7 jan 2005 12 06 35',
    'fri 7 january 2005 12.6.35',
    'fri7jan2005 12:6:35',
  ]) {
    assert.deepEqual(await wininet.InternetTimeToSystemTime(text), time, text);
  }
  // The last of them would take minutes where it is tried in every possible way.
  const long = `fri 7 ${'a'.repeat(1_000_000)}`;
  for (const text of ['', 'today', 'Fri, 32 Jan 2005 12:06:35 GMT', 'fri 7 foo 2005 12 06 35', long]) {
    await failsWith(wininet.InternetTimeToSystemTime(text), 'ERROR_INVALID_PARAMETER');
  }
  await failsWith(wininet.InternetTimeToSystemTime('Fri, 07 Jan 2005 12:06:35 GMT', 1), 'ERROR_INVALID_PARAMETER');
});
