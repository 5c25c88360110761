import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { compareJournals } from '../../extension/shared/compare/comparison.ts';
import { errorCode } from '../../extension/shared/errorCodes.ts';
import { programOf } from '../../extension/shared/generate/programOf.ts';
import { typescriptOf } from '../../extension/shared/generate/typescript.ts';
import { functionNames, functionRow } from '../../extension/shared/hierarchy.ts';
import type { Entry, RecordedValue } from '../../extension/shared/journal.ts';
import { checkpoint, emptyTree } from '../../extension/shared/model.ts';
import { loggedBeginning, NOT_LOGGED } from '../../extension/shared/notLogged.ts';
import { MASK, redact } from '../../extension/shared/redact.ts';
import { nativeSignature } from '../../extension/sources/wineLog/nativeSignatures.ts';
import { readWineLog } from '../../extension/sources/wineLog/readWineLog.ts';
import { recordValue } from '../../extension/wininet/recording.ts';

/** wineLogs/arguments.c printed what it gave to each call; Wine logged its wininet and relay channels at the same time. */

type Passed = string | number | null | { readonly at: number };
interface Told {
  readonly fn: string;
  readonly args: readonly Passed[];
  readonly result: number;
  readonly error: number;
}

const told: readonly Told[] = read('arguments.told')
  .trim()
  .split('\n')
  .map((line): Told => JSON.parse(line));
const lines = read('arguments.log').split('\n');
const relay = lines.filter((line) => /:(?:Call|Ret ) ?\w/.test(line));
const wininet = lines.filter((line) => !/:(?:Call|Ret ) ?\w/.test(line));

for (const [what, log] of Object.entries({ 'both channels': lines, 'the relay channel': relay })) {
  test(`readWineLog knows from ${what} what a program passed, whatever it was`, async () => {
    const { entries, unknown } = await readWineLog(log);
    const calls = entries.filter((entry) => entry.type === 'call-begin');
    assert.deepEqual(
      calls.map(({ fn }) => fn),
      told.map(({ fn }) => fn.replace(/[AW]$/, '')),
    );
    const values = valuesOf(entries);
    calls.forEach((call, index) => {
      const passed = [...(told[index]?.args ?? [])];
      for (const [place, value] of call.args.entries()) {
        const at = passed.findIndex((one) => isSame(value, one, values));
        assert.notEqual(at, -1, `${call.fn}: argument ${place} is ${JSON.stringify([value, told[index]?.args])}`);
        passed.splice(0, at + 1);
      }
    });
    assert.equal(unknown, 0);
    assert.doesNotMatch(JSON.stringify(entries), /hush|lovelace/);
  });
}

test('readWineLog follows more than ten handles without the relay channel', async () => {
  const { entries } = await readWineLog(wininet);
  const made = (all: readonly Entry[]): readonly string[] =>
    all.flatMap((entry) => (entry.type === 'handle-open' ? [`${entry.kind} ${entry.value}`] : []));
  assert.deepEqual(made(entries), made((await readWineLog(lines)).entries));
  assert.deepEqual(
    made(entries).map((one) => Number(one.split(' ')[1])),
    told.flatMap(({ fn, result }) => (/Open(?!Url)|Connect[AW]|FindFirst/.test(fn) && result > 0 ? [result] : [])),
  );
  assert.equal(entries.filter((entry) => entry.type === 'handle-close').length, made(entries).length);
});

test('readWineLog takes a call that was refused for its arguments for no success, also where nothing tells of its end', async () => {
  const { entries } = await readWineLog(wininet);
  const ends = new Map(entries.flatMap((entry) => (entry.type === 'call-end' ? [[entry.call, entry]] : [])));
  const failed = (fn: string): readonly unknown[] =>
    entries.flatMap((entry) => {
      const error = entry.type === 'call-begin' && entry.fn === fn ? ends.get(entry.call)?.error : undefined;
      return error === undefined ? [] : [errorCode(error)];
    });
  const reallyFailed = (fn: string): readonly number[] =>
    told.flatMap((one) => (one.fn === fn && one.result === 0 ? [one.error] : []));
  assert.deepEqual(failed('InternetConnect'), reallyFailed('InternetConnectA'));
  assert.deepEqual(failed('InternetOpenUrl'), reallyFailed('InternetOpenUrlA'));
  assert.deepEqual(failed('InternetCloseHandle'), reallyFailed('InternetCloseHandle'));
  assert.deepEqual(failed('InternetSetOption'), []);
});

test('readWineLog says of a long text where its log cuts it, and what begins so is no divergence and no code', async () => {
  const { entries } = await readWineLog(lines);
  const [cut = ''] = entries.flatMap((entry) => (entry.type === 'call-begin' ? entry.args.filter(isCut) : []));
  assert.match(String(cut), /^\/status\/200\?mno.*… \(not logged\)$/);
  const whole = told.flatMap(({ args }) => args.filter((one) => typeof one === 'string' && one.length > 500))[0];
  const withText = (text: RecordedValue): readonly Entry[] =>
    entries.map((entry) =>
      entry.type === 'call-begin' ? { ...entry, args: entry.args.map((one) => (one === cut ? text : one)) } : entry,
    );
  const base = checkpoint(emptyTree());
  const compared = (text: RecordedValue): readonly string[] =>
    compareJournals(
      { title: '', base, entries },
      { title: '', base, entries: withText(text) },
      (message) => message,
    ).divergences.map(({ kind }) => kind);
  assert.deepEqual(compared(recordValue(whole)), []);
  assert.deepEqual(compared('/status/200?other'), ['argument']);
  const code = typescriptOf(programOf({ base, entries }, null));
  assert.doesNotMatch(code, /\(not logged\)/);
});

function isCut(value: RecordedValue): boolean {
  return typeof value === 'string' && loggedBeginning(value) !== null;
}

test('nativeSignature has a place for every parameter of the table, and no other', () => {
  for (const fn of functionNames) {
    const named = nativeSignature(fn).filter((name) => name !== '-' && name !== '#');
    assert.deepEqual(named.toSorted(), [...functionRow(fn).parameters].toSorted(), fn);
  }
});

/** Does the journal say of an argument what the program said? */
function isSame(value: RecordedValue, passed: Passed, values: ReadonlyMap<number, number>): boolean {
  const address = typeof passed === 'object' && passed !== null ? passed.at : null;
  if (value === null) return passed === null || address === 0;
  // No line tells what stands at an address.
  if (value === NOT_LOGGED) return address !== null && address !== 0;
  if (typeof value === 'object') return (values.get(value.handle) ?? address) === address;
  if (typeof value === 'boolean') return Number(value) === passed;
  if (typeof value === 'number') return value === passed || value >>> 0 === passed;
  if (/ bytes$|^record$/.test(value)) return address !== null && address !== 0;
  if (typeof passed !== 'string') return false;
  if (value === MASK) return /hush|lovelace/.test(passed);
  return passed.startsWith(loggedBeginning(value) ?? '\0') || value === redact(passed);
}

function valuesOf(entries: readonly Entry[]): ReadonlyMap<number, number> {
  return new Map(entries.flatMap((entry) => (entry.type === 'handle-open' ? [[entry.serial, entry.value]] : [])));
}

function read(name: string): string {
  return readFileSync(new URL(`wineLogs/${name}`, import.meta.url), 'utf8');
}
