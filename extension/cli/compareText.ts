import type { ComparedCall } from '../shared/compare/comparedCall.ts';
import type { Comparison, ComparisonRow } from '../shared/compare/comparison.ts';
import type { Divergence } from '../shared/compare/divergence.ts';
import { printable } from '../shared/format.ts';
import { paint } from './paint.ts';
import { shownSite } from './places.ts';

/** How much of a text from a trace is shown. */
const TEXT = 1000;

/** What `compare` prints for people: the first divergence with both calls, later ones, and a line that sums it up. */
export function compareText(comparison: Comparison): string {
  const { leftTitle, rightTitle, rows, divergences } = comparison;
  const [first, ...later] = divergences;
  const both = `${printable(leftTitle, TEXT)} and ${printable(rightTitle, TEXT)}`;
  const among = `${rows.length} ${rows.length === 1 ? 'call' : 'calls'}`;
  if (first === undefined) return `${both} do not differ in ${among}.\n`;
  const row = rows[first.row];
  const calls = `${callLine('left', row?.left)}${callLine('right', row?.right)}`;
  const rest =
    later.length === 0
      ? ''
      : `\nLater, which may follow from it:\n${later.map((one) => line(one, rows[one.row])).join('')}`;
  const count = divergences.length === 1 ? '1 divergence' : `${divergences.length} divergences`;
  return `${paint('bold', 'First divergence:')}\n${line(first, row)}${calls}${rest}\n${count} between ${both} in ${among}.\n`;
}

function line({ row, kind, text }: Divergence, calls: ComparisonRow | undefined): string {
  const fn = calls?.left?.fn ?? calls?.right?.fn ?? '';
  return `  ${paint('cyan', `row ${row + 1}`)} ${fn} [${kind}] ${printable(text, TEXT)}\n`;
}

function callLine(side: 'left' | 'right', call: ComparedCall | null | undefined): string {
  if (!call) return `    ${side.padEnd(5)}  no call\n`;
  const where = call.site === null ? `entry ${call.begin}` : printable(shownSite(call.site), TEXT);
  return `    ${side.padEnd(5)}  ${call.fn}${call.error === null ? '' : `: ${call.error}`}, ${where}\n`;
}
