import { type DiagramBox, diagramBoxes, type Reading } from './diagrams.ts';
import type { RaisedSymbol } from './errorCodes.ts';
import { DIAGRAMS, type DiagramName, functionRow, type HandleKind, handleKinds, refusal } from './hierarchy.ts';
import type { CallTally, HandleNode, HandleTree } from './model.ts';

/** What is true now of a box that is laid over a live handle. */
export type Truth =
  /** This handle, or one above it, was returned by this function. */
  | { readonly is: 'origin'; readonly handle: HandleNode }
  | { readonly is: 'legal' }
  /** A call would fail now. */
  | { readonly is: 'illegal'; readonly symbol: RaisedSymbol }
  /** The function takes handles of other kinds: the nearest open one, if there is one. */
  | { readonly is: 'elsewhere'; readonly kinds: readonly HandleKind[]; readonly handle: HandleNode | undefined };

/** A box of a diagram, laid over a handle. */
export interface TrueBox extends DiagramBox {
  readonly truth: Truth;
  /** How the function has fared on this handle so far, or on the handle that it was called on to return this one. */
  readonly tally: CallTally | undefined;
}

/** Lays a diagram over a handle: what each of its boxes means for that handle now. */
export function layOver(name: DiagramName, reading: Reading, node: HandleNode, tree: HandleTree): readonly TrueBox[] {
  const newest = newestOpen(tree);
  return laidOver(name, reading, node, tree, (kind) => newest.get(kind));
}

/** @param newest the newest open handle of a kind, for functions that no handle of the line takes */
function laidOver(
  name: DiagramName,
  reading: Reading,
  node: HandleNode,
  tree: HandleTree,
  newest: (kind: HandleKind) => HandleNode | undefined,
): readonly TrueBox[] {
  const line = lineage(node, tree);
  return diagramBoxes(name, reading).map((box): TrueBox => {
    const truth = truthOf(box, node, line, newest);
    const on = truth.is === 'origin' ? tree.nodes.get(truth.handle.parent ?? 0) : node;
    return { ...box, truth, tally: on?.tallies[box.fn] };
  });
}

/** The diagram that says most about a handle: made as it draws, and with functions that were called on it or may be now. */
export function diagramFor(node: HandleNode, tree: HandleTree): DiagramName {
  const score = (name: DiagramName): number => {
    // Where other functions lead to does not count, and looking for it costs a walk through the whole tree.
    const boxes = laidOver(name, 'printed', node, tree, () => undefined);
    const others = boxes.filter(({ truth }) => truth.is !== 'origin');
    const share = (counts: (box: TrueBox) => boolean): number => others.filter(counts).length / others.length;
    const made = (boxes.length - others.length) / lineage(node, tree).length;
    const called = share(({ tally }) => tally !== undefined);
    return made + called + share(({ truth, tally }) => truth.is === 'legal' || tally !== undefined);
  };
  const scores = new Map(DIAGRAMS.map((name) => [name, score(name)]));
  return DIAGRAMS.reduce((best, name) => ((scores.get(name) ?? 0) > (scores.get(best) ?? 0) ? name : best));
}

/** The handle and those above it. */
function lineage(node: HandleNode, tree: HandleTree): readonly HandleNode[] {
  const line = [node];
  for (let above = tree.nodes.get(node.parent ?? 0); above !== undefined; above = tree.nodes.get(above.parent ?? 0)) {
    line.push(above);
  }
  return line;
}

function truthOf(
  { fn }: DiagramBox,
  node: HandleNode,
  line: readonly HandleNode[],
  newest: (kind: HandleKind) => HandleNode | undefined,
): Truth {
  const origin = line.find((one) => one.fn === fn);
  if (origin !== undefined) return { is: 'origin', handle: origin };
  const { uses } = functionRow(fn);
  if (uses[node.kind] === undefined) {
    const kinds = handleKinds.filter((kind) => uses[kind] !== undefined);
    return { is: 'elsewhere', kinds, handle: nearestOpen(kinds, line, newest) };
  }
  const symbol = node.closed === null ? refusal(fn, node.kind, node.state) : 'ERROR_INVALID_HANDLE';
  return symbol === undefined ? { is: 'legal' } : { is: 'illegal', symbol };
}

/** One of the handles above, or else the newest in the tree. */
function nearestOpen(
  kinds: readonly HandleKind[],
  line: readonly HandleNode[],
  newest: (kind: HandleKind) => HandleNode | undefined,
): HandleNode | undefined {
  const above = line.find((one) => one.closed === null && kinds.includes(one.kind));
  if (above !== undefined) return above;
  const others = kinds.flatMap((kind) => newest(kind) ?? []);
  return others.reduce<HandleNode | undefined>(
    (best, one) => (best === undefined || one.serial > best.serial ? one : best),
    undefined,
  );
}

/** The newest open handle of each kind. */
function newestOpen(tree: HandleTree): ReadonlyMap<HandleKind, HandleNode> {
  const newest = new Map<HandleKind, HandleNode>();
  for (const serial of tree.byValue.values()) {
    const node = tree.nodes.get(serial);
    if (node !== undefined && serial > (newest.get(node.kind)?.serial ?? 0)) newest.set(node.kind, node);
  }
  return newest;
}
