// Plays the vector files of a folder against the engine and says what differs.
// usage: npm run conformance -- [DIR] [--group NAME] [--case PART]
// Exit status: 0 where nothing differs, 1 where something does, 2 where nothing could be played.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { playFolder } from './conformance.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { group: { type: 'string' }, case: { type: 'string' } },
});
// What a step that hangs has left open must not hold the program.
process.exit(await run(path.resolve(process.env.INIT_CWD ?? '', positionals[0] ?? import.meta.dirname)));

async function run(folder: string): Promise<number> {
  const { group, case: part } = values;
  let [passed, failed, skipped, advised, deviating] = [0, 0, 0, 0, 0];
  const isWanted = (one: { readonly name: string; readonly group: string }) => {
    const isOne = (group === undefined || one.group === group) && (part === undefined || one.name.includes(part));
    if (!isOne) skipped += 1;
    return isOne;
  };
  try {
    for await (const { name, difference, advisory, deviation } of playFolder(folder, isWanted, console.log)) {
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
  } catch (error) {
    console.log(`${folder} cannot be played: ${error instanceof Error ? error.message : String(error)}`);
    return 2;
  }
  if (advised > 0) console.log(`${advised} differ where nobody is bound (advisory)`);
  if (deviating > 0) console.log(`${deviating} differ on purpose (deviations.json)`);
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  if (failed > 0) return 1;
  if (passed + advised + deviating > 0) return 0;
  console.log(skipped > 0 ? 'No case has that group and name.' : `${folder} has no cases.`);
  return 2;
}
