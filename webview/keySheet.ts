import * as l10n from '@vscode/l10n';
import { dialog } from './controls.ts';
import { LIST_KEYS, TIMELINE_KEYS, TRAVEL_KEYS, TREE_KEYS, VIEW_KEYS } from './keyboard.ts';

/** The dialog that names every key; it is written from the tables that the keyboard itself reads. */
export function createKeySheet(): HTMLDialogElement {
  const shared = new Set(LIST_KEYS.map(({ text }) => text));
  const treeOnly = TREE_KEYS.filter(({ text }) => !shared.has(text));
  const listOnly = LIST_KEYS.filter(({ text }) => !TREE_KEYS.some((binding) => binding.text === text));
  const everywhere = new Set(VIEW_KEYS.map(({ text }) => text));
  const both = TREE_KEYS.filter(({ text }) => shared.has(text) && !everywhere.has(text));
  const sections = document.createElement('div');
  sections.className = 'sections';
  sections.append(
    section(l10n.t('In the tree'), treeOnly),
    section(l10n.t('In the list of functions'), listOnly),
    section(l10n.t('In both'), both),
    section(l10n.t('Everywhere'), VIEW_KEYS),
    section(l10n.t('Through time'), TRAVEL_KEYS),
    section(l10n.t('In the timeline'), TIMELINE_KEYS),
  );
  return dialog('key-sheet', l10n.t('Keys'), l10n.t('Close'), [sections]);
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
    description.textContent = l10n.t(text);
    element.append(term, description);
  }
  return element;
}

const ARROWS: Readonly<Record<string, string>> = { ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→' };

function keyLabel(key: string): string {
  if (key === ' ') return l10n.t('Space');
  if (key.length === 1) return key.toUpperCase();
  return key.replace(/Arrow\w+/, (arrow) => ARROWS[arrow] ?? arrow).replace('+', ' ');
}
