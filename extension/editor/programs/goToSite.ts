import * as vscode from 'vscode';
import type { SitePlace } from '../../shared/callSite.ts';
import { siteLocation } from '../siteLocation.ts';

/** Opens the line of a program's code at which a call was made. Rejects when the file cannot be opened. */
export async function goToSite(place: SitePlace): Promise<void> {
  const location = siteLocation(place);
  if (location === null) throw new Error(vscode.l10n.t('{0} is no file that can be opened.', place.file));
  // Beside a graph that fills the only group the code would cover it.
  const inCode = vscode.window.visibleTextEditors[0]?.viewColumn;
  await vscode.window.showTextDocument(location.uri, {
    selection: location.range,
    viewColumn: inCode ?? vscode.ViewColumn.Beside,
  });
}
