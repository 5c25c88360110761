import type * as vscode from 'vscode';
import { CallLog } from './editor/callLog.ts';
import { registerCommands } from './editor/commands/index.ts';
import { registerCompareCommands } from './editor/comparison/compareCommands.ts';
import { ComparisonPanels } from './editor/comparison/comparisonPanels.ts';
import { watchLeaks } from './editor/diagnoses/leakWatch.ts';
import { DiagnosisProblems } from './editor/diagnoses/problems.ts';
import { Explorer } from './editor/explorer.ts';
import { GraphPanels } from './editor/graphPanels.ts';
import { GraphViews } from './editor/graphViews.ts';
import { HandleFilterState } from './editor/handleFilterState.ts';
import { HandleTreeView } from './editor/handleTreeView.ts';
import { LessonDesk } from './editor/lessons/lessonDesk.ts';
import { MarkedHandles } from './editor/marks/markedHandles.ts';
import { MarkTreeView } from './editor/marks/markTreeView.ts';
import { OpenHandlesItem } from './editor/openHandlesItem.ts';
import { PlaygroundService } from './editor/playgroundService.ts';
import { CallHints } from './editor/programs/callHints.ts';
import { Launches } from './editor/programs/launches.ts';
import { registerProgramCommands } from './editor/programs/programCommands.ts';
import { ProgramPanels } from './editor/programs/programPanels.ts';
import { ProgramTreeView } from './editor/programs/programTreeView.ts';
import { ProgramWatch } from './editor/programs/programWatch.ts';
import { journalLimit } from './editor/settings.ts';
import { runStartRequest } from './editor/startRequest.ts';
import { TraceEditors } from './editor/traceEditors.ts';
import { nodeIsTooOld } from './shared/nodeVersion.ts';

/** What other extensions and tests get from `activate()`. */
export interface HinternetExplorerApi {
  readonly explorer: Explorer;
  readonly programs: ProgramWatch;
}

/** Builds the pieces and hands them to each other. Nothing touches the network before somebody asks for it. */
export function activate(context: vscode.ExtensionContext): HinternetExplorerApi {
  const tooOld = nodeIsTooOld(process.versions.node);
  // A remote server can bring an older Node than the desktop.
  if (tooOld !== null) throw new Error(`${tooOld} Update VS Code or its remote server.`);
  const explorer = new Explorer(journalLimit());
  const filter = new HandleFilterState(explorer.journal, context.workspaceState);
  const log = new CallLog(explorer.journal);
  const playground = new PlaygroundService();
  const views = new GraphViews();
  const problems = new DiagnosisProblems();
  const lessons = new LessonDesk(explorer, playground);
  const graph = new GraphPanels(context.extensionUri, explorer, views, lessons, filter, log);
  const complain = (sentence: string) => log.info(sentence);
  const programs = new ProgramWatch(context, problems, complain);
  const marks = new MarkedHandles();
  const panels = new ProgramPanels(context.extensionUri, views, filter, complain);
  const comparisons = new ComparisonPanels(context.extensionUri, complain);
  context.subscriptions.push(
    explorer,
    log,
    playground,
    lessons,
    graph,
    filter,
    problems,
    problems.add(explorer),
    watchLeaks(explorer.diagnoses),
    new TraceEditors(context.extensionUri, views, filter, problems, complain),
    new HandleTreeView(explorer, filter),
    new OpenHandlesItem(explorer),
    marks,
    new MarkTreeView(marks),
    programs,
    panels,
    new ProgramTreeView(programs),
    new Launches(programs, panels),
    new CallHints(programs),
    registerProgramCommands({ watch: programs, panels, graph, views }),
    comparisons,
    registerCompareCommands({ explorer, views, programs, panels: comparisons }),
    registerCommands(context, { explorer, log, playground, graph, lessons, marks, programs, views, filter }),
  );
  runStartRequest(process.env);
  running = [explorer, programs];
  return { explorer, programs };
}

let running: readonly { shutDown(): Promise<void> }[] = [];

/**
 * Closes every handle before the window goes, so that servers see an end and uploads are completed or given up, and lets go of
 * watched programs.
 */
export async function deactivate(): Promise<void> {
  await Promise.all(running.map((part) => part.shutDown()));
  running = [];
}
