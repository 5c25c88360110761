import * as v from 'valibot';
import * as vscode from 'vscode';

/** What Node prints of a file that it cannot run as it is: of TypeScript, before it did so by itself. */
const UNKNOWN_EXTENSION = /ERR_UNKNOWN_FILE_EXTENSION.*"(\.\w+)"/;

const outputSchema = v.object({
  type: v.literal('event'),
  event: v.literal('output'),
  body: v.object({ output: v.string() }),
});

/** Why a program never began, and what to do about it; null where what it printed does not tell. */
export function startFailure(message: unknown): string | null {
  const output = v.safeParse(outputSchema, message);
  const [, extension] = (output.success && UNKNOWN_EXTENSION.exec(output.output.body.output)) || [];
  if (extension === undefined) return null;
  return vscode.l10n.t(
    'This Node.js does not run {0} files. Node.js 22.19, which the library needs, and newer ones run .ts files; for other kinds install tsx in the project and set "runtimeArgs": ["--import", "tsx"] in a launch configuration of type "hinternet".',
    extension,
  );
}

/** Says it, and offers to write the configuration that it speaks of. */
export async function showStartFailure(failure: string): Promise<void> {
  const configure = vscode.l10n.t('Add Configuration…');
  const chosen = await vscode.window.showErrorMessage(failure, configure);
  if (chosen === configure) await vscode.commands.executeCommand('debug.addConfiguration');
}
