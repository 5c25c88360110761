import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type FunctionName, functionNames, functionRow, handleParameter } from '../../extension/shared/hierarchy.ts';
import * as c from '../../extension/wininet/index.ts';
import { withPlayground } from '../playground/withPlayground.ts';
import {
  connectFtp,
  connectGopher,
  connectHttp,
  failsWith,
  leavesNothingBehind,
  startEngine,
} from './engineFixture.ts';

const playground = withPlayground();
leavesNothingBehind();

test('FUNCTIONS says which arguments can be left out, and the functions declare the same', async (t) => {
  const { wininet } = await startEngine(t);
  for (const fn of functionNames) {
    const { parameters, required = [] } = functionRow(fn);
    for (const name of required) assert.ok(parameters.includes(name), `${fn} has no ${name}`);
    const optional = parameters.findIndex((name, at) => at !== handleParameter(fn) && !required.includes(name));
    // The length of a function counts its parameters before the first that has a default.
    assert.equal(wininet[fn].length, optional === -1 ? parameters.length : optional, fn);
  }
});

test('ERROR_INVALID_PARAMETER (87) tells in a sentence which argument cannot be left out', async (t) => {
  const engine = await startEngine(t);
  const { wininet, root } = engine;
  const { http, ftp } = playground();
  const request = await wininet.InternetOpenUrl(root, http.href);
  const file = await wininet.FtpOpenFile(await connectFtp(engine, ftp), '/incoming/left.txt', c.GENERIC_WRITE);
  const handles: readonly unknown[] = [
    root,
    request,
    file,
    await connectFtp(engine, ftp),
    await connectGopher(engine, playground().gopher),
  ];
  for (const fn of functionNames) {
    // A lock is a handle of a kind, and is refused as one.
    if (fn === 'InternetUnlockRequestFile') continue;
    for (const missing of functionRow(fn).required ?? []) {
      const failures: Outcome[] = [];
      for (const handle of handles) failures.push(await outcome(wininet, fn, handle, missing));
      const refused = failures.filter((failure) => failure.symbol === 'ERROR_INVALID_PARAMETER');
      assert.ok(refused.length > 0, `${fn} without ${missing}: ${failures.map(({ symbol }) => symbol).join()}`);
      for (const { code, message } of refused) {
        assert.equal(code, 87);
        assert.ok(message.startsWith(`${fn}: ERROR_INVALID_PARAMETER (87). Pass `), message);
        assert.ok(message.endsWith(` as ${missing}; it cannot be left out.`), message);
      }
    }
  }
});

test('InternetConnect, HttpOpenRequest and HttpSendRequest take NULL or 0 for what is left out', async (t) => {
  const engine = await startEngine(t);
  const { wininet, root, journal } = engine;
  const { http } = playground();
  const session = await wininet.InternetConnect(root, http.hostname, Number(http.port), undefined, undefined, 3);
  const request = await wininet.HttpOpenRequest(session);
  await wininet.HttpSendRequest(request);
  assert.equal(await wininet.HttpQueryInfo(request, c.HTTP_QUERY_STATUS_CODE | c.HTTP_QUERY_FLAG_NUMBER), 200);
  assert.equal(journal.tree.nodes.get(request.serial)?.target, `GET ${http.href}`);
  const own = await wininet.InternetConnect(root, http.hostname, undefined, undefined, undefined, 3);
  assert.equal(journal.tree.nodes.get(own.serial)?.target, `http://${http.hostname}:80`);
  const error = await failsWith(
    // @ts-expect-error: the service cannot be left out, which a program without a compiler learns when it runs.
    wininet.InternetConnect(root, http.hostname),
    'ERROR_INVALID_PARAMETER',
  );
  assert.match(error.message, /Pass INTERNET_SERVICE_HTTP, .* as dwService; it cannot be left out\.$/);
});

test('FtpFindFirstFile, GopherFindFirstFile and InternetSetStatusCallback need nothing but their handle', async (t) => {
  const engine = await startEngine(t);
  const { wininet } = engine;
  const { http, ftp, gopher } = playground();
  const ftpFind = await wininet.FtpFindFirstFile(await connectFtp(engine, ftp));
  assert.ok((await wininet.InternetFindNextFile(ftpFind)).cFileName.length > 0);
  const gopherFind = await wininet.GopherFindFirstFile(await connectGopher(engine, gopher));
  assert.notEqual((await wininet.InternetFindNextFile(gopherFind)).GopherType, 0);
  const session = await connectHttp(engine, http);
  const callback = () => undefined;
  await wininet.InternetSetStatusCallback(session, callback);
  assert.equal(await wininet.InternetSetStatusCallback(session), callback);
  assert.equal(await wininet.InternetSetStatusCallback(session), null);
  assert.equal(await wininet.GopherCreateLocator('example.org'), '1\t\texample.org\t70\r\n');
});

interface Outcome {
  readonly symbol: string;
  readonly code: number;
  readonly message: string;
}

async function outcome(wininet: c.WinInet, fn: FunctionName, handle: unknown, missing: string): Promise<Outcome> {
  const { parameters, required = [] } = functionRow(fn);
  const args = parameters.map((name, at) => {
    if (at === handleParameter(fn)) return handle;
    if (name === missing || !required.includes(name)) return undefined;
    if (name === 'lpUrlComponents' || name === 'lpBuffersOut') return {};
    return /^(dw|l)[A-Z]/.test(name) ? 1 : name === 'lpBuffer' ? new Uint8Array(1) : 'text';
  });
  try {
    await (wininet[fn] as (...args: readonly unknown[]) => Promise<unknown>)(...args);
    return { symbol: 'ERROR_SUCCESS', code: 0, message: '' };
  } catch (error) {
    assert.ok(error instanceof c.WinInetError);
    return error;
  }
}
