import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as v from 'valibot';
import { type HarEntry, harOf } from '../../extension/shared/harOf.ts';
import { parseEntry } from '../../extension/shared/journalSchema.ts';
import { checkpoint, emptyTree } from '../../extension/shared/model.ts';
import { numbered } from './journals.ts';
import { recordJournal } from './recordedJournal.ts';

const ORIGIN = { startedAt: Date.UTC(2026, 0, 1), version: '1.2.3', comment: 'A lesson' };

test('harOf writes an archive of every HTTP request that the engine sent', async (t) => {
  const { journal, playground } = await recordJournal(t);
  const har = harOf(journal.entries, journal.base, ORIGIN);
  v.assert(HAR, JSON.parse(JSON.stringify(har)));
  const lines = har.log.entries.map(({ request, response, _error = '' }) => {
    const url = request.url.replace(playground.http.origin, 'HTTP').replace(playground.https.origin, 'HTTPS');
    return `${request.method} ${url} ${request.httpVersion} = ${response.status} ${response.statusText} ${_error}`;
  });
  assert.deepEqual(lines, [
    'GET HTTP/redirect/relative HTTP/1.1 = 302 Found ',
    'GET HTTP/redirect/landing HTTP/1.1 = 200 OK ',
    'POST HTTP/echo?q=a%20b&token=•••• HTTP/1.1 = 200 OK ',
    'GET HTTP/connection/interim-103 HTTP/1.1 = 200 OK ',
    'GET HTTP/fault/reset-at-once HTTP/1.1 = 0  ERROR_INTERNET_CONNECTION_RESET',
    'GET HTTPS/status/200  = 0  ERROR_INTERNET_INVALID_CA',
    'GET HTTPS/status/200 HTTP/1.1 = 200 OK ',
    'GET http://127.0.0.1:1/nobody  = 0  ERROR_INTERNET_CANNOT_CONNECT',
  ]);
});

test('harOf tells sizes, types, redirects and connections, and no secret', async (t) => {
  const { journal } = await recordJournal(t);
  const { entries } = harOf(journal.entries, journal.base, ORIGIN).log;
  const [redirect, landing, echo, , , , secured] = entries;
  assert.ok(redirect !== undefined && landing !== undefined && echo !== undefined && secured !== undefined);
  assert.equal(redirect.response.redirectURL, 'landing');
  assert.deepEqual([redirect.serverIPAddress, landing.serverIPAddress], ['127.0.0.1', '127.0.0.1']);
  assert.ok(redirect.connection !== undefined);
  assert.equal(landing.connection, redirect.connection, 'kept alive');
  assert.deepEqual(
    [landing.timings.dns, landing.timings.connect, landing.timings.ssl, redirect.timings.ssl],
    [-1, -1, -1, -1],
  );
  assert.ok(secured.timings.ssl > 0 && secured.timings.connect >= secured.timings.ssl);
  assert.equal(landing.response.content.size, 60);
  assert.equal(landing.response.bodySize, 60);
  assert.ok(landing.response.headersSize > 100 && landing.request.headersSize > 60);
  assert.equal(landing.response.content.mimeType, 'text/plain; charset=utf-8');
  assert.deepEqual(echo.request.cookies, [{ name: '••••', value: '••••' }]);
  assert.deepEqual(echo.request.queryString, [
    { name: 'q', value: 'a b' },
    { name: 'token', value: '••••' },
  ]);
  assert.deepEqual([echo.request.bodySize, echo.request.headersSize], [5, -1]);
  assert.ok(echo.request.headers.some(({ name, value }) => name === 'X-Note' && value === 'plain'));
  assert.doesNotMatch(JSON.stringify(entries), /hush|secret|hello/);
  for (const { startedDateTime, time, timings } of entries) {
    assert.match(startedDateTime, /^2026-01-01T00:00:/);
    const { blocked, dns, connect, send, wait, receive } = timings;
    const sum = [blocked, dns, connect, send, wait, receive].reduce((all, one) => all + Math.max(one, 0), 0);
    assert.ok(Math.abs(sum - time) < 0.001, 'the time is the sum of the steps, ssl being part of connect');
  }
});

test('harOf knows the handles of a journal that was cut', async (t) => {
  const { journal } = await recordJournal(t);
  const whole = harOf(journal.entries, journal.base, ORIGIN).log.entries;
  const cut = await recordJournal(t, 60);
  assert.ok(cut.journal.cut > 0);
  const rest = harOf(cut.journal.entries, cut.journal.base, ORIGIN).log.entries;
  assert.ok(rest.length < whole.length);
  const outcome = ({ response, _error, request }: HarEntry) => [request.method, response.status, _error];
  assert.deepEqual(rest.map(outcome), rest.length === 0 ? [] : whole.slice(-rest.length).map(outcome));
});

test('harOf takes foreign journals with absurd times and broken heads', () => {
  const bodies = [
    {
      type: 'handle-open',
      serial: 1,
      value: 4,
      kind: 'http-request',
      state: 'sending',
      parent: null,
      fn: 'InternetOpenUrl',
      call: 1,
      target: '',
    },
    {
      type: 'wire',
      serial: 1,
      direction: 'out',
      text: 'GET /%E0%A4%A?%zz=%&=&a HTTP/1.1\r\n: x\r\nno colon\r\n folded',
    },
    { type: 'wire', serial: 1, direction: 'in', text: 'HTTP/1.1 200\r\nContent-Length: 1e9' },
  ] as const;
  const entries = numbered(bodies).map((entry) => ({ ...entry, t: Number.MAX_SAFE_INTEGER }));
  for (const entry of entries) assert.ok(parseEntry(entry).ok);
  const har = harOf(entries, checkpoint(emptyTree()), { ...ORIGIN, startedAt: 8.64e15 });
  v.assert(HAR, JSON.parse(JSON.stringify(har)));
  assert.equal(har.log.entries[0]?.request.url, '/%E0%A4%A?%zz=%&=&a');
});

// From the specification of HAR 1.2: what an archive must have, and which numbers may be -1.
const size = v.pipe(v.number(), v.integer(), v.minValue(-1));
const took = v.pipe(v.number(), v.minValue(0));
const maybe = v.union([v.literal(-1), took]);
const pairs = v.array(v.object({ name: v.string(), value: v.string(), comment: v.optional(v.string()) }));
const message = { httpVersion: v.string(), cookies: pairs, headers: pairs, headersSize: size, bodySize: size };
const HAR = v.strictObject({
  log: v.strictObject({
    version: v.literal('1.2'),
    creator: v.strictObject({ name: v.string(), version: v.string() }),
    comment: v.optional(v.string()),
    entries: v.array(
      v.strictObject({
        startedDateTime: v.pipe(v.string(), v.regex(/^\+?\d{4,6}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)),
        time: took,
        request: v.strictObject({ method: v.string(), url: v.string(), queryString: pairs, ...message }),
        response: v.strictObject({
          status: v.pipe(v.number(), v.integer(), v.minValue(0)),
          statusText: v.string(),
          content: v.strictObject({ size, mimeType: v.string(), comment: v.optional(v.string()) }),
          redirectURL: v.string(),
          ...message,
        }),
        cache: v.strictObject({}),
        timings: v.strictObject({
          blocked: maybe,
          dns: maybe,
          connect: maybe,
          ssl: maybe,
          send: took,
          wait: took,
          receive: took,
        }),
        serverIPAddress: v.optional(v.string()),
        connection: v.optional(v.string()),
        comment: v.optional(v.string()),
        _handle: v.number(),
        _error: v.optional(v.string()),
      }),
    ),
  }),
});
