import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as c from '../../extension/shared/constants.ts';
import { withPlayground } from '../playground/withPlayground.ts';
import { connectFtp, connectHttp, failsWith, leavesNothingBehind, startEngine } from './engineFixture.ts';

const playground = withPlayground();
leavesNothingBehind();

test('GetLastError is 0 at first, holds the number of the last failure, and a success leaves it alone', async (t) => {
  const engine = await startEngine(t);
  const { wininet, root } = engine;
  assert.equal(wininet.GetLastError(), 0);
  await failsWith(wininet.InternetQueryOption(root, 54_321), 'ERROR_INTERNET_INVALID_OPTION');
  assert.equal(wininet.GetLastError(), 12009);
  await connectHttp(engine, playground().http);
  assert.equal(wininet.GetLastError(), 12009);
  await failsWith(wininet.InternetOpenUrl(root, 'http://'), 'ERROR_INTERNET_INVALID_URL');
  assert.equal(wininet.GetLastError(), 12005);
});

test('GetLastError belongs to its engine alone', async (t) => {
  const [one, other] = [await startEngine(t), await startEngine(t)];
  await failsWith(one.wininet.InternetOpenUrl(one.root, 'http://'), 'ERROR_INTERNET_INVALID_URL');
  assert.equal(other.wininet.GetLastError(), 0);
});

test('InternetGetLastResponseInfo returns the last line that the FTP server said', async (t) => {
  const engine = await startEngine(t);
  const { wininet } = engine;
  assert.equal(await wininet.InternetGetLastResponseInfo(), '');
  const session = await connectFtp(engine, playground().ftp, { flags: c.INTERNET_FLAG_PASSIVE });
  await wininet.FtpSetCurrentDirectory(session, '/pub');
  assert.equal(
    await wininet.InternetGetLastResponseInfo(),
    '250 Directory changed to /pub',
    'not the greeting before it',
  );
  await failsWith(wininet.FtpDeleteFile(session, '/none'), 'ERROR_INTERNET_EXTENDED_ERROR');
  assert.match(await wininet.InternetGetLastResponseInfo(), /^550[ -]/);
});

test('InternetGetLastResponseInfo may be asked again and again, and has forgotten the words when another call has begun', async (t) => {
  const engine = await startEngine(t);
  const { wininet, root } = engine;
  const session = await connectFtp(engine, playground().ftp, { flags: c.INTERNET_FLAG_PASSIVE });
  const refuse = () => failsWith(wininet.FtpDeleteFile(session, '/none'), 'ERROR_INTERNET_EXTENDED_ERROR');
  const other: readonly (() => Promise<unknown>)[] = [
    () => wininet.InternetQueryOption(root, c.INTERNET_OPTION_HANDLE_TYPE),
    () => wininet.InternetCrackUrl('http://a.example/'),
    () => failsWith(wininet.FtpDeleteFile(root as never, '/none'), 'ERROR_INTERNET_INCORRECT_HANDLE_TYPE'),
    () => wininet.InternetCloseHandle(session),
  ];
  for (const call of other) {
    await refuse();
    for (let time = 0; time < 2; time += 1) assert.match(await wininet.InternetGetLastResponseInfo(), /^550[ -]/);
    await failsWith(wininet.InternetGetLastResponseInfo(new Uint8Array(3)), 'ERROR_INSUFFICIENT_BUFFER');
    assert.match(await wininet.InternetGetLastResponseInfo(), /^550[ -]/, 'a buffer that was too small loses nothing');
    await call();
    assert.doesNotMatch(await wininet.InternetGetLastResponseInfo(), /^550/);
  }
});

test('WinInetError carries symbol, number, function and handle, and its message ends with what to do', async (t) => {
  const engine = await startEngine(t);
  const { wininet, root } = engine;
  const error = await failsWith(wininet.InternetQueryOption(root, 54_321), 'ERROR_INTERNET_INVALID_OPTION');
  assert.equal(error.functionName, 'InternetQueryOption');
  assert.equal(error.handle, root);
  assert.equal(error.name, 'WinInetError');
  assert.match(error.message, /^InternetQueryOption: ERROR_INTERNET_INVALID_OPTION \(12009\)\. .+\.$/);
});
