import { assertNever } from './assertNever.ts';
import type { ErrorSymbol } from './errorCodes.ts';
import type { FunctionName, HandleKind, HandleState } from './hierarchy.ts';
import type {
  Bytes,
  CallBegin,
  CallEnd,
  CloseReason,
  Entry,
  HandleClose,
  HandleOpen,
  Note,
  RecordedValue,
} from './journal.ts';

/** The tree of handles at one moment: a fold over a prefix of the journal. Host and webview share this file. */

/** How a function has fared on a handle so far. */
export interface CallTally {
  readonly count: number;
  /** Sum of the durations in microseconds. */
  readonly totalMicroseconds: number;
  readonly lastError: ErrorSymbol | null;
  /** What the last call returned; null after a failure. */
  readonly lastResult: RecordedValue;
}

/** A call that has not ended. */
export interface RunningCall {
  readonly call: number;
  readonly fn: FunctionName;
  readonly since: number;
}

/** A diagnosis of a handle, as long as it is among the newest. */
export type HandleNote = Pick<Note, 'topic' | 'call' | 'text' | 'hit'> & { readonly seq: number };

/** How many diagnoses a handle keeps, the newest. */
export const NOTE_LIMIT = 20;

/** One handle, alive or closed. */
export interface HandleNode {
  readonly serial: number;
  readonly value: number;
  /** The how manyth owner of its value this is: values are recycled. */
  readonly generation: number;
  readonly kind: HandleKind;
  readonly parent: number | null;
  /** The function that returned it, the call, and what it was called with. */
  readonly fn: FunctionName;
  readonly call: number;
  readonly args: readonly RecordedValue[];
  /** Where the program made that call, as `file:line:column`; absent where the journal does not know. */
  readonly site?: string;
  readonly target: string;
  readonly openedAt: number;
  /** When a call on it last began or ended, or the one that returned it ended; when it was opened, before that. */
  readonly usedAt: number;
  readonly state: HandleState;
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly running: readonly RunningCall[];
  readonly tallies: Readonly<Partial<Record<FunctionName, CallTally>>>;
  readonly lastError: ErrorSymbol | null;
  readonly notes: readonly HandleNote[];
  readonly closed: { readonly at: number; readonly reason: CloseReason; readonly cascadeRoot: number } | null;
}

/**
 * The folded tree. Nodes are replaced, never changed, so a view can compare by reference; the maps are changed in place, so a
 * fold costs the same however large the tree is.
 */
export interface HandleTree {
  /** Sequence number of the last entry folded; 0 before the first. */
  seq: number;
  /** Time of the last entry folded, in microseconds. */
  t: number;
  readonly nodes: Map<number, HandleNode>;
  readonly roots: Set<number>;
  /** Serials below a handle, closed ones included while they are in the tree. */
  readonly children: Map<number, Set<number>>;
  /** Which live handle owns a value. */
  readonly byValue: Map<number, number>;
  /** How many handles have owned a value so far. */
  readonly generations: Map<number, number>;
  /** Calls that have begun and not ended: their begin entry. */
  readonly calls: Map<number, CallBegin & { readonly t: number }>;
  /** Closed serials, oldest first; the oldest leave the tree. */
  readonly graves: number[];
}

/** How many closed handles stay in the tree as tombstones. */
export const TOMBSTONE_LIMIT = 1000;

/** A tree as plain data, for the webview and for trace files. */
export interface Checkpoint {
  readonly seq: number;
  readonly t: number;
  readonly nodes: readonly HandleNode[];
  readonly calls: readonly (CallBegin & { readonly t: number })[];
  readonly graves: readonly number[];
  readonly generations: readonly (readonly [value: number, owners: number])[];
}

/** An empty tree. */
export function emptyTree(): HandleTree {
  return {
    seq: 0,
    t: 0,
    nodes: new Map(),
    roots: new Set(),
    children: new Map(),
    byValue: new Map(),
    generations: new Map(),
    calls: new Map(),
    graves: [],
  };
}

/** The tree as plain data. */
export function checkpoint(tree: HandleTree): Checkpoint {
  return {
    seq: tree.seq,
    t: tree.t,
    nodes: [...tree.nodes.values()],
    calls: [...tree.calls.values()],
    graves: [...tree.graves],
    generations: [...tree.generations],
  };
}

/** The tree that a checkpoint describes. */
export function restore(from: Checkpoint): HandleTree {
  const tree = emptyTree();
  tree.seq = from.seq;
  tree.t = from.t;
  for (const node of from.nodes) {
    tree.nodes.set(node.serial, node);
    hang(tree, node.serial, node.parent);
    if (node.closed === null) tree.byValue.set(node.value, node.serial);
  }
  for (const call of from.calls) tree.calls.set(call.call, call);
  for (const serial of from.graves) tree.graves.push(serial);
  for (const [value, owners] of from.generations) tree.generations.set(value, owners);
  return tree;
}

/** Folds one entry into the tree. Entries about a closed or unknown handle change nothing. */
export function applyEntry(tree: HandleTree, entry: Entry): void {
  tree.seq = entry.seq;
  tree.t = entry.t;
  switch (entry.type) {
    case 'call-begin':
      beginCall(tree, entry);
      break;
    case 'call-end':
      endCall(tree, entry);
      break;
    case 'handle-open':
      openHandle(tree, entry);
      break;
    case 'handle-state':
      change(tree, entry.serial, () => ({ state: entry.state }));
      break;
    case 'handle-close':
      closeHandle(tree, entry);
      break;
    case 'bytes':
      change(tree, entry.serial, (node) => countBytes(node, entry));
      break;
    case 'note':
      addNote(tree, entry);
      break;
    case 'call-pending':
    case 'status':
    case 'wire':
    case 'connection-wait':
    case 'connection':
    case 'last-error':
    case 'mark':
    case 'mark-comparison':
    case 'end':
      break;
    default:
      assertNever(entry);
  }
}

/** The handles below a handle, or the roots; tombstones included. */
export function childrenOf(tree: HandleTree, serial: number | null): readonly HandleNode[] {
  const serials = serial === null ? tree.roots : (tree.children.get(serial) ?? []);
  return [...serials].flatMap((child) => tree.nodes.get(child) ?? []);
}

/** The open handles among a node's children, or the open roots. */
export function openChildren(tree: HandleTree, serial: number | null): readonly HandleNode[] {
  return childrenOf(tree, serial).filter((node) => node.closed === null);
}

/** The nearest open handle above a handle; null where there is none. */
export function openAncestor(tree: HandleTree, serial: number): number | null {
  let above = tree.nodes.get(serial)?.parent ?? null;
  while (above !== null) {
    const node = tree.nodes.get(above);
    if (node === undefined) return null;
    if (node.closed === null) return above;
    above = node.parent;
  }
  return null;
}

/** How many handles are open. */
export function openCount(tree: HandleTree): number {
  return tree.byValue.size;
}

function change(tree: HandleTree, serial: number, patch: (node: HandleNode) => Partial<HandleNode>): void {
  const node = tree.nodes.get(serial);
  if (node === undefined || node.closed !== null) return;
  tree.nodes.set(serial, { ...node, ...patch(node) });
}

function beginCall(tree: HandleTree, entry: CallBegin & { readonly t: number }): void {
  tree.calls.set(entry.call, entry);
  if (entry.handle === null) return;
  const running: RunningCall = { call: entry.call, fn: entry.fn, since: entry.t };
  change(tree, entry.handle, (node) => ({ running: [...node.running, running], usedAt: entry.t }));
}

function endCall(tree: HandleTree, entry: CallEnd & { readonly t: number }): void {
  const begin = tree.calls.get(entry.call);
  if (begin === undefined) return;
  tree.calls.delete(entry.call);
  const { result } = entry;
  // A slow InternetOpenUrl opens its handle long before the program has it.
  if (typeof result === 'object' && result !== null) change(tree, result.handle, () => ({ usedAt: entry.t }));
  if (begin.handle === null) return;
  change(tree, begin.handle, (node) => {
    const before = node.tallies[begin.fn];
    const tally: CallTally = {
      count: (before?.count ?? 0) + 1,
      totalMicroseconds: (before?.totalMicroseconds ?? 0) + (entry.t - begin.t),
      lastError: entry.error ?? null,
      lastResult: entry.result,
    };
    return {
      running: node.running.filter((one) => one.call !== entry.call),
      tallies: { ...node.tallies, [begin.fn]: tally },
      lastError: entry.error ?? node.lastError,
      usedAt: entry.t,
    };
  });
}

function openHandle(tree: HandleTree, entry: HandleOpen & { readonly t: number }): void {
  // A serial lives once: a source that repeats itself must not bring a closed handle back.
  if (tree.nodes.has(entry.serial)) return;
  const generation = (tree.generations.get(entry.value) ?? 0) + 1;
  tree.generations.set(entry.value, generation);
  const begin = tree.calls.get(entry.call);
  tree.nodes.set(entry.serial, {
    serial: entry.serial,
    value: entry.value,
    generation,
    kind: entry.kind,
    parent: entry.parent,
    fn: entry.fn,
    call: entry.call,
    args: begin?.args ?? [],
    ...(begin?.site === undefined ? {} : { site: begin.site }),
    target: entry.target,
    openedAt: entry.t,
    usedAt: entry.t,
    state: entry.state,
    bytesIn: 0,
    bytesOut: 0,
    running: [],
    tallies: {},
    lastError: null,
    notes: [],
    closed: null,
  });
  tree.byValue.set(entry.value, entry.serial);
  hang(tree, entry.serial, entry.parent);
}

function hang(tree: HandleTree, serial: number, parent: number | null): void {
  if (parent === null) {
    tree.roots.add(serial);
    return;
  }
  const siblings = tree.children.get(parent);
  if (siblings === undefined) tree.children.set(parent, new Set([serial]));
  else siblings.add(serial);
}

/** A diagnosis may be about a handle that has been closed: that is what many are about. */
function addNote(tree: HandleTree, entry: Note & { readonly seq: number }): void {
  const { serial, seq, topic, call, text, hit, others = [] } = entry;
  const note: HandleNote = { seq, topic, call, text, ...(hit === undefined ? {} : { hit }) };
  for (const one of serial === null ? others : [serial, ...others]) {
    const node = tree.nodes.get(one);
    if (node !== undefined) tree.nodes.set(one, { ...node, notes: [...node.notes, note].slice(-NOTE_LIMIT) });
  }
}

function countBytes(node: HandleNode, entry: Bytes): Partial<HandleNode> {
  return entry.direction === 'in' ? { bytesIn: node.bytesIn + entry.count } : { bytesOut: node.bytesOut + entry.count };
}

function closeHandle(tree: HandleTree, entry: HandleClose & { readonly t: number }): void {
  const node = tree.nodes.get(entry.serial);
  if (node === undefined || node.closed !== null) return;
  const closed = { at: entry.t, reason: entry.reason, cascadeRoot: entry.cascadeRoot };
  tree.nodes.set(entry.serial, { ...node, running: [], closed });
  if (tree.byValue.get(node.value) === entry.serial) tree.byValue.delete(node.value);
  tree.graves.push(entry.serial);
  if (tree.graves.length > TOMBSTONE_LIMIT) removeOldestGrave(tree);
}

/** A grave leaves the tree only with everything below it, which is closed by then: children close before their parents. */
function removeOldestGrave(tree: HandleTree): void {
  const serial = tree.graves.shift();
  if (serial === undefined) return;
  const node = tree.nodes.get(serial);
  tree.nodes.delete(serial);
  if (node === undefined) return;
  tree.children.delete(serial);
  if (node.parent === null) tree.roots.delete(serial);
  else tree.children.get(node.parent)?.delete(serial);
}
