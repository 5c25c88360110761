import type { Stretch } from './stretches.ts';

/** A line of the list. */
export type ListItem =
  | { readonly type: 'call'; readonly row: number }
  | { readonly type: 'folded'; readonly stretch: Stretch };

/** The lines of the list: a line for each row of a stretch that is shown, and one for each stretch that is folded. */
export function listItems(stretches: readonly Stretch[]): readonly ListItem[] {
  return stretches.flatMap((stretch): ListItem[] =>
    stretch.folded
      ? [{ type: 'folded', stretch }]
      : Array.from({ length: stretch.to - stretch.from }, (_, offset) => ({
          type: 'call',
          row: stretch.from + offset,
        })),
  );
}
