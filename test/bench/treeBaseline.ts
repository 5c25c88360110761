// What the graph is measured against: d3 as its examples use it. Each batch is folded by the same code, then the whole tree is
// laid out and joined anew. Runs in the browser.
import { hierarchy, linkVertical, select, tree as tidyTree, zoom, type zoomIdentity } from 'd3';
import type { Entry } from '../../extension/shared/journal.ts';
import { JournalHistory } from '../../extension/shared/journalHistory.ts';
import type { HandleNode } from '../../extension/shared/model.ts';
import type { HostMessage } from '../../extension/shared/protocol.ts';

interface Branch {
  readonly node: HandleNode | null;
  readonly children: Branch[];
}

const [width, height] = [250, 80];
const svg = select(document.body).append('svg').attr('width', innerWidth).attr('height', innerHeight);
const world = svg.append('g');
const links = world.append('g').attr('fill', 'none').attr('stroke', 'gray');
const boxes = world.append('g').attr('font-size', 11);
svg.call(
  zoom<SVGSVGElement, unknown>().on('zoom', (event: { transform: typeof zoomIdentity }) =>
    world.attr('transform', event.transform.toString()),
  ),
);
let history = new JournalHistory(1);

function draw(): void {
  const root = hierarchy(grow());
  tidyTree<Branch>().nodeSize([width, height])(root);
  const shown = root.descendants().filter(({ data }) => data.node !== null);
  const serial = ({ data }: { readonly data: Branch }): number => data.node?.serial ?? 0;
  const line = linkVertical<unknown, (typeof shown)[number]>()
    .x((one) => one.x ?? 0)
    .y((one) => one.y ?? 0);
  links
    .selectAll('path')
    .data(
      root.links().filter(({ source }) => source.data.node !== null),
      (link) => serial((link as { target: (typeof shown)[number] }).target),
    )
    .join('path')
    .attr('d', (link) => line(link as never));
  const group = boxes
    .selectAll<SVGGElement, (typeof shown)[number]>('g')
    .data(shown, serial)
    .join((enter) => {
      const added = enter.append('g');
      added
        .append('rect')
        .attr('x', -118)
        .attr('width', 236)
        .attr('height', 62)
        .attr('fill', 'white')
        .attr('stroke', 'gray');
      for (const [name, y] of [['name', 20] as const, ['target', 37] as const, ['state', 53] as const]) {
        added.append('text').attr('class', name).attr('x', -100).attr('y', y);
      }
      return added;
    })
    .attr('transform', ({ x, y }) => `translate(${x},${y})`);
  group.select('.name').text(({ data }) => data.node?.fn ?? '');
  group.select('.target').text(({ data }) => data.node?.target ?? '');
  group
    .select('.state')
    .text(({ data }) => `${data.node?.state} ${data.node?.bytesIn} ${data.node?.running[0]?.fn ?? ''}`);
}

function grow(): Branch {
  const { nodes, byValue } = history.tree;
  const top: Branch = { node: null, children: [] };
  const branches = new Map<number, Branch>();
  for (const serial of byValue.values()) branches.set(serial, { node: nodes.get(serial) ?? null, children: [] });
  for (const branch of branches.values()) {
    const parent = branch.node?.parent ?? null;
    ((parent === null ? undefined : branches.get(parent)) ?? top).children.push(branch);
  }
  return top;
}

let asked = false;
function schedule(): void {
  if (asked) return;
  asked = true;
  requestAnimationFrame(() => {
    asked = false;
    draw();
  });
}

window.addEventListener('message', ({ data }: MessageEvent<HostMessage>) => {
  if (data.type === 'snapshot') history = new JournalHistory(data.limit, data.base);
  else if (data.type !== 'entries') return;
  for (const entry of data.entries as readonly Entry[]) history.append(entry);
  schedule();
});
