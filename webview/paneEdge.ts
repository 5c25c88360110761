import * as l10n from '@vscode/l10n';
import type { PaneName } from '../extension/shared/protocol.ts';
import type { KeptState } from './keptState.ts';
import type { Pane } from './shell.ts';

/** The edge by which a pane is made larger or smaller: with the pointer, or with the arrow keys. */

/** The panes that can be resized, and along which axis each grows, towards its start. */
const AXES = { timeline: 'height', inspector: 'width' } as const;
type Resized = keyof typeof AXES;

/** Of the frame, what a pane leaves to the graph, and the least that is a pane. Pixels. */
const LEFT = 72;
const LEAST = 96;
const STEP = 24;

/**
 * Puts an edge on each pane that can be resized, at the size that was kept.
 * @param frame holds the panes; the sizes stand in variables of it, as `--timeline-size`
 */
export function addPaneEdges(
  frame: HTMLElement,
  panes: Readonly<Partial<Record<PaneName, Pane>>>,
  kept: KeptState,
): void {
  let sizes = kept.saved?.sizes ?? {};
  for (const name of ['timeline', 'inspector'] as const) {
    const pane = panes[name]?.element;
    if (pane === undefined) continue;
    const before = sizes[name];
    if (before !== undefined) frame.style.setProperty(`--${name}-size`, `${before}px`);
    addEdge(name, pane, frame, (size) => {
      const { [name]: _old, ...others } = sizes;
      sizes = size === null ? others : { ...others, [name]: size };
      kept.keep({ sizes });
    });
  }
}

function addEdge(name: Resized, pane: HTMLElement, frame: HTMLElement, keepSize: (size: number | null) => void): void {
  const axis = AXES[name];
  const edge = document.createElement('div');
  edge.className = `pane-edge ${axis}`;
  edge.tabIndex = 0;
  edge.setAttribute('role', 'separator');
  edge.setAttribute('aria-orientation', axis === 'height' ? 'horizontal' : 'vertical');
  edge.setAttribute(
    'aria-label',
    axis === 'height' ? l10n.t('Height of the timeline') : l10n.t('Width of the inspector'),
  );
  edge.title = l10n.t('Drag to resize; double-click for the usual size');
  pane.prepend(edge);
  const measure = (of: HTMLElement): number => (axis === 'height' ? of.offsetHeight : of.offsetWidth);
  const tell = (): void => {
    edge.setAttribute('aria-valuemin', String(LEAST));
    edge.setAttribute('aria-valuemax', String(Math.max(LEAST, measure(frame) - LEFT)));
    edge.setAttribute('aria-valuenow', String(measure(pane)));
  };
  const resize = (size: number | null): void => {
    if (size === null) frame.style.removeProperty(`--${name}-size`);
    else {
      const wanted = Math.round(Math.max(LEAST, Math.min(measure(frame) - LEFT, size)));
      frame.style.setProperty(`--${name}-size`, `${wanted}px`);
    }
  };
  const keep = (): void => {
    const size = Number.parseFloat(frame.style.getPropertyValue(`--${name}-size`));
    keepSize(Number.isNaN(size) ? null : size);
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
  edge.addEventListener('pointerup', keep);
  edge.addEventListener('dblclick', () => {
    resize(null);
    keep();
  });
  edge.addEventListener('keydown', (event) => {
    const [more, less] = axis === 'height' ? ['ArrowUp', 'ArrowDown'] : ['ArrowLeft', 'ArrowRight'];
    if (event.key === more || event.key === less) resize(measure(pane) + (event.key === more ? STEP : -STEP));
    else if (event.key === 'Home') resize(LEAST);
    else if (event.key === 'End') resize(Number.POSITIVE_INFINITY);
    else return;
    event.preventDefault();
    event.stopPropagation();
    keep();
  });
  new ResizeObserver(tell).observe(pane);
}
