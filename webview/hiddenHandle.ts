import * as l10n from '@vscode/l10n';
import { formatHandleValue } from '../extension/shared/format.ts';
import type { ActiveFilter } from './activeFilter.ts';
import type { Announcer } from './announcer.ts';
import { button } from './controls.ts';
import type { Playhead } from './playhead.ts';

/** Says over the graph that a handle somebody wants to see is kept back by the filter, and offers to show it. */
export interface HiddenHandle {
  readonly element: HTMLElement;
  /** A handle is to be seen: is it hidden? */
  ask(serial: number): void;
}

/** What the words are about. */
export interface HiddenHandleParts {
  readonly active: ActiveFilter;
  readonly playhead: Playhead;
  readonly announcer: Announcer;
  /** Takes the filter away and brings the handle into sight. */
  show(serial: number): void;
}

/** Makes the words, hidden as long as nothing is missed. */
export function createHiddenHandle({ active, playhead, announcer, show }: HiddenHandleParts): HiddenHandle {
  const element = document.createElement('div');
  element.className = 'hidden-handle';
  element.hidden = true;
  const sentence = document.createElement('p');
  let missed: number | null = null;
  const leave = (): void => {
    missed = null;
    element.hidden = true;
  };
  element.append(
    sentence,
    button({
      label: l10n.t('Clear the filter and show it'),
      appearance: 'secondary',
      press() {
        const serial = missed;
        leave();
        if (serial !== null) show(serial);
      },
    }),
    button({ label: l10n.t('Close'), icon: 'close', appearance: 'icon', press: leave }),
  );
  const isHidden = (serial: number): boolean => {
    const { result } = active;
    const node = playhead.tree.nodes.get(serial);
    return result !== null && node?.closed === null && !result.matches.has(serial) && !result.context.has(serial);
  };
  active.listen(() => {
    if (missed !== null && !isHidden(missed)) leave();
  });
  return {
    element,
    ask(serial) {
      leave();
      const node = playhead.tree.nodes.get(serial);
      if (node === undefined || !isHidden(serial)) return;
      missed = serial;
      sentence.textContent = l10n.t('{0} {1} is hidden by the filter.', node.fn, formatHandleValue(node.value));
      element.hidden = false;
      announcer.say(sentence.textContent);
    },
  };
}
