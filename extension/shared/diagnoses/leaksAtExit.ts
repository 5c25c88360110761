import { groupHandles } from '../handleMark.ts';
import { canHaveChildren } from '../hierarchy.ts';
import type { Entry } from '../journal.ts';
import { type HandleNode, openAncestor, openChildren } from '../model.ts';
import { type NamedHandle, named, namedAll } from './naming.ts';
import { type Finding, NOTHING, type Rule, type World } from './rule.ts';

/** How many handles a finding names besides the oldest. */
const OTHERS = 1000;
/** How many handles of a line are a pile that a loop has made, whatever becomes of the handle above them. */
const PILE = 2;

/**
 * Handles that are open when the program ends; what is below one is named with it. Many programs leave their root to the end of
 * the process, and then it is not the root that matters: so a line that has piled up handles below one is told as well.
 */
export class LeaksAtExit implements Rule {
  read(entry: Entry, { tree }: World): readonly Finding[] {
    if (entry.type !== 'end') return NOTHING;
    const open = [...tree.nodes.values()].filter((node) => node.closed === null);
    const [tops, below] = [open.filter(isTop), open.filter((node) => !isTop(node))];
    return [...tops.map(leak), ...groupHandles(below.filter(isLeft)).flatMap(({ fn, nodes }) => pile(fn, nodes))];

    function isTop({ serial }: HandleNode): boolean {
      return openAncestor(tree, serial) === null;
    }

    function leak(node: HandleNode): Finding {
      const text = neverClosed(node, descendants(node));
      return { topic: 'leak-at-exit', serial: node.serial, call: node.call, text };
    }

    function descendants({ serial }: HandleNode): readonly HandleNode[] {
      return openChildren(tree, serial).flatMap((child) => [child, ...descendants(child)]);
    }
  }
}

/** Nothing was going on with it: a program that breaks off leaves what it was at. */
function isLeft({ kind, running }: HandleNode): boolean {
  return !canHaveChildren(kind) && running.length === 0;
}

function pile(fn: string, [oldest, ...rest]: readonly HandleNode[]): readonly Finding[] {
  if (oldest === undefined || rest.length + 1 < PILE) return [];
  return [
    {
      topic: 'leak-at-exit',
      serial: oldest.serial,
      call: oldest.call,
      text: `${rest.length + 1} handles of ${fn} were never closed: ${namedAll([oldest, ...rest])}.`,
      others: rest.slice(0, OTHERS).map(({ serial }) => serial),
    },
  ];
}

/** @param inside the open handles below it */
export function neverClosed(node: NamedHandle, inside: readonly NamedHandle[]): string {
  const more = inside.length === 0 ? '' : `, and with it ${namedAll(inside)}`;
  return `${named(node)} was never closed${more}: the program ended with it open.`;
}
