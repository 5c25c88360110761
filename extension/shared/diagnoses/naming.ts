import { formatHandleValue, printable } from '../format.ts';
import { kindRow } from '../hierarchy.ts';
import type { HandleNode } from '../model.ts';

/** What of a handle is named. */
export type NamedHandle = Pick<HandleNode, 'kind' | 'value' | 'target'>;

/** How diagnoses name a handle, as `HTTP request 0x00CC000C (http://host/)`. */
export function named({ kind, value, target }: NamedHandle): string {
  const about = target === '' ? '' : ` (${printable(target, 100)})`;
  return `${kindRow(kind).title} ${formatHandleValue(value)}${about}`;
}

/** How diagnoses name several handles: the first few of them. */
export function namedAll(nodes: readonly NamedHandle[]): string {
  const shown = nodes.slice(0, 4).map(named).join(', ');
  return nodes.length > 4 ? `${shown} and ${nodes.length - 4} more` : shown;
}
