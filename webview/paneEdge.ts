import * as l10n from '@vscode/l10n';
import type { PaneName } from '../extension/shared/protocol.ts';
import type { KeptState } from './keptState.ts';
import type { Pane } from './shell.ts';

/** The edge by which a pane is made larger or smaller: with the pointer, or with the arrow keys. */

/** A pane that grows towards its start, and what it grows in. */
export interface PaneEdge {
  readonly pane: HTMLElement;
  /** Holds the pane; the size stands in a variable of it. */
  readonly frame: HTMLElement;
  readonly axis: 'height' | 'width';
  /** The variable, as `--timeline-size`. */
  readonly variable: string;
  /** What a screen reader calls the edge. */
  readonly label: string;
  /** In pixels, as it was kept. */
  readonly size: number | undefined;
  /** Hears of another size; null is the usual one. */
  keep(size: number | null): void;
}

/** Of the frame, what a pane leaves to the graph, and the least that is a pane. Pixels. */
const LEFT = 72;
const LEAST = 96;
const STEP = 24;

/** Puts an edge on each pane of the graph's view that can be resized, at the size that was kept. */
export function addPaneEdges(
  frame: HTMLElement,
  panes: Readonly<Partial<Record<PaneName, Pane>>>,
  kept: KeptState,
): void {
  let sizes = kept.saved?.sizes ?? {};
  const add = (name: 'timeline' | 'inspector', axis: PaneEdge['axis'], label: string): void => {
    const pane = panes[name]?.element;
    if (pane === undefined) return;
    const keep = (size: number | null): void => {
      const { [name]: _old, ...others } = sizes;
      sizes = size === null ? others : { ...others, [name]: size };
      kept.keep({ sizes });
    };
    addPaneEdge({ pane, frame, axis, variable: `--${name}-size`, label, size: sizes[name], keep });
  };
  add('timeline', 'height', l10n.t('Height of the timeline'));
  add('inspector', 'width', l10n.t('Width of the inspector'));
}

/** Puts the edge on a pane. */
export function addPaneEdge({ pane, frame, axis, variable, label, size: before, keep }: PaneEdge): void {
  const edge = document.createElement('div');
  edge.className = `pane-edge ${axis}`;
  edge.tabIndex = 0;
  edge.setAttribute('role', 'separator');
  edge.setAttribute('aria-orientation', axis === 'height' ? 'horizontal' : 'vertical');
  edge.setAttribute('aria-label', label);
  edge.title = l10n.t('Drag to resize; double-click for the usual size');
  pane.prepend(edge);
  if (before !== undefined) frame.style.setProperty(variable, `${before}px`);
  const measure = (of: HTMLElement): number => (axis === 'height' ? of.offsetHeight : of.offsetWidth);
  const tell = (): void => {
    edge.setAttribute('aria-valuemin', String(LEAST));
    edge.setAttribute('aria-valuemax', String(Math.max(LEAST, measure(frame) - LEFT)));
    edge.setAttribute('aria-valuenow', String(measure(pane)));
  };
  const resize = (size: number | null): void => {
    if (size === null) frame.style.removeProperty(variable);
    else {
      const wanted = Math.round(Math.max(LEAST, Math.min(measure(frame) - LEFT, size)));
      frame.style.setProperty(variable, `${wanted}px`);
    }
  };
  const settle = (): void => {
    const size = Number.parseFloat(frame.style.getPropertyValue(variable));
    keep(Number.isNaN(size) ? null : size);
    tell();
  };
  edge.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    edge.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  edge.addEventListener('pointermove', (event) => {
    if (!edge.hasPointerCapture(event.pointerId)) return;
    const box = pane.getBoundingClientRect();
    resize(axis === 'height' ? box.bottom - event.clientY : box.right - event.clientX);
  });
  edge.addEventListener('pointerup', settle);
  edge.addEventListener('dblclick', () => {
    resize(null);
    settle();
  });
  edge.addEventListener('keydown', (event) => {
    const [more, less] = axis === 'height' ? ['ArrowUp', 'ArrowDown'] : ['ArrowLeft', 'ArrowRight'];
    if (event.key === more || event.key === less) resize(measure(pane) + (event.key === more ? STEP : -STEP));
    else if (event.key === 'Home') resize(LEAST);
    else if (event.key === 'End') resize(Number.POSITIVE_INFINITY);
    else return;
    event.preventDefault();
    event.stopPropagation();
    settle();
  });
  new ResizeObserver(tell).observe(pane);
}
