import { diagramSvg } from '../../extension/shared/diagramSvg.ts';
import { diagramBoxes } from '../../extension/shared/diagrams.ts';
import { DIAGRAMS } from '../../extension/shared/hierarchy.ts';

/** The files of the diagrams, by name: for each its boxes as data, and a picture in each reading. */
export function diagramFiles(): ReadonlyMap<string, string> {
  return new Map(
    DIAGRAMS.flatMap((diagram): [string, string][] => {
      const boxes = diagramBoxes(diagram, 'printed').map(({ fn, shaded, parent }) => ({ name: fn, shaded, parent }));
      return [
        [`${diagram}.json`, `${JSON.stringify({ diagram, boxes }, null, 2)}\n`],
        [`${diagram}.svg`, diagramSvg(diagram, 'printed')],
        [`${diagram}-complete.svg`, diagramSvg(diagram, 'complete')],
      ];
    }),
  );
}
