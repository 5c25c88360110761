import type { ErrorSymbol } from '../errorCodes.ts';
import { formatHandleValue } from '../format.ts';
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

/** An open handle with which a call was made. */
type Refused = Pick<HandleNode, 'kind' | 'state' | 'value'>;
/** A handle that keeps its session busy. */
type Occupant = Pick<HandleNode, 'kind' | 'value' | 'target'>;

/** Why the table refuses a call on an open handle, and what to call first. */
export function refusedOn(
  refused: Refused,
  fn: FunctionName,
  symbol: ErrorSymbol,
  occupants: readonly Occupant[],
): { readonly topic: NoteTopic; readonly text: string } {
  if (symbol === 'ERROR_INTERNET_INCORRECT_HANDLE_TYPE') return { topic: 'wrong-kind', text: wrongKind(fn, refused) };
  if (symbol === 'ERROR_FTP_TRANSFER_IN_PROGRESS') return { topic: 'session-busy', text: busy(fn, refused, occupants) };
  return { topic: 'wrong-state', text: wrongState(fn, refused) };
}

/** What a call with a closed handle did. */
export function closedBefore(fn: FunctionName, handle: string): string {
  return `${fn} was called with ${handle}, which had been closed before.`;
}

function wrongKind(fn: FunctionName, { kind, value }: Refused): string {
  const accepted = Object.keys(functionRow(fn).uses) as HandleKind[];
  const [only, ...others] = accepted;
  const makers =
    others.length > 0 ? [] : functionNames.filter((one) => only && functionRow(one).returns?.includes(only));
  const madeBy = makers.length === 0 ? '' : ` (made by ${oneOf(makers)})`;
  return `${fn} takes ${oneOf(accepted.map(aKind))}${madeBy}; ${formatHandleValue(value)} is ${aKind(kind)}.`;
}

function wrongState(fn: FunctionName, { kind, state, value }: Refused): string {
  const legal: readonly string[] = functionRow(fn).uses[kind] ?? [];
  const handle = formatHandleValue(value);
  if (legal.length === 0) return `${fn} is never legal on ${aKind(kind)}, as ${handle} is.`;
  const steps = ladder(fn, kind, state);
  const way = steps === null ? noWay(kind, state) : `First call ${steps.join(', then ')}.`;
  return `${fn} needs ${aKind(kind)} in the state ${oneOf(legal)}; ${handle} is in the state ${state}. ${way}`;
}

/** As `an HTTP request`. */
function aKind(kind: HandleKind): string {
  const { title } = kindRow(kind);
  return `${/^(HTTP|FTP)/.test(title) ? 'an' : 'a'} ${title}`;
}

/** As `a, b or c`. */
function oneOf(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} or ${last}`;
}

/** A state that lasts while a call runs ends with it; every other one is left by closing only. */
function noWay(kind: HandleKind, state: HandleState): string {
  const passes = functionNames.some((fn) => functionRow(fn).moves?.[kind]?.during === state) || state === 'opening';
  return passes ? 'Wait until the call that runs on it has ended.' : 'No call leads there: open another handle.';
}

function busy(fn: FunctionName, { state, value }: Refused, occupants: readonly Occupant[]): string {
  const by = occupants.map(named).join(', ');
  const holder = by === '' ? 'the file or search handle that is open on it' : by;
  return `The session ${formatHandleValue(value)} is busy (${state}) with ${holder}: close that before ${fn}.`;
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
    const text = closedBefore(fn, named(node));
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
