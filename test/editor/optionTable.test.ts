import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseWholeNumber } from '../../extension/editor/wholeNumber.ts';
import * as constants from '../../extension/shared/constants.ts';
import type { HandleKind } from '../../extension/shared/hierarchy.ts';
import { OPTIONS, optionsOf } from '../../extension/shared/optionTable.ts';
import { type UncheckedHandle, type WinInet, WinInetError } from '../../extension/wininet/index.ts';
import { withPlayground } from '../playground/withPlayground.ts';
import { engineBench, guestSession, unchecked } from './engineBench.ts';

const playground = withPlayground();

test('OPTIONS offers for each kind of handle exactly the options that the engine has', async (t) => {
  const { wininet } = engineBench(t);
  const numbers = new Set(
    Object.entries(constants).flatMap(([name, value]) =>
      name.startsWith('INTERNET_OPTION_') && typeof value === 'number' ? [value] : [],
    ),
  );
  for (const [kind, handle] of await someHandles(wininet)) {
    const offered = new Map(optionsOf(kind, false).map((one) => [one.option, one]));
    for (const option of numbers) {
      const answer = await wininet.InternetQueryOption(handle, option).then(
        () => 'has',
        (error: unknown) => (error instanceof WinInetError ? 'has not' : Promise.reject(error)),
      );
      assert.equal(offered.has(option), answer === 'has', `option ${option} of ${kind}`);
    }
  }
});

test('OPTIONS calls settable exactly what the engine lets be set', async (t) => {
  const { wininet } = engineBench(t);
  const handles = await someHandles(wininet);
  for (const { option, form, settable, kinds, name } of OPTIONS) {
    const handle = handles.get(kinds?.[0] ?? 'root');
    assert.ok(handle !== undefined, name);
    const value = form === 'text' || form === 'secret' ? 'text' : form === 'switch' ? true : 1;
    const answer = await wininet.InternetSetOption(handle, option, value).then(
      () => undefined,
      (error: unknown) => (error instanceof WinInetError ? error.symbol : String(error)),
    );
    assert.equal(answer, settable ? undefined : 'ERROR_INTERNET_OPTION_NOT_SETTABLE', name);
  }
});

test('parseWholeNumber reads decimal and hexadecimal and refuses everything else', () => {
  assert.equal(parseWholeNumber(' 30000 '), 30_000);
  assert.equal(parseWholeNumber('0xFFFFFFFF'), 0xffffffff);
  for (const text of ['', '-1', '1.5', '1e3', '0x', '0x100000000', 'ten']) assert.equal(parseWholeNumber(text), null);
});

async function someHandles(wininet: WinInet): Promise<Map<HandleKind, UncheckedHandle>> {
  const { http, ftp } = playground();
  const root = await wininet.InternetOpen('test');
  const service = constants.INTERNET_SERVICE_HTTP;
  const session = await wininet.InternetConnect(root, http.hostname, Number(http.port), null, null, service);
  const request = await wininet.HttpOpenRequest(session, null, '/', null, null, null, 0, 0);
  return new Map<HandleKind, UncheckedHandle>([
    ['root', unchecked(wininet, root)],
    ['http-connect', unchecked(wininet, session)],
    ['ftp-connect', await guestSession(wininet, ftp)],
    ['http-request', unchecked(wininet, request)],
  ]);
}
