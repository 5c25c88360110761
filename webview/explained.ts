import type { Decoded } from '../extension/shared/codes/decoded.ts';

/** Words that explain themselves on hover and on focus: one box for all of them, as tooltips of the browser reach no keyboard. */

const GAP = 6;

/** A piece of a value; one that has an explanation is a tab stop and marked as such. */
export function explained({ text, explanation }: Decoded, name = 'value'): HTMLElement {
  const element = document.createElement('span');
  element.className = name;
  element.textContent = text;
  if (explanation === '') return element;
  element.classList.add('explained');
  element.tabIndex = 0;
  element.dataset.explanation = explanation;
  return element;
}

/** Shows the explanations of everything inside `scope` in a box that is added to `scope`. */
export function explainWithin(scope: HTMLElement): void {
  const box = document.createElement('div');
  box.className = 'explanation';
  box.id = 'explanation';
  box.setAttribute('role', 'tooltip');
  box.hidden = true;
  scope.append(box);
  let shown: HTMLElement | null = null;
  const show = (word: HTMLElement): void => {
    hide();
    shown = word;
    box.textContent = word.dataset.explanation ?? '';
    box.hidden = false;
    word.setAttribute('aria-describedby', box.id);
    place(word);
  };
  const place = (word: HTMLElement): void => {
    const [from, within] = [word.getBoundingClientRect(), scope.getBoundingClientRect()];
    const { width, height } = box.getBoundingClientRect();
    const left = Math.max(within.left, Math.min(from.left, within.right - width));
    const below = from.bottom + GAP + height <= window.innerHeight;
    box.style.setProperty('left', `${left}px`);
    box.style.setProperty('top', `${below ? from.bottom + GAP : from.top - GAP - height}px`);
  };
  const hide = (): void => {
    shown?.removeAttribute('aria-describedby');
    shown = null;
    box.hidden = true;
  };
  const wordOf = (target: EventTarget | null): HTMLElement | null =>
    target instanceof Element ? target.closest<HTMLElement>('.explained') : null;
  const turn = (word: HTMLElement | null): void => {
    if (word === shown) return;
    if (word === null) hide();
    else show(word);
  };
  // Moves alone count: what scrolls under a pointer that rests must not take the box from the keyboard.
  scope.addEventListener('pointermove', (event) => {
    const word = wordOf(event.target);
    if (word !== null) turn(word);
  });
  scope.addEventListener('pointerout', (event) => {
    if (shown !== null && wordOf(event.target) === shown) turn(wordOf(document.activeElement));
  });
  scope.addEventListener('focusin', (event) => turn(wordOf(event.target)));
  scope.addEventListener('focusout', hide);
  scope.addEventListener(
    'scroll',
    () => {
      // The focus itself scrolls a word into sight that is out of it.
      if (shown !== null && shown === document.activeElement) place(shown);
      else hide();
    },
    true,
  );
  scope.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || shown === null) return;
    // The first Escape closes the explanation, the next one what it stands in.
    event.stopImmediatePropagation();
    hide();
  });
}
