import type { TreeCheck } from '../../lessons/expectedTree.ts';
import type { Lesson, LessonPart, LessonQuestion, LessonStep } from '../../lessons/lesson.ts';
import type { CallReport, LessonRun, LessonState, LessonVerdict } from '../../lessons/lessonRun.ts';
import type { LessonCallLine, LessonPage, LessonReply, LessonSection } from '../../shared/lessonPage.ts';

type Open<T> = { -readonly [K in keyof T]: T[K] };
type StepRecord = { readonly calls: Open<LessonCallLine>[]; differences: readonly string[] | null };

const PAGE_STATES: Readonly<Record<LessonState, LessonPage['state']>> = {
  step: 'next',
  running: 'running',
  question: 'question',
  broken: 'broken',
  done: 'done',
};

/** Writes down how a lesson went, part by part, and makes the page of it. */
export class PageWriter {
  readonly #lesson: Lesson;
  readonly #steps = new Map<LessonPart, StepRecord>();
  readonly #replies = new Map<LessonPart, LessonReply[]>();
  #problem: string | null = null;

  constructor(lesson: Lesson) {
    this.#lesson = lesson;
  }

  /** The page: all parts up to the one that is next, each with what came of it. */
  page(run: LessonRun): LessonPage {
    const { title, minutes, diagram, introduction, closing, parts } = this.#lesson;
    const { position, part, state } = run;
    const read = parts.slice(0, position + 1);
    const sections = [prose(introduction), ...read.flatMap((one) => this.#sectionsOf(one))];
    if (state === 'done') sections.push(prose(closing));
    return {
      title,
      minutes,
      diagram,
      done: position,
      count: parts.length,
      sections: sections.filter((section) => section.is !== 'prose' || section.markdown.trim() !== ''),
      state: PAGE_STATES[state],
      asks: state === 'question' && part?.is === 'question' ? part.answer.by : null,
      problem: this.#problem,
    };
  }

  /** The step that is next begins. */
  beginStep(run: LessonRun): StepRecord {
    const { part } = run;
    if (part?.is !== 'step') throw new RangeError('No step is next.');
    const record: StepRecord = { calls: plannedCalls(part), differences: null };
    this.#steps.set(part, record);
    return record;
  }

  /** A call of the step has ended. */
  reported({ calls }: StepRecord, { call, text, asExpected, statuses }: CallReport): void {
    const line = calls.find((one) => one.text === call.text && one.outcome === null);
    if (line !== undefined) Object.assign(line, { outcome: text, asExpected, statuses });
  }

  /** All calls of the step have ended. */
  endStep(record: StepRecord, check: TreeCheck): void {
    record.differences = check.differences;
  }

  /** The step could not be carried out. */
  failed(problem: string): void {
    this.#problem = problem;
  }

  /** A choice was judged. */
  replied(question: LessonQuestion, choice: string, { right, reply, reason, hint }: LessonVerdict): void {
    const replies = this.#replies.get(question) ?? [];
    this.#replies.set(question, [...replies, { right, choice, text: reply, reason, hint }]);
  }

  #sectionsOf(part: LessonPart): readonly LessonSection[] {
    const heading = part.heading === null ? '' : `## ${part.heading}\n\n`;
    const told = prose([part.remark, heading + part.prose].join('\n\n'));
    if (part.is === 'question') {
      return [told, { is: 'question', sentence: part.sentence, replies: this.#replies.get(part) ?? [] }];
    }
    const { calls, differences } = this.#steps.get(part) ?? { calls: plannedCalls(part), differences: null };
    return [told, { is: 'step', calls: calls.map((line) => ({ ...line })), differences }];
  }
}

function prose(markdown: string): LessonSection {
  return { is: 'prose', markdown };
}

function plannedCalls({ calls }: LessonStep): Open<LessonCallLine>[] {
  return calls.map(({ text }) => ({ text, outcome: null, asExpected: true, statuses: [] }));
}
