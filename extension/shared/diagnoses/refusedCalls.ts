import type { ErrorSymbol } from '../errorCodes.ts';
import {
  type FunctionName,
  functionNames,
  functionRow,
  type HandleKind,
  type HandleState,
  handleParameter,
  kindRow,
  refusal,
} from '../hierarchy.ts';
import type { CallBegin, CallEnd, Entry, NoteTopic } from '../journal.ts';
import { type HandleNode, openChildren } from '../model.ts';
import { ladder } from './ladder.ts';
import { named } from './naming.ts';
import { type Finding, NOTHING, type Rule, type World } from './rule.ts';

/** Why the table refuses a call on an open handle, and what to call first. */
export function refusedOn(
  { kind, state }: { readonly kind: HandleKind; readonly state: HandleState },
  fn: FunctionName,
  symbol: ErrorSymbol,
  occupants: readonly Pick<HandleNode, 'kind' | 'value' | 'target'>[],
): { readonly topic: NoteTopic; readonly text: string } {
  if (symbol === 'ERROR_INTERNET_INCORRECT_HANDLE_TYPE') return { topic: 'wrong-kind', text: wrongKind(fn, kind) };
  if (symbol === 'ERROR_FTP_TRANSFER_IN_PROGRESS') return { topic: 'session-busy', text: busy(fn, state, occupants) };
  return { topic: 'wrong-state', text: wrongState(fn, kind, state) };
}

function wrongKind(fn: FunctionName, kind: HandleKind): string {
  const accepted = Object.keys(functionRow(fn).uses) as HandleKind[];
  const titles = accepted.map((one) => kindRow(one).title).join(', ');
  return `${fn} takes no handle of this kind (${kindRow(kind).title}); pass one of: ${titles}.`;
}

function wrongState(fn: FunctionName, kind: HandleKind, state: HandleState): string {
  const legal: readonly string[] = functionRow(fn).uses[kind] ?? [];
  const { title } = kindRow(kind);
  if (legal.length === 0) return `${fn} is never legal on a ${title}.`;
  const steps = ladder(fn, kind, state);
  const way = steps === null ? noWay(kind, state) : `First call ${steps.join(', then ')}.`;
  return `${fn} is legal when the ${title} is ${legal.join(' or ')}; it is ${state}. ${way}`;
}

/** A state that lasts while a call runs ends with it; every other one is left by closing only. */
function noWay(kind: HandleKind, state: HandleState): string {
  const passes = functionNames.some((fn) => functionRow(fn).moves?.[kind]?.during === state) || state === 'opening';
  return passes ? 'Wait until the call that runs on it has ended.' : 'No call leads there: open another handle.';
}

function busy(
  fn: FunctionName,
  state: HandleState,
  occupants: readonly Pick<HandleNode, 'kind' | 'value' | 'target'>[],
): string {
  const by = occupants.map(named).join(', ');
  const holder = by === '' ? 'the file or search handle that is open on it' : by;
  return `The session is busy (${state}) with ${holder}: close that before ${fn}.`;
}

/** Topics of refused calls: an engine that refuses tells them itself. */
const TOPICS: ReadonlySet<NoteTopic> = new Set([
  'stale-use',
  'double-close',
  'use-after-close',
  'wrong-kind',
  'wrong-state',
  'session-busy',
]);

/** Calls that were refused and of which the source does not say why, as a log of another implementation. */
export class RefusedCalls implements Rule {
  readonly #told = new Set<number>();

  read(entry: Entry, world: World): readonly Finding[] {
    if (entry.type === 'note' && entry.call !== null && TOPICS.has(entry.topic)) this.#told.add(entry.call);
    if (entry.type !== 'call-end') return NOTHING;
    if (this.#told.delete(entry.call) || entry.error === undefined) return NOTHING;
    const begin = world.call(entry.call);
    const serial = begin === undefined ? null : handleOf(begin);
    const node = serial === null ? undefined : world.tree.nodes.get(serial);
    return begin === undefined || node === undefined ? NOTHING : about(node, begin, entry.error, entry, world);
  }
}

/** The handle that a call was made with, also where it was no good. */
function handleOf({ fn, handle, args }: CallBegin): number | null {
  const passed = args[handleParameter(fn)];
  return handle ?? (typeof passed === 'object' && passed !== null ? passed.handle : null);
}

function about(
  node: HandleNode,
  { fn }: CallBegin,
  error: ErrorSymbol,
  { call }: CallEnd,
  { tree }: World,
): readonly Finding[] {
  if (node.closed !== null) {
    if (error !== 'ERROR_INVALID_HANDLE') return NOTHING;
    const topic = fn === 'InternetCloseHandle' ? 'double-close' : 'use-after-close';
    const text = `${named(node)} was closed before; open a new handle, or close it later.`;
    return [{ topic, serial: node.serial, call, text }];
  }
  if (refusal(fn, node.kind, node.state) !== error) {
    // Not the table refuses it: a call that runs at the same time has the session's only control connection.
    const [other] = node.running;
    if (error !== 'ERROR_FTP_TRANSFER_IN_PROGRESS' || other === undefined) return NOTHING;
    const text = `The session is busy with ${other.fn}, which runs on it: ${named(node)} does one thing at a time. Await that before ${fn}.`;
    return [{ topic: 'session-busy', serial: node.serial, call, text }];
  }
  const occupants = openChildren(tree, node.serial).filter(({ kind }) => kindRow(kind).occupies !== undefined);
  return [{ ...refusedOn(node, fn, error, occupants), serial: node.serial, call }];
}
