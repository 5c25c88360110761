import { looksForBytes, readsBytes } from '../hierarchy.ts';
import type { ComparedCall, Pair } from './comparedCall.ts';

/**
 * How much a read gets depends on the network, and how often one has to read on the buffer. So reads of a body count as one call, also
 * where other handles were busy in between; a call on their own handle parts them, as one that moves the pointer or sends again.
 */

/** Is this one of the calls that read a body, of which only the sum can be compared? */
export function isRead({ fn }: Pick<ComparedCall, 'fn'>): boolean {
  return looksForBytes(fn);
}

/** The calls with those joined that read on. */
export function joinReads(calls: readonly ComparedCall[]): readonly ComparedCall[] {
  const joined: ComparedCall[] = [];
  /** Of each handle that is read from, the place of its reads, as long as nothing else was called on it. */
  const reading = new Map<number | null, number>();
  for (const call of calls) {
    const place = isRead(call) ? reading.get(call.handle) : undefined;
    const before = place === undefined ? undefined : joined[place];
    if (place !== undefined && before !== undefined && before.error === null) {
      // What happened up to a later read did not happen up to the first.
      const end = place === joined.length - 1 ? call.end : before.end;
      joined[place] = { ...together(before, call), end };
      continue;
    }
    joined.push(call);
    if (isRead(call)) reading.set(call.handle, joined.length - 1);
    else reading.delete(call.handle);
  }
  return joined;
}

/** Pairs in which reads of one side that only a call parts which the other side lacks count as one, as they do there. */
export function joinPartedReads(pairs: readonly Pair[]): readonly Pair[] {
  return joinOn('left', joinOn('right', pairs));
}

function joinOn(side: 'left' | 'right', pairs: readonly Pair[]): readonly Pair[] {
  const other = side === 'left' ? 'right' : 'left';
  const joined: Pair[] = [];
  /** Of each handle, the place of reads with a partner that no call with a partner has followed. */
  const reading = new Map<number, number>();
  for (const pair of pairs) {
    const call = pair[side];
    const handle = call?.handle ?? null;
    if (call === null || handle === null) {
      joined.push(pair);
      continue;
    }
    const place = reading.get(handle);
    const before = place === undefined ? undefined : joined[place];
    const reads = before?.[side];
    if (
      place !== undefined &&
      before !== undefined &&
      reads &&
      reads.error === null &&
      isRead(call) &&
      pair[other] === null
    ) {
      joined[place] = { ...before, [side]: { ...together(reads, call), end: reads.end } } as Pair;
      continue;
    }
    joined.push(pair);
    if (pair[other] !== null) {
      if (isRead(call)) reading.set(handle, joined.length - 1);
      else reading.delete(handle);
    }
  }
  return joined;
}

/** A read and one that goes on with it. */
function together(before: ComparedCall, { fn, ended, error, result, times, bytes }: ComparedCall): ComparedCall {
  return {
    ...before,
    // The name of the reading functions does not matter either: some only ask what a read would find.
    fn: readsBytes(before.fn) ? before.fn : fn,
    ...{ ended, error, result },
    ...{ times: before.times + times, bytes: before.bytes + bytes, statuses: [] },
  };
}
