import { JournalHistory } from '../journalHistory.ts';
import type { HandleTree } from '../model.ts';
import { treeText } from '../treeText.ts';
import type { ComparedCall } from './comparedCall.ts';
import type { ComparedJournal, Comparison, ComparisonRow } from './comparison.ts';

/** How many calls before the first divergence a report shows, and how many divergences. */
const BEFORE = 5;
const LISTED = 20;

/** A summary of a comparison fit for a bug report, in Markdown: the first divergence, what led to it, both trees, and the rest. */
export function comparisonReport(comparison: Comparison, left: ComparedJournal, right: ComparedJournal): string {
  const { leftTitle, rightTitle, rows, divergences } = comparison;
  const lines = [`# ${inline(leftTitle)} compared with ${inline(rightTitle)}`, ''];
  const [first, ...later] = divergences;
  const row = first === undefined ? undefined : rows[first.row];
  if (first === undefined || row === undefined) {
    lines.push(`No divergence in ${rows.length} calls.`);
    return `${lines.join('\n')}\n`;
  }
  lines.push(
    `First of ${divergences.length === 1 ? '1 divergence' : `${divergences.length} divergences`}: ${first.text}`,
    '',
  );
  lines.push('| row | left | right |', '| --- | --- | --- |');
  for (let index = Math.max(0, first.row - BEFORE); index <= first.row; index += 1) {
    const before = rows[index];
    if (before !== undefined) lines.push(tableRow(before, index === first.row ? `➜ ${index + 1}` : String(index + 1)));
  }
  lines.push(...treeAt('Left', left, row.leftSeq), ...treeAt('Right', right, row.rightSeq));
  if (later.length > 0) lines.push('', 'Later divergences, which may follow from it:', '');
  for (const { text, row: place } of later.slice(0, LISTED)) {
    const calls = rows[place];
    lines.push(`- row ${place + 1}, ${calls?.left?.fn ?? calls?.right?.fn}: ${inline(text)}`);
  }
  if (later.length > LISTED) lines.push(`- and ${later.length - LISTED} more`);
  return `${lines.join('\n')}\n`;
}

function tableRow({ left, right }: ComparisonRow, number: string): string {
  return `| ${number} | ${cell(left)} | ${cell(right)} |`;
}

function cell(call: ComparedCall | null): string {
  if (call === null) return '';
  const times = call.times === 1 ? '' : ` ×${call.times}`;
  const outcome = call.error ?? (call.ended ? '' : 'never ended');
  const place = call.site === null ? '' : ` (${call.site.split(/[\\/]/).at(-1) ?? call.site})`;
  return inline(`${call.fn}${times}${outcome === '' ? '' : `: ${outcome}`}${place}`);
}

function treeAt(side: string, { base, entries }: ComparedJournal, seq: number): string[] {
  return ['', `${side}, after that call:`, '', '```text', treeText(treeAfter(base, entries, seq)).trimEnd(), '```'];
}

function treeAfter(base: ComparedJournal['base'], entries: ComparedJournal['entries'], seq: number): HandleTree {
  const history = new JournalHistory(Math.max(1, entries.length), base);
  for (const entry of entries) if (entry.seq <= seq) history.append(entry);
  return history.tree;
}

function inline(text: string): string {
  return text.replace(/[\r\n]+/g, ' ').replaceAll('|', '\\|');
}
