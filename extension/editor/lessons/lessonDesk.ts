import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Lesson } from '../../lessons/lesson.ts';
import { LessonError } from '../../lessons/lessonError.ts';
import { LessonRun } from '../../lessons/lessonRun.ts';
import { formatHandleValue } from '../../shared/format.ts';
import type { FunctionName } from '../../shared/hierarchy.ts';
import type { LessonAct, LessonPage } from '../../shared/lessonPage.ts';
import type { Explorer } from '../explorer.ts';
import type { PlaygroundService } from '../playgroundService.ts';
import { PageWriter } from './pageWriter.ts';

/** The lesson that is being taken: plays it on this window's engine and tells the graph what the page shows. */
export class LessonDesk implements vscode.Disposable {
  readonly #explorer: Explorer;
  readonly #playground: PlaygroundService;
  readonly #changed = new vscode.EventEmitter<LessonPage | null>();
  #run: LessonRun | null = null;
  #writer: PageWriter | null = null;
  /** The folder of the lesson's local files. */
  #scratch: string | null = null;

  /** Fires with the page whenever it changes; null when the lesson was closed. */
  readonly onDidChange = this.#changed.event;

  constructor(explorer: Explorer, playground: PlaygroundService) {
    this.#explorer = explorer;
    this.#playground = playground;
  }

  /** The page as it is now; null while no lesson is taken. */
  get page(): LessonPage | null {
    return this.#run === null || this.#writer === null ? null : this.#writer.page(this.#run);
  }

  /** Takes up a lesson at its beginning; starts the playground, on which it is played, and closes what another one left open. */
  async open(lesson: Lesson): Promise<void> {
    await this.#leave();
    const { http, https, ftp, gopher } = await this.#playground.start();
    this.#scratch = mkdtempSync(path.join(tmpdir(), 'hinternet-lesson-'));
    this.#run = new LessonRun(lesson, {
      wininet: this.#explorer.wininet,
      tree: () => this.#explorer.journal.tree,
      addresses: { http, https, ftp, gopher },
      scratch: this.#scratch,
    });
    this.#writer = new PageWriter(lesson);
    this.#tell();
  }

  /** Does what the reader asks for, if it can be done now. */
  async act(act: Exclude<LessonAct, 'list'>): Promise<void> {
    const run = this.#run;
    if (run === null) return;
    if (act === 'close') await this.#leave();
    else if (act === 'restart') await this.open(run.lesson);
    else if (act === 'next' && run.state === 'step') await this.#carryOut(run);
    else if (act === 'skip' && run.state === 'question') run.skip();
    else if (act === 'answer' && run.state === 'question') this.#showAnswer(run);
    this.#tell();
  }

  /** The reader has picked a handle, or a function on it, in answer to the question that is open. */
  answer(serial: number, fn: FunctionName | null): void {
    const run = this.#run;
    if (run?.state !== 'question' || run.part?.is !== 'question') return;
    const { part } = run;
    const verdict = run.answer({ serial, fn });
    this.#writer?.replied(part, this.#inWords(serial, fn), verdict);
    this.#tell();
  }

  dispose(): void {
    this.#sweep();
    this.#changed.dispose();
  }

  async #leave(): Promise<void> {
    const run = this.#run;
    [this.#run, this.#writer] = [null, null];
    await run?.reset();
    this.#sweep();
    this.#tell();
  }

  /** Removes the local files of the lesson. */
  #sweep(): void {
    if (this.#scratch !== null) rmSync(this.#scratch, { recursive: true, force: true });
    this.#scratch = null;
  }

  async #carryOut(run: LessonRun): Promise<void> {
    const writer = this.#writer;
    if (writer === null) return;
    const lines = writer.beginStep(run);
    try {
      for await (const report of run.next()) {
        writer.reported(lines, report);
        this.#tell();
      }
      if (run === this.#run && run.state !== 'broken') writer.endStep(lines, run.checkTree());
    } catch (error) {
      // A lesson that somebody has written by hand may ask for what is refused: that is told on its page.
      if (!(error instanceof LessonError)) throw error;
      writer.failed(error.message);
    }
  }

  #showAnswer(run: LessonRun): void {
    const { part } = run;
    if (part?.is !== 'question') return;
    const [first] = run.rightChoices(part);
    if (first === undefined) run.skip();
    else this.answer(first.serial, first.fn);
  }

  #inWords(serial: number, fn: FunctionName | null): string {
    const node = this.#explorer.node(serial);
    const handle = node === undefined ? '' : `${node.fn} ${formatHandleValue(node.value)}`;
    return fn === null ? handle : vscode.l10n.t('{0} on {1}', fn, handle);
  }

  #tell(): void {
    this.#changed.fire(this.page);
  }
}
