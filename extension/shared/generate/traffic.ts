import { HSR_CHUNKED } from '../constants.ts';
import type { Entry } from '../journal.ts';
import type { SelectedCall } from './selectedCalls.ts';

/** How many bytes a call moved, as far as the journal tells. */
export function movedBy(entries: readonly Entry[], { fn, uses, from, to }: SelectedCall): number {
  if (fn !== 'HttpSendRequestEx' && fn !== 'InternetReadFileEx') return 0;
  let count = 0;
  for (let at = indexAfter(entries, from); at < entries.length; at += 1) {
    const entry = entries[at];
    if (entry === undefined || entry.seq > to) break;
    if (entry.type === 'bytes' && entry.serial === uses) count += entry.count;
  }
  return count;
}

/** The size that HttpSendRequestEx announced, which stands in the head that was sent; null where it announced none. */
export function sizeOfUpload(entries: readonly Entry[], { fn, args, uses, from }: SelectedCall): number | null {
  const flags = args[3];
  if (fn !== 'HttpSendRequestEx' || (typeof flags === 'number' && (flags & HSR_CHUNKED) !== 0)) return null;
  for (let at = indexAfter(entries, from); at < entries.length; at += 1) {
    const entry = entries[at];
    if (entry?.type !== 'wire' || entry.direction !== 'out' || entry.serial !== uses) continue;
    const size = /^content-length:[ \t]*(\d+)/im.exec(entry.text)?.[1];
    return size === undefined ? null : Number(size);
  }
  return null;
}

/** Where the entries after this number begin; numbers grow, perhaps with gaps. */
function indexAfter(entries: readonly Entry[], seq: number): number {
  let [low, high] = [0, entries.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((entries[middle]?.seq ?? 0) > seq) high = middle;
    else low = middle + 1;
  }
  return low;
}
