import { provideVSCodeDesignSystem, vsCodeButton } from '@vscode/webview-ui-toolkit';
import { type IconName, icon } from './icons.ts';

/** The only importer of the toolkit: everybody else asks for elements. */

provideVSCodeDesignSystem().register(vsCodeButton());

/** A field for one line of text, as those that filter and search have. */
export function textField(label: string, placeholder: string): HTMLInputElement {
  const input = document.createElement('input');
  input.type = 'text';
  input.className = 'filter-input';
  input.spellcheck = false;
  input.autocomplete = 'off';
  input.placeholder = placeholder;
  input.setAttribute('aria-label', label);
  return input;
}

/** How a button looks. */
export interface ButtonOptions {
  readonly label: string;
  readonly icon?: IconName;
  readonly appearance: 'primary' | 'secondary' | 'icon';
  readonly press: () => void;
}

/** A button. One with the look of an icon carries its label as name and tooltip. */
export function button({ label, icon: name, appearance, press }: ButtonOptions): HTMLElement {
  const element = document.createElement('vscode-button');
  element.setAttribute('appearance', appearance);
  element.setAttribute('aria-label', label);
  element.title = label;
  if (name !== undefined) {
    const picture = icon(name);
    if (appearance !== 'icon') picture.setAttribute('slot', 'start');
    element.append(picture);
  }
  if (appearance !== 'icon') {
    const text = document.createElement('span');
    text.className = 'button-text';
    text.textContent = label;
    element.append(text);
  }
  element.addEventListener('click', press);
  return element;
}

/** A dialog with a heading and a button that closes it. It is modal when opened with `showModal`. */
export function dialog(name: string, heading: string, closeLabel: string, content: readonly Node[]): HTMLDialogElement {
  const element = document.createElement('dialog');
  element.className = name;
  const title = document.createElement('h2');
  title.id = `${name}-title`;
  title.textContent = heading;
  // The focus goes here, so that a long dialog is read from its beginning.
  title.tabIndex = -1;
  title.autofocus = true;
  element.setAttribute('aria-labelledby', title.id);
  const close = button({ label: closeLabel, icon: 'close', appearance: 'icon', press: () => element.close() });
  close.classList.add('close');
  element.append(title, close, ...content);
  // A modal dialog does so by itself.
  element.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') element.close();
  });
  return element;
}
