import * as vscode from 'vscode';
import { type ReadTrace, readTrace } from '../sources/traceFile.ts';
import type { DiagnosisProblems } from './diagnoses/problems.ts';
import { GraphView } from './graphView.ts';
import type { GraphViews } from './graphViews.ts';
import type { HandleFilterState } from './handleFilterState.ts';
import { readLongText } from './longTexts.ts';
import { followTrace } from './traceFollower.ts';
import { TraceModel } from './traceModel.ts';

/** Type of the custom editor in package.json. */
export const TRACE_VIEW_TYPE = 'hinternet.trace';

/** How many problems of a file the log lists. */
const LISTED = 50;

class TraceDocument implements vscode.CustomDocument {
  readonly uri: vscode.Uri;
  readonly model: TraceModel;
  readonly #problems: DiagnosisProblems;
  readonly #following: vscode.Disposable;
  #diagnosed: vscode.Disposable;

  /**
   * @param problems shows what is wrong in the trace, until the document is disposed of
   * @param log is told what of the file cannot be read later
   */
  constructor(model: TraceModel, problems: DiagnosisProblems, log: (sentence: string) => void) {
    this.uri = model.uri;
    this.model = model;
    this.#problems = problems;
    this.#diagnosed = problems.add(model);
    this.#following = vscode.Disposable.from(
      followTrace(model, log),
      model.onDidReplace(() => {
        this.#diagnosed.dispose();
        this.#diagnosed = this.#problems.add(model);
      }),
    );
  }

  dispose(): void {
    this.#following.dispose();
    this.#diagnosed.dispose();
    this.model.dispose();
  }
}

/** Opens trace files as graphs that can be looked at, moment by moment. */
export class TraceEditors implements vscode.CustomReadonlyEditorProvider<TraceDocument>, vscode.Disposable {
  readonly #extensionUri: vscode.Uri;
  readonly #views: GraphViews;
  readonly #filter: HandleFilterState;
  readonly #problems: DiagnosisProblems;
  readonly #log: (sentence: string) => void;
  readonly #registration: vscode.Disposable;

  /**
   * @param problems shows what is wrong in a trace while it is open
   * @param log is told what could not be read
   */
  constructor(
    extensionUri: vscode.Uri,
    views: GraphViews,
    filter: HandleFilterState,
    problems: DiagnosisProblems,
    log: (sentence: string) => void,
  ) {
    this.#problems = problems;
    this.#extensionUri = extensionUri;
    this.#views = views;
    this.#filter = filter;
    this.#log = log;
    this.#registration = vscode.window.registerCustomEditorProvider(TRACE_VIEW_TYPE, this, {
      supportsMultipleEditorsPerDocument: true,
    });
  }

  async openCustomDocument(uri: vscode.Uri): Promise<TraceDocument> {
    const trace = await readTrace(readLongText(uri));
    if (!trace.ok) throw new Error(trace.problem);
    if (trace.problemCount > 0) this.#tellProblems(uri, trace);
    return new TraceDocument(new TraceModel(uri, trace), this.#problems, this.#log);
  }

  resolveCustomEditor({ model }: TraceDocument, panel: vscode.WebviewPanel): void {
    this.#views.add(new GraphView(panel, this.#extensionUri, model, null, this.#filter, this.#log));
  }

  dispose(): void {
    this.#registration.dispose();
  }

  #tellProblems(uri: vscode.Uri, trace: Extract<ReadTrace, { readonly ok: true }>): void {
    const { problems, problemCount } = trace;
    for (const { line, sentence } of problems.slice(0, LISTED)) this.#log(`${uri.fsPath}:${line}: ${sentence}`);
    const show = vscode.l10n.t('Show Log');
    const told =
      problemCount === 1
        ? vscode.l10n.t('One line of this trace could not be taken as it is; the rest is shown.')
        : vscode.l10n.t('{0} lines of this trace could not be taken as they are; the rest is shown.', problemCount);
    vscode.window.showWarningMessage(told, show).then(
      (chosen) => {
        if (chosen === show) void vscode.commands.executeCommand('hinternet.showLog');
      },
      () => undefined, // the window is going: nobody is left to read it
    );
  }
}
