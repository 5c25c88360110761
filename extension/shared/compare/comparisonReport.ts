import { printable } from '../format.ts';
import { JournalHistory } from '../journalHistory.ts';
import type { HandleTree } from '../model.ts';
import { english } from '../stepSentence.ts';
import { treeText } from '../treeText.ts';
import type { ComparedCall } from './comparedCall.ts';
import type { ComparedJournal, Comparison, ComparisonRow } from './comparison.ts';
import { shownCall } from './shownComparison.ts';

/** How many calls before the first divergence a report shows, and how many divergences. */
const BEFORE = 5;
const LISTED = 20;
/** How much of a text is shown. */
const CALL_LIMIT = 1000;

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
    `First of ${divergences.length === 1 ? '1 divergence' : `${divergences.length} divergences`}: ${inline(first.text)}`,
    '',
  );
  lines.push(`Left is ${inline(leftTitle)}, right is ${inline(rightTitle)}.`, '');
  lines.push('| row | left | right |', '| --- | --- | --- |');
  for (let index = Math.max(0, first.row - BEFORE); index <= first.row; index += 1) {
    const before = rows[index];
    if (before !== undefined) lines.push(tableRow(before, index === first.row ? `➜ ${index + 1}` : String(index + 1)));
  }
  lines.push('', '```text', callText('left ', left, row.left), callText('right', right, row.right), '```');
  lines.push('', whereToLook(rows, first.row));
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
  return `${call.fn}${times}${outcome === '' ? '' : `: ${outcome}`}${placeOf(call)}`;
}

/** A call as it would be written, with how it ended. */
function callText(side: string, { base, entries }: ComparedJournal, call: ComparedCall | null): string {
  if (call === null) return `${side}  no such call here`;
  const { title, args, outcome } = shownCall(call, treeAfter(base, entries, call.begin), english);
  return printable(`${side}  ${title}(${args})${outcome === '' ? '' : ` → ${outcome}`}`, CALL_LIMIT);
}

/** The line of a program to begin with: that of the call, or where one is missing, that of the last one before it. */
function whereToLook(rows: Comparison['rows'], at: number): string {
  const row = rows[at];
  const side = row?.right === null || row?.left === null ? (row.right === null ? 'right' : 'left') : null;
  if (side === null) return `Look at ${whereOf(row?.right ?? null)} on the right, and at what it was given.`;
  const before = rows.slice(0, at).findLast((one) => one[side] !== null)?.[side] ?? null;
  const from = before === null ? 'at its beginning' : `behind ${whereOf(before)}`;
  return `Look on the ${side} ${from}: the other side makes this call there.`;
}

function whereOf(call: ComparedCall | null): string {
  return call === null ? '' : `${call.fn}${placeOf(call)}`;
}

function placeOf({ site }: ComparedCall): string {
  return site === null ? '' : inline(` (${site.split(/[\\/]/).at(-1) ?? site})`);
}

function treeAt(side: string, { base, entries }: ComparedJournal, seq: number): string[] {
  return ['', `${side}, after that call:`, '', '```text', treeText(treeAfter(base, entries, seq)).trimEnd(), '```'];
}

function treeAfter(base: ComparedJournal['base'], entries: ComparedJournal['entries'], seq: number): HandleTree {
  const history = new JournalHistory(Math.max(1, entries.length), base);
  for (const entry of entries) if (entry.seq <= seq) history.append(entry);
  return history.tree;
}

/** A text within a line of Markdown: what came from a network or a trace is neither markup nor a column. */
function inline(text: string): string {
  return printable(text, CALL_LIMIT).replace(/[\\`*[\]<>|]/g, '\\$&');
}
