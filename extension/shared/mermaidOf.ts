import { formatHandleValue, printable } from './format.ts';
import type { HandleNode, HandleTree } from './model.ts';
import { shownHandles, stateText, type TreeExportOptions } from './treeText.ts';

/** How much of a target fits in a box. */
const LABEL_LIMIT = 120;

/**
 * The tree as a Mermaid flowchart, drawn like the diagrams of the page: a shaded box for each handle, named after the function
 * that returned it, with its value, kind and state below; closed ones dashed.
 */
export function mermaidOf(tree: HandleTree, options: TreeExportOptions = {}): string {
  const shown = shownHandles(tree, options);
  const boxes = shown.map(({ node }) => `  h${node.serial}["${label(node)}"]:::${className(node)}\n`);
  const lines = shown.flatMap(({ node, depth }) => (depth === 0 ? [] : [`  h${node.parent} --> h${node.serial}\n`]));
  return `flowchart TB
  classDef handle fill:#ededed,stroke:#868686,color:#1f1f1f
  classDef closed fill:#ffffff,stroke:#868686,color:#6a6a6a,stroke-dasharray:4 3
${boxes.join('')}${lines.join('')}`;
}

function label(node: HandleNode): string {
  const lines = [
    node.fn,
    `${formatHandleValue(node.value)} ${node.kind}, ${stateText(node)}`,
    printable(node.target, LABEL_LIMIT),
  ];
  return lines.map(escaped).join('<br/>');
}

function className(node: HandleNode): string {
  return node.closed === null ? 'handle' : 'closed';
}

// Quotes end the label, # begins an entity, < a tag, ` and * are Markdown; a line that begins with a digit or a dash is a list to
// it. What is no letter, digit or plain punctuation therefore goes as an entity, which Mermaid writes #number;.
const SPECIAL = /[^\p{L}\p{M}\p{N} ,.:/()=%?-]|^(?!0x)[^\p{L}/]/gu;

function escaped(text: string): string {
  return text.replace(SPECIAL, (character) => `#${character.codePointAt(0) ?? 0};`);
}
