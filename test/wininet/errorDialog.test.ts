import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createDrivers } from '../../extension/drivers/index.ts';
import * as c from '../../extension/shared/constants.ts';
import { errorCode } from '../../extension/shared/errorCodes.ts';
import { LiveJournal } from '../../extension/shared/liveJournal.ts';
import { createWinInet, type HINTERNET, type WinInet } from '../../extension/wininet/index.ts';
import type { Dialogs } from '../../extension/wininet/ports/dialogs.ts';
import { withPlayground } from '../playground/withPlayground.ts';
import { failsWith, leavesNothingBehind } from './engineFixture.ts';

const playground = withPlayground();
leavesNothingBehind();

const CHANGE = c.FLAGS_ERROR_UI_FILTER_FOR_ERRORS | c.FLAGS_ERROR_UI_FLAGS_CHANGE_OPTIONS;
const RETRY = errorCode('ERROR_INTERNET_FORCE_RETRY');
const CANCELLED = errorCode('ERROR_CANCELLED');

/** A person who answers everything in one way and remembers what was asked. */
function person(agrees: boolean): Dialogs & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    askCredentials: ({ realm, side }) => {
      asked.push(`${side} ${realm}`);
      return Promise.resolve(agrees ? { user: 'ada', password: 'lovelace' } : null);
    },
    askCertificate: ({ fault }) => {
      asked.push(fault);
      return Promise.resolve(agrees);
    },
    askClientCertificate: ({ url }) => {
      asked.push(url);
      return Promise.resolve(null);
    },
    askRedirect: ({ warning }) => {
      asked.push(warning);
      return Promise.resolve(agrees);
    },
  };
}

async function withRequest(
  dialogs: Dialogs | null,
  server: URL,
  path: string,
  run: (wininet: WinInet, request: HINTERNET<'http-request'>) => Promise<void>,
  recorder?: LiveJournal,
): Promise<void> {
  const wininet = createWinInet({ drivers: createDrivers(), dialogs, ...(recorder === undefined ? {} : { recorder }) });
  try {
    const root = await wininet.InternetOpen('test/1.0');
    const port = Number(server.port);
    const flags = server.protocol === 'https:' ? c.INTERNET_FLAG_SECURE : 0;
    const session = await wininet.InternetConnect(
      root,
      server.hostname,
      port,
      null,
      null,
      c.INTERNET_SERVICE_HTTP,
      flags,
      0,
    );
    await run(wininet, await wininet.HttpOpenRequest(session, null, path, null, null, null, flags, 0));
  } finally {
    await wininet.dispose();
  }
}

test('InternetErrorDlg asks for name and password behind a 401, and the next HttpSendRequest is let in', async () => {
  for (const path of ['/auth/basic', '/auth/digest']) {
    const dialogs = person(true);
    await withRequest(dialogs, playground().http, path, async (wininet, request) => {
      await wininet.HttpSendRequest(request);
      assert.equal(await wininet.InternetErrorDlg(null, request, 0, CHANGE, null), RETRY);
      await wininet.HttpSendRequest(request);
      assert.equal(await wininet.HttpQueryInfo(request, c.HTTP_QUERY_STATUS_CODE), '200', path);
      assert.equal(await wininet.InternetErrorDlg(null, request, 0, CHANGE, null), 0);
      assert.deepEqual(dialogs.asked, ['server HINTERNET playground']);
    });
  }
});

test('InternetErrorDlg makes a request accept the certificate that a person accepts, and only then', async () => {
  const fault = errorCode('ERROR_INTERNET_INVALID_CA');
  for (const [agrees, code] of [
    [true, RETRY],
    [false, CANCELLED],
  ] as const) {
    const dialogs = person(agrees);
    await withRequest(dialogs, playground().https, '/', async (wininet, request) => {
      await failsWith(wininet.HttpSendRequest(request), 'ERROR_INTERNET_INVALID_CA');
      assert.equal(await wininet.InternetErrorDlg(null, request, fault, CHANGE, null), code);
      if (agrees) assert.equal(await wininet.HttpSendRequest(request), true);
      else await failsWith(wininet.HttpSendRequest(request), 'ERROR_INTERNET_INVALID_CA');
      assert.deepEqual(dialogs.asked, ['ERROR_INTERNET_INVALID_CA']);
    });
  }
});

test('InternetErrorDlg lets a request follow from https to http, once a person has said so', async () => {
  for (const [flags, then] of [
    [CHANGE, null],
    [0, 'ERROR_INTERNET_HTTPS_TO_HTTP_ON_REDIR'],
  ] as const) {
    await withRequest(person(true), playground().https, '/redirect/http', async (wininet, request) => {
      await wininet.InternetSetOption(request, c.INTERNET_OPTION_SECURITY_FLAGS, c.SECURITY_FLAG_IGNORE_UNKNOWN_CA);
      const { code } = await failsWith(wininet.HttpSendRequest(request), 'ERROR_INTERNET_HTTPS_TO_HTTP_ON_REDIR');
      assert.equal(await wininet.InternetErrorDlg(null, request, code, flags, null), 0);
      if (then === null) assert.equal(await wininet.HttpSendRequest(request), true);
      else await failsWith(wininet.HttpSendRequest(request), then);
    });
  }
});

test('InternetErrorDlg resolves to ERROR_CANCELLED where a person gives no password or does not go on', async () => {
  const dialogs = person(false);
  await withRequest(dialogs, playground().http, '/auth/basic', async (wininet, request) => {
    await wininet.HttpSendRequest(request);
    assert.equal(await wininet.InternetErrorDlg(null, request, 0, CHANGE, null), CANCELLED);
    const warning = errorCode('ERROR_INTERNET_HTTPS_TO_HTTP_ON_REDIR');
    assert.equal(await wininet.InternetErrorDlg(null, request, warning, CHANGE, null), CANCELLED);
    assert.equal(dialogs.asked.length, 2);
  });
});

test('InternetErrorDlg asks nobody with FLAGS_ERROR_UI_FLAGS_NO_UI, or where there is nobody', async () => {
  for (const [dialogs, flags] of [
    [person(true), c.FLAGS_ERROR_UI_FLAGS_NO_UI | CHANGE],
    [null, CHANGE],
  ] as const) {
    await withRequest(dialogs, playground().http, '/auth/basic', async (wininet, request) => {
      await wininet.HttpSendRequest(request);
      assert.equal(await wininet.InternetErrorDlg(null, request, 0, flags, null), CANCELLED);
      assert.equal(
        await wininet.InternetErrorDlg(null, request, errorCode('ERROR_INTERNET_INVALID_CA'), flags),
        CANCELLED,
      );
    });
    assert.deepEqual(dialogs?.asked ?? [], []);
  }
});

test('InternetErrorDlg keeps name and password only with FLAGS_ERROR_UI_FLAGS_CHANGE_OPTIONS', async () => {
  const dialogs = person(true);
  await withRequest(dialogs, playground().http, '/auth/basic', async (wininet, request) => {
    await wininet.HttpSendRequest(request);
    const flags = c.FLAGS_ERROR_UI_FILTER_FOR_ERRORS;
    assert.equal(await wininet.InternetErrorDlg(null, request, 0, flags), 0);
    assert.equal(dialogs.asked.length, 1);
    await wininet.HttpSendRequest(request);
    assert.equal(await wininet.HttpQueryInfo(request, c.HTTP_QUERY_STATUS_CODE), '401');
  });
});

test('InternetErrorDlg looks behind no success without FLAGS_ERROR_UI_FILTER_FOR_ERRORS, but is told of 12014', async () => {
  const dialogs = person(true);
  await withRequest(dialogs, playground().http, '/auth/basic', async (wininet, request) => {
    await wininet.HttpSendRequest(request);
    assert.equal(await wininet.InternetErrorDlg(null, request, 0, 0), 0);
    assert.deepEqual(dialogs.asked, []);
    const wrong = errorCode('ERROR_INTERNET_INCORRECT_PASSWORD');
    assert.equal(await wininet.InternetErrorDlg(null, request, wrong, c.FLAGS_ERROR_UI_FLAGS_CHANGE_OPTIONS), RETRY);
    await wininet.HttpSendRequest(request);
    assert.equal(await wininet.HttpQueryInfo(request, c.HTTP_QUERY_STATUS_CODE), '200');
  });
});

const TOLERATED = [
  ['ERROR_INTERNET_INVALID_CA', c.SECURITY_FLAG_IGNORE_UNKNOWN_CA],
  ['ERROR_INTERNET_SEC_CERT_CN_INVALID', c.SECURITY_FLAG_IGNORE_CERT_CN_INVALID],
  ['ERROR_INTERNET_SEC_CERT_DATE_INVALID', c.SECURITY_FLAG_IGNORE_CERT_DATE_INVALID],
  ['ERROR_INTERNET_SEC_INVALID_CERT', c.SECURITY_FLAG_IGNORE_WRONG_USAGE],
  ['ERROR_INTERNET_SEC_CERT_REV_FAILED', c.SECURITY_FLAG_IGNORE_REVOCATION],
  [
    'ERROR_INTERNET_SEC_CERT_ERRORS',
    c.SECURITY_FLAG_IGNORE_UNKNOWN_CA |
      c.SECURITY_FLAG_IGNORE_CERT_CN_INVALID |
      c.SECURITY_FLAG_IGNORE_CERT_DATE_INVALID,
  ],
] as const;

for (const [fault, tolerance] of TOLERATED) {
  test(`InternetErrorDlg for ${fault} sets the flags that ignore it, once a person accepts`, async () => {
    for (const [flags, code, set] of [
      [c.FLAGS_ERROR_UI_FLAGS_CHANGE_OPTIONS, RETRY, tolerance],
      [0, 0, 0],
      [c.FLAGS_ERROR_UI_FLAGS_NO_UI | c.FLAGS_ERROR_UI_FLAGS_CHANGE_OPTIONS, CANCELLED, 0],
    ] as const) {
      await withRequest(person(true), playground().http, '/', async (wininet, request) => {
        assert.equal(await wininet.InternetErrorDlg(null, request, errorCode(fault), flags), code);
        assert.equal((await securityFlags(wininet, request)) & tolerance, set);
      });
    }
  });
}

test('InternetErrorDlg for a revoked certificate is ERROR_CANCELLED, and nobody is asked', async () => {
  const dialogs = person(true);
  await withRequest(dialogs, playground().http, '/', async (wininet, request) => {
    const revoked = errorCode('ERROR_INTERNET_SEC_CERT_REVOKED');
    assert.equal(await wininet.InternetErrorDlg(null, request, revoked, CHANGE), CANCELLED);
    assert.deepEqual(dialogs.asked, []);
  });
});

const WARNED = [
  ['ERROR_INTERNET_HTTP_TO_HTTPS_ON_REDIR', c.SECURITY_FLAG_IGNORE_REDIRECT_TO_HTTPS],
  ['ERROR_INTERNET_HTTPS_TO_HTTP_ON_REDIR', c.SECURITY_FLAG_IGNORE_REDIRECT_TO_HTTP],
  ['ERROR_INTERNET_POST_IS_NON_SECURE', 0],
  ['ERROR_INTERNET_CHG_POST_IS_NON_SECURE', 0],
  ['ERROR_INTERNET_MIXED_SECURITY', 0],
] as const;

for (const [warning, tolerance] of WARNED) {
  test(`InternetErrorDlg for ${warning} goes on if a person says so, and with nobody to ask only with FLAGS_ERROR_UI_FLAGS_NO_UI`, async () => {
    const silent = c.FLAGS_ERROR_UI_FLAGS_NO_UI;
    for (const [dialogs, flags, code, set] of [
      [person(true), CHANGE, 0, tolerance],
      [person(true), 0, 0, 0],
      [person(false), CHANGE, CANCELLED, 0],
      [person(false), CHANGE | silent, 0, tolerance],
      [null, CHANGE | silent, 0, tolerance],
      [null, CHANGE, CANCELLED, 0],
    ] as const) {
      await withRequest(dialogs, playground().http, '/', async (wininet, request) => {
        assert.equal(await wininet.InternetErrorDlg(null, request, errorCode(warning), flags), code);
        assert.equal((await securityFlags(wininet, request)) & tolerance, set);
        assert.deepEqual(dialogs?.asked ?? [], dialogs !== null && (flags & silent) === 0 ? [warning] : []);
      });
    }
  });
}

test('InternetErrorDlg notes in the journal that no dialog can be shown, unless none was wanted', async () => {
  for (const [flags, noted] of [
    [CHANGE, 1],
    [CHANGE | c.FLAGS_ERROR_UI_FLAGS_NO_UI, 0],
  ] as const) {
    let now = 0;
    const journal = new LiveJournal(() => ++now, 1000);
    await withRequest(
      null,
      playground().http,
      '/',
      async (wininet, request) => {
        await wininet.InternetErrorDlg(null, request, errorCode('ERROR_INTERNET_INVALID_CA'), flags);
        const notes = journal.entries.filter((entry) => entry.type === 'note' && entry.topic === 'no-dialog');
        assert.equal(notes.length, noted);
      },
      journal,
    );
  }
});

test('InternetErrorDlg fails with ERROR_INVALID_PARAMETER for NULL', async () => {
  const wininet = createWinInet({ drivers: createDrivers() });
  await failsWith(wininet.InternetErrorDlg(null, null, 0, 0, null), 'ERROR_INVALID_PARAMETER');
  await wininet.dispose();
});

async function securityFlags(wininet: WinInet, request: HINTERNET<'http-request'>): Promise<number> {
  const flags = await wininet.InternetQueryOption(request, c.INTERNET_OPTION_SECURITY_FLAGS);
  assert.ok(typeof flags === 'number');
  return flags;
}
