import type * as vscode from 'vscode';
import type { BodyDocuments } from '../bodyDocuments.ts';
import type { CallLog } from '../callLog.ts';
import type { Explorer } from '../explorer.ts';
import type { GraphPanels } from '../graphPanels.ts';
import type { GraphViews } from '../graphViews.ts';
import type { HandleFilterState } from '../handleFilterState.ts';
import type { LessonDesk } from '../lessons/lessonDesk.ts';
import type { MarkedHandles } from '../marks/markedHandles.ts';
import type { PlaygroundService } from '../playgroundService.ts';
import type { ProgramWatch } from '../programs/programWatch.ts';
import type { Passwords } from '../secrets.ts';
import type { UnfinishedBodies } from '../unfinishedBodies.ts';
import type { UrlHistory } from '../urlHistory.ts';

/** What the commands share with the views. */
export interface SharedParts {
  readonly explorer: Explorer;
  readonly log: Pick<CallLog, 'show' | 'info'>;
  readonly graph: Pick<GraphPanels, 'show'>;
  readonly playground: PlaygroundService;
  readonly filter: HandleFilterState;
  readonly lessons: LessonDesk;
  readonly marks: MarkedHandles;
  readonly programs: Pick<ProgramWatch, 'programs'>;
  readonly views: GraphViews;
}

/** What every command may use. */
export interface CommandParts extends SharedParts {
  readonly extensionUri: vscode.Uri;
  readonly bodies: BodyDocuments;
  readonly unfinished: UnfinishedBodies;
  readonly passwords: Passwords;
  readonly history: UrlHistory;
  /** A number for dwContext, never 0 and never the same: only with one are status callbacks delivered. */
  readonly nextContext: () => number;
}

/**
 * A command.
 * @param target serial of the handle from which it was called
 * @param args answers to its questions, if a program called: they are checked, nothing is asked or shown, errors are thrown
 * @returns what a program can use: serials, texts, numbers; undefined if the person left
 */
export type Command = (parts: CommandParts, target?: number, args?: unknown) => Promise<unknown>;
