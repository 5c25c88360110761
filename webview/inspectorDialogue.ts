import * as l10n from '@vscode/l10n';
import { decodeWire } from '../extension/shared/codes/wireWords.ts';
import { decodeInformation, decodeStatus } from '../extension/shared/decode.ts';
import { explained } from './explained.ts';
import { newest, words } from './inspectorParts.ts';
import type { InspectorScene } from './inspectorScene.ts';

/** What went to and fro on a handle: lines of the protocol, and what the program was told meanwhile. */

/** The lines of the dialogue, with their codes explained. */
export function wire(scene: InspectorScene, name: string): readonly Node[] {
  return newest(
    scene.history.wires,
    scene.showsAll(name),
    () => scene.showAll(name),
    ({ direction, text }) => {
      const element = document.createElement('pre');
      element.className = `wire ${direction}`;
      const arrow = direction === 'out' ? '→ ' : '← ';
      for (const [index, words] of decodeWire({ direction, text }, scene.node.kind).entries()) {
        const line = document.createElement('span');
        line.className = 'line';
        line.append(index === 0 ? arrow : '', ...words.map((piece) => explained(piece, 'word')));
        element.append(line);
      }
      return element;
    },
  );
}

/** The status callbacks, delivered or not. */
export function statuses(scene: InspectorScene, name: string): readonly Node[] {
  const { history, playhead } = scene;
  return newest(
    history.statuses,
    scene.showsAll(name),
    () => scene.showAll(name),
    ({ code, information, context }) => {
      const element = document.createElement('div');
      element.className = 'status';
      element.append(explained(decodeStatus(code)));
      const told = decodeInformation({ code, information }, playhead.tree);
      if (told !== null) element.append(' ', explained(told));
      // Without a context nobody is told; the journal knows of it all the same.
      element.append(
        words(context === 0 ? l10n.t('not delivered: context 0') : l10n.t('context {0}', context), 'weak source'),
      );
      return element;
    },
  );
}
