import * as l10n from '@vscode/l10n';
import { DIAGNOSES } from '../extension/shared/diagnoses/explanations.ts';
import { formatBytes, formatHandleValue, printable } from '../extension/shared/format.ts';
import { kindRow } from '../extension/shared/hierarchy.ts';
import type { HandleNode } from '../extension/shared/model.ts';
import type { FunctionEntry } from './functionEntries.ts';
import { noteLines } from './noteMark.ts';
import type { Rank } from './scene.ts';
import { ownerWords } from './sideWords.ts';

/** What a screen reader is told: the same facts as the picture shows, in words. */

/** Id of a handle's element in the graph that `within` belongs to, for `aria-activedescendant`. */
export function handleId(serial: number, within: SVGElement): string {
  return `${scopeOf(within)}handle-${serial}`;
}

/** Id of a function's element in that graph. */
export function functionId(key: string, within: SVGElement): string {
  return `${scopeOf(within)}function-${key}`;
}

/** Where a page has two graphs, their serials mean different handles. */
function scopeOf(within: SVGElement): string {
  return within.ownerSVGElement?.dataset.scope ?? '';
}

/** A handle in words, as `InternetConnect, HTTP session, 0x00CC0008, http://127.0.0.1:8080, open, 2 children`. */
export function handleName(node: HandleNode, rank: Rank): string {
  const parts = [node.fn, kindRow(node.kind).title, formatHandleValue(node.value)];
  if (node.generation > 1) parts.push(ownerWords(node));
  if (node.target !== '') parts.push(printable(node.target));
  parts.push(node.state);
  if (rank.context) parts.push(l10n.t('does not pass the filter'));
  const [running] = node.running;
  if (running !== undefined) parts.push(l10n.t('{0} is running', running.fn));
  if (node.lastError !== null) parts.push(l10n.t('last error {0}', node.lastError));
  parts.push(...new Set(node.notes.map(({ topic }) => DIAGNOSES[topic].title)));
  if (node.bytesIn > 0) parts.push(l10n.t('{0} received', formatBytes(node.bytesIn)));
  if (node.bytesOut > 0) parts.push(l10n.t('{0} sent', formatBytes(node.bytesOut)));
  const children = rank.children + rank.hidden;
  if (rank.hidden > 0) parts.push(l10n.t('folded, {0} below', rank.hidden));
  else if (children > 0) parts.push(children === 1 ? l10n.t('1 child') : l10n.t('{0} children', children));
  return parts.join(', ');
}

/** What the name leaves open: what the state means, and what is wrong. Without it the tooltip, which repeats the name, is read. */
function handleDescription(node: HandleNode): string {
  return [kindRow(node.kind).states[node.state] ?? '', ...noteLines(node.notes)].join(' ');
}

/** The attributes of a treeitem. `expanded` is absent where nothing can be folded. */
export function treeItemAttributes(
  node: HandleNode,
  rank: Rank,
  selected: boolean,
  within: SVGElement,
): Record<string, string | null> {
  const canFold = rank.children + rank.hidden > 0;
  return {
    id: handleId(node.serial, within),
    role: 'treeitem',
    'aria-label': handleName(node, rank),
    'aria-description': handleDescription(node),
    ...placeAttributes(rank),
    'aria-selected': String(selected),
    'aria-expanded': canFold ? String(rank.hidden === 0) : null,
  };
}

/** Where a treeitem stands among the others. */
export function placeAttributes({ level, position, siblings }: Rank): Record<string, string> {
  return { 'aria-level': String(level), 'aria-posinset': String(position), 'aria-setsize': String(siblings) };
}

/** A function in words, as `HttpEndRequest, not legal now: ERROR_INTERNET_INCORRECT_HANDLE_STATE`. */
export function functionName(entry: FunctionEntry): string {
  const parts: string[] = [entry.fn];
  if (entry.running) parts.push(l10n.t('running'));
  parts.push(entry.refusal === undefined ? l10n.t('legal now') : l10n.t('not legal now: {0}', entry.refusal.symbol));
  const count = entry.tally?.count ?? 0;
  if (count > 0) parts.push(count === 1 ? l10n.t('called once') : l10n.t('called {0} times', count));
  if (entry.tally?.lastError) parts.push(l10n.t('last error {0}', entry.tally.lastError));
  return parts.join(', ');
}
