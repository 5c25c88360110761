import * as l10n from '@vscode/l10n';
import type { JournalHistory } from '../extension/shared/journalHistory.ts';
import { type Selection, select } from './d3.ts';
import type { StaleUse } from './graves.ts';
import type { Layout } from './layout.ts';
import { BOX, type Point } from './sizes.ts';
import type { TextFit } from './textFit.ts';

/** Draws the line from a live handle to the tombstone of the one that owned its value before, and says which call went astray. */
export function drawStaleLines(
  layer: Selection<SVGGElement, unknown, null, undefined>,
  uses: readonly StaleUse[],
  layout: Layout,
  history: JournalHistory,
  measure: TextFit,
): void {
  const lines = layer.selectAll<SVGGElement, StaleUse>('g.stale').data(uses, ({ grave, hit }) => `${grave}-${hit}`);
  lines.exit().remove();
  const entering = lines.enter().append('g').attr('class', 'stale');
  entering.append('path').attr('class', 'astray');
  entering.append('path').attr('class', 'tip').attr('d', 'M0,0L-9,-4.5V4.5Z');
  const label = entering.append('g').attr('class', 'stale-mark');
  label.append('rect').attr('height', LABEL.height).attr('rx', 3);
  label.append('text').attr('y', 11);
  entering.merge(lines).each(function (use) {
    const [hit, grave] = [layout.boxes.get(use.hit), layout.boxes.get(use.grave)];
    if (hit === undefined || grave === undefined) return;
    const { path, end, angle } = arc(hit, grave);
    const group = select(this);
    group.select('.astray').attr('d', path);
    group.select('.tip').attr('transform', `translate(${end[0]},${end[1]}) rotate(${angle})`);
    const fn = callName(history, use);
    const text = fn === null ? l10n.t('stale use') : l10n.t('stale use: {0}', fn);
    const word = measure.middle(text, BOX.width - 4 * LABEL.left);
    const width = measure.width(word) + LABEL.left;
    group.select('.stale-mark').attr('transform', `translate(${grave[0] + LABEL.left},${grave[1] + LABEL.top})`);
    group.select('rect').attr('width', width);
    group
      .select('text')
      .attr('x', width / 2)
      .text(word);
  });
}

/** On the upper edge of the tombstone, as all that is said of a box: between two boxes there is no room for words. */
const LABEL = { left: 10, top: -9, height: 15 } as const;

/** Calls tell their name when they begin, and a diagnosis comes soon after: entries that are searched for it. */
const SEARCHED = 400;

function callName(history: JournalHistory, { call, seq }: StaleUse): string | null {
  let entry = history.entryBefore(seq);
  for (let count = 0; count < SEARCHED && entry !== undefined; count += 1) {
    if (entry.type === 'call-begin' && entry.call === call) return entry.fn;
    entry = history.entryBefore(entry.seq);
  }
  return null;
}

interface Arc {
  readonly path: string;
  readonly end: Point;
  /** Of the arrow's tip, in degrees. */
  readonly angle: number;
}

/** Out at the right of both boxes where one stands above the other, else from side to side. */
function arc([hitX, hitY]: Point, [graveX, graveY]: Point): Arc {
  const [fromY, toY] = [hitY + BOX.height / 2, graveY + BOX.height / 2];
  if (Math.abs(hitX - graveX) < BOX.width) {
    const [fromX, toX] = [hitX + BOX.width, graveX + BOX.width];
    const out = Math.max(fromX, toX) + 26;
    const path = `M${fromX},${fromY}C${out},${fromY} ${out},${fromY} ${out},${(fromY + toY) / 2}S${out},${toY} ${toX},${toY}`;
    return { path, end: [toX, toY], angle: 180 };
  }
  const right = graveX > hitX;
  const [fromX, toX] = right ? [hitX + BOX.width, graveX] : [hitX, graveX + BOX.width];
  const middle = (fromX + toX) / 2;
  const path = `M${fromX},${fromY}C${middle},${fromY} ${middle},${toY} ${toX},${toY}`;
  return { path, end: [toX, toY], angle: right ? 0 : 180 };
}
