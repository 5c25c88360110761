import assert from 'node:assert/strict';
import { suite, test } from 'mocha';
import { node, openedRequest, run, withCommands } from './commandsFixture.ts';

const LONG = 2000;

suite('the ladder of a request, as commands', () => {
  const bench = withCommands();

  test('fn.HttpSendRequestEx, fn.InternetWriteFile and fn.HttpEndRequest send a body in pieces', async () => {
    const handle = await openedRequest(bench(), 'POST', '/echo/body');
    await run('fn.HttpSendRequestEx', { handle, total: 10, headers: 'Content-Type: text/plain\r\n' });
    assert.equal(node(bench(), handle).state, 'upload');
    assert.equal(await run('fn.InternetWriteFile', { handle, text: 'hello' }), 5);
    assert.equal(await run('fn.InternetWriteFile', { handle, text: 'world' }), 5);
    assert.equal(await run('fn.HttpEndRequest', { handle }), 'HTTP/1.1 200 OK');
    assert.equal(await run('fn.InternetReadFileEx', { handle, bytes: 100 }), 'helloworld');
  });

  test('fn.InternetSetFilePointer goes back in an answer', async () => {
    const handle = await openedRequest(bench(), 'GET', `/bytes/${LONG}`);
    await run('sendRequest', { handle });
    const first = await run('fn.InternetReadFileEx', { handle, bytes: 100 });
    assert.equal(await run('fn.InternetSetFilePointer', { handle, distance: 0 }), 0);
    assert.equal(await run('fn.InternetReadFileEx', { handle, bytes: 100 }), first);
  });

  test('fn.InternetLockRequestFile keeps what was read until fn.InternetUnlockRequestFile', async () => {
    const handle = await openedRequest(bench(), 'GET', `/bytes/${LONG}`);
    await run('sendRequest', { handle });
    assert.equal(await run('fn.InternetLockRequestFile', { handle }), handle);
    await run('callFunction', handle, 'InternetUnlockRequestFile', {});
    await assert.rejects(
      run('callFunction', handle, 'InternetUnlockRequestFile', {}),
      /ERROR_INVALID_PARAMETER|ERROR_INVALID_HANDLE/,
    );
  });

  test('callFunction takes URLs apart, keeps cookies and writes times', async () => {
    const call = (fn: string, answers: object) => run<unknown>('callFunction', undefined, fn, answers);
    const parts = await call('InternetCrackUrl', { lpszUrl: 'https://example.com:8443/a?b#c' });
    assert.deepEqual((parts as { lpszHostName: string; nPort: number }).nPort, 8443);
    assert.equal(
      await call('InternetCombineUrl', { lpszBaseUrl: 'http://a/b/c', lpszRelativeUrl: '../d' }),
      'http://a/d',
    );
    const lpszUrl = 'http://cookies.example.com/';
    await call('InternetSetCookie', { lpszUrl, lpszCookieName: 'one', lpszCookieData: '1' });
    assert.equal(await call('InternetGetCookie', { lpszUrl }), 'one=1');
    assert.equal(
      await call('InternetTimeFromSystemTime', { pst: '1994-11-06T08:49:37Z' }),
      'Sun, 06 Nov 1994 08:49:37 GMT',
    );
    assert.equal(
      await call('InternetCheckConnection', { lpszUrl: bench().http, dwFlags: 'FLAG_ICC_FORCE_CONNECTION' }),
      true,
    );
  });
});
