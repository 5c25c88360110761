import type { HitWords } from './timelineWords.ts';

/** The box beside what is pointed at in the timeline, or on which the keyboard is: all that is known of it, and what its codes mean. */

/** A box. */
export interface TimelineBox {
  readonly element: HTMLElement;
  /** Shows the words beside a place of the window, in pixels. */
  show(words: HitWords, beside: { readonly left: number; readonly top: number; readonly bottom: number }): void;
  hide(): void;
  readonly shown: boolean;
}

const GAP = 8;
/** So many codes are explained; a head of many lines has no more that matter. */
const MOST = 8;

/** Makes the box; it keeps inside the window. */
export function createTimelineBox(): TimelineBox {
  const element = document.createElement('div');
  element.className = 'explanation timeline-box';
  element.id = 'timeline-box';
  element.setAttribute('role', 'tooltip');
  element.hidden = true;
  return {
    element,
    get shown() {
      return !element.hidden;
    },
    show({ sentence, explanations }, { left, top, bottom }) {
      const title = document.createElement('p');
      title.className = 'title';
      title.textContent = sentence;
      const list = document.createElement('dl');
      for (const { text, explanation } of explanations.slice(0, MOST)) {
        const [term, meaning] = [document.createElement('dt'), document.createElement('dd')];
        // What the title begins with need not be named again.
        term.textContent = explanations.length === 1 && sentence.startsWith(text) ? '' : text;
        meaning.textContent = explanation;
        list.append(term, meaning);
      }
      element.replaceChildren(title, ...(list.childElementCount === 0 ? [] : [list]));
      element.hidden = false;
      const { width, height } = element.getBoundingClientRect();
      const room = document.documentElement.clientWidth;
      element.style.setProperty('left', `${Math.max(GAP, Math.min(left, room - width - GAP))}px`);
      // Above, where it covers no lane that is read next; below where there is no room.
      const above = top - GAP - height;
      element.style.setProperty('top', `${above >= 0 ? above : Math.min(bottom + GAP, window.innerHeight - height)}px`);
    },
    hide() {
      element.hidden = true;
    },
  };
}
