import { dialog } from './controls.ts';
import { LIST_KEYS, TIMELINE_KEYS, TRAVEL_KEYS, TREE_KEYS } from './keyboard.ts';
import { t } from './strings.ts';

/** The dialog that names every key; it is written from the tables that the keyboard itself reads. */
export function createKeySheet(): HTMLDialogElement {
  const shared = new Set(LIST_KEYS.map(({ text }) => text));
  const treeOnly = TREE_KEYS.filter(({ text }) => !shared.has(text));
  const listOnly = LIST_KEYS.filter(({ text }) => !TREE_KEYS.some((binding) => binding.text === text));
  const both = TREE_KEYS.filter(({ text }) => shared.has(text));
  const sections = document.createElement('div');
  sections.className = 'sections';
  sections.append(
    section(t('In the tree'), treeOnly),
    section(t('In the list of functions'), listOnly),
    section(t('Everywhere'), both),
    section(t('Through time'), TRAVEL_KEYS),
    section(t('In the timeline'), TIMELINE_KEYS),
  );
  return dialog('key-sheet', t('Keys'), t('Close'), [sections]);
}

type Bindings = readonly { readonly keys: readonly string[]; readonly text: string }[];

function section(title: string, bindings: Bindings): HTMLElement {
  const element = document.createElement('section');
  const heading = document.createElement('h3');
  heading.textContent = title;
  element.append(heading, table(bindings));
  return element;
}

function table(bindings: Bindings): HTMLElement {
  const element = document.createElement('dl');
  for (const { keys, text } of bindings) {
    const term = document.createElement('dt');
    for (const name of new Set(keys.map(keyLabel))) {
      const key = document.createElement('kbd');
      key.textContent = name;
      term.append(key);
    }
    const description = document.createElement('dd');
    description.textContent = t(text);
    element.append(term, description);
  }
  return element;
}

const ARROWS: Readonly<Record<string, string>> = { ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→' };

function keyLabel(key: string): string {
  if (key === ' ') return t('Space');
  if (key.length === 1) return key.toUpperCase();
  return key.replace(/Arrow\w+/, (arrow) => ARROWS[arrow] ?? arrow).replace('+', ' ');
}
