import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { compareWithBaseline, readBaseline } from './baseline.ts';
import { checkJson } from './checkJson.ts';
import { checkText } from './checkText.ts';
import type { CheckCommand } from './commandLine.ts';
import { type CheckedTrace, checkTrace } from './findings.ts';
import { repositoryRoot } from './places.ts';
import { sarifOf } from './sarif.ts';
import { loadTrace, problemText, traceFiles } from './traces.ts';
import { ownVersion } from './version.ts';

/** `hinternet-explorer check`: prints what is wrong in traces, and resolves with the exit code. Rejects with UsageError. */
export async function check({
  traces,
  format,
  sarif,
  root,
  baseline,
  failOn,
  ...options
}: CheckCommand): Promise<number> {
  const known = baseline === null ? null : readBaseline(baseline);
  const sources = root === null ? repositoryRoot(process.cwd()) : path.resolve(root);
  const found: CheckedTrace[] = [];
  // One after the other: a trace may be large.
  for (const file of traceFiles(traces)) found.push(checkTrace(await loadTrace(file), options));
  const checked = compareWithBaseline(found, sources, known);
  process.stdout.write(format === 'json' ? checkJson(checked) : checkText(checked, failOn));
  process.stderr.write(checked.map(({ loaded }) => problemText(loaded)).join(''));
  const written = sarif === null || writeSarif(sarif, checked, sources);
  // What could not be read may hide anything.
  if (!written || checked.some(({ loaded }) => loaded.problems.length > 0)) return 2;
  return checked.some(({ findings }) => findings.some(({ fails }) => fails)) ? 1 : 0;
}

function writeSarif(file: string, checked: readonly CheckedTrace[], root: string): boolean {
  try {
    writeFileSync(file, `${JSON.stringify(sarifOf(checked, root, ownVersion()), null, 2)}\n`);
    return true;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${file}: It cannot be written: ${reason}.\n`);
    return false;
  }
}
