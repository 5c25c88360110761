import * as v from 'valibot';
import * as vscode from 'vscode';
import { errorSentence } from '../errorSentence.ts';
import { readAnswers } from '../invocation.ts';
import { ProgramModel } from '../programs/programModel.ts';
import type { ComparedSource } from './comparedSources.ts';
import type { OpenComparison } from './comparisonPanel.ts';
import type { ComparisonPanels } from './comparisonPanels.ts';
import { type Comparable, pickSource } from './sourcePick.ts';

/** Paths of two traces. */
const answers = v.strictObject({ left: v.string(), right: v.string() });

const uri = v.custom<vscode.Uri>((value) => value instanceof vscode.Uri);

/** A row of the view of programs. */
const programRow = v.object({ program: v.instance(ProgramModel) });

interface Parts extends Comparable {
  readonly panels: ComparisonPanels;
}

/**
 * Registers the commands that compare two journals: any two, one with another, and two files that are selected. With answers, or
 * two files, they return the divergences and a report.
 */
export function registerCompareCommands(parts: Parts): vscode.Disposable {
  const register = (name: string, run: (first: unknown, second: unknown) => Promise<OpenComparison | undefined>) =>
    vscode.commands.registerCommand(`hinternet.${name}`, run);
  return vscode.Disposable.from(
    register('compareTraces', (args) => compareAny(parts, args)),
    register('compareWith', (passed) => told(() => compareWith(parts, passed))),
    register('compareSelected', (_, selected) => told(() => compareSelected(parts, selected))),
  );
}

/** What goes wrong is shown. */
async function told<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    void vscode.window.showErrorMessage(errorSentence(error));
    return undefined;
  }
}

async function compareAny(parts: Parts, args: unknown): Promise<OpenComparison | undefined> {
  const given = readAnswers(answers, args);
  if (given !== undefined) return await parts.panels.open(vscode.Uri.file(given.left), vscode.Uri.file(given.right));
  return await told(async () => {
    const left = await pickSource(parts, {
      title: vscode.l10n.t('HINTERNET: Compare Traces'),
      placeholder: vscode.l10n.t('Choose the left side: the original, or how it was before'),
    });
    return left === undefined ? undefined : await compareWithRight(parts, left);
  });
}

/** Compares a trace of the explorer or of a tab, or a program of its view, with what the person chooses. */
async function compareWith(parts: Parts, passed: unknown): Promise<OpenComparison | undefined> {
  const row = v.safeParse(programRow, passed);
  if (row.success) {
    const { program } = row.output;
    return await compareWithRight(parts, { name: program.title, model: program });
  }
  if (!(passed instanceof vscode.Uri)) return await compareAny(parts, undefined);
  return await compareWithRight(parts, passed);
}

async function compareWithRight(parts: Parts, left: ComparedSource): Promise<OpenComparison | undefined> {
  const name = left instanceof vscode.Uri ? left.path.slice(left.path.lastIndexOf('/') + 1) : left.name;
  const question = {
    title: vscode.l10n.t('HINTERNET: Compare {0} With', name),
    placeholder: vscode.l10n.t('Choose the right side: the port, or how it is now'),
  };
  const right = await pickSource(parts, question, left);
  return right === undefined ? undefined : await parts.panels.open(left, right);
}

/** Compares the two files that are selected in the explorer. */
async function compareSelected({ panels }: Parts, selected: unknown): Promise<OpenComparison | undefined> {
  const files = v.safeParse(v.tuple([uri, uri]), selected);
  if (!files.success) throw new Error(vscode.l10n.t('Select two traces first.'));
  return await panels.open(...files.output);
}
