import * as v from 'valibot';
import * as vscode from 'vscode';
import { type BreakCondition, breakConditionsSchema } from '../../shared/breakConditions.ts';
import { parseSite, placeOfCall } from '../../shared/callSite.ts';
import { mention } from '../announce.ts';
import { errorSentence } from '../errorSentence.ts';
import type { GraphPanels } from '../graphPanels.ts';
import type { GraphViews } from '../graphViews.ts';
import { breaksSentence, pickBreaks } from './breakPick.ts';
import { goToSite } from './goToSite.ts';
import { launchOf } from './launches.ts';
import { ProgramModel } from './programModel.ts';
import type { ProgramPanels } from './programPanels.ts';
import type { ProgramWatch } from './programWatch.ts';

/** What commands about watched programs need. */
interface Parts {
  readonly watch: ProgramWatch;
  readonly panels: ProgramPanels;
  readonly graph: GraphPanels;
  readonly views: GraphViews;
}

/** Registers the commands about watched programs; each takes, from a row of their view, that row. */
export function registerProgramCommands(parts: Parts): vscode.Disposable {
  const register = (name: string, run: (passed: unknown) => unknown) =>
    vscode.commands.registerCommand(`hinternet.${name}`, async (passed: unknown) => {
      try {
        return await run(passed);
      } catch (error) {
        void vscode.window.showErrorMessage(errorSentence(error));
        return undefined;
      }
    });
  return vscode.Disposable.from(
    register('runActiveFile', (passed) => runActiveFile(passed)),
    register('showProgram', (passed) => showProgram(parts, passed)),
    register('forgetEndedPrograms', () => parts.watch.forgetEnded()),
    register('goToCall', (passed) => goToCall(parts, passed)),
    register('breakOn', (passed) => breakOn(parts, passed)),
  );
}

/** Runs the active file, or one whose URI is given, under the debugger, and shows its graph. */
async function runActiveFile(passed: unknown): Promise<boolean> {
  const file = passed instanceof vscode.Uri ? passed : (await activeEditor())?.document.uri;
  if (file?.scheme !== 'file') throw new Error(vscode.l10n.t('Open a JavaScript or TypeScript file first.'));
  await vscode.workspace.save(file);
  return await vscode.debug.startDebugging(vscode.workspace.getWorkspaceFolder(file), launchOf(file.fsPath));
}

/** VS Code tells extensions of an editor that has just been opened a moment later than the person sees it. */
const EDITOR_MILLISECONDS = 1000;

async function activeEditor(): Promise<vscode.TextEditor | undefined> {
  if (vscode.window.activeTextEditor !== undefined) return vscode.window.activeTextEditor;
  const { promise, resolve } = Promise.withResolvers<vscode.TextEditor | undefined>();
  const change = vscode.window.onDidChangeActiveTextEditor((editor) => editor !== undefined && resolve(editor));
  const limit = setTimeout(() => resolve(undefined), EDITOR_MILLISECONDS);
  try {
    return await promise;
  } finally {
    change.dispose();
    clearTimeout(limit);
  }
}

async function showProgram({ watch, panels, graph }: Parts, passed: unknown): Promise<void> {
  const row = readRow(passed) ?? (await pickProgram(watch));
  if (row === 'window') graph.show();
  else if (row !== undefined) panels.show(row.program, row.handle);
}

/** This window is a source like any other. */
async function pickProgram({ programs }: ProgramWatch): Promise<Row | 'window' | undefined> {
  const own = {
    label: `$(window) ${vscode.l10n.t('This Window')}`,
    description: vscode.l10n.t('the handles that commands open'),
    row: 'window' as const,
  };
  const others = programs.map((program) => ({
    label: `$(${program.program.ended ? 'vm-outline' : 'vm-running'}) ${program.name}`,
    description: `${program.program.pid}  ${program.program.ended ? vscode.l10n.t('ended') : vscode.l10n.t('running')}`,
    detail: program.program.program,
    row: { program, handle: null },
  }));
  const chosen = await vscode.window.showQuickPick([own, ...others.reverse()], {
    title: vscode.l10n.t('HINTERNET: Show Program'),
    placeHolder: vscode.l10n.t('Choose whose handles to show'),
  });
  return chosen?.row;
}

/** Goes to the line that opened a handle of the view, or made a call that the active graph names. */
async function goToCall({ views }: Parts, passed: unknown): Promise<void> {
  const row = readRow(passed);
  const node = row?.handle == null ? undefined : row.program.history.tree.nodes.get(row.handle);
  const { active } = views;
  const place =
    typeof passed === 'number' && active !== undefined
      ? placeOfCall(active.model.history, passed)
      : parseSite(node?.site);
  if (place === null) throw new Error(vscode.l10n.t('Nobody knows where this call was made.'));
  await goToSite(place);
}

/** Asks what to break on, or takes the conditions that a program gives. */
async function breakOn({ watch }: Parts, passed: unknown): Promise<readonly BreakCondition[] | undefined> {
  const given = v.safeParse(breakConditionsSchema, passed);
  const conditions = given.success ? given.output : await pickBreaks(watch.breaks);
  if (conditions === undefined) return undefined;
  watch.breaks = conditions;
  mention(breaksSentence(conditions));
  return conditions;
}

interface Row {
  readonly program: ProgramModel;
  readonly handle: number | null;
}

const rowSchema = v.object({ program: v.instance(ProgramModel), handle: v.nullable(v.number()) });

function readRow(passed: unknown): Row | undefined {
  const result = v.safeParse(rowSchema, passed);
  return result.success ? result.output : undefined;
}
