/**
 * Gives the keyboard back to where it was when the panel has it again, as after a question of VS Code. The workbench takes it from
 * the element before it takes it from the window: only the order of the two tells that from an element that was left for nothing.
 */
export function keepFocus(): void {
  let left: HTMLElement | SVGElement | null = null;
  let place: HTMLElement | SVGElement | null = null;
  document.addEventListener('focusout', ({ target, relatedTarget }) => {
    const isElement = target instanceof HTMLElement || target instanceof SVGElement;
    left = isElement && relatedTarget === null ? target : null;
  });
  // A press beside everything leaves an element for nothing.
  for (const type of ['focusin', 'pointerup']) {
    document.addEventListener(type, () => {
      left = null;
    });
  }
  window.addEventListener('blur', () => {
    place = left;
  });
  window.addEventListener('focus', () => {
    if (document.activeElement === document.body && place?.checkVisibility() === true) {
      place.focus({ preventScroll: true });
    }
  });
}
