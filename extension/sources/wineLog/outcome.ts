import { GENERIC_WRITE } from '../../shared/constants.ts';
import type { ErrorSymbol } from '../../shared/errorCodes.ts';
import { functionRow, type HandleKind, type HandleState, refusal, statesOf } from '../../shared/hierarchy.ts';
import type { NativeCall } from './nativeCall.ts';

/** How calls ended, from the evidence in a log: Wine prints few results. */

/** Why a call failed; null where it succeeded, as far as the log shows. */
export function errorOf(call: NativeCall): ErrorSymbol | null {
  const { fn, handle, error, refused, reply } = call;
  if (fn === null) return null;
  if (error !== null) return error;
  if (refused) return 'ERROR_INVALID_HANDLE';
  if (handle !== null) {
    // Calls that Wine refuses leave no trace of their work: the table says which those are.
    const refusing = refusal(fn, handle.kind, handle.state);
    if (refusing !== undefined) return refusing;
  }
  if (call.returned === 0) return reasonOf(call) ?? 'ERROR_INTERNET_INTERNAL_ERROR';
  if (functionRow(fn).family === 'ftp' && reply !== null && reply >= 400) return 'ERROR_INTERNET_EXTENDED_ERROR';
  return fn === 'HttpSendRequest' || fn === 'HttpEndRequest' ? reasonOf(call) : null;
}

/** Why a request got no answer, by how far it came. */
function reasonOf({ reached, reply }: NativeCall): ErrorSymbol | null {
  if (reply !== null && reply >= 400)
    return reply === 530 ? 'ERROR_INTERNET_LOGIN_FAILURE' : 'ERROR_INTERNET_EXTENDED_ERROR';
  switch (reached) {
    case 'nothing':
      return 'ERROR_INTERNET_NAME_NOT_RESOLVED';
    case 'looked-up':
      return 'ERROR_INTERNET_CANNOT_CONNECT';
    case 'connected':
    case 'sent':
      return 'ERROR_INTERNET_CONNECTION_RESET';
    case 'answered':
      return null;
  }
}

/** The state in which a call leaves the handle that it uses; undefined where it stays. */
export function stateAfter(call: NativeCall, error: ErrorSymbol | null): HandleState | undefined {
  const { fn, handle, count } = call;
  if (fn === null || handle === null) return undefined;
  const moves = functionRow(fn).moves?.[handle.kind];
  const atEnd = error === 'ERROR_NO_MORE_FILES' || (error === null && count === 0);
  const next = atEnd ? moves?.end : error === null ? moves?.success : undefined;
  return statesOf(handle.kind).find((state) => state === next);
}

/** Kind and first state of the handle that a call returns, by what is known of it; null where none is returned. */
export function openingOf(call: NativeCall): { readonly kind: HandleKind; readonly state: HandleState } | null {
  const { fn, args } = call;
  if (fn === null) return null;
  const kinds = functionRow(fn).returns ?? [];
  const kind = kinds.length > 1 ? kindAmong(call, kinds) : kinds[0];
  if (kind === undefined) return null;
  const begins: readonly HandleState[] = functionRow(fn).begins?.[kind] ?? statesOf(kind);
  const wanted = fn === 'FtpOpenFile' && args[2] === GENERIC_WRITE ? 'writing' : begins[0];
  const state = begins.find((one) => one === wanted);
  return state === undefined ? null : { kind, state };
}

function kindAmong({ fn, args }: NativeCall, kinds: readonly HandleKind[]): HandleKind | undefined {
  if (fn === 'InternetConnect') {
    const family = { 1: 'ftp', 2: 'gopher', 3: 'http' }[Number(args[5])];
    return kinds.find((kind) => kind.startsWith(`${family}-`));
  }
  const [, scheme = 'http'] = /^(\w+):/.exec(String(args[1] ?? '')) ?? [];
  return kinds.find((kind) => kind.startsWith(scheme.replace('https', 'http'))) ?? kinds[0];
}
