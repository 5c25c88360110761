import * as l10n from '@vscode/l10n';
import type { StepMark } from '../extension/shared/stepStory.ts';
import { select } from './d3.ts';
import { BOX } from './sizes.ts';

/** How a box says that the step that is shown concerns it: an outline, and a word on its upper edge. */

const HEIGHT = 15;

/** Puts the mark on a box's element, or takes it away. */
export function drawStepMark(element: SVGGElement, mark: StepMark | undefined): void {
  if (element.dataset.step === mark) return;
  const box = select(element);
  box.select('.step-mark').remove();
  if (mark === undefined) {
    delete element.dataset.step;
    return;
  }
  element.dataset.step = mark;
  const word = WORDS[mark]();
  const width = word.length * 6 + 12;
  const group = box
    .append('g')
    .attr('class', 'step-mark')
    .attr('transform', `translate(${BOX.width - width - 8},-9)`);
  group.append('rect').attr('width', width).attr('height', HEIGHT).attr('rx', 3);
  group
    .append('text')
    .attr('x', width / 2)
    .attr('y', 11)
    .text(word);
}

const WORDS: Readonly<Record<StepMark, () => string>> = {
  opened: () => l10n.t('+ opened'),
  changed: () => l10n.t('∗ changed'),
  used: () => l10n.t('• used'),
  lost: () => l10n.t('× closed below'),
  closed: () => l10n.t('× closed'),
};
