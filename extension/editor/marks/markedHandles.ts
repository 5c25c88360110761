import * as vscode from 'vscode';
import { compareWithMark, type HandleMark, type MarkDifference, markOpenHandles } from '../../shared/handleMark.ts';
import { openCount } from '../../shared/model.ts';
import type { GraphModel } from '../graphModel.ts';

/** What a source has left open between a mark and a comparison. */
export interface Leftover {
  readonly model: GraphModel;
  /** From the mark to the comparison, in microseconds. */
  readonly span: number;
  readonly difference: MarkDifference;
}

/**
 * The mark of this window, a moment in one or more journals, and what the last comparison with it has found. Each journal keeps
 * a note of both, so that the diagnosis is where all others are.
 */
export class MarkedHandles implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #marks = new Map<GraphModel, { readonly mark: HandleMark; readonly at: number }>();
  #found: readonly Leftover[] | null = null;
  readonly #stops: (() => void)[] = [];

  /** Fires when something is marked, compared or forgotten, and when a handle that was found is closed. */
  readonly onDidChange = this.#changed.event;

  /** Is anything marked? */
  get isSet(): boolean {
    return this.#marks.size > 0;
  }

  /** What the last comparison found; null where nothing was compared since the mark. */
  get found(): readonly Leftover[] | null {
    return this.#found;
  }

  /** Marks the handles that are open now, in place of whatever was marked before. Returns how many. */
  mark(models: readonly GraphModel[]): number {
    this.#clear();
    for (const model of models) {
      this.#marks.set(model, { mark: markOpenHandles(model.history.tree), at: model.now });
      model.note({ type: 'mark', name: '' });
    }
    this.#changed.fire();
    return models.reduce((sum, { history }) => sum + openCount(history.tree), 0);
  }

  /** Compares the handles that are open now with the mark. */
  compare(): readonly Leftover[] {
    this.#stopListening();
    this.#found = [...this.#marks].map(([model, { mark, at }]) => {
      const difference = compareWithMark(model.history.tree, mark);
      model.note({ type: 'mark-comparison', name: '' });
      this.#stops.push(
        model.listen(({ type }) => {
          if (type === 'handle-close') this.#changed.fire();
        }),
      );
      return { model, span: model.now - at, difference };
    });
    this.#changed.fire();
    return this.#found;
  }

  /** Forgets the mark and what was found. */
  forget(): void {
    this.#clear();
    this.#changed.fire();
  }

  dispose(): void {
    this.#clear();
    this.#changed.dispose();
  }

  #clear(): void {
    this.#stopListening();
    this.#marks.clear();
    this.#found = null;
  }

  #stopListening(): void {
    for (const stop of this.#stops.splice(0)) stop();
  }
}
