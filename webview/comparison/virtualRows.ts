import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from '@tanstack/virtual-core';

/** Rows of a list of which only those in sight are in the page, each as high as what it holds. */
export interface VirtualRows {
  /** The rows are others now: draws them anew. Where both kept a row, by its key, it keeps its height. */
  load(count: number, keyOf: (index: number) => number): void;
  /** Keeps a row in the page wherever the list is scrolled to; null for none. Elsewhere it could not be named to screen readers. */
  keep(index: number | null): void;
  /** Scrolls as little as needed. */
  bringToSight(index: number): void;
  /** The head is as high as this now, in pixels. */
  below(headHeight: number): void;
}

/** Height of a row that was not seen yet, in pixels. */
const EXPECTED_HEIGHT = 26;
/** Up to so many rows all are in the page, where screen readers read on from one to the next. */
const ALL = 500;
/** Rows in the page above and below what is in sight. */
const BEYOND = 15;

/**
 * Fills an element that scrolls, below a head that stays in sight.
 * @param makeRow gives the element of a row; it is called each time that the row comes into the page
 */
export function createVirtualRows(scroller: HTMLElement, makeRow: (index: number) => HTMLElement): VirtualRows {
  const body = document.createElement('div');
  body.className = 'virtual-rows';
  body.setAttribute('role', 'rowgroup');
  scroller.append(body);
  let headHeight = 0;
  let kept: number | null = null;
  let elements = new Map<number, HTMLElement>();

  const draw = (): void => {
    body.style.height = `${virtualizer.getTotalSize()}px`;
    const shown = new Map<number, HTMLElement>();
    for (const { index, start } of virtualizer.getVirtualItems()) {
      const element = elements.get(index) ?? makeRow(index);
      element.dataset.index = String(index);
      element.style.transform = `translateY(${start - headHeight}px)`;
      shown.set(index, element);
    }
    for (const [index, element] of elements) if (!shown.has(index)) element.remove();
    // Screen readers read in the order of the page.
    let place = body.firstElementChild;
    for (const element of shown.values()) {
      if (element === place) place = place.nextElementSibling;
      else body.insertBefore(element, place);
    }
    const before = elements;
    elements = shown;
    for (const [index, element] of shown) if (before.get(index) !== element) virtualizer.measureElement(element);
    virtualizer.measureElement(null);
    virtualizer._willUpdate();
  };
  const options = {
    count: 0,
    getScrollElement: () => scroller,
    estimateSize: () => EXPECTED_HEIGHT,
    scrollToFn: elementScroll,
    observeElementRect,
    observeElementOffset,
    overscan: BEYOND,
    rangeExtractor: ({ startIndex, endIndex, count }: { startIndex: number; endIndex: number; count: number }) => {
      const [from, to] =
        count <= ALL ? [0, count] : [Math.max(0, startIndex - BEYOND), Math.min(count, endIndex + 1 + BEYOND)];
      const range = Array.from({ length: to - from }, (_, offset) => from + offset);
      if (kept === null || kept >= count || (from <= kept && kept < to)) return range;
      return kept < from ? [kept, ...range] : [...range, kept];
    },
    onChange: () => draw(),
  };
  const underHead = () => ({ scrollMargin: headHeight, scrollPaddingStart: headHeight });
  const virtualizer = new Virtualizer<HTMLElement, HTMLElement>(options);
  virtualizer._willUpdate();
  return {
    load(count, keyOf) {
      kept = null;
      elements = new Map();
      body.replaceChildren();
      virtualizer.setOptions({ ...options, ...underHead(), count, getItemKey: keyOf });
      draw();
    },
    keep(index) {
      kept = index;
      // The range is the same: only this tells that what is to be in the page is not.
      virtualizer.setOptions({ ...virtualizer.options, rangeExtractor: (range) => options.rangeExtractor(range) });
      draw();
    },
    bringToSight(index) {
      virtualizer.scrollToIndex(index, { align: 'auto' });
    },
    below(height) {
      if (height === headHeight) return;
      headHeight = height;
      virtualizer.setOptions({ ...virtualizer.options, ...underHead() });
      draw();
    },
  };
}
