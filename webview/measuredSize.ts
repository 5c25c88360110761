import type { Point } from './sizes.ts';

/**
 * Width and height of an element in pixels, measured again only after they have changed: to ask the browser in every frame makes
 * it work out styles and places before the picture is drawn, and once more after.
 */
export function measuredSize(element: Element): () => Point {
  let known: Point | null = null;
  new ResizeObserver(() => {
    known = null;
  }).observe(element);
  return () => {
    known ??= [element.clientWidth, element.clientHeight];
    return known;
  };
}
