import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { createFtpDriver } from '../../extension/drivers/ftpDriver.ts';
import { type FtpFixtureOptions, startFtpFixture } from './ftpFixture.ts';
import { failsWith, logOn, makeCaller, summarize, targetOf } from './ftpLogon.ts';

// Longer than any name may be: no server is asked.
const unsayable = 'x'.repeat(300);
const brief = { connect: 150, send: 150, receive: 150 };

test('connect sends USER and PASS only, masks the password and reports every step in order', async (t) => {
  const server = await startFtpFixture(t);
  const { session, events } = await logOn(t, server);
  await session.close();
  assert.deepEqual(server.lines, ['USER user', 'PASS secret']);
  assert.deepEqual(summarize(events), [
    'connecting',
    'connected',
    ...['receiving', '< 220 Fixture ready', 'received', 'reply 220 Fixture ready'],
    ...['sending', '> USER user', 'sent', 'receiving'],
    ...['< 331 Password required', 'received', 'reply 331 Password required'],
    ...['sending', '> PASS ****', 'sent', 'receiving'],
    ...['< 230-Welcome', '< 230 User logged in', 'received', 'reply 230 User logged in'],
    'closing',
    'closed',
  ]);
  assert.ok(!JSON.stringify(events).includes('secret'));
});

test('connect reports the lookup of a name before the attempt', async (t) => {
  const server = await startFtpFixture(t);
  const { events } = await logOn(t, { host: 'localhost', port: server.port });
  assert.deepEqual(summarize(events).slice(0, 3), ['resolving', 'resolved', 'connecting']);
  assert.ok(summarize(events).indexOf('connected') < summarize(events).indexOf('receiving'));
});

test('connect counts the bytes of commands and replies', async (t) => {
  const server = await startFtpFixture(t);
  const { events } = await logOn(t, server);
  const counts = events.flatMap((event) => ('bytes' in event ? [event.bytes] : []));
  assert.deepEqual(counts, [19, 11, 23, 13, 33]);
});

test('connect sends no PASS when the user alone is enough', async (t) => {
  const server = await startFtpFixture(t, { acts: { USER: '230 Come in' } });
  await logOn(t, server);
  assert.deepEqual(server.lines, ['USER user']);
});

test('connect waits on when the server is not ready yet', async (t) => {
  await logOn(t, await startFtpFixture(t, { greeting: '120 Ready in a minute\r\n220 Ready' }));
});

test('connect understands replies in pieces of any size', async (t) => {
  for (const pieces of [1, 2, 3, 5, 8]) {
    const server = await startFtpFixture(t, { pieces, greeting: '220-Größe\r\n 220 not yet\r\n220 Ready' });
    const { session, context, events } = await logOn(t, server);
    assert.equal(await session.currentDirectory(context), '/pub');
    assert.deepEqual(
      summarize(events).filter((line) => line.startsWith('<')),
      [
        ...['< 220-Größe', '< 220 not yet', '< 220 Ready', '< 331 Password required'].map((line) =>
          line === '< 220 not yet' ? '<  220 not yet' : line,
        ),
        ...['< 230-Welcome', '< 230 User logged in', '< 257 "/pub" is the current directory'],
      ],
    );
  }
});

test('connect fails with ERROR_INTERNET_CANNOT_CONNECT when nobody listens', async () => {
  const server = createServer().listen({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  const address = server.address();
  assert.ok(address !== null && typeof address === 'object');
  await new Promise((resolve) => server.close(resolve));
  const { context, events } = makeCaller();
  await assert.rejects(
    createFtpDriver().connect(targetOf({ port: address.port }), context),
    failsWith('ERROR_INTERNET_CANNOT_CONNECT', new RegExp(`127\\.0\\.0\\.1:${address.port} could not be reached; .+`)),
  );
  assert.deepEqual(summarize(events), ['connecting']);
});

test('connect fails with ERROR_INTERNET_NAME_NOT_RESOLVED for a host that cannot exist', async () => {
  const { context, events } = makeCaller();
  await assert.rejects(
    createFtpDriver().connect(targetOf({ host: unsayable, port: 21 }), context),
    failsWith('ERROR_INTERNET_NAME_NOT_RESOLVED'),
  );
  assert.deepEqual(summarize(events), ['resolving']);
});

const refusals: readonly [string, FtpFixtureOptions, Parameters<typeof failsWith>][] = [
  [
    '530 after PASS',
    { acts: { PASS: '530 Login incorrect' } },
    ['ERROR_INTERNET_LOGIN_FAILURE', /530 Login incorrect/],
  ],
  ['530 after USER', { acts: { USER: '530 Not you' } }, ['ERROR_INTERNET_LOGIN_FAILURE', /530 Not you/]],
  ['332 after PASS', { acts: { PASS: '332 Account?' } }, ['ERROR_INTERNET_LOGIN_FAILURE']],
  ['500 after PASS', { acts: { PASS: '500 What?' } }, ['ERROR_INTERNET_EXTENDED_ERROR', /PASS: "500 What\?"/]],
  ['421 after PASS', { acts: { PASS: '421 Too many users' } }, ['ERROR_FTP_DROPPED', /421 Too many users/]],
  ['a greeting of 421', { greeting: '421 Too busy' }, ['ERROR_FTP_DROPPED', /421 Too busy/]],
  ['a greeting of 554', { greeting: '554 Go away' }, ['ERROR_INTERNET_EXTENDED_ERROR', /554 Go away/]],
  ['an end after USER', { acts: { USER: (_, client) => void client.control.end() } }, ['ERROR_FTP_DROPPED']],
  [
    'a reset after USER',
    { acts: { USER: (_, client) => void client.control.resetAndDestroy() } },
    ['ERROR_INTERNET_CONNECTION_RESET'],
  ],
  ['a line without end', { greeting: `220 ${'x'.repeat(300_000)}` }, ['ERROR_FTP_DROPPED']],
];

for (const [name, options, expected] of refusals) {
  test(`connect fails with ${expected[0]} at ${name} and leaves no connection`, async (t) => {
    const server = await startFtpFixture(t, options);
    const { context, events } = makeCaller();
    await assert.rejects(createFtpDriver().connect(targetOf(server), context), failsWith(...expected));
    assert.deepEqual(summarize(events).slice(-2), ['closing', 'closed']);
    assert.equal(summarize(events).filter((line) => line === 'closing').length, 1);
    while (server.openControls() > 0) await new Promise((resolve) => setImmediate(resolve));
  });
}

for (const [name, options] of [
  ['greeting', { greeting: null }],
  ['answer to PASS', { acts: { PASS: null } }],
] as const) {
  test(`connect fails with ERROR_INTERNET_TIMEOUT when the ${name} does not come`, async (t) => {
    const server = await startFtpFixture(t, options);
    await assert.rejects(
      createFtpDriver().connect(targetOf(server, { timeouts: brief }), makeCaller().context),
      failsWith('ERROR_INTERNET_TIMEOUT', /did not answer within 150 ms/),
    );
  });
}

test('connect stops at once with ERROR_INTERNET_OPERATION_CANCELLED when its handle is closed', async (t) => {
  const server = await startFtpFixture(t, { acts: { PASS: null } });
  const { context, abort } = makeCaller();
  const pending = createFtpDriver().connect(targetOf(server), context);
  while (!server.lines.includes('PASS secret')) await new Promise((resolve) => setImmediate(resolve));
  abort.abort();
  await assert.rejects(pending, failsWith('ERROR_INTERNET_OPERATION_CANCELLED'));
  await assert.rejects(
    createFtpDriver().connect(targetOf(server), context),
    failsWith('ERROR_INTERNET_OPERATION_CANCELLED'),
  );
});

test('connect refuses control characters with ERROR_INVALID_PARAMETER before it connects', async (t) => {
  const server = await startFtpFixture(t);
  for (const overrides of [{ user: 'a\r\nDELE b' }, { password: 'a\nb' }, { user: 'a\0' }]) {
    const { context, events } = makeCaller();
    await assert.rejects(
      createFtpDriver().connect(targetOf(server, overrides), context),
      failsWith('ERROR_INVALID_PARAMETER'),
    );
    assert.deepEqual(events, []);
  }
  assert.equal(server.openControls(), 0);
});
