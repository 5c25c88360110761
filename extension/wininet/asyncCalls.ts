import {
  INTERNET_FLAG_ASYNC,
  WININET_API_FLAG_ASYNC,
  WININET_API_FLAG_SYNC,
  WININET_API_FLAG_USE_CONTEXT,
} from '../shared/constants.ts';
import { type FunctionName, functionRow } from '../shared/hierarchy.ts';
import type { HandleRecord } from './handleStore.ts';
import type { PendingCall } from './pendingCall.ts';

/**
 * Obeys IRF_* of InternetReadFileEx or HSR_* of HttpSendRequestEx, which are WININET_API_FLAG_* by other names: ASYNC and SYNC
 * outrank the root, whichever mode it was opened in, SYNC where both are given; USE_CONTEXT takes the call's context even if
 * that is 0. The header gives USE_CONTEXT the number of IRF_NO_WAIT and HSR_INITIATE, so who asks for one gets both.
 */
export function obeyCallFlags(call: PendingCall, dwFlags: number): void {
  if ((dwFlags & WININET_API_FLAG_SYNC) !== 0) call.mode = 'synchronous';
  else if ((dwFlags & WININET_API_FLAG_ASYNC) !== 0) call.mode = 'asynchronous';
  call.usesOwnContext = (dwFlags & WININET_API_FLAG_USE_CONTEXT) !== 0;
}

/**
 * Does a call on this handle answer ERROR_IO_PENDING where it cannot end at once? Under a root opened with
 * INTERNET_FLAG_ASYNC every call that the table lets pend does, unless its own flags say otherwise. So does one with context
 * 0, which nobody hears the end of: the pages of InternetConnect and HttpOpenRequest say so and a real WinINet was recorded
 * doing so, against the overview page, which calls it synchronous.
 */
export function answersPending({ fn, mode }: PendingCall, { root }: HandleRecord): boolean {
  if (functionRow(fn).mayPend !== true) return false;
  if (mode !== null) return mode === 'asynchronous';
  return root.is('root') && (root.data.flags & INTERNET_FLAG_ASYNC) !== 0;
}

/** The context that the end of a call is told with: its own, as that of the handle it makes, or that of its handle. */
export function completionContext({ fn, args, usesOwnContext }: PendingCall, record: HandleRecord): number {
  const own = args[functionRow(fn).parameters.indexOf('dwContext')];
  return typeof own === 'number' && (own !== 0 || usesOwnContext) ? own : record.context;
}

/**
 * Resolves when a call has had its chance to end at once, as the pages allow. A read of bytes that have come does, or a write
 * that the system takes: they get one turn of the event loop. What begins a conversation can end only by a refusal of its
 * arguments: even a connection that is refused at once is told by completion, as recorded.
 */
export function chanceToEnd(fn: FunctionName): Promise<void> {
  const { returns, moves = {} } = functionRow(fn);
  const converses = returns !== undefined || Object.values(moves).some(({ during }) => during !== undefined);
  return new Promise((resolve) => {
    if (converses) queueMicrotask(() => process.nextTick(resolve));
    else setImmediate(resolve);
  });
}
