import * as vscode from 'vscode';
import { announce, commandAction } from '../announce.ts';
import type { MarkedMoment } from '../marks/markedHandles.ts';
import { summary } from '../marks/markTreeView.ts';
import { attempt } from '../report.ts';
import type { CommandParts } from './commandParts.ts';

/**
 * Remembers which handles are open: those of the active graph, at the moment that it shows, or, where none is, of this window and of
 * every program that runs, now. Returns how many.
 */
export function markOpen(parts: CommandParts, _target?: number, args?: unknown): Promise<number | undefined> {
  const quiet = args !== undefined;
  return attempt(parts, quiet, async () => {
    const moments = await markable(parts);
    const size = parts.marks.mark(moments);
    if (!quiet) {
      const inPast = moments.some(({ seq, model }) => seq !== null || model.stopped);
      const further = vscode.l10n.t('Go to another moment, and compare.');
      const told = inPast ? `${marked(size)} ${further}` : marked(size);
      announce(told, [commandAction(vscode.l10n.t('Compare'), 'hinternet.compareOpenHandles')]);
    }
    return size;
  });
}

function marked(size: number): string {
  return size === 1 ? vscode.l10n.t('1 open handle is marked.') : vscode.l10n.t('{0} open handles are marked.', size);
}

async function markable({ views, explorer, programs }: CommandParts): Promise<readonly MarkedMoment[]> {
  const { active } = views;
  if (active !== undefined) return [{ model: active.model, seq: await active.moment() }];
  const living = [explorer, ...programs.programs.filter(({ stopped }) => !stopped)];
  return living.map((model) => ({ model, seq: null }));
}

/** What a program gets of a comparison. */
interface Compared {
  /** Serials of handles that were opened since the mark and are still open. */
  readonly left: readonly number[];
  readonly closed: number;
  readonly kept: number;
}

/**
 * Shows the handles that were opened since the mark and are still open, by the line that made them, in a view that stays. A graph that
 * shows a moment in the past is compared at that moment.
 */
export function compareOpen(parts: CommandParts, _target?: number, args?: unknown): Promise<Compared | undefined> {
  const quiet = args !== undefined;
  return attempt(parts, quiet, async () => {
    if (!parts.marks.isSet) {
      throw new Error(vscode.l10n.t('Nothing is marked: call HINTERNET: Mark Open Handles first.'));
    }
    const { active } = parts.views;
    const seq = (await active?.moment()) ?? null;
    const found = parts.marks.compare((model) => (model === active?.model ? seq : null));
    const left = found.flatMap(({ difference }) => difference.left.flatMap(({ nodes }) => nodes));
    if (!quiet) {
      await vscode.commands.executeCommand('hinternet.marked.focus');
      if (left.length === 0) announce(summary(found));
    }
    return {
      left: left.map(({ serial }) => serial),
      closed: found.reduce((sum, { difference }) => sum + difference.closed, 0),
      kept: found.reduce((sum, { difference }) => sum + difference.kept, 0),
    };
  });
}

/** Forgets the mark, and what was found. */
export function forgetMark({ marks }: CommandParts): Promise<void> {
  marks.forget();
  return Promise.resolve();
}
