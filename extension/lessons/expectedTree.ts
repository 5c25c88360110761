import { formatHandleValue } from '../shared/format.ts';
import {
  type FunctionName,
  type HandleKind,
  type HandleState,
  isFunctionName,
  isHandleKind,
  statesOf,
} from '../shared/hierarchy.ts';
import { type HandleNode, type HandleTree, openChildren } from '../shared/model.ts';

/** A handle that a step must leave open. */
export interface ExpectedNode {
  /** As on an engine without other handles; elsewhere it only tells the handles of one tree apart. */
  readonly value: number;
  readonly fn: FunctionName;
  readonly kind: HandleKind;
  readonly state: HandleState;
  /** With the names of the playground's addresses, as HOST and HTTP_PORT. */
  readonly target: string;
  readonly children: readonly ExpectedNode[];
}

/** How the open handles of a lesson compare with what it says. */
export interface TreeCheck {
  readonly matches: boolean;
  /** A sentence for each difference. */
  readonly differences: readonly string[];
  /** The serial of the handle that stands for a printed value. */
  readonly serials: ReadonlyMap<number, number>;
}

type Fail = (at: number, why: string) => never;
type Growing = ExpectedNode & { readonly children: ExpectedNode[] };

/**
 * Reads a tree: a line `0x00CC0004 InternetOpen: root, open, lesson/1.0` for each handle, children two spaces further in.
 * `fail` is told which line, counted from 0, is wrong and what to write.
 */
export function parseTree(lines: readonly string[], fail: Fail): readonly ExpectedNode[] {
  const roots: Growing[] = [];
  const path: Growing[] = [];
  const values = new Set<number>();
  for (const [at, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const depth = (/^ */.exec(line)?.[0].length ?? 0) / 2;
    const node = readNode(line, (why) => fail(at, why));
    if (!Number.isInteger(depth) || depth > path.length) {
      fail(at, 'This handle is too far in. Indent it by two spaces more than its parent.');
    }
    if (values.has(node.value))
      fail(at, `${formatHandleValue(node.value)} stands here twice. No two open handles share a value.`);
    values.add(node.value);
    path.length = depth;
    const siblings = depth === 0 ? roots : (path[depth - 1]?.children ?? []);
    siblings.push(node);
    path.push(node);
  }
  return roots;
}

function readNode(line: string, fail: (why: string) => never): Growing {
  const found = /^ *(0x[0-9A-Fa-f]{8}) (\w+): ([\w-]+), ([\w-]+), (.*?)\s*$/.exec(line);
  if (found === null)
    return fail(
      'This is no handle. Write value, function, kind, state and target as 0x00CC0004 InternetOpen: root, open, lesson/1.0.',
    );
  const [, value = '', fn = '', kind = '', state = '', target = ''] = found;
  if (!isFunctionName(fn)) return fail(`${fn} is no function of WinINet. Write the function that made the handle.`);
  if (!isHandleKind(kind)) return fail(`${kind} is no kind of handle. Write it as root, http-connect, http-request.`);
  const known = statesOf(kind).find((one) => one === state);
  if (known === undefined) return fail(`${kind} has no state ${state}. Write one of ${statesOf(kind).join(', ')}.`);
  return { value: Number(value), fn, kind, state: known, target, children: [] };
}

/**
 * Compares the open handles below these roots with a tree: by shape, function, kind, state and target, in the order in which they
 * were opened. Values may differ from those printed, because other handles may be open.
 * @param roots serials of the lesson's roots, oldest first
 * @param expand puts addresses in place of their names
 */
export function compareTree(
  expected: readonly ExpectedNode[],
  tree: HandleTree,
  roots: readonly number[],
  expand: (target: string) => string,
): TreeCheck {
  const differences: string[] = [];
  const serials = new Map<number, number>();
  const open = roots.flatMap((serial) => tree.nodes.get(serial) ?? []).filter((node) => node.closed === null);
  const visit = (wanted: readonly ExpectedNode[], actual: readonly HandleNode[]): void => {
    for (const [at, node] of actual.entries()) {
      const want = wanted[at];
      if (want === undefined) {
        differences.push(`${described(node)} is open, and should not be.`);
        continue;
      }
      serials.set(want.value, node.serial);
      differences.push(...differencesOf({ ...want, target: expand(want.target) }, node));
      visit(want.children, openChildren(tree, node.serial));
    }
    for (const want of wanted.slice(actual.length)) {
      differences.push(`${want.fn} ${expand(want.target)} should be open, and is not.`);
    }
  };
  visit(expected, open);
  return { matches: differences.length === 0, differences, serials };
}

function differencesOf(want: ExpectedNode, node: HandleNode): string[] {
  const keys = ['fn', 'kind', 'state', 'target'] as const;
  return keys.flatMap((key) => {
    const title = key === 'fn' ? 'function' : key;
    return want[key] === node[key] ? [] : [`${described(node)}: the ${title} is ${node[key]}, not ${want[key]}.`];
  });
}

function described(node: HandleNode): string {
  return `${formatHandleValue(node.value)} ${node.fn}`;
}
