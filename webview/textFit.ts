import { printable } from '../extension/shared/format.ts';

/** Cuts text to the width that a box leaves for it, by measuring with the fonts that the theme gives. */

const CACHE_LIMIT = 5000;

/** A measuring tape for one font. */
export interface TextFit {
  /** Width in pixels at zoom 1. */
  width(text: string): number;
  /** The text, made safe to show, with its middle left out where it is too wide; both ends of a URL say most. */
  middle(text: string, width: number): string;
}

/** Measures with a font given as in CSS. */
export function createTextFit(font: string): TextFit {
  const context = document.createElement('canvas').getContext('2d');
  if (context !== null) context.font = font;
  const cache = new Map<string, string>();
  const width = (text: string): number => context?.measureText(text).width ?? text.length * 7;
  return {
    width,
    middle(text, limit) {
      const key = `${limit} ${text}`;
      const known = cache.get(key);
      if (known !== undefined) return known;
      if (cache.size >= CACHE_LIMIT) cache.clear();
      const fitted = cutMiddle(printable(text, 400), (candidate) => width(candidate) <= limit);
      cache.set(key, fitted);
      return fitted;
    },
  };
}

/** The longest form of `text` that fits: whole, or with its middle replaced by an ellipsis. */
export function cutMiddle(text: string, fits: (candidate: string) => boolean): string {
  if (fits(text)) return text;
  // By characters as Unicode counts them, so that no pair of surrogates is torn.
  const characters = [...text];
  const keep = (count: number): string => {
    const head = Math.ceil(count / 2);
    return `${characters.slice(0, head).join('')}…${characters.slice(characters.length - (count - head)).join('')}`;
  };
  let [low, high] = [0, characters.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(keep(middle))) low = middle;
    else high = middle - 1;
  }
  return keep(low);
}
