import * as v from 'valibot';
import * as vscode from 'vscode';
import { parseSite } from '../../shared/callSite.ts';
import { type ComparedJournal, compareJournals } from '../../shared/compare/comparison.ts';
import { comparisonReport } from '../../shared/compare/comparisonReport.ts';
import {
  type ComparisonMessage,
  type ComparisonRequest,
  shownComparison,
} from '../../shared/compare/shownComparison.ts';
import { announce } from '../announce.ts';
import { goToSite } from '../programs/goToSite.ts';
import { webviewPage } from '../webviewPage.ts';

/** Type of the panels that show two journals side by side. They end with the window. */
const COMPARISON_VIEW_TYPE = 'hinternet.comparison';

const request = v.variant('type', [
  v.strictObject({ type: v.literal('ready') }),
  v.strictObject({ type: v.literal('copy') }),
  v.strictObject({ type: v.literal('goTo'), site: v.pipe(v.string(), v.maxLength(4096)) }),
]);

/** A comparison that is open. */
export interface OpenComparison {
  /** Where the journals part, in order. */
  readonly divergences: readonly string[];
  /** The summary for a bug report, in Markdown. */
  readonly report: string;
}

/**
 * Shows two journals side by side: both trees, the calls of both, and where they part.
 * @param complain is told of messages that are not understood
 */
export function openComparison(
  extensionUri: vscode.Uri,
  left: ComparedJournal,
  right: ComparedJournal,
  complain: (sentence: string) => void,
): OpenComparison {
  const comparison = compareJournals(left, right, vscode.l10n.t);
  // A bug report is read by others: it is in English.
  const isEnglish = vscode.l10n.bundle === undefined;
  const report = comparisonReport(isEnglish ? comparison : compareJournals(left, right, english), left, right);
  const title = vscode.l10n.t('{0} ↔ {1}', left.title, right.title);
  const panel = vscode.window.createWebviewPanel(COMPARISON_VIEW_TYPE, title, vscode.ViewColumn.Active, {
    enableScripts: true,
    enableFindWidget: true,
    localResourceRoots: [vscode.Uri.joinPath(extensionUri, 'dist')],
  });
  panel.iconPath = vscode.Uri.joinPath(extensionUri, 'media', 'graph.svg');
  const message: ComparisonMessage = shownComparison(comparison, left, right, vscode.l10n.bundle ?? {}, vscode.l10n.t);
  panel.webview.onDidReceiveMessage((data: unknown) => {
    const parsed = v.safeParse(request, data);
    if (parsed.success) obey(parsed.output);
    else complain('The comparison sent a message that is not understood.');
  });
  const obey = (asked: ComparisonRequest): void => {
    if (asked.type === 'ready') void panel.webview.postMessage(message);
    else if (asked.type === 'copy') void copy(report);
    else goTo(asked.site).catch((error: unknown) => complain(`The line cannot be shown: ${String(error)}`));
  };
  panel.webview.html = webviewPage(panel.webview, extensionUri, 'comparison');
  return { divergences: comparison.divergences.map(({ text }) => text), report };
}

async function copy(report: string): Promise<void> {
  await vscode.env.clipboard.writeText(report);
  announce(vscode.l10n.t('The summary was copied as Markdown.'), []);
}

async function goTo(site: string): Promise<void> {
  const place = parseSite(site);
  if (place !== null) await goToSite(place);
}

function english(message: string, ...values: readonly (string | number)[]): string {
  return message.replace(/\{(\d+)\}/g, (hole, index) => String(values[Number(index)] ?? hole));
}
