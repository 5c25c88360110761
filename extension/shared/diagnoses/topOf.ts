import type { HandleNode, HandleTree } from '../model.ts';

/** Serial of the root above a handle, as far as the tree knows it. */
export function topOf(tree: HandleTree, { serial, parent }: HandleNode): number {
  let top = serial;
  for (let above = parent; above !== null; above = tree.nodes.get(above)?.parent ?? null) top = above;
  return top;
}
