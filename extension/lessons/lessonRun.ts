import { assertNever } from '../shared/assertNever.ts';
import type { FunctionName } from '../shared/hierarchy.ts';
import type { HandleTree } from '../shared/model.ts';
import type { WinInet } from '../wininet/index.ts';
import { type CallOutcome, CallStage, resultText } from './callStage.ts';
import { compareTree, type TreeCheck } from './expectedTree.ts';
import type { Lesson, LessonCall, LessonPart, LessonQuestion, LessonStep } from './lesson.ts';
import { LessonError } from './lessonError.ts';
import { type LessonAddresses, type LessonReach, lessonGuard } from './lessonGuard.ts';
import { tableVerdict } from './tableVerdict.ts';

/** Where a lesson is played. */
export interface LessonPlace extends LessonReach {
  readonly wininet: WinInet;
  /** The tree of handles of that engine at this moment. */
  readonly tree: () => HandleTree;
}

/**
 * `step`: next() carries out the step. `running`: it is being carried out. `question`: answer() judges a choice, skip() goes on.
 * `broken`: a call did not do what the lesson says; only reset() helps. `done`: nothing is left.
 */
export type LessonState = 'step' | 'running' | 'question' | 'broken' | 'done';

/** What one line led to. */
export interface CallReport {
  readonly call: LessonCall;
  /** Result, error symbol or `started`, as it is shown. */
  readonly text: string;
  readonly failed: boolean;
  /** Did it do what the lesson says? A call of which nothing is said must succeed. */
  readonly asExpected: boolean;
  /** Status callbacks that came while it ran, one a line. */
  readonly statuses: readonly string[];
}

/** What a learner picks: a function on a handle, or a handle alone. */
export interface LessonChoice {
  readonly serial: number;
  readonly fn: FunctionName | null;
}

/** What is said to a choice. */
export interface LessonVerdict {
  readonly right: boolean;
  readonly reply: string;
  /** What the table says of the function on this handle in its state; empty for a handle alone. */
  readonly reason: string;
  /** Help after a wrong choice, if some is left. */
  readonly hint: string | null;
}

/** Plays a lesson, step by step, on an engine on which other handles may be open: it sees and closes only what it opened. */
export class LessonRun {
  readonly lesson: Lesson;
  readonly #place: LessonPlace;
  readonly #names: Readonly<Record<string, string | number>>;
  #stage: CallStage;
  #position = 0;
  #wrongChoices = 0;
  #step: LessonStep | null = null;
  #busy = false;
  #broken = false;

  constructor(lesson: Lesson, place: LessonPlace) {
    this.lesson = lesson;
    this.#place = place;
    this.#names = namesOf(place.addresses);
    this.#stage = this.#newStage();
  }

  /** Index of the part that is next; the number of parts at the end. */
  get position(): number {
    return this.#position;
  }

  /** The part that is next; null at the end. */
  get part(): LessonPart | null {
    return this.lesson.parts[this.#position] ?? null;
  }

  get state(): LessonState {
    if (this.#busy) return 'running';
    if (this.#broken) return 'broken';
    return this.part?.is ?? 'done';
  }

  /** Serials of the root handles that the lesson opened, oldest first, closed ones too. */
  get roots(): readonly number[] {
    return this.#stage.roots.map(({ serial }) => serial);
  }

  /** Serial of the handle to which the lesson gave this name; undefined where it gave none. */
  serialOf(name: string): number | undefined {
    return this.#stage.handleNamed(name)?.serial;
  }

  /**
   * Carries out the step that is next and yields what each line led to, as it ends. A line that does not do what the lesson says
   * is the last: the state is then `broken`. Leaving early breaks the lesson off at that line.
   * Throws a RangeError where no step is next, and a LessonError for a call that the lesson may not make or a name that is missing.
   */
  async *next(): AsyncGenerator<CallReport, void, void> {
    const step = this.part;
    if (this.state !== 'step' || step?.is !== 'step')
      throw new RangeError(`No step is next: the state is ${this.state}.`);
    const stage = this.#stage;
    this.#step = step;
    this.#change({ busy: true, broken: true });
    try {
      for (const call of step.calls) {
        const report = await this.#perform(stage, call);
        if (stage !== this.#stage) return;
        yield report;
        if (!report.asExpected) return;
      }
      if (stage === this.#stage) this.#advance();
    } finally {
      if (stage === this.#stage) this.#change({ busy: false, broken: this.#broken });
    }
  }

  /** Compares the lesson's open handles with the tree of the step that was carried out last. Throws a RangeError before the first. */
  checkTree(): TreeCheck {
    const step = this.#step;
    if (step === null) throw new RangeError('No step was carried out yet.');
    return compareTree(step.tree, this.#place.tree(), this.roots, (target) => this.#expand(target));
  }

  /** Judges a choice; a right one leads on to the next part. Throws a RangeError where no question is next. */
  answer(choice: LessonChoice): LessonVerdict {
    const question = this.#question();
    const right = this.judges(question, choice);
    const hint = right ? null : (question.hints[this.#wrongChoices] ?? null);
    const { fn, serial } = choice;
    const reason = fn === null ? '' : tableVerdict(this.#place.tree(), fn, serial).reason;
    if (right) this.#advance();
    else this.#wrongChoices += 1;
    return { right, reply: right ? question.right : question.wrong, reason, hint };
  }

  /** Would this choice be right now? Changes nothing. */
  judges({ answer }: LessonQuestion, { fn, serial }: LessonChoice): boolean {
    if (answer.by === 'handle') {
      return fn === null && answer.handles.some((name) => this.serialOf(name) === serial);
    }
    if (fn === null || this.serialOf(answer.on) !== serial) return false;
    const verdict = tableVerdict(this.#place.tree(), fn, serial).is;
    switch (answer.rule) {
      case 'exact':
        return verdict === 'legal' && answer.functions.includes(fn);
      case 'exact-refused':
        return verdict !== 'legal' && answer.functions.includes(fn);
      case 'legal':
        return verdict === 'legal';
      case 'refused':
        return verdict === 'wrong state';
      default:
        return assertNever(answer.rule);
    }
  }

  /** Choices that the lesson names as right, for a button "Show the answer". */
  rightChoices({ answer }: LessonQuestion): readonly LessonChoice[] {
    const serials = (name: string) => this.serialOf(name) ?? [];
    if (answer.by === 'handle') return answer.handles.flatMap(serials).map((serial) => ({ serial, fn: null }));
    return [serials(answer.on)].flat().flatMap((serial) => answer.functions.map((fn) => ({ serial, fn })));
  }

  /** Goes on without an answer. Throws a RangeError where no question is next. */
  skip(): void {
    this.#question();
    this.#advance();
  }

  /** Closes what the lesson opened, ends what it waits for, and goes back to its beginning. */
  async reset(): Promise<void> {
    const stage = this.#stage;
    this.#stage = this.#newStage();
    this.#step = null;
    this.#position = 0;
    this.#wrongChoices = 0;
    this.#change({ busy: true, broken: false });
    try {
      await stage.close();
    } finally {
      this.#change({ busy: false, broken: false });
    }
  }

  async #perform(stage: CallStage, call: LessonCall): Promise<CallReport> {
    let outcome: CallOutcome;
    try {
      outcome = await stage.perform(call);
    } catch (error) {
      if (!(error instanceof RangeError || error instanceof ReferenceError)) throw error;
      throw new LessonError(this.lesson.file, call.line, error.message);
    }
    const text = outcomeText(outcome);
    const statuses = outcome.told.map(({ name, handle, context }) => {
      return `${name} on ${stage.nameOf(handle) ?? handle.toString()}, context ${context}`;
    });
    const failed = outcome.is === 'error';
    return { call, text, failed, asExpected: this.#asExpected(call, failed, text), statuses };
  }

  #asExpected({ expects }: LessonCall, failed: boolean, text: string): boolean {
    if (expects === null) return !failed;
    if ('error' in expects) return failed && text === expects.error;
    return !failed && text === this.#expand(expects.result);
  }

  #question(): LessonQuestion {
    const { part } = this;
    if (this.state === 'question' && part?.is === 'question') return part;
    throw new RangeError(`No question is next: the state is ${this.state}.`);
  }

  #advance(): void {
    this.#position += 1;
    this.#wrongChoices = 0;
    this.#change({ busy: false, broken: false });
  }

  #change({ busy, broken }: { readonly busy: boolean; readonly broken: boolean }): void {
    this.#busy = busy;
    this.#broken = broken;
  }

  #expand(text: string): string {
    return text.replace(/\b[A-Z]+(?:_PORT)?\b/g, (name) =>
      String(Object.hasOwn(this.#names, name) ? this.#names[name] : name),
    );
  }

  #newStage(): CallStage {
    return new CallStage(this.#place.wininet, this.#names, lessonGuard(this.#place));
  }
}

/** The names by which lessons call the playground's servers. */
function namesOf({ http, https, ftp, gopher }: LessonAddresses): Readonly<Record<string, string | number>> {
  return {
    HOST: http.hostname,
    HTTP_PORT: Number(http.port),
    HTTPS_PORT: Number(https.port),
    FTP_PORT: Number(ftp.port),
    GOPHER_PORT: Number(gopher.port),
    HTTP: http.origin,
    HTTPS: https.origin,
    FTP: `ftp://${ftp.host}`,
    GOPHER: `gopher://${gopher.host}`,
  };
}

function outcomeText(outcome: CallOutcome): string {
  if (outcome.is === 'started') return 'started';
  return outcome.is === 'error' ? outcome.symbol : resultText(outcome.value);
}
