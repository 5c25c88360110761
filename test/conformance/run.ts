// Plays the vector files of a folder against the engine.
// usage: npm run conformance -- [DIR] [--group NAME] [--case PART]
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { judge } from './conformance.ts';
import { Fixtures } from './fixtures.ts';
import { readCases } from './vectors.ts';

const DEVIATIONS = v.array(v.object({ case: v.string(), reason: v.string(), source: v.string() }));

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { group: { type: 'string' }, case: { type: 'string' } },
});
const folder = path.resolve(positionals[0] ?? import.meta.dirname);
process.exitCode = await runAll();

async function runAll(): Promise<number> {
  const cases = readCases(folder).filter(
    ({ name, group }) =>
      (values.group === undefined || group === values.group) &&
      (values.case === undefined || name.includes(values.case)),
  );
  const deviations = new Map(readDeviations().map((one) => [one.case, one]));
  const fixtures = new Fixtures(folder);
  await fixtures.start();
  const counts = { passed: 0, failed: 0, skipped: 0, deviating: 0, advisory: 0 };
  for (const one of cases) {
    const { name, difference } = await judge(one, fixtures);
    const deviation = deviations.get(name);
    if (difference === null) counts.passed += 1;
    else if (one.advisory !== undefined) counts.advisory += 1;
    else if (deviation !== undefined) {
      counts.deviating += 1;
      console.log(`deviates ${name}: ${deviation.reason} (${deviation.source})`);
    } else {
      counts.failed += 1;
      console.log(`${name}: ${difference}`);
    }
  }
  fixtures.stop();
  if (counts.advisory > 0) console.log(`${counts.advisory} differ where that is allowed (advisory)`);
  if (counts.deviating > 0) console.log(`${counts.deviating} differ on purpose (deviations.json)`);
  console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  return counts.failed === 0 ? 0 : 1;
}

function readDeviations(): v.InferOutput<typeof DEVIATIONS> {
  const own = path.join(folder, 'deviations.json');
  const file = existsSync(own) ? own : path.join(import.meta.dirname, 'deviations.json');
  return v.parse(DEVIATIONS, JSON.parse(readFileSync(file, 'utf8')));
}
