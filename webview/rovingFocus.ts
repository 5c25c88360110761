/**
 * Makes a toolbar one tab stop, whose arrow keys, Home and End go from button to button (ARIA Authoring Practices, toolbar).
 * To be called when all of its buttons are in it.
 */
export function roveFocus(toolbar: HTMLElement): void {
  const buttons = [...toolbar.querySelectorAll<HTMLElement>('vscode-button')];
  const stopAt = (stop: HTMLElement): void => {
    for (const button of buttons) button.tabIndex = button === stop ? 0 : -1;
  };
  toolbar.addEventListener('focusin', ({ target }) => {
    if (target instanceof HTMLElement && buttons.includes(target)) stopAt(target);
  });
  toolbar.addEventListener('keydown', (event) => {
    const shown = buttons.filter((button) => button.checkVisibility());
    const next = shown[placeAfter(event.key, shown.indexOf(event.target as HTMLElement), shown.length)];
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    next.focus();
  });
  const [first] = buttons;
  if (first !== undefined) stopAt(first);
}

/** The place that a key leads to; -1 for other keys, and where no button has the focus. */
function placeAfter(key: string, place: number, count: number): number {
  if (place === -1) return -1;
  if (key === 'ArrowRight') return (place + 1) % count;
  if (key === 'ArrowLeft') return (place + count - 1) % count;
  if (key === 'Home') return 0;
  return key === 'End' ? count - 1 : -1;
}
