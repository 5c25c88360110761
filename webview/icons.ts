/** The toolbar's pictures, drawn here so that no font has to be loaded. 16 x 16 units, lines only. */
const ICONS = {
  url: 'M8 1.5A6.5 6.5 0 1 1 8 14.5A6.5 6.5 0 1 1 8 1.5ZM1.5 8H14.5M8 1.5C4.5 5 4.5 11 8 14.5C11.5 11 11.5 5 8 1.5Z',
  connect: 'M6 2V5M10 2V5M4 5H12V8A4 4 0 0 1 4 8ZM8 12V15',
  play: 'M4.5 2.5L12.5 8L4.5 13.5Z',
  pause: 'M5 3V13M11 3V13',
  previous: 'M12.5 2.5L6 8L12.5 13.5ZM3.5 2.5V13.5',
  next: 'M3.5 2.5L10 8L3.5 13.5ZM12.5 2.5V13.5',
  live: 'M8 5.5A2.5 2.5 0 1 1 8 10.5A2.5 2.5 0 1 1 8 5.5ZM3.5 3.5A6.4 6.4 0 0 0 3.5 12.5M12.5 3.5A6.4 6.4 0 0 1 12.5 12.5',
  zoomIn: 'M7 2.5A4.5 4.5 0 1 1 7 11.5A4.5 4.5 0 1 1 7 2.5ZM10.2 10.2L14 14M5 7H9M7 5V9',
  zoomOut: 'M7 2.5A4.5 4.5 0 1 1 7 11.5A4.5 4.5 0 1 1 7 2.5ZM10.2 10.2L14 14M5 7H9',
  fit: 'M2 5.5V2H5.5M10.5 2H14V5.5M14 10.5V14H10.5M5.5 14H2V10.5M5.5 6H10.5V10H5.5Z',
  legend: 'M2 3.5H5V6.5H2ZM2 9.5H5V12.5H2ZM7.5 5H14M7.5 11H14',
  keys: 'M1.5 4.5H14.5V12.5H1.5ZM4 7H4.5M7 7H7.5M10 7H10.5M4 10H12',
  filter: 'M2 3.5H14M4.5 8H11.5M7 12.5H9',
  saved: 'M4 2H12V14L8 11L4 14Z',
  rename: 'M3 13L3.6 10.2L11 2.8L13.2 5L5.8 12.4ZM9.5 4.3L11.7 6.5',
  remove: 'M3 4H13M6 4V2.5H10V4M4.5 4L5 13.5H11L11.5 4M7 6.5V11M9 6.5V11',
  diagram: 'M5 1.5H11V4.5H5ZM1.5 11.5H6.5V14.5H1.5ZM9.5 11.5H14.5V14.5H9.5ZM8 4.5V8M4 11.5V8H12V11.5',
  inspector: 'M1.5 2.5H14.5V13.5H1.5ZM9.5 2.5V13.5M11 5.5H13M11 8H13M11 10.5H13',
  timeline: 'M1.5 2.5H14.5V13.5H1.5ZM1.5 9H14.5M4 11H8M6.5 12H11',
  graves: 'M4 14V6A4 4 0 0 1 12 6V14M2 14H14M8 5V10M6.3 6.8H9.7',
  export: 'M8 10V1.5M4.8 4.7L8 1.5L11.2 4.7M2.5 8.5V14.5H13.5V8.5',
  again: 'M13 8A5 5 0 1 1 11.2 4.2L13 6M13 2.5V6H9.5',
  copy: 'M5.5 5.5H13.5V14H5.5ZM5.5 11H2.5V2H10.5V5.5',
  close: 'M3.5 3.5L12.5 12.5M12.5 3.5L3.5 12.5',
} as const;

/** Name of a picture. */
export type IconName = keyof typeof ICONS;

const SVG = 'http://www.w3.org/2000/svg';

/** A picture as an element; it says nothing to a screen reader. */
export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('width', '16');
  svg.setAttribute('height', '16');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', ICONS[name]);
  svg.append(path);
  return svg;
}
