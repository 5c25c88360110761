import * as l10n from '@vscode/l10n';
import type { JournalHistory } from '../extension/shared/journalHistory.ts';
import type { HandleTree } from '../extension/shared/model.ts';
import type { StepMark } from '../extension/shared/stepStory.ts';
import { handleId } from './accessibleTree.ts';
import { drawLinks } from './connectors.ts';
import { select } from './d3.ts';
import { type DrawnList, drawFunctionList } from './functionList.ts';
import { measuredSize } from './measuredSize.ts';
import { drawOverview, OVERVIEW_FROM } from './overview.ts';
import type { ListScene, Scene } from './scene.ts';
import { shownTarget } from './shownTarget.ts';
import { drawSideBoxes, type SideItem } from './sideBoxes.ts';
import { graveWords, manyWords } from './sideWords.ts';
import { BOX, type Point } from './sizes.ts';
import { drawStaleLines } from './staleLines.ts';
import { createTextFit } from './textFit.ts';
import { type BoxItem, type BoxMotion, drawBoxes } from './tree.ts';
import type { Extent } from './zoom.ts';

/** The SVG and its layers. Draws what is on screen and nothing else. */

/** One picture. */
export interface Picture {
  readonly scene: Scene;
  readonly tree: HandleTree;
  /** Time of the journal to which ages count, in microseconds. */
  readonly now: number;
  readonly history: JournalHistory;
  readonly list: ListScene | null;
  readonly selected: number | null;
  readonly active: number | null;
  readonly activeRow: string | null;
  readonly changed: ReadonlyMap<number, StepMark>;
  readonly seen: Extent;
  readonly scale: number;
  /** Draw every box in full, however many there are. */
  readonly complete?: true;
}

/** The drawing surface. */
export interface Canvas {
  readonly svg: SVGSVGElement;
  /** The element that has the keyboard for the tree. */
  readonly treeElement: SVGGElement;
  /** The element that has it for the list of functions, while there is one. */
  listElement(): SVGGElement | null;
  draw(picture: Picture, motion: BoxMotion): void;
  setTransform(transform: string): void;
  /** Width of the stage in pixels. */
  width(): number;
  /** How many handles are on screen. */
  readonly shown: number;
}

/** Below this zoom only the names of boxes are drawn, larger. */
const FAR = 0.5;
const FONT = '11px';

/** Adds the drawing surface to the stage. */
export function createCanvas(stage: HTMLElement): Canvas {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('class', 'graph');
  // Otherwise screen readers take it for a document of its own, and do not say what gets the focus in it.
  svg.setAttribute('role', 'presentation');
  if (stage.dataset.scope !== undefined) svg.dataset.scope = stage.dataset.scope;
  stage.append(svg);
  const size = measuredSize(svg);
  const world = select(svg).append('g').attr('class', 'world');
  const links = world.append('g').attr('class', 'links').attr('aria-hidden', 'true');
  const overview = world.append('g').attr('class', 'overview').attr('aria-hidden', 'true');
  const boxes = world.append('g').attr('class', 'tree').attr('role', 'tree').attr('tabindex', 0);
  boxes.attr('aria-label', l10n.t('Handles'));
  const stale = world.append('g').attr('class', 'stale-lines').attr('aria-hidden', 'true');
  const functions = world.append('g').attr('class', 'functions');
  const measure = createTextFit(`${FONT} ${getComputedStyle(svg).fontFamily}`);
  const treeElement = elementOf(boxes.node());
  let outlines: { readonly scene: Scene | null; readonly seq: number } = { scene: null, seq: 0 };
  let shown = 0;

  const drawTree = (picture: Picture, motion: BoxMotion): void => {
    const { scene, seen, active } = picture;
    const { nodes, seq } = picture.tree;
    // The handle with the keyboard always has its element, so that a screen reader finds it.
    const visible = [...scene.layout.boxes].filter(
      ([serial, at]) => serial === active || touches(seen, at, [at[0] + BOX.width, at[1] + BOX.height]),
    );
    shown = visible.length;
    const far = shown > OVERVIEW_FROM && picture.complete !== true;
    const near = far ? visible.filter(([serial]) => serial === active) : visible;
    const { handles, others } = itemsOf(near, picture);
    drawBoxes(boxes, handles, motion, measure);
    drawSideBoxes(boxes, others, motion, measure);
    drawStaleLines(stale, far ? [] : scene.stale, scene.layout, picture.history, measure);
    drawLinks(links, far ? [] : scene.layout.links.filter(({ points }) => touches(seen, ...hull(points))), motion);
    const outlined = { scene: far ? scene : null, seq: far ? seq : 0 };
    if (outlined.scene !== outlines.scene || outlined.seq !== outlines.seq) {
      drawOverview(overview, outlined.scene?.layout ?? null, nodes);
    }
    outlines = outlined;
    boxes.attr(
      'aria-activedescendant',
      active !== null && scene.ranks.has(active) ? handleId(active, treeElement) : null,
    );
  };
  return {
    svg,
    treeElement,
    get shown() {
      return shown;
    },
    width: () => size()[0],
    listElement: () => functions.select<SVGGElement>('.rows').node(),
    draw(picture, motion) {
      svg.classList.toggle('far', picture.scale < FAR);
      drawTree(picture, motion);
      drawFunctionList(functions, drawnList(picture), motion.moves);
    },
    setTransform(transform) {
      world.attr('transform', transform);
    },
  };
}

/** What is on screen, open handles apart from tombstones and boxes that stand for many. */
function itemsOf(
  visible: readonly (readonly [number, Point])[],
  { scene, tree, active, selected, changed, now }: Picture,
): { readonly handles: readonly BoxItem[]; readonly others: readonly SideItem[] } {
  const handles: BoxItem[] = [];
  const others: SideItem[] = [];
  for (const [serial, at] of visible) {
    const [node, rank, many] = [tree.nodes.get(serial), scene.ranks.get(serial), scene.many.get(serial)];
    if (rank === undefined) continue;
    const flags = { rank, at, selected: selected === serial, active: active === serial, mark: changed.get(serial) };
    if (many !== undefined)
      others.push({ serial, kind: many.type === 'open' ? 'crowd' : 'graves', words: manyWords(many, tree), ...flags });
    else if (node !== undefined) {
      const above = node.parent !== null && scene.ranks.has(node.parent) ? tree.nodes.get(node.parent) : undefined;
      const target = shownTarget(node.target, above?.target);
      if (node.closed === null) handles.push({ node, target, now, ...flags });
      else others.push({ serial, kind: 'grave', words: graveWords(node, target), ...flags });
    }
  }
  return { handles, others };
}

function drawnList({ scene, list, activeRow }: Picture): DrawnList | null {
  const at = scene.layout.list;
  return list === null || at === null ? null : { list, at, below: scene.listBelow, activeRow };
}

function elementOf(node: SVGGElement | null): SVGGElement {
  if (node === null) throw new Error('the layer was not made');
  return node;
}

function hull(points: readonly Point[]): [Point, Point] {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  return [
    [Math.min(...xs), Math.min(...ys)],
    [Math.max(...xs), Math.max(...ys)],
  ];
}

function touches(seen: Extent, from: Point, to: Point): boolean {
  return from[0] <= seen.to[0] && to[0] >= seen.from[0] && from[1] <= seen.to[1] && to[1] >= seen.from[1];
}
