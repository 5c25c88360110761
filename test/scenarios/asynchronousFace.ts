import { INTERNET_FLAG_ASYNC, INTERNET_STATUS_REQUEST_COMPLETE } from '../../extension/shared/constants.ts';
import { errorSymbol } from '../../extension/shared/errorCodes.ts';
import { type FunctionName, functionRow, isFunctionName } from '../../extension/shared/hierarchy.ts';
import { HINTERNET, type StatusCallback, type WinInet, WinInetError } from '../../extension/wininet/index.ts';

/** A library that is called as if it were synchronous. */
export interface AsynchronousFace {
  readonly wininet: WinInet;
  /** The calls that answered ERROR_IO_PENDING. */
  readonly pended: readonly FunctionName[];
}

interface Completion {
  readonly dwError: number;
  readonly value: unknown;
}

/**
 * Opens every root with INTERNET_FLAG_ASYNC, gives every handle a context of its own, and waits for the
 * INTERNET_STATUS_REQUEST_COMPLETE of every call that pends: what a program has to do that was written for the other mode.
 */
export function asynchronousFace(wininet: WinInet): AsynchronousFace {
  const pended: FunctionName[] = [];
  const completed = new Map<number, Completion[]>();
  const sleepers = new Set<() => void>();
  /** By the serial of the handle. */
  const contexts = new Map<number, number>();
  let latest = 1_000;

  const listen =
    (inner: StatusCallback | null): StatusCallback =>
    (handle, context, status, information) => {
      if (status !== INTERNET_STATUS_REQUEST_COMPLETE) return inner?.(handle, context, status, information);
      if (typeof information !== 'object' || information === null || !('dwError' in information)) return;
      completed.set(context, [...(completed.get(context) ?? []), information]);
      for (const wake of sleepers) wake();
    };

  const completion = async (context: number): Promise<Completion> => {
    for (;;) {
      const [first, ...rest] = completed.get(context) ?? [];
      completed.set(context, rest);
      if (first !== undefined) return first;
      await new Promise<void>((resolve) => sleepers.add(resolve));
    }
  };

  const ended = async (fn: FunctionName, call: Promise<unknown>, context: number): Promise<unknown> => {
    try {
      return await call;
    } catch (error) {
      if (!(error instanceof WinInetError) || error.symbol !== 'ERROR_IO_PENDING') throw error;
    }
    pended.push(fn);
    const { dwError, value } = await completion(context);
    if (dwError === 0) return value;
    throw new WinInetError(errorSymbol(dwError) ?? 'ERROR_INTERNET_INTERNAL_ERROR', fn, null);
  };

  const perform = async (fn: FunctionName, call: Applied, given: readonly unknown[]): Promise<unknown> => {
    const args = [...given];
    const at = functionRow(fn).parameters.indexOf('dwContext');
    if (fn === 'InternetOpen') args[4] = Number(given[4] ?? 0) | INTERNET_FLAG_ASYNC;
    if (fn === 'InternetSetStatusCallback') args[1] = listen((given[1] ?? null) as StatusCallback | null);
    if (at !== -1) args[at] = ++latest;
    const [handle] = given;
    const own = handle instanceof HINTERNET ? contexts.get(handle.serial) : undefined;
    const context = at === -1 ? (own ?? 0) : latest;
    const result = await ended(fn, call(args), context);
    if (result instanceof HINTERNET && at !== -1) contexts.set(result.serial, context);
    if (fn === 'InternetOpen' && result instanceof HINTERNET) {
      await wininet.InternetSetStatusCallback(result, listen(null));
    }
    return result;
  };

  const face = new Proxy(wininet, {
    get(target, name: keyof WinInet) {
      const call: unknown = target[name];
      if (typeof call !== 'function' || !isFunctionName(name)) return call;
      const applied = async (args: readonly unknown[]): Promise<unknown> => Reflect.apply(call, target, args);
      return (...args: readonly unknown[]) => perform(name, applied, args);
    },
  });
  return { wininet: face, pended };
}

type Applied = (args: readonly unknown[]) => Promise<unknown>;
