import type { TestContext } from 'node:test';
import * as c from '../../extension/shared/constants.ts';
import type { HINTERNET, StatusCallbackInformation } from '../../extension/wininet/index.ts';
import { WinInetError } from '../../extension/wininet/index.ts';
import type { INTERNET_ASYNC_RESULT } from '../../extension/wininet/statusQueue.ts';
import { type Engine, startEngine, type Told, witness } from './engineFixture.ts';

/** An engine whose root is asynchronous, and what its callback was told. */
export interface AsynchronousEngine extends Engine {
  readonly told: Told[];
  /** Calls, and waits for INTERNET_STATUS_REQUEST_COMPLETE of this context where the call pends. */
  readonly complete: <T>(context: number, call: Promise<T>) => Promise<T>;
}

/** Starts an engine with an asynchronous root and a status callback; `then` runs inside the callback. */
export async function startAsynchronousEngine(
  t: TestContext,
  then: (told: Told) => unknown = () => undefined,
): Promise<AsynchronousEngine> {
  const engine = await startEngine(t);
  const { wininet } = engine;
  const root = await wininet.InternetOpen('async/1.0', undefined, null, null, c.INTERNET_FLAG_ASYNC);
  const waiting = new Map<number, (result: INTERNET_ASYNC_RESULT) => void>();
  const { told, callback } = witness((one) => {
    const result = completion(one);
    if (result !== null) waiting.get(one.context)?.(result);
    return then(one);
  });
  await wininet.InternetSetStatusCallback(root, callback);
  return {
    ...engine,
    root,
    told,
    complete: async <T>(context: number, call: Promise<T>) => {
      const end = new Promise<INTERNET_ASYNC_RESULT>((resolve) => waiting.set(context, resolve));
      try {
        return await call;
      } catch (error) {
        if (!(error instanceof WinInetError) || error.symbol !== 'ERROR_IO_PENDING') throw error;
      }
      const { dwError, value } = await end;
      if (dwError !== 0) throw new Error(`completed with ${dwError}`);
      return value as T;
    },
  };
}

/** The result that a status brings, if it is INTERNET_STATUS_REQUEST_COMPLETE. */
export function completion({ status, information }: Told): INTERNET_ASYNC_RESULT | null {
  return status === c.INTERNET_STATUS_REQUEST_COMPLETE && isResult(information) ? information : null;
}

function isResult(information: StatusCallbackInformation): information is INTERNET_ASYNC_RESULT {
  return typeof information === 'object' && information !== null && 'dwError' in information;
}

/** A handle of the kind that the caller knows. */
export function asRequest(handle: unknown): HINTERNET<'http-request'> {
  return handle as HINTERNET<'http-request'>;
}
