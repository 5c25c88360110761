import type { Entry } from '../journal.ts';
import { type HandleNode, openAncestor, openChildren } from '../model.ts';
import { named } from './naming.ts';
import { type Finding, NOTHING, type Rule, type World } from './rule.ts';

/** Handles that are open when the program ends; what is below one is named with it. */
export class LeaksAtExit implements Rule {
  read(entry: Entry, { tree }: World): readonly Finding[] {
    if (entry.type !== 'end') return NOTHING;
    const open = [...tree.nodes.values()].filter((node) => node.closed === null);
    return open
      .filter(({ serial }) => openAncestor(tree, serial) === null)
      .map((node) => {
        const text = neverClosed(node, descendants(node));
        return { topic: 'leak-at-exit', serial: node.serial, call: node.call, text };
      });

    function descendants({ serial }: HandleNode): number {
      return openChildren(tree, serial).reduce((sum, child) => sum + 1 + descendants(child), 0);
    }
  }
}

/** @param below how many open handles are below it */
export function neverClosed(node: Parameters<typeof named>[0], below: number): string {
  const more = below === 0 ? '' : below === 1 ? ', and one handle below it' : `, and ${below} handles below it`;
  return `${named(node)} was never closed${more}: the program ended with it open.`;
}
