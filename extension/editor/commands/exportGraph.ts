import * as v from 'valibot';
import * as vscode from 'vscode';
import { announce } from '../announce.ts';
import { EXPORT_FORMATS, type ExportFormat, type ExportName, exportNames } from '../exportFormats.ts';
import type { GraphView } from '../graphView.ts';
import { readAnswers } from '../invocation.ts';
import { writeLongText } from '../longTexts.ts';
import { attempt } from '../report.ts';
import { pick } from '../steps.ts';
import type { CommandParts } from './commandParts.ts';

const answers = v.strictObject({
  format: v.picklist(exportNames),
  file: v.string(),
  /** The moment whose tree is meant; the present where it is absent. */
  seq: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
});
/** What a view says: only which moment it shows. */
const moment = v.strictObject({ seq: answers.entries.seq });

/** Writes the active graph to a file, in a form that is asked for. Returns the file's path. */
export async function exportGraph(parts: CommandParts, _target?: number, args?: unknown): Promise<string | undefined> {
  const shown = v.safeParse(moment, args);
  const given = shown.success ? undefined : readAnswers(answers, args);
  const seq = shown.success ? shown.output.seq : given?.seq;
  return await attempt(parts, given !== undefined, async () => {
    // Whatever is active when the questions have been answered: what was asked for is what was shown.
    const view = parts.views.active;
    const model = view?.model ?? parts.explorer;
    const name = given?.format ?? (await askFormat());
    if (name === undefined) return undefined;
    const format: ExportFormat = EXPORT_FORMATS[name];
    const uri = given === undefined ? await askFile(model.title, format) : vscode.Uri.file(given.file);
    if (uri === undefined) return undefined;
    const tree = seq === undefined ? model.history.tree : model.history.treeAt(seq);
    if (format.write !== 'picture') await writeLongText(uri, format.write({ model, tree }));
    else await vscode.workspace.fs.writeFile(uri, await picture(parts, view, name));
    if (given === undefined) {
      announce(vscode.l10n.t('Exported to {0}.', vscode.workspace.asRelativePath(uri)), [
        { title: vscode.l10n.t('Open'), run: () => vscode.commands.executeCommand('vscode.open', uri) },
      ]);
    }
    return uri.fsPath;
  });
}

async function askFormat(): Promise<ExportName | undefined> {
  const answer = await pick<ExportName>({
    title: vscode.l10n.t('HINTERNET: Export'),
    placeholder: vscode.l10n.t('Choose a form; passwords and cookies are masked in each of them'),
    choices: exportNames.map((value) => {
      const { label, detail, extension } = EXPORT_FORMATS[value];
      return { label, detail, description: `.${extension}`, value };
    }),
  });
  return answer.type === 'value' ? answer.value : undefined;
}

async function askFile(title: string, { extension, label }: ExportFormat): Promise<vscode.Uri | undefined> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const name = `${title.replace(/[^\w.-]+/g, '-').replace(/^-+|-+$/g, '') || 'handles'}.${extension}`;
  const defaultUri = folder === undefined ? undefined : vscode.Uri.joinPath(folder.uri, name);
  return await vscode.window.showSaveDialog({ filters: { [label]: [extension] }, ...(defaultUri && { defaultUri }) });
}

/** The view draws it: a graph is shown first where there is none. */
async function picture(
  { views, graph }: CommandParts,
  shown: GraphView | undefined,
  name: ExportName,
): Promise<Uint8Array> {
  if (shown === undefined) graph.show();
  const view = shown ?? views.active;
  if (view === undefined) throw new Error(vscode.l10n.t('Show the graph first: it draws the picture.'));
  return await view.picture(name === 'png' ? 'png' : 'svg');
}
