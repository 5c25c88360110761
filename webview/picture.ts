import { createCanvas } from './canvas.ts';
import { STILL } from './motionPlan.ts';
import type { Playhead } from './playhead.ts';
import type { Renderer } from './renderer.ts';

/** The whole tree as a picture that stands on its own: drawn anew, with the theme's colours written into it. */

const MARGIN = 16;
/** A PNG is this much larger than it is on screen, so that it stays sharp in a document. */
const PNG_SCALE = 2;
/** Longest side of a PNG in pixels; browsers draw none that are longer. */
const PNG_LIMIT = 16_000;

/** What a style sheet may have set and an element hands on to those inside it. */
const INHERITED = [
  'fill',
  'fill-opacity',
  'fill-rule',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-opacity',
  'visibility',
  'font-family',
  'font-size',
  'font-weight',
  'font-style',
  'text-anchor',
] as const;

/** What it keeps to itself, with what it is where nobody sets it. */
const OWN = { opacity: '1', display: 'inline' } as const;

/** Which moment is drawn. */
type Moment = Pick<Playhead, 'tree' | 'history'>;

/** The tree of the renderer's last picture as the text of an SVG file; undefined where nothing is drawn. */
export function svgPicture(renderer: Renderer, { tree, history }: Moment): string | undefined {
  const { scene, list } = renderer;
  if (scene === null || scene.order.length === 0) return undefined;
  const { width, height } = scene.layout;
  const room = document.createElement('div');
  room.className = 'picture-room';
  room.setAttribute('aria-hidden', 'true');
  document.body.append(room);
  try {
    const canvas = createCanvas(room);
    const seen = { from: [0, 0], to: [width, height] } as const;
    canvas.draw(
      {
        scene,
        tree,
        now: tree.t,
        complete: true,
        history,
        list,
        selected: list?.node.serial ?? null,
        active: null,
        activeRow: null,
        changed: new Map(),
        seen,
        scale: 1,
      },
      STILL,
    );
    return standalone(canvas.svg, width, height);
  } finally {
    room.remove();
  }
}

/** The tree as a PNG, in base64; undefined where nothing is drawn. */
export async function pngPicture(renderer: Renderer, moment: Moment): Promise<string | undefined> {
  const text = svgPicture(renderer, moment);
  if (text === undefined) return undefined;
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const scale = Math.min(PNG_SCALE, PNG_LIMIT / Math.max(image.naturalWidth, image.naturalHeight));
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(image.naturalWidth * scale);
  canvas.height = Math.ceil(image.naturalHeight * scale);
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const data = canvas.toDataURL('image/png');
  // A canvas that is too large for the browser yields an empty address.
  return /^data:image\/png;base64,(.+)$/.exec(data)?.[1];
}

/** A copy of the drawing whose looks do not depend on a style sheet. */
function standalone(svg: SVGSVGElement, width: number, height: number): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const [from, to] = [elementsOf(svg), elementsOf(copy)];
  for (const [index, element] of to.entries()) {
    const original = from[index];
    if (original !== undefined) writeStyles(original, element, original === svg);
  }
  for (const hidden of copy.querySelectorAll('[display="none"]')) hidden.remove();
  const [full, tall] = [Math.ceil(width) + 2 * MARGIN, Math.ceil(height) + 2 * MARGIN];
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', String(full));
  copy.setAttribute('height', String(tall));
  copy.setAttribute('viewBox', `${-MARGIN} ${-MARGIN} ${full} ${tall}`);
  const ground = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  for (const [name, value] of Object.entries({ x: -MARGIN, y: -MARGIN, width: full, height: tall })) {
    ground.setAttribute(name, String(value));
  }
  ground.setAttribute('fill', getComputedStyle(document.body).backgroundColor);
  copy.prepend(ground);
  return new XMLSerializer().serializeToString(copy);
}

function elementsOf(svg: SVGSVGElement): readonly SVGElement[] {
  return [svg, ...svg.querySelectorAll<SVGElement>('*')];
}

function writeStyles(original: SVGElement, copy: SVGElement, isTop: boolean): void {
  const style = getComputedStyle(original);
  const above = isTop || original.parentElement === null ? null : getComputedStyle(original.parentElement);
  for (const name of [...copy.getAttributeNames()]) {
    if (name === 'class' || name === 'id' || name === 'style' || name === 'role' || name === 'tabindex') {
      copy.removeAttribute(name);
    }
    if (name.startsWith('aria-') || name.startsWith('data-')) copy.removeAttribute(name);
  }
  for (const name of INHERITED) {
    const value = style.getPropertyValue(name);
    if (value !== '' && value !== above?.getPropertyValue(name)) copy.setAttribute(name, plainColor(value));
  }
  for (const [name, usual] of Object.entries(OWN)) {
    const value = style.getPropertyValue(name);
    if (!isTop && value !== usual) copy.setAttribute(name, value);
  }
}

/** Mixed colours are computed as `color(srgb …)`, which only browsers read. */
function plainColor(value: string): string {
  return value.replace(/color\(srgb ([\d.]+) ([\d.]+) ([\d.]+)(?: \/ ([\d.]+))?\)/g, (_, r, g, b, alpha = '1') => {
    const [red, green, blue] = [r, g, b].map((part) => Math.round(Number(part) * 255));
    return alpha === '1' ? `rgb(${red}, ${green}, ${blue})` : `rgba(${red}, ${green}, ${blue}, ${alpha})`;
  });
}
