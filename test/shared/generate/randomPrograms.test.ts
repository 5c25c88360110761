import { execFile } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { createDrivers } from '../../../extension/drivers/index.ts';
import { LANGUAGES, languageNames } from '../../../extension/shared/generate/languages.ts';
import { programOf } from '../../../extension/shared/generate/programOf.ts';
import { type FunctionName, handleParameter } from '../../../extension/shared/hierarchy.ts';
import type { Entry } from '../../../extension/shared/journal.ts';
import { LiveJournal } from '../../../extension/shared/liveJournal.ts';
import { createWinInet, HINTERNET, type WinInet } from '../../../extension/wininet/index.ts';
import { withPlayground } from '../../playground/withPlayground.ts';
import { LOCK, REACTING } from '../../wininet/randomArguments.ts';
import { type RandomCall, randomPrograms } from '../../wininet/randomPrograms.ts';
import { programFolder, toolOrSkip, typeCheck } from './generatedProgram.ts';
import { wholeJournal } from './recordedJournals.ts';

const SEQUENCES = 40;
/** How long a call is waited for, in milliseconds; some servers never answer. */
const PATIENCE = 200;

const playground = withPlayground();
const folder = programFolder();
after(() => rmSync(folder, { recursive: true, force: true }));

test('programOf takes the journal of any sequence of calls, and every language makes of it what its compiler takes', async (t) => {
  const seed = Number(process.env.HINTERNET_SEED ?? Date.now() % 2 ** 31);
  console.log(`HINTERNET_SEED=${seed}`);
  const files: string[] = [];
  for (const { rows } of fc.sample(randomPrograms(playground(), folder), { seed, numRuns: SEQUENCES })) {
    const entries = await journalOf(rows.flat());
    const serials = entries.flatMap((entry) => (entry.type === 'handle-open' ? [entry.serial] : []));
    for (const serial of [null, serials.at(-1) ?? null]) {
      const program = programOf(wholeJournal(entries), serial);
      const name = path.join(folder, `program${files.length}`);
      for (const language of languageNames) {
        const text = LANGUAGES[language].write(program, wholeJournal(entries));
        if (language === 'typescript') writeFileSync(`${name}.mts`, text ?? '');
        if (language === 'cpp') writeFileSync(`${name}.cpp`, text ?? '');
      }
      files.push(name);
    }
  }
  await typeCheck(
    folder,
    files.map((name) => `${name}.mts`),
  );
  const compiler = toolOrSkip(t, 'x86_64-w64-mingw32-g++');
  if (compiler === undefined) return;
  // The compiler takes its time, so it gets every fifth.
  const sources = files.filter((_, index) => index % 5 === 0).map((name) => `${name}.cpp`);
  await promisify(execFile)(compiler, ['-std=c++11', '-Wall', '-Wextra', '-Werror', '-fsyntax-only', ...sources]);
});

async function journalOf(calls: readonly RandomCall[]): Promise<readonly Entry[]> {
  let now = 0;
  const journal = new LiveJournal(() => ++now, 1_000_000);
  const wininet = createWinInet({ drivers: createDrivers(), recorder: journal });
  const handles: unknown[] = [null, {}, 0x00cc0004, await wininet.InternetOpen('random/1.0')];
  for (const { fn, of, handle, args: drawn, awaited } of calls) {
    const position = handleParameter(fn);
    const args = drawn.map((value) => (value === REACTING ? () => undefined : value === LOCK ? null : value));
    const fitting = handles.findLast((one) => one instanceof HINTERNET && isOf(one, of, journal));
    const passed = position === -1 ? args : args.toSpliced(position, 0, fitting ?? handles[handle % handles.length]);
    const ending = call(wininet, fn, passed).then(
      (result) => {
        if (result instanceof HINTERNET) handles.push(result);
      },
      () => undefined, // the journal tells of it
    );
    if (awaited) await Promise.race([ending, pause(PATIENCE)]);
  }
  const entries = [...journal.entries];
  await wininet.dispose();
  return entries;
}

function isOf({ serial }: HINTERNET, kind: RandomCall['of'], { tree }: LiveJournal): boolean {
  const node = tree.nodes.get(serial);
  return node?.closed === null && node.kind === kind;
}

function call(wininet: WinInet, fn: FunctionName, args: readonly unknown[]): Promise<unknown> {
  return Reflect.apply(wininet[fn], wininet, args) as Promise<unknown>;
}
