import * as v from 'valibot';
import * as vscode from 'vscode';
import { checkpoint, emptyTree } from '../../shared/model.ts';
import { readOtlpTrace } from '../../sources/otlpTrace.ts';
import { TRACE_EXTENSION, writeTrace } from '../../sources/traceFile.ts';
import { announce } from '../announce.ts';
import { readAnswers } from '../invocation.ts';
import { attempt } from '../report.ts';
import type { CommandParts } from './commandParts.ts';

/** `file` holds OTLP's JSON; `into` is the trace that is made of it. */
const answers = v.strictObject({ file: v.string(), into: v.string() });

/** How many problems of a file the log lists. */
const LISTED = 50;

/** Makes a trace of the spans in a file, and opens it. Returns the trace's path. */
export async function importOpenTelemetry(
  parts: CommandParts,
  _target?: number,
  args?: unknown,
): Promise<string | undefined> {
  const given = readAnswers(answers, args);
  return await attempt(parts, given !== undefined, async () => {
    const source = given === undefined ? await askSource() : vscode.Uri.file(given.file);
    if (source === undefined) return undefined;
    const trace = readOtlpTrace(new TextDecoder().decode(await vscode.workspace.fs.readFile(source)));
    if (!trace.ok) throw new Error(trace.problem);
    const into = given === undefined ? await askTrace(source) : vscode.Uri.file(given.into);
    if (into === undefined) return undefined;
    const about = { title: nameOf(source), startedAt: trace.startedAt };
    const text = [...writeTrace(about, checkpoint(emptyTree()), trace.entries)].join('');
    await vscode.workspace.fs.writeFile(into, new TextEncoder().encode(text));
    for (const { line, sentence } of trace.problems.slice(0, LISTED)) {
      parts.log.info(`${source.fsPath}:${line}: ${sentence}`);
    }
    if (given === undefined && trace.problemCount > 0) tellProblems(parts, trace.problemCount);
    await vscode.commands.executeCommand('vscode.open', into);
    return into.fsPath;
  });
}

async function askSource(): Promise<vscode.Uri | undefined> {
  const [chosen] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t('HINTERNET: Import OpenTelemetry Trace'),
      filters: {
        [vscode.l10n.t('OTLP as JSON')]: ['json', 'jsonl', 'ndjson', 'otlp'],
        [vscode.l10n.t('All Files')]: ['*'],
      },
    })) ?? [];
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

function tellProblems({ log }: CommandParts, count: number): void {
  const told =
    count === 1
      ? vscode.l10n.t('One span could not be taken as it is; the rest is shown.')
      : vscode.l10n.t('{0} spans could not be taken as they are; the rest is shown.', count);
  announce(told, [{ title: vscode.l10n.t('Show Log'), run: () => log.show() }]);
}

function nameOf({ path }: vscode.Uri): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
