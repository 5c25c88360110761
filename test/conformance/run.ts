// Plays the vector files of a folder against the engine and says what differs.
// usage: npm run conformance -- [DIR] [--group NAME] [--case PART]
import path from 'node:path';
import { parseArgs } from 'node:util';
import { playFolder } from './conformance.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { group: { type: 'string' }, case: { type: 'string' } },
});
process.exitCode = await run(path.resolve(process.env.INIT_CWD ?? '', positionals[0] ?? import.meta.dirname));

async function run(folder: string): Promise<number> {
  const { group, case: part } = values;
  let [passed, failed, skipped, advised, deviating] = [0, 0, 0, 0, 0];
  for await (const verdict of playFolder(folder, (one) => {
    const isWanted = (group === undefined || one.group === group) && (part === undefined || one.name.includes(part));
    if (!isWanted) skipped += 1;
    return isWanted;
  })) {
    const { name, difference, advisory, deviation } = verdict;
    if (difference === null) passed += 1;
    else if (advisory) advised += 1;
    else if (deviation !== null) {
      deviating += 1;
      console.log(`${name} deviates: ${deviation.reason} (${deviation.source})`);
    } else {
      failed += 1;
      console.log(`${name}: ${difference}`);
    }
  }
  if (advised > 0) console.log(`${advised} differ where nobody is bound (advisory)`);
  if (deviating > 0) console.log(`${deviating} differ on purpose (deviations.json)`);
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  return failed === 0 ? 0 : 1;
}
