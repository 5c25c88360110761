import { formatHandleValue, printable } from './format.ts';
import type { HandleNode, HandleTree } from './model.ts';
import { shownHandles, stateText, type TreeExportOptions } from './treeText.ts';

/** How much of a target fits in a box. */
const LABEL_LIMIT = 120;

/**
 * The tree in Graphviz's language, drawn like the diagrams of the page: a shaded box for each handle, named after the function
 * that returned it, with its value, kind and state below; closed ones dashed.
 */
export function dotOf(tree: HandleTree, options: TreeExportOptions = {}): string {
  const shown = shownHandles(tree, options);
  const boxes = shown.map(({ node }) => `  h${node.serial} [label="${label(node)}"${look(node)}];\n`);
  const lines = shown.flatMap(({ node, depth }) => (depth === 0 ? [] : [`  h${node.parent} -> h${node.serial};\n`]));
  return `digraph handles {
  graph [charset="UTF-8", rankdir=TB];
  node [shape=box, style=filled, fillcolor="#ededed", color="#868686", fontname="sans-serif", fontsize=10];
  edge [color="#868686", arrowhead=none];
${boxes.join('')}${lines.join('')}}
`;
}

function label(node: HandleNode): string {
  const lines = [
    node.fn,
    `${formatHandleValue(node.value)} ${node.kind}, ${stateText(node)}`,
    printable(node.target, LABEL_LIMIT),
  ];
  return lines.map(escaped).join('\\n');
}

function look(node: HandleNode): string {
  return node.closed === null ? '' : ', style="filled,dashed", fillcolor="#ffffff", fontcolor="#6a6a6a"';
}

/** A backslash begins an escape, an ampersand an entity, in quoted labels too. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replace(/["\\]/g, '\\$&');
}
