import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as c from '../../extension/shared/constants.ts';
import { functionNames, functionRow, handleParameter, isHandleKind } from '../../extension/shared/hierarchy.ts';
import { type HINTERNET, WinInetError } from '../../extension/wininet/index.ts';
import { withPlayground } from '../playground/withPlayground.ts';
import {
  connectFtp,
  connectHttp,
  type Engine,
  failsWith,
  leavesNothingBehind,
  sendRequest,
  startEngine,
} from './engineFixture.ts';

const playground = withPlayground();
leavesNothingBehind();

const JUNK: readonly unknown[] = [undefined, null, 5, -1, Number.NaN, 'text', '', {}, [], Symbol('junk'), 10n, () => 1];

test('checkArguments lets no argument through that would fail inside the engine or a driver', async (t) => {
  const engine = await startEngine(t);
  const { wininet } = engine;
  for (const name of functionNames) {
    const at = handleParameter(name);
    const kinds = at === -1 ? ['root'] : Object.keys(functionRow(name).uses);
    for (const kind of kinds.filter((one) => isHandleKind(one))) {
      for (const junk of JUNK) {
        const handle = await open(engine, kind);
        if (handle === null) continue;
        const args = functionRow(name).parameters.map((_, index) => (index === at ? handle : junk));
        const call: unknown = Reflect.apply(wininet[name] as (...all: unknown[]) => unknown, wininet, args);
        const outcome = await Promise.resolve(call).catch((error: unknown) => error);
        const what = `${name}(${typeof junk} ${typeof junk === 'symbol' ? '' : junk}) on ${kind}`;
        assert.ok(!(outcome instanceof Error) || outcome instanceof WinInetError, `${what}: ${String(outcome)}`);
        if (outcome instanceof WinInetError) assert.notEqual(outcome.symbol, 'ERROR_INTERNET_INTERNAL_ERROR', what);
        await wininet.InternetCloseHandle(handle).catch(() => undefined);
      }
    }
  }
});

test('checkArguments names the parameter and what it takes', async (t) => {
  const { wininet, root } = await startEngine(t);
  const number = 5 as unknown as string;
  const error = await failsWith(wininet.InternetOpenUrl(root, 'http://h/', number), 'ERROR_INVALID_PARAMETER');
  assert.match(error.message, /Pass text or null as lpszHeaders\.$/);
});

/** A handle on which most functions are legal; null for a kind that this engine does not make. */
async function open(engine: Engine, kind: string): Promise<HINTERNET | null> {
  const { wininet, root } = engine;
  switch (kind) {
    case 'root':
      return wininet.InternetOpen('junk');
    case 'http-connect':
      return connectHttp(engine, playground().http);
    case 'http-request':
      return sendRequest(engine, playground().http, '/body/empty');
    case 'ftp-connect':
      return connectFtp(engine, playground().ftp);
    case 'ftp-file':
      return wininet.InternetOpenUrl(root, new URL('/readme.txt', playground().ftp).href);
    case 'ftp-find':
      return wininet.InternetOpenUrl(root, new URL('/pub/', playground().ftp).href, null, c.INTERNET_FLAG_RAW_DATA);
    default:
      return null;
  }
}
