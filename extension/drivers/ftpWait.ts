import type { CancelSignal } from '../wininet/ports/driver.ts';

/** How long a wait may take and what ends it early. */
export interface WaitLimits {
  /** Milliseconds; 0 means none. */
  readonly milliseconds: number;
  readonly signal?: CancelSignal;
  /** Called when the time is over; makes the error to reject with. */
  readonly onTimeout: () => Error;
  /** Called when the signal fires; makes the error to reject with. */
  readonly onAbort: () => Error;
}

/** Waits for a promise within limits. What the promise does after its limit is ignored. */
export function waitFor<T>(pending: Promise<T>, limits: WaitLimits): Promise<T> {
  const { milliseconds, signal } = limits;
  return new Promise<T>((resolve, reject) => {
    if (signal?.aborted) {
      pending.catch(() => undefined);
      reject(limits.onAbort());
      return;
    }
    const onAbort = () => {
      leave();
      reject(limits.onAbort());
    };
    const timer =
      milliseconds > 0
        ? setTimeout(() => {
            leave();
            reject(limits.onTimeout());
          }, milliseconds)
        : undefined;
    const leave = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    pending.then(
      (value) => {
        leave();
        resolve(value);
      },
      (error: unknown) => {
        leave();
        reject(error);
      },
    );
  });
}
