import * as l10n from '@vscode/l10n';
import type { TrueBox } from '../extension/shared/diagramTruth.ts';
import { errorCode, errorRemedy } from '../extension/shared/errorCodes.ts';
import { formatDuration, formatHandleValue } from '../extension/shared/format.ts';
import {
  documentationUrl,
  type FunctionName,
  functionRow,
  type HandleKind,
  handleKinds,
  kindRow,
  takesAnyHandle,
} from '../extension/shared/hierarchy.ts';
import type { HandleNode, HandleTree } from '../extension/shared/model.ts';

/** What is to be said of one box of a diagram that is laid over a handle. */

/** What is true now, in one sentence. */
export function truthSentence({ fn, truth }: TrueBox, node: HandleNode | undefined): string {
  if (node === undefined) return l10n.t('Choose a handle in the tree to see what is true of it.');
  switch (truth.is) {
    case 'origin':
      return truth.handle.serial === node.serial
        ? l10n.t('{0} returned this handle, {1}.', fn, formatHandleValue(node.value))
        : l10n.t('{0} returned {1}, a handle above this one.', fn, formatHandleValue(truth.handle.value));
    case 'legal':
      return l10n.t('May be called on {0} now.', formatHandleValue(node.value));
    case 'illegal':
      return l10n.t(
        'Would fail now with {0} ({1}): {2}',
        truth.symbol,
        errorCode(truth.symbol),
        errorRemedy(truth.symbol),
      );
    case 'elsewhere': {
      const kinds = truth.kinds.map((kind) => kindRow(kind).title).join(l10n.t(' or '));
      if (truth.kinds.length === 0) return l10n.t('Uses no handle.');
      if (truth.handle === undefined) return l10n.t('Takes another handle: {0}. None is open.', kinds);
      return l10n.t('Takes another handle: {0}; {1} is one.', kinds, formatHandleValue(truth.handle.value));
    }
  }
}

/** What it takes and what it returns, in one sentence, as the table says. */
function exchangeSentence(fn: FunctionName): string {
  const { returns } = functionRow(fn);
  const taken = handleKinds.filter((kind) => functionRow(fn).uses[kind] !== undefined);
  const kinds = (list: readonly HandleKind[]): string => list.map((kind) => kindRow(kind).title).join(l10n.t(' or '));
  const takes = takesAnyHandle(fn)
    ? l10n.t('Takes a handle of any kind')
    : taken.length === 0
      ? l10n.t('Takes no handle')
      : l10n.t('Takes a handle of this kind: {0}', kinds(taken));
  return returns === undefined ? `${takes}.` : l10n.t('{0}; returns one of this kind: {1}.', takes, kinds(returns));
}

/** How often it was called, how long that took and how it ended; an empty text where it was not. */
function tallySentence({ tally }: TrueBox, tree: HandleTree): string {
  if (tally === undefined) return '';
  const times = tally.count === 1 ? l10n.t('Called once') : l10n.t('Called {0} times', tally.count);
  const total = formatDuration(tally.totalMicroseconds);
  if (tally.lastError !== null) {
    return l10n.t('{0}, {1} in all; the last call failed with {2}.', times, total, tally.lastError);
  }
  return l10n.t('{0}, {1} in all; the last call returned {2}.', times, total, resultText(tally.lastResult, tree));
}

function resultText(result: NonNullable<TrueBox['tally']>['lastResult'], tree: HandleTree): string {
  if (typeof result !== 'object' || result === null) return String(result);
  const node = tree.nodes.get(result.handle);
  return node === undefined ? l10n.t('a handle') : formatHandleValue(node.value);
}

/** Fills the column beside the diagram with what there is to know about a box. */
export function fillDetails(element: HTMLElement, box: TrueBox, node: HandleNode | undefined, tree: HandleTree): void {
  const { summary, parameters } = functionRow(box.fn);
  const heading = document.createElement('h3');
  heading.textContent = box.fn;
  const notes = [`${summary} ${exchangeSentence(box.fn)}`, truthSentence(box, node), tallySentence(box, tree)];
  if (box.omitted) notes.push(l10n.t('The page does not draw it here, although it belongs here.'));
  const sentences = notes.filter((text) => text !== '').map(paragraph);
  const list = document.createElement('p');
  list.className = 'parameters';
  list.textContent = `${box.fn}(${parameters.join(', ')})`;
  const link = document.createElement('a');
  link.href = documentationUrl(box.fn);
  link.textContent = l10n.t('Documentation of {0}', box.fn);
  element.replaceChildren(heading, ...sentences, list, link);
}

function paragraph(text: string): HTMLElement {
  const element = document.createElement('p');
  element.textContent = text;
  return element;
}
