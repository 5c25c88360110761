import * as v from 'valibot';
import * as vscode from 'vscode';
import { errorSentence } from '../errorSentence.ts';
import { type ComparedSource, readSources } from './comparedSources.ts';
import { type ComparisonParts, type OpenComparison, showComparison } from './comparisonPanel.ts';

/** Type of the panels that show two journals side by side, which VS Code stores to restore them after a reload. */
const COMPARISON_VIEW_TYPE = 'hinternet.comparison';

/** What the page of a comparison kept: the files that it compares, if both are files. */
const keptState = v.object({ files: v.tuple([v.string(), v.string()]) });

/** Opens comparisons, and brings those of two files back after a reload. What else a window holds ends with it. */
export class ComparisonPanels implements vscode.Disposable {
  readonly #extensionUri: vscode.Uri;
  readonly #tell: (sentence: string) => void;
  readonly #serializer: vscode.Disposable;

  /** @param tell is told what of a trace cannot be compared, and of messages that are not understood */
  constructor(extensionUri: vscode.Uri, tell: (sentence: string) => void) {
    this.#extensionUri = extensionUri;
    this.#tell = tell;
    this.#serializer = vscode.window.registerWebviewPanelSerializer(COMPARISON_VIEW_TYPE, {
      deserializeWebviewPanel: (panel, state) => this.#restore(panel, state),
    });
  }

  /** Shows two journals side by side: both trees, the calls of both, and where they part. Rejects where one cannot be read. */
  async open(left: ComparedSource, right: ComparedSource): Promise<OpenComparison> {
    const journals = await readSources(left, right, this.#tell);
    // Without VS Code's Find, which sees only what is in the page: the page has a search of its own.
    const panel = vscode.window.createWebviewPanel(COMPARISON_VIEW_TYPE, '', vscode.ViewColumn.Active);
    return showComparison(panel, journals, this.#partsOf(left, right));
  }

  dispose(): void {
    this.#serializer.dispose();
  }

  #partsOf(left: ComparedSource, right: ComparedSource): ComparisonParts {
    const areFiles = left instanceof vscode.Uri && right instanceof vscode.Uri;
    return {
      extensionUri: this.#extensionUri,
      files: areFiles ? [left.toString(), right.toString()] : null,
      read: () => readSources(left, right, this.#tell),
      complain: this.#tell,
    };
  }

  async #restore(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const kept = v.safeParse(keptState, state);
    if (!kept.success) return panel.dispose();
    try {
      const [left, right] = [
        vscode.Uri.parse(kept.output.files[0], true),
        vscode.Uri.parse(kept.output.files[1], true),
      ];
      showComparison(panel, await readSources(left, right, this.#tell), this.#partsOf(left, right));
    } catch (error) {
      panel.dispose();
      const told = vscode.l10n.t('A comparison cannot be shown again: {0}', errorSentence(error));
      void vscode.window.showErrorMessage(told);
    }
  }
}
