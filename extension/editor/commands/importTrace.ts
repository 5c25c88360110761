import * as v from 'valibot';
import * as vscode from 'vscode';
import type { Entry } from '../../shared/journal.ts';
import { checkpoint, emptyTree } from '../../shared/model.ts';
import { TRACE_EXTENSION, type TraceAbout, writeTrace } from '../../sources/traceFile.ts';
import { announce, type NextAction } from '../announce.ts';
import { readAnswers } from '../invocation.ts';
import { writeLongText } from '../longTexts.ts';
import { attempt } from '../report.ts';
import { TRACE_VIEW_TYPE } from '../traceEditors.ts';
import type { CommandParts } from './commandParts.ts';

/** `file` holds what is imported; `into` is the trace that is made of it. */
const answers = v.strictObject({ file: v.string(), into: v.string() });

/** A journal that was made of something else. */
interface Imported {
  readonly about: TraceAbout;
  readonly entries: readonly Entry[];
  /** What the person is told once it is open; null where there is nothing to tell. */
  readonly told: string | null;
  /** What they may do about it. */
  readonly actions: readonly NextAction[];
}

/** A form that can be imported. */
export interface ImportForm {
  readonly title: string;
  readonly filters: Readonly<Record<string, string[]>>;
  /** Throws an Error that says why the file is none of this form. */
  read(source: vscode.Uri): Promise<Imported>;
}

/** Makes a trace of a file, and opens it. Returns the trace's path. */
export async function importTrace(parts: CommandParts, args: unknown, form: ImportForm): Promise<string | undefined> {
  const given = readAnswers(answers, args);
  return await attempt(parts, given !== undefined, async () => {
    const source = given === undefined ? await askSource(form) : vscode.Uri.file(given.file);
    if (source === undefined) return undefined;
    const { about, entries, told, actions } = await form.read(source);
    const into = given === undefined ? await askTrace(source) : vscode.Uri.file(given.into);
    if (into === undefined) return undefined;
    await writeLongText(into, writeTrace(about, checkpoint(emptyTree()), entries));
    await vscode.commands.executeCommand('vscode.openWith', into, TRACE_VIEW_TYPE);
    if (given === undefined && told !== null) announce(told, actions);
    return into.fsPath;
  });
}

async function askSource({ title, filters }: ImportForm): Promise<vscode.Uri | undefined> {
  const [chosen] = (await vscode.window.showOpenDialog({ title, filters: { ...filters } })) ?? [];
  return chosen;
}

/** Where the trace goes: beside its source, unless the person says otherwise. */
async function askTrace(source: vscode.Uri): Promise<vscode.Uri | undefined> {
  return await vscode.window.showSaveDialog({
    title: vscode.l10n.t('HINTERNET: Save the Trace'),
    defaultUri: source.with({ path: `${source.path.replace(/\.[^./]*$/, '')}.${TRACE_EXTENSION}` }),
    filters: { [vscode.l10n.t('Trace')]: [TRACE_EXTENSION] },
  });
}

/** The name of a file, which is the title of what is made of it. */
export function nameOf({ path }: vscode.Uri): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
