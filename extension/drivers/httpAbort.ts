const watchers = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls `action` when the signal is aborted, until `unwatchAbort`. However many requests a handle sends, its signal gets one
 * listener: to add and remove one for each costs as much as a tenth of a small request.
 */
export function watchAbort(signal: AbortSignal, action: () => void): void {
  const known = watchers.get(signal);
  if (known !== undefined) {
    known.add(action);
    return;
  }
  const actions = new Set([action]);
  watchers.set(signal, actions);
  signal.addEventListener(
    'abort',
    () => {
      for (const each of [...actions]) each();
    },
    { once: true },
  );
}

/** Forgets an action given to `watchAbort`. */
export function unwatchAbort(signal: AbortSignal, action: () => void): void {
  watchers.get(signal)?.delete(action);
}
