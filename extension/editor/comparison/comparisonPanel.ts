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
import { english } from '../../shared/stepSentence.ts';
import { announce } from '../announce.ts';
import { errorSentence } from '../errorSentence.ts';
import { goToSite } from '../programs/goToSite.ts';
import { webviewPage } from '../webviewPage.ts';

const request = v.variant('type', [
  v.strictObject({ type: v.literal('ready') }),
  v.strictObject({ type: v.literal('copy') }),
  v.strictObject({ type: v.literal('again') }),
  v.strictObject({ type: v.literal('goTo'), site: v.pipe(v.string(), v.maxLength(4096)) }),
]);

/** A comparison that is open. */
export interface OpenComparison {
  /** Where the journals part, in order. */
  readonly divergences: readonly string[];
  /** The summary for a bug report, in Markdown. */
  readonly report: string;
}

/** The journals of both sides. */
export type ComparedJournals = readonly [left: ComparedJournal, right: ComparedJournal];

/** What a comparison is made of. */
export interface ComparisonParts {
  readonly extensionUri: vscode.Uri;
  /** URIs of both sides, if both are files: the page keeps them over a reload of the window. */
  readonly files: readonly [left: string, right: string] | null;
  /** Reads both journals as they are now. Rejects where that fails. */
  readonly read: () => Promise<ComparedJournals>;
  /** Is told of messages that are not understood. */
  readonly complain: (sentence: string) => void;
}

/** Fills a panel with a comparison of two journals. */
export function showComparison(
  panel: vscode.WebviewPanel,
  journals: ComparedJournals,
  { extensionUri, files, read, complain }: ComparisonParts,
): OpenComparison {
  let shown = made(journals, files);
  const post = (): void => {
    panel.title = vscode.l10n.t('{0} ↔ {1}', shown.message.left.title, shown.message.right.title);
    void panel.webview.postMessage(shown.message);
  };
  const again = async (): Promise<void> => {
    shown = made(await read(), files);
    post();
    announce(vscode.l10n.t('Both sides were read and compared again.'), []);
  };
  const obey = async (asked: ComparisonRequest): Promise<void> => {
    if (asked.type === 'ready') post();
    else if (asked.type === 'copy') await copy(shown.report);
    else if (asked.type === 'again') await again();
    else await goTo(asked.site);
  };
  panel.iconPath = vscode.Uri.joinPath(extensionUri, 'media', 'graph.svg');
  panel.webview.options = {
    enableScripts: true,
    localResourceRoots: [vscode.Uri.joinPath(extensionUri, 'dist')],
  };
  panel.webview.onDidReceiveMessage((data: unknown) => {
    const parsed = v.safeParse(request, data);
    if (!parsed.success) complain('The comparison sent a message that is not understood.');
    else obey(parsed.output).catch((error: unknown) => void vscode.window.showErrorMessage(errorSentence(error)));
  });
  panel.webview.html = webviewPage(panel.webview, extensionUri, 'comparison');
  return { divergences: shown.divergences, report: shown.report };
}

interface Made extends OpenComparison {
  readonly message: ComparisonMessage;
}

function made([left, right]: ComparedJournals, files: ComparisonParts['files']): Made {
  const comparison = compareJournals(left, right, vscode.l10n.t);
  // A bug report is read by others: it is in English.
  const isEnglish = vscode.l10n.bundle === undefined;
  return {
    divergences: comparison.divergences.map(({ text }) => text),
    report: comparisonReport(isEnglish ? comparison : compareJournals(left, right, english), left, right),
    message: {
      ...shownComparison(comparison, left, right, vscode.l10n.bundle ?? {}, vscode.l10n.t),
      files,
    },
  };
}

async function copy(report: string): Promise<void> {
  await vscode.env.clipboard.writeText(report);
  announce(vscode.l10n.t('The summary was copied as Markdown.'), []);
}

async function goTo(site: string): Promise<void> {
  const place = parseSite(site);
  if (place !== null) await goToSite(place);
}
