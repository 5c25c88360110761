import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { judge } from './conformance.ts';
import { Fixtures } from './fixtures.ts';
import type { Case, Outcome, Step } from './vectors.ts';

let fixtures: Fixtures;
before(async () => {
  fixtures = new Fixtures(import.meta.dirname);
  await fixtures.start();
});
after(() => fixtures.stop());

const open: Step = {
  call: 'InternetOpen',
  args: { lpszAgent: 'a', dwFlags: 0 },
  save: '$s',
  expect: { ok: true, handle: '$s' },
};
const callback: Step = { call: 'InternetSetStatusCallback', args: { hInternet: '$s', lpfnInternetCallback: 'log' } };
const connect: Step = {
  call: 'InternetConnect',
  args: {
    hInternet: '$s',
    lpszServerName: '127.0.0.1',
    nServerPort: '{{http.port}}',
    lpszUserName: null,
    lpszPassword: null,
    dwService: 'INTERNET_SERVICE_HTTP',
    dwFlags: 0,
    dwContext: 1,
  },
  save: '$c',
};
const request: Step = {
  call: 'HttpOpenRequest',
  args: { hConnect: '$c', lpszVerb: 'GET', lpszObjectName: '/hello', dwFlags: 0, dwContext: 2 },
  save: '$r',
};
const send: Step = { call: 'HttpSendRequest', args: { hRequest: '$r', lpszHeaders: null, lpOptional: null } };
const status: Step = {
  call: 'HttpQueryInfo',
  args: {
    hRequest: '$r',
    dwInfoLevel: 'HTTP_QUERY_STATUS_CODE',
    lpBuffer: 'buffer',
    lpdwBufferLength: 10,
    lpdwIndex: null,
  },
};
const read: Step = {
  call: 'InternetReadFile',
  args: { hFile: '$r', lpBuffer: 'buffer', dwNumberOfBytesToRead: 100, lpdwNumberOfBytesRead: 0 },
};

test('judge accepts what is as expected', async () => {
  const created = { status: 'INTERNET_STATUS_HANDLE_CREATED', handle: '$s', context: 1, info: '$c' };
  const steps = [
    open,
    callback,
    expecting(connect, { ok: true, handle: '$c', callbacks: [created] }),
    request,
    send,
    expecting(status, { ok: true, out: { length: 3, buffer: '200' } }),
    expecting(read, { ok: true, out: { bytesRead: 13, data: 'Hello, world!' } }),
  ];
  const head = ['GET /hello HTTP/1.1', 'Host: 127.0.0.1:{{http.port}}'];
  assert.equal(await judged(steps, { http: [{ listener: 'http', conn: 0, head, body: '' }] }), null);
});

for (const [what, steps, complaint] of [
  [
    'a success that was to fail',
    [expecting(open, { ok: false, error: 'ERROR_INVALID_PARAMETER', code: 87 })],
    /step 1 InternetOpen: ok/,
  ],
  [
    'another error',
    [
      {
        call: 'InternetCloseHandle',
        args: { hInternet: null },
        expect: { ok: false, error: 'ERROR_INVALID_PARAMETER', code: 87 },
      },
    ],
    /error: expected ERROR_INVALID_PARAMETER \(87\), got ERROR_INVALID_HANDLE \(6\)/,
  ],
  [
    'another text',
    [open, connect, request, send, expecting(status, { ok: true, out: { buffer: '201' } })],
    /buffer: expected 201, got 200/,
  ],
  ['another length', [open, connect, request, send, expecting(status, { ok: true, out: { length: 4 } })], /length/],
  ['other bytes', [open, connect, request, send, expecting(read, { ok: true, out: { data: 'Hello' } })], /data/],
  ['a missing callback', [open, callback, expecting(connect, { ok: true, callbacks: [] })], /callbacks/],
  [
    'another handle in a callback',
    [
      open,
      callback,
      expecting(connect, {
        ok: true,
        callbacks: [{ status: 'INTERNET_STATUS_HANDLE_CREATED', handle: '$c', context: 1, info: '$c' }],
      }),
    ],
    /callback/,
  ],
  [
    'what Windows does differently',
    [{ ...open, windows: { ok: false, error: 'ERROR_INVALID_PARAMETER', preferred: true } }],
    /step 1/,
  ],
] as const satisfies readonly (readonly [string, readonly Step[], RegExp])[]) {
  test(`judge reports ${what}`, async () => {
    assert.match((await judged(steps)) ?? 'nothing', complaint);
  });
}

test('judge takes a placeholder for one and the same handle in the whole case', async () => {
  const told = (handle: string) => ({ status: 'INTERNET_STATUS_HANDLE_CREATED', handle, context: 1, info: '*' });
  const second: Step = { ...connect, save: '$d' };
  const steps = (one: string, first: string, other: string, next: string) => [
    open,
    callback,
    expecting(connect, { ok: true, callbacks: [{ ...told(one), info: first }] }),
    expecting(second, { ok: true, callbacks: [{ ...told(other), info: next }] }),
  ];
  assert.equal(await judged(steps('?1', '?2', '?1', '?3')), null);
  assert.equal(await judged(steps('$s', '?2', '?5', '$d')), null);
  assert.match((await judged(steps('?1', '?2', '?3', '?4'))) ?? '', /^step 4 InternetConnect: callback/, 'two for one');
  assert.match((await judged(steps('?1', '?2', '?1', '?2'))) ?? '', /^step 4 InternetConnect: callback/, 'one for two');
  assert.match(
    (await judged(steps('?1', '?1', '?1', '?3'))) ?? '',
    /^step 3 InternetConnect: callback/,
    'in one entry',
  );
  // "*" is any number, and a handle is none.
  assert.match((await judged(steps('?1', '*', '?1', '?3'))) ?? '', /^step 3 InternetConnect: callback/);
});

test('judge forgets what a placeholder stood for in an answer that was not given', async () => {
  const parent: Step = {
    call: 'InternetQueryOption',
    args: {
      hInternet: '$c',
      dwOption: 'INTERNET_OPTION_PARENT_HANDLE',
      lpBuffer: 'handle',
      lpdwBufferLength: 8,
    },
    expect: { ok: true, out: { handle: '?2' } },
  };
  const windows = { anyOf: [{ ok: true, out: { handle: '?1', length: 7 } }], preferred: false };
  assert.equal(
    await judged([open, connect, { ...parent, windows }, expecting(parent, { ok: true, out: { handle: '?2' } })]),
    null,
  );
});

for (const [what, steps, complaint] of [
  ['a function that does not exist', [{ call: 'InternetOpn', args: {} }], /^step 1 InternetOpn: threw .*no function/],
  ['a step that does not exist', [{ call: '@wiat', args: {} }], /^step 1 @wiat: threw .*no step/],
  ['a variable that nothing has saved', [{ call: 'InternetCloseHandle', args: { hInternet: '$x' } }], /\$x/],
] as const) {
  test(`judge reports ${what}, though the step was to fail somehow`, async () => {
    const expect = { ok: false, error: 'NOT_SET', code: null };
    assert.match((await judged(steps.map((step) => ({ ...step, expect })))) ?? 'nothing', complaint);
  });
}

test('judge reports another code beside the right symbol', async () => {
  const closing = { call: 'InternetCloseHandle', args: { hInternet: null } };
  const found = await judged([{ ...closing, expect: { ok: false, error: 'ERROR_INVALID_HANDLE', code: 7 } }]);
  assert.match(found ?? 'nothing', /error: expected ERROR_INVALID_HANDLE \(7\), got ERROR_INVALID_HANDLE \(6\)/);
});

test('judge reports a request that the fixture did not see', async () => {
  const entry = { listener: 'http', conn: 0, head: ['GET /hello HTTP/1.1'], body: '' };
  assert.match((await judged([open], { http: [entry] })) ?? 'nothing', /wire\.http\[0\]/);
});

test('judge takes either answer where what Windows does is only inferred', async () => {
  const windows = { ok: false, error: 'ERROR_INVALID_PARAMETER', preferred: false };
  assert.equal(await judged([{ ...open, windows }]), null);
});

function expecting(step: Step, expect: Outcome): Step {
  return { ...step, expect };
}

async function judged(steps: readonly Step[], wire?: Case['wire']): Promise<string | null> {
  const one: Case = {
    name: 'own',
    group: 'own',
    needs: 'http',
    steps: [...steps],
    wire,
    advisory: undefined,
    skip: undefined,
  };
  return await judge(one, fixtures);
}
