import * as vscode from 'vscode';
import { announce, commandAction } from '../announce.ts';
import type { GraphModel } from '../graphModel.ts';
import { summary } from '../marks/markTreeView.ts';
import { attempt } from '../report.ts';
import type { CommandParts } from './commandParts.ts';

/**
 * Remembers which handles are open now: those of the active graph, or, where none is, of this window and of every program that
 * runs. Returns how many.
 */
export function markOpen(parts: CommandParts, _target?: number, args?: unknown): Promise<number | undefined> {
  const quiet = args !== undefined;
  return attempt(parts, quiet, () => {
    const size = parts.marks.mark(markable(parts));
    if (!quiet) {
      const told =
        size === 1 ? vscode.l10n.t('1 open handle is marked.') : vscode.l10n.t('{0} open handles are marked.', size);
      announce(told, [commandAction(vscode.l10n.t('Compare'), 'hinternet.compareOpenHandles')]);
    }
    return Promise.resolve(size);
  });
}

function markable({ views, explorer, programs }: CommandParts): readonly GraphModel[] {
  const active = views.active?.model;
  if (active === undefined) return [explorer, ...programs.programs.filter(({ stopped }) => !stopped)];
  if (active.stopped)
    throw new Error(vscode.l10n.t('This journal has ended: no handle will be opened in it any more.'));
  return [active];
}

/** What a program gets of a comparison. */
interface Compared {
  /** Serials of handles that were opened since the mark and are still open. */
  readonly left: readonly number[];
  readonly closed: number;
  readonly kept: number;
}

/** Shows the handles that were opened since the mark and are still open, by the line that made them, in a view that stays. */
export function compareOpen(parts: CommandParts, _target?: number, args?: unknown): Promise<Compared | undefined> {
  const quiet = args !== undefined;
  return attempt(parts, quiet, async () => {
    if (!parts.marks.isSet) {
      throw new Error(vscode.l10n.t('Nothing is marked: call HINTERNET: Mark Open Handles first.'));
    }
    const found = parts.marks.compare();
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
