import * as vscode from 'vscode';
import { readOtlpTrace } from '../../sources/otlpTrace.ts';
import type { CommandParts } from './commandParts.ts';
import { importTrace, nameOf } from './importTrace.ts';

/** How many problems of a file the log lists. */
const LISTED = 50;

/** Makes a trace of the spans in a file, and opens it. Returns the trace's path. */
export async function importOpenTelemetry(
  parts: CommandParts,
  _target?: number,
  args?: unknown,
): Promise<string | undefined> {
  return await importTrace(parts, args, {
    title: vscode.l10n.t('HINTERNET: Import OpenTelemetry Trace'),
    filters: {
      [vscode.l10n.t('OTLP as JSON')]: ['json', 'jsonl', 'ndjson', 'otlp'],
      [vscode.l10n.t('All Files')]: ['*'],
    },
    async read(source) {
      const trace = readOtlpTrace(new TextDecoder().decode(await vscode.workspace.fs.readFile(source)));
      if (!trace.ok) throw new Error(trace.problem);
      const { entries, problems, problemCount, startedAt } = trace;
      for (const { line, sentence } of problems.slice(0, LISTED)) {
        parts.log.info(`${source.fsPath}:${line}: ${sentence}`);
      }
      return {
        about: { title: nameOf(source), startedAt },
        entries,
        told: problemCount === 0 ? null : toldOf(problemCount),
        actions: [{ title: vscode.l10n.t('Show Log'), run: () => parts.log.show() }],
      };
    },
  });
}

function toldOf(count: number): string {
  return count === 1
    ? vscode.l10n.t('One span could not be taken as it is; the rest is shown.')
    : vscode.l10n.t('{0} spans could not be taken as they are; the rest is shown.', count);
}
