import type * as vscode from 'vscode';
import type { FunctionName } from '../shared/hierarchy.ts';
import type { Mark, MarkComparison } from '../shared/journal.ts';
import type { JournalHistory } from '../shared/journalHistory.ts';
import type { LessonAct, LessonPage } from '../shared/lessonPage.ts';
import type { EntryListener } from '../shared/liveJournal.ts';

/** What a graph shows: a journal with the handle that is selected in it. */
export interface GraphModel {
  /** Names the journal, as a file's name would. */
  readonly title: string;
  /** When it began: its times count from here. */
  readonly startedAt: Date;
  readonly history: JournalHistory;
  /** True where the handles are only recorded: nothing can be called on them. */
  readonly readOnly: boolean;
  /** Nothing more will happen in it: time stands still with the last entry. */
  readonly stopped: boolean;
  /** The present in it, in microseconds. */
  readonly now: number;
  readonly selected: number | null;
  readonly onDidSelect: vscode.Event<number | null>;
  /** Fires when another journal has taken the place of this one; absent where none can. */
  readonly onDidReplace?: vscode.Event<void>;
  select(serial: number | null): void;
  /** Notes in the journal that its open handles were marked, or compared with a mark; one that has ended takes no notes. */
  note(body: Mark | MarkComparison): void;
  /** Listens to new entries until the returned function is called. */
  listen(listener: EntryListener): () => void;
}

/** The lesson beside a graph. */
export interface GraphLessons {
  readonly page: LessonPage | null;
  readonly onDidChange: vscode.Event<LessonPage | null>;
  act(act: Exclude<LessonAct, 'list'>): Promise<void>;
  answer(serial: number, fn: FunctionName | null): void;
}
