import type { ComparedCall } from '../shared/compare/comparedCall.ts';
import type { Comparison } from '../shared/compare/comparison.ts';
import type { LoadedTrace } from './traces.ts';

/** What `compare --format json` prints, for programs: the traces, how many pairs of calls they have, and each divergence. */
export function compareJson(
  { rows, divergences }: Comparison,
  [left, right]: readonly [LoadedTrace, LoadedTrace],
): string {
  const shown = {
    left: sideOf(left),
    right: sideOf(right),
    rows: rows.length,
    divergences: divergences.map(({ row, kind, text }) => ({
      row: row + 1,
      kind,
      text,
      left: callOf(rows[row]?.left),
      right: callOf(rows[row]?.right),
    })),
  };
  return `${JSON.stringify(shown, null, 2)}\n`;
}

function sideOf({ file, trace, problems }: LoadedTrace): unknown {
  return { file, title: trace?.title ?? null, problems };
}

function callOf(call: ComparedCall | null | undefined): unknown {
  return call ? { fn: call.fn, seq: call.begin, error: call.error, site: call.site } : null;
}
