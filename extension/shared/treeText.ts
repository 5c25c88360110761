import { formatHandleValue, printable } from './format.ts';
import { childrenOf, type HandleNode, type HandleTree } from './model.ts';

/** How much of a target an export shows: a long URL whole. */
const TARGET_LIMIT = 2048;

/** Which handles an export shows. */
export interface TreeExportOptions {
  /** Also those that are closed, as long as they are in the tree. */
  readonly closed?: boolean;
}

/** The tree of handles as plain text: a line for each handle, indented below its parent. */
export function treeText(tree: HandleTree, options: TreeExportOptions = {}): string {
  return shownHandles(tree, options)
    .map(({ node, depth }) => `${'  '.repeat(depth)}${handleLine(node)}\n`)
    .join('');
}

/** A handle that an export shows, and how deep it hangs: 0 for a root. */
export interface ShownHandle {
  readonly node: HandleNode;
  readonly depth: number;
}

/** The handles that an export shows, parents before their children, siblings in the order in which they were opened. */
export function shownHandles(tree: HandleTree, { closed = false }: TreeExportOptions = {}): readonly ShownHandle[] {
  const shown: ShownHandle[] = [];
  const below = (parent: number | null, depth: number): ShownHandle[] =>
    childrenOf(tree, parent)
      .filter((node) => closed || node.closed === null)
      .map((node) => ({ node, depth }))
      .reverse();
  // A stack of our own: a foreign journal may nest handles deeper than calls can.
  const waiting = below(null, 0);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    shown.push(next);
    for (const child of below(next.node.serial, next.depth + 1)) waiting.push(child);
  }
  return shown;
}

/** What an export says about a handle's state; closed handles are in none. */
export function stateText(node: HandleNode): string {
  return node.closed === null ? node.state : 'closed';
}

/** What an export says about a handle, in one line. */
export function handleLine(node: HandleNode): string {
  const { value, fn, kind, target } = node;
  return `${formatHandleValue(value)} ${fn}: ${kind}, ${stateText(node)}, ${printable(target, TARGET_LIMIT)}`;
}
