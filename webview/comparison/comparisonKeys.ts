import type { CallSearch } from './callSearch.ts';

/** What the keys of a comparison lead to, wherever in the page the keyboard is. */
export interface ComparisonActions {
  /** Goes to the next difference, or the one before. */
  readonly go: (by: 1 | -1) => void;
  readonly search: Pick<CallSearch, 'focus' | 'go'>;
}

/** Runs what a key stands for. What is written into a field is text, whatever its letters stand for elsewhere. */
export function runComparisonKey(event: KeyboardEvent, actions: ComparisonActions): void {
  const run = event.ctrlKey || event.metaKey ? withControl(event, actions) : plain(event, actions);
  if (run === undefined) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  run();
}

function withControl(
  { key, altKey, shiftKey }: KeyboardEvent,
  { search }: ComparisonActions,
): (() => void) | undefined {
  return key.toLowerCase() === 'f' && !altKey && !shiftKey ? () => search.focus() : undefined;
}

function plain(event: KeyboardEvent, { go, search }: ComparisonActions): (() => void) | undefined {
  const { key, shiftKey, altKey } = event;
  if (altKey) return undefined;
  if (key === 'F7') return () => go(shiftKey ? -1 : 1);
  if (key === 'F3') return () => search.go(shiftKey ? -1 : 1);
  if (event.target instanceof HTMLInputElement) return undefined;
  if (key === 'n') return () => go(1);
  if (key === 'p' || key === 'N') return () => go(-1);
  return key === '/' ? () => search.focus() : undefined;
}
