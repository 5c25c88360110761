import * as l10n from '@vscode/l10n';
import { printable } from '../extension/shared/format.ts';

/** The pieces of which sections of the inspector are made. */

/** How many lines of a list are shown before somebody asks for all. */
export const SHOWN_LINES = 60;

/** What a row says: a name, and what belongs to it. */
export function row(name: string, ...content: readonly (Node | string)[]): HTMLElement {
  const element = document.createElement('div');
  element.className = 'row';
  const term = document.createElement('span');
  term.className = 'term';
  term.textContent = name;
  const value = document.createElement('span');
  value.className = 'content';
  value.append(...content);
  element.append(term, value);
  return element;
}

/** A paragraph of words. */
export function words(text: string, name = 'words'): HTMLElement {
  const element = document.createElement('p');
  element.className = name;
  element.textContent = text;
  return element;
}

/** A button that looks like a link. */
export function linkButton(text: string, press: () => void): HTMLElement {
  const element = document.createElement('button');
  element.type = 'button';
  element.className = 'link';
  element.textContent = text;
  element.addEventListener('click', press);
  return element;
}

/** The newest lines of a list, and a button for the others where there are more. */
export function newest<T>(items: readonly T[], all: boolean, showAll: () => void, line: (item: T) => Node): Node[] {
  const shown = all ? items : items.slice(-SHOWN_LINES);
  const lines = shown.map(line);
  const more = items.length - shown.length;
  return more === 0 ? lines : [linkButton(l10n.t('Show {0} earlier ones', more), showAll), ...lines];
}

/** Nodes with a separator between them. */
export function joined(nodes: readonly Node[], separator: string): (Node | string)[] {
  return nodes.flatMap((node, index) => (index === 0 ? [node] : [separator, node]));
}

/** The first line of a text, marked where there is more. */
export function firstLine(head: string): string {
  const [line = ''] = head.split(/\r?\n/, 1);
  return printable(line.length < head.length ? `${line}…` : line, 200);
}
