import * as vscode from 'vscode';
import { compareWithMark, type HandleMark, type MarkDifference, markOpenHandles } from '../../shared/handleMark.ts';
import type { HandleTree } from '../../shared/model.ts';
import type { GraphModel } from '../graphModel.ts';

/** A moment of a source. */
export interface MarkedMoment {
  readonly model: GraphModel;
  /** Its last entry; null for the present. */
  readonly seq: number | null;
}

/** What a source has left open between a mark and a comparison. */
export interface Leftover {
  readonly model: GraphModel;
  /** From the mark to the comparison, in microseconds. */
  readonly span: number;
  readonly difference: MarkDifference;
  /** When the later of two moments was, in microseconds, where it is past; null where what was found is shown as it is now. */
  readonly past: number | null;
}

/**
 * The mark of this window, a moment in one or more journals, and what the last comparison with it has found. Each journal keeps
 * a note of both, so that the diagnosis is where all others are. Of moments in the past, as those of a trace, nothing is noted:
 * what somebody looks for there was not done then.
 */
export class MarkedHandles implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #marks = new Map<GraphModel, { readonly mark: HandleMark; readonly at: number }>();
  #found: readonly Leftover[] | null = null;
  readonly #stops: (() => void)[] = [];
  readonly #replaced: vscode.Disposable[] = [];

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

  /** Marks the handles that are open at these moments, in place of whatever was marked before. Returns how many. */
  mark(moments: readonly MarkedMoment[]): number {
    this.#clear();
    for (const { model, seq } of moments) {
      const tree = treeOf(model, seq);
      this.#marks.set(model, { mark: markOpenHandles(tree), at: seq === null ? model.now : tree.t });
      if (seq === null) model.note({ type: 'mark', name: '' });
      const replaced = model.onDidReplace?.(() => this.forget());
      if (replaced !== undefined) this.#replaced.push(replaced);
    }
    this.#changed.fire();
    return [...this.#marks.values()].reduce((sum, { mark }) => sum + mark.serials.size, 0);
  }

  /**
   * Compares the handles that are open at another moment with the mark; of two moments the earlier one is the mark.
   * @param momentOf the last entry of a source's moment; null for the present
   */
  compare(momentOf: (model: GraphModel) => number | null = () => null): readonly Leftover[] {
    this.#stopListening();
    this.#found = [...this.#marks].map(([model, { mark, at }]) => {
      const seq = momentOf(model);
      if (seq !== null) return comparePast(model, mark, at, seq);
      const difference = compareWithMark(model.history.tree, mark);
      model.note({ type: 'mark-comparison', name: '' });
      this.#stops.push(
        model.listen(({ type }) => {
          if (type === 'handle-close') this.#changed.fire();
        }),
      );
      return { model, span: model.now - at, difference, past: null };
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
    for (const replaced of this.#replaced.splice(0)) replaced.dispose();
    this.#marks.clear();
    this.#found = null;
  }

  #stopListening(): void {
    for (const stop of this.#stops.splice(0)) stop();
  }
}

/** Compares a mark with a moment in the past, which may be the earlier of both. */
function comparePast(model: GraphModel, mark: HandleMark, at: number, seq: number): Leftover {
  const tree = treeOf(model, seq);
  const span = Math.abs(tree.t - at);
  if (seq >= mark.seq) return { model, span, difference: compareWithMark(tree, mark), past: tree.t };
  // Before the next tree, which may take the place of this one.
  const earlier = markOpenHandles(tree);
  return { model, span, difference: compareWithMark(treeOf(model, mark.seq), earlier), past: at };
}

function treeOf({ history }: GraphModel, seq: number | null): HandleTree {
  return seq === null ? history.tree : history.treeAt(seq);
}
