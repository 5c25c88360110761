import { constantName } from '../constantNames.ts';
import { INTERNET_STATUS_HANDLE_CREATED, INTERNET_STATUS_REQUEST_COMPLETE } from '../constants.ts';
import type { Entry } from '../journal.ts';
import type { HandleTree } from '../model.ts';
import { named } from './naming.ts';
import { type Finding, NOTHING, type Rule, type World } from './rule.ts';

/** Statuses in which closing is the way to cancel a call, or comes when it is over. */
const SAFE: ReadonlySet<number> = new Set([INTERNET_STATUS_HANDLE_CREATED, INTERNET_STATUS_REQUEST_COMPLETE]);

/** Handles that are closed inside a status callback, under the feet of the call that is telling how it proceeds. */
export class CloseInCallback implements Rule {
  read(entry: Entry, { tree }: World): readonly Finding[] {
    if (entry.type !== 'call-begin' || entry.fn !== 'InternetCloseHandle' || entry.handle === null) return NOTHING;
    const { call, handle, callback } = entry;
    if (callback === undefined || SAFE.has(callback.code) || !isWithin(tree, callback.serial, handle)) return NOTHING;
    const node = tree.nodes.get(handle);
    const told = tree.nodes.get(callback.serial);
    // A call that makes a handle, as InternetOpenUrl, runs on the one above it.
    const making = told === undefined ? undefined : tree.calls.get(told.call);
    const running = told?.running.find((one) => one.call !== call) ?? making;
    if (node === undefined || told === undefined || running === undefined) return NOTHING;
    const status = constantName('INTERNET_STATUS_', callback.code) ?? `status ${callback.code}`;
    const text = `${named(node)} was closed inside the callback that told of ${status}, while ${running.fn} was ${running === making ? 'making' : 'running on'} ${told === node ? 'it' : named(told)}.`;
    return [{ topic: 'close-in-callback', serial: handle, call, text }];
  }
}

/** Is a handle another one, or somewhere below it? */
function isWithin(tree: HandleTree, serial: number, top: number): boolean {
  for (let at: number | null = serial; at !== null; at = tree.nodes.get(at)?.parent ?? null)
    if (at === top) return true;
  return false;
}
