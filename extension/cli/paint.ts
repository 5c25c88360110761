import { styleText } from 'node:util';

/** Colours a text for standard output: on a terminal, and as NO_COLOR and FORCE_COLOR say. */
export function paint(style: Parameters<typeof styleText>[0], text: string): string {
  return styleText(style, text, { stream: process.stdout });
}
