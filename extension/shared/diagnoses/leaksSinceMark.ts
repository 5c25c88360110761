import { compareWithMark, type HandleGroup, type HandleMark, markOpenHandles } from '../handleMark.ts';
import type { Entry } from '../journal.ts';
import { namedAll } from './naming.ts';
import { type Finding, NOTHING, type Rule, type World } from './rule.ts';

/** How many handles of a group a finding names besides the oldest. */
const OTHERS = 1000;

/** Handles that were opened after a mark and are open when somebody compares, by the line that made them. */
export class LeaksSinceMark implements Rule {
  readonly #marks = new Map<string, HandleMark>();
  /** Handles that were told of, by mark: a comparison that finds nothing new at a line says nothing about it. */
  readonly #told = new Map<string, Set<number>>();

  read(entry: Entry, { tree }: World): readonly Finding[] {
    if (entry.type === 'mark') {
      this.#marks.set(entry.name, markOpenHandles(tree));
      this.#told.set(entry.name, new Set());
      return NOTHING;
    }
    const mark = entry.type === 'mark-comparison' ? this.#marks.get(entry.name) : undefined;
    if (entry.type !== 'mark-comparison' || mark === undefined) return NOTHING;
    const told = this.#told.get(entry.name) ?? new Set();
    this.#told.set(entry.name, told);
    return compareWithMark(tree, mark).left.flatMap((group): readonly Finding[] => {
      if (group.nodes.every(({ serial }) => told.has(serial))) return [];
      for (const { serial } of group.nodes) told.add(serial);
      return about(group, entry.name);
    });
  }
}

function about({ fn, nodes }: HandleGroup, name: string): readonly Finding[] {
  const [oldest, ...rest] = nodes;
  if (oldest === undefined) return [];
  const mark = name === '' ? 'the mark' : `the mark “${name}”`;
  const made = nodes.length === 1 ? `A handle that ${fn} made` : `${nodes.length} handles that ${fn} made`;
  const text = `${made} here since ${mark} ${nodes.length === 1 ? 'is' : 'are'} still open: ${namedAll(nodes)}.`;
  const others = rest.slice(0, OTHERS).map(({ serial }) => serial);
  const finding = { topic: 'leak-since-mark' as const, serial: oldest.serial, call: oldest.call, text };
  return [others.length === 0 ? finding : { ...finding, others }];
}
