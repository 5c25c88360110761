import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createDrivers } from '../../extension/drivers/index.ts';
import * as c from '../../extension/shared/constants.ts';
import { errorCode } from '../../extension/shared/errorCodes.ts';
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
): Promise<void> {
  const wininet = createWinInet({ drivers: createDrivers(), dialogs });
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

test('InternetErrorDlg fails with ERROR_INVALID_PARAMETER for NULL', async () => {
  const wininet = createWinInet({ drivers: createDrivers() });
  await failsWith(wininet.InternetErrorDlg(null, null, 0, 0, null), 'ERROR_INVALID_PARAMETER');
  await wininet.dispose();
});
