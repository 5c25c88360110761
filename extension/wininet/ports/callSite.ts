/**
 * Tells where the program's code stands that makes the call which now begins, as `file:line:column`; undefined where nobody
 * can tell. Asked inside the call, while the program's own frames are still on the stack.
 */
export type CallSite = () => string | undefined;
