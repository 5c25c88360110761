import type { ErrorSymbol } from './errorCodes.ts';
import type { FunctionName, HandleState } from './hierarchy.ts';
import type { CallBegin, CloseReason, Entry, Note, RecordedValue } from './journal.ts';
import type { JournalHistory } from './journalHistory.ts';
import type { HandleTree } from './model.ts';

/** What changed in one step of a journal: the call that ended there, or the single entry where no call ends. */
export interface StepStory {
  /** The entry with which the step ends. */
  readonly entry: Entry;
  readonly call: StepCall | null;
  /** Serials, in the order in which they were opened. */
  readonly opened: readonly number[];
  /** In the order in which they closed: children before their parents. */
  readonly closed: readonly { readonly serial: number; readonly reason: CloseReason }[];
  /** The first and the last state in the step of each handle that changed; `from` is null where it is not known. */
  readonly states: readonly { readonly serial: number; readonly from: HandleState | null; readonly to: HandleState }[];
  readonly statuses: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly wires: number;
  readonly notes: readonly Note[];
}

/** The call that a step is about. */
export interface StepCall {
  readonly call: number;
  readonly fn: FunctionName;
  /** The handle that it used; of a call on a closed one, the closed one. */
  readonly handle: number | null;
  /** Microseconds from its beginning to this entry. */
  readonly microseconds: number;
  readonly outcome: 'begun' | 'pending' | 'succeeded' | 'failed';
  readonly result: RecordedValue;
  readonly error: ErrorSymbol | null;
  /** The call has answered ERROR_IO_PENDING before. */
  readonly pended: boolean;
}

/** How a handle took part in a step; `lost`: a handle below it closed; `closed`: it closed itself, and its tombstone is meant. */
export type StepMark = 'opened' | 'changed' | 'used' | 'lost' | 'closed';

/** What changed in the step that ends with this entry; undefined where the journal does not keep it. */
export function stepStory(history: JournalHistory, seq: number): StepStory | undefined {
  const entry = history.entry(seq);
  if (entry === undefined) return undefined;
  const begin = beginOf(history, entry);
  const entries = entry.type === 'call-end' && begin !== undefined ? entriesOfCall(history, begin, entry) : [entry];
  return {
    entry,
    call: begin === undefined ? null : callOf(begin, entry, entries),
    opened: entries.flatMap((one) => (one.type === 'handle-open' ? [one.serial] : [])),
    closed: entries.flatMap((one) => (one.type === 'handle-close' ? [{ serial: one.serial, reason: one.reason }] : [])),
    states: statesOf(history, entries),
    statuses: entries.filter(({ type }) => type === 'status').length,
    bytesIn: bytesOf(entries, 'in'),
    bytesOut: bytesOf(entries, 'out'),
    wires: entries.filter(({ type }) => type === 'wire').length,
    notes: entries.filter((one) => one.type === 'note'),
  };
}

/** Which handles the step concerns and how, by serial, tombstones among them; `tree` is the tree after the step. */
export function stepMarks(story: StepStory, tree: HandleTree): ReadonlyMap<number, StepMark> {
  const marks = new Map<number, StepMark>();
  const mark = (serial: number, how: StepMark): void => {
    if (tree.nodes.has(serial) && !marks.has(serial)) marks.set(serial, how);
  };
  for (const serial of story.opened) mark(serial, tree.nodes.get(serial)?.closed === null ? 'opened' : 'closed');
  for (const { serial } of story.closed) {
    mark(serial, 'closed');
    let above = tree.nodes.get(serial)?.parent ?? null;
    while (above !== null && tree.nodes.get(above)?.closed !== null) above = tree.nodes.get(above)?.parent ?? null;
    if (above !== null) mark(above, 'lost');
  }
  for (const { serial } of story.states) mark(serial, 'changed');
  const { entry, call } = story;
  if ('serial' in entry && entry.serial !== null) mark(entry.serial, entry.type === 'bytes' ? 'changed' : 'used');
  if (call !== null && call.handle !== null) mark(call.handle, story.bytesIn + story.bytesOut > 0 ? 'changed' : 'used');
  return marks;
}

type Begin = Entry & CallBegin;

/** The beginning of the call whose end, beginning or pending answer an entry is. A call may have begun before the cut. */
function beginOf(history: JournalHistory, entry: Entry): Pick<Begin, keyof CallBegin | 't' | 'seq'> | undefined {
  if (entry.type === 'call-begin') return entry;
  if (entry.type !== 'call-end' && entry.type !== 'call-pending') return undefined;
  for (let one = history.entryBefore(entry.seq); one !== undefined; one = history.entryBefore(one.seq)) {
    if (one.type === 'call-begin' && one.call === entry.call) return one;
  }
  const early = history.base.calls.find(({ call }) => call === entry.call);
  return early === undefined ? undefined : { ...early, seq: history.cut };
}

/** Other calls may run meanwhile: only what carries the call's number, or is about its handle or one that it opened. */
function entriesOfCall(history: JournalHistory, begin: Pick<Begin, 'call' | 'handle' | 'seq'>, end: Entry): Entry[] {
  const found: Entry[] = [];
  const about = new Set(begin.handle === null ? [] : [begin.handle]);
  const take = (entry: Entry): boolean => {
    if ('call' in entry && entry.call !== null) {
      if (entry.call !== begin.call) return false;
      if (entry.type === 'handle-open') about.add(entry.serial);
      return true;
    }
    if (entry.type === 'handle-close' && about.has(entry.cascadeRoot)) about.add(entry.serial);
    return 'serial' in entry && entry.serial !== null && about.has(entry.serial);
  };
  for (let entry = history.entryAfter(begin.seq); entry !== undefined && entry.seq <= end.seq; ) {
    if (take(entry)) found.push(entry);
    entry = history.entryAfter(entry.seq);
  }
  return found;
}

function callOf(
  begin: Pick<Begin, 'call' | 'fn' | 'handle' | 'args' | 't'>,
  entry: Entry,
  entries: readonly Entry[],
): StepCall {
  const ended = entry.type === 'call-end' ? entry : undefined;
  const [first] = begin.args;
  const given = typeof first === 'object' && first !== null ? first.handle : null;
  return {
    call: begin.call,
    fn: begin.fn,
    handle: begin.handle ?? given,
    microseconds: entry.t - begin.t,
    outcome:
      ended !== undefined
        ? ended.error === undefined
          ? 'succeeded'
          : 'failed'
        : entry.type === 'call-pending'
          ? 'pending'
          : 'begun',
    result: ended?.result ?? null,
    error: ended?.error ?? null,
    pended: entries.some(({ type }) => type === 'call-pending'),
  };
}

function statesOf(history: JournalHistory, entries: readonly Entry[]): StepStory['states'] {
  const states = new Map<number, { from: HandleState | null; to: HandleState }>();
  const opened = new Map<number, HandleState>();
  for (const entry of entries) {
    if (entry.type === 'handle-open') opened.set(entry.serial, entry.state);
    if (entry.type !== 'handle-state') continue;
    const before = states.get(entry.serial);
    const from = before?.from ?? opened.get(entry.serial) ?? stateBefore(history, entry.serial, entry.seq);
    states.set(entry.serial, { from, to: entry.state });
  }
  return [...states].flatMap(([serial, { from, to }]) => (from === to ? [] : [{ serial, from, to }]));
}

function stateBefore(history: JournalHistory, serial: number, seq: number): HandleState | null {
  for (let one = history.entryBefore(seq); one !== undefined; one = history.entryBefore(one.seq)) {
    if ((one.type === 'handle-state' || one.type === 'handle-open') && one.serial === serial) return one.state;
  }
  return history.base.nodes.find((node) => node.serial === serial)?.state ?? null;
}

function bytesOf(entries: readonly Entry[], direction: 'in' | 'out'): number {
  return entries.reduce(
    (sum, entry) => (entry.type === 'bytes' && entry.direction === direction ? sum + entry.count : sum),
    0,
  );
}
