import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseWholeNumber } from '../../extension/editor/wholeNumber.ts';
import * as constants from '../../extension/shared/constants.ts';
import type { HandleKind } from '../../extension/shared/hierarchy.ts';
import { OPTIONS, type OptionForm, optionRow, optionsOf } from '../../extension/shared/optionTable.ts';
import { REFUSED_OPTIONS } from '../../extension/shared/refusedOptions.ts';
import { type OptionValue, type UncheckedHandle, type WinInet, WinInetError } from '../../extension/wininet/index.ts';
import { withPlayground } from '../playground/withPlayground.ts';
import { engineBench, guestSession, unchecked } from './engineBench.ts';

const playground = withPlayground();

/** How the engine says that a handle has no such option; a value that is not there yet is something else. */
const REFUSALS: ReadonlySet<string> = new Set([
  'ERROR_INTERNET_INVALID_OPTION',
  'ERROR_INTERNET_INCORRECT_HANDLE_TYPE',
  'ERROR_INVALID_PARAMETER',
]);

/** A value of each form that every option of the form takes. */
const VALUES: Readonly<Record<OptionForm, OptionValue>> = {
  number: 2,
  milliseconds: 1,
  flags: 0,
  long: 1,
  pointer: 1,
  text: 'text',
  secret: 'text',
  switch: true,
  handle: null,
  callback: null,
  command: null,
  version: { dwMajorVersion: 1, dwMinorVersion: 0 },
  state: constants.INTERNET_STATE_CONNECTED,
  proxy: { dwAccessType: constants.INTERNET_OPEN_TYPE_DIRECT, lpszProxy: null, lpszProxyBypass: null },
  connections: { pszConnection: null, pOptions: [] },
  certificate: null,
  'client-certificate': null,
  chain: null,
  socket: null,
  timestamps: null,
};

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
        (error: unknown) => symbolOf(error),
      );
      const refused = REFUSALS.has(answer) || answer === optionRow(option)?.elsewhere;
      assert.equal(offered.has(option), !refused, `option ${option} of ${kind}: ${answer}`);
    }
  }
});

test('OPTIONS calls settable exactly what the engine lets be set', async (t) => {
  const { wininet } = engineBench(t);
  for (const [kind, handle] of await someHandles(wininet)) {
    const settable = new Set(optionsOf(kind, true));
    for (const row of OPTIONS) {
      const answer = await wininet.InternetSetOption(handle, row.option, VALUES[row.form]).then(
        () => undefined,
        (error: unknown) => symbolOf(error),
      );
      const refused = answer !== undefined && (REFUSALS.has(answer) || answer === row.elsewhere);
      assert.equal(refused, !settable.has(row), `${row.name} of ${kind}: ${answer}`);
      assert.ok(refused || answer === undefined, `${row.name} takes a value of its form: ${answer}`);
    }
  }
});

test('OPTIONS explains each option in one sentence, and says of those that are kept only why', () => {
  for (const { name, summary, kept } of OPTIONS) {
    assert.match(summary, /^[A-Z].+[^.]\.$/, name);
    assert.equal(summary.startsWith('Kept only'), kept !== undefined, name);
  }
});

test('REFUSED_OPTIONS has every option of the header that OPTIONS has not, and the engine refuses it with the reason', async (t) => {
  const { wininet } = engineBench(t);
  const handles = await someHandles(wininet);
  for (const [name, option] of Object.entries(constants)) {
    if (!name.startsWith('INTERNET_OPTION_') || typeof option !== 'number') continue;
    const refused = REFUSED_OPTIONS.get(option);
    assert.equal(optionRow(option) === undefined, refused !== undefined, name);
    if (refused === undefined) continue;
    assert.match(refused.reason, /^[A-Z].+[^.]\.$/, name);
    for (const handle of handles.values()) {
      const calls: readonly Promise<unknown>[] = [
        wininet.InternetQueryOption(handle, option),
        wininet.InternetSetOption(handle, option, 1),
      ];
      for (const outcome of await Promise.allSettled(calls)) {
        assert.equal(outcome.status, 'rejected', name);
        assert.equal(symbolOf(outcome.reason), refused.symbol, name);
        assert.ok(String(outcome.reason).endsWith(refused.reason), String(outcome.reason));
      }
    }
  }
});

test('parseWholeNumber reads decimal and hexadecimal and refuses everything else', () => {
  assert.equal(parseWholeNumber(' 30000 '), 30_000);
  assert.equal(parseWholeNumber('0xFFFFFFFF'), 0xffffffff);
  for (const text of ['', '-1', '1.5', '1e3', '0x', '0x100000000', 'ten']) assert.equal(parseWholeNumber(text), null);
});

async function someHandles(wininet: WinInet): Promise<Map<HandleKind | null, UncheckedHandle | null>> {
  const { http, ftp } = playground();
  const root = await wininet.InternetOpen('test');
  const service = constants.INTERNET_SERVICE_HTTP;
  const session = await wininet.InternetConnect(root, http.hostname, Number(http.port), null, null, service);
  const request = await wininet.HttpOpenRequest(session, null, '/', null, null, null, 0, 0);
  return new Map<HandleKind | null, UncheckedHandle | null>([
    [null, null],
    ['root', unchecked(wininet, root)],
    ['http-connect', unchecked(wininet, session)],
    ['ftp-connect', await guestSession(wininet, ftp)],
    ['http-request', unchecked(wininet, request)],
  ]);
}

function symbolOf(error: unknown): string {
  assert.ok(error instanceof WinInetError, String(error));
  return error.symbol;
}
