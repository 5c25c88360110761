import type { DiagramName } from './hierarchy.ts';

/** A lesson as the view shows it: what was read so far, and what can be done next. */
export interface LessonPage {
  readonly title: string;
  /** How long the whole lesson takes, in minutes. */
  readonly minutes: number;
  readonly diagram: DiagramName | null;
  /** How many steps and questions are done, and how many there are. */
  readonly done: number;
  readonly count: number;
  readonly sections: readonly LessonSection[];
  /** `next`: a step can be carried out. `running`: it is. `question`: the graph is clicked. `broken`: only the beginning helps. */
  readonly state: 'next' | 'running' | 'question' | 'broken' | 'done';
  /** What a click in the graph answers, while a question is open. */
  readonly asks: 'function' | 'handle' | null;
  /** What went wrong outside the lesson's own calls; null if nothing did. */
  readonly problem: string | null;
}

/** One part of the page, in the order in which it is read. */
export type LessonSection =
  | { readonly is: 'prose'; readonly markdown: string }
  | {
      readonly is: 'step';
      readonly calls: readonly LessonCallLine[];
      /** How the handles differ from what the lesson promises, a line each; null before the step was carried out. */
      readonly differences: readonly string[] | null;
    }
  | { readonly is: 'question'; readonly sentence: string; readonly replies: readonly LessonReply[] };

/** A call of a step. */
export interface LessonCallLine {
  readonly text: string;
  /** What it led to; null before it was carried out. */
  readonly outcome: string | null;
  readonly asExpected: boolean;
  readonly statuses: readonly string[];
}

/** What was said to a choice. */
export interface LessonReply {
  readonly right: boolean;
  /** What was picked, in words. */
  readonly choice: string;
  readonly text: string;
  readonly reason: string;
  readonly hint: string | null;
}

/** What the reader of a lesson can do. */
export const LESSON_ACTS = ['next', 'skip', 'answer', 'restart', 'close', 'list'] as const;
/** Name of what the reader of a lesson can do. */
export type LessonAct = (typeof LESSON_ACTS)[number];
