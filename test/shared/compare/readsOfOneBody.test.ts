import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createDrivers } from '../../../extension/drivers/index.ts';
import { type ComparedJournal, compareJournals } from '../../../extension/shared/compare/comparison.ts';
import * as c from '../../../extension/shared/constants.ts';
import { LiveJournal } from '../../../extension/shared/liveJournal.ts';
import { createWinInet } from '../../../extension/wininet/index.ts';
import { withPlayground } from '../../playground/withPlayground.ts';

const playground = withPlayground();
const RUNS = 25;
const LENGTH = 300;

/** A turn of a program with two downloads: it reads from one of them, or asks something about it. */
interface Turn {
  readonly of: 0 | 1;
  readonly does: 'read' | 'query';
  readonly size: number;
  /** What is queried: of queries that are the same any could be the one that is missing. */
  readonly level: number;
}

const turns: fc.Arbitrary<readonly Turn[]> = fc
  .array(
    fc.record({
      of: fc.constantFrom<(0 | 1)[]>(0, 1),
      does: fc.constantFrom<Turn['does'][]>('read', 'read', 'read', 'query', 'query'),
      size: fc.integer({ min: 1, max: 60 }),
    }),
    { minLength: 4, maxLength: 30 },
  )
  .map((all) => all.map((turn, level) => ({ ...turn, level })));

test('compareJournals takes reads of a body for one, however they are cut and whatever is read in between', async () => {
  await fc.assert(
    fc.asyncProperty(turns, fc.integer({ min: 1, max: 60 }), async (program, size) => {
      // Which body is begun first is the program's order, and the same in both.
      const first: Turn = { of: 0, does: 'read', size, level: 0 };
      const inTurns = [first, ...program.map((turn) => ({ ...turn, does: 'read' as const }))];
      const oneAfterTheOther = inTurns.toSorted((one, other) => one.of - other.of).map((turn) => ({ ...turn, size }));
      assert.deepEqual(divergences(await run(inTurns), await run(oneAfterTheOther)), []);
    }),
    { numRuns: RUNS },
  );
});

test('compareJournals finds the call that is missing between two reads, and nothing else', async () => {
  await fc.assert(
    fc.asyncProperty(turns, fc.nat(), async (program, place) => {
      const asking = program.flatMap((turn, index) => (turn.does === 'read' ? [] : [index]));
      const missing = asking[place % asking.length];
      if (missing === undefined) return;
      const [whole, part] = [await run(program), await run(program.toSpliced(missing, 1))];
      assert.deepEqual(divergences(whole, part), ['missing-call HttpQueryInfo']);
      assert.deepEqual(divergences(part, whole), ['extra-call HttpQueryInfo']);
    }),
    { numRuns: RUNS },
  );
});

async function run(program: readonly Turn[]): Promise<ComparedJournal> {
  const journal = new LiveJournal(() => 0, 100_000);
  const w = createWinInet({ drivers: createDrivers(), recorder: journal });
  const { hostname, port } = new URL(playground().http);
  const root = await w.InternetOpen('reads/1.0', c.INTERNET_OPEN_TYPE_DIRECT);
  const session = await w.InternetConnect(root, hostname, Number(port), null, null, c.INTERNET_SERVICE_HTTP);
  const request = async (path: string) => {
    const made = await w.HttpOpenRequest(session, 'GET', path, null, null, null, c.INTERNET_FLAG_RELOAD);
    await w.HttpSendRequest(made);
    return made;
  };
  const requests = [await request(`/bytes/${LENGTH}`), await request(`/bytes/${LENGTH + 1}`)] as const;
  for (const { of, does, size, level } of program) {
    if (does === 'read') await w.InternetReadFile(requests[of], new Uint8Array(size));
    else await w.HttpQueryInfo(requests[of], level).catch(() => undefined); // most headers are not there
  }
  for (const one of requests) while ((await w.InternetReadFile(one, new Uint8Array(LENGTH))) > 0);
  await w.InternetCloseHandle(root);
  await w.dispose();
  return { title: 'reads', base: journal.base, entries: [...journal.entries] };
}

function divergences(left: ComparedJournal, right: ComparedJournal): readonly string[] {
  const { rows, divergences: found } = compareJournals(left, right, (message) => message);
  return found.map(({ kind, row }) => `${kind} ${(rows[row]?.left ?? rows[row]?.right)?.fn}`);
}
