import * as vscode from 'vscode';
import { dotOf } from '../shared/dotOf.ts';
import { harOf } from '../shared/harOf.ts';
import { mermaidOf } from '../shared/mermaidOf.ts';
import type { HandleTree } from '../shared/model.ts';
import { treeText } from '../shared/treeText.ts';
import { TRACE_EXTENSION, writeTrace } from '../sources/traceFile.ts';
import type { GraphModel } from './graphModel.ts';

/** In which forms a graph leaves the editor. */

/** What is exported: a journal, and the tree of the moment that is shown. */
export interface ExportSource {
  readonly model: GraphModel;
  readonly tree: HandleTree;
}

/** A form, the ending of its files, and how it is made; a picture is drawn by the view. */
export interface ExportFormat {
  readonly extension: string;
  readonly label: string;
  readonly detail: string;
  /** The parts of the text, one after the other. */
  readonly write: 'picture' | ((source: ExportSource) => Iterable<string>);
}

/** Every form by its name. */
export const EXPORT_FORMATS = {
  trace: {
    extension: TRACE_EXTENSION,
    label: vscode.l10n.t('Trace'),
    detail: vscode.l10n.t('The whole journal; it opens again as a graph, with its past'),
    write: ({ model: { history, title, startedAt } }) =>
      writeTrace({ title, startedAt }, history.base, history.entries),
  },
  har: {
    extension: 'har',
    label: vscode.l10n.t('HTTP Archive (HAR)'),
    detail: vscode.l10n.t('Every HTTP request with headers and timings, for browsers and other tools'),
    write({ model: { history, startedAt } }) {
      const origin = { startedAt: startedAt.getTime(), version: extensionVersion() };
      return [JSON.stringify(harOf(history.entries, history.base, origin), null, 2)];
    },
  },
  svg: {
    extension: 'svg',
    label: vscode.l10n.t('Picture (SVG)'),
    detail: vscode.l10n.t('The tree as it is drawn now, in the colours of the theme'),
    write: 'picture',
  },
  png: {
    extension: 'png',
    label: vscode.l10n.t('Picture (PNG)'),
    detail: vscode.l10n.t('The tree as it is drawn now, twice as large'),
    write: 'picture',
  },
  mermaid: {
    extension: 'mmd',
    label: vscode.l10n.t('Mermaid'),
    detail: vscode.l10n.t('A flowchart for Markdown'),
    write: ({ tree }) => [mermaidOf(tree)],
  },
  dot: {
    extension: 'dot',
    label: vscode.l10n.t('Graphviz (DOT)'),
    detail: vscode.l10n.t('The tree of open handles'),
    write: ({ tree }) => [dotOf(tree)],
  },
  text: {
    extension: 'txt',
    label: vscode.l10n.t('Text'),
    detail: vscode.l10n.t('The tree of open handles, a line each'),
    write: ({ tree }) => [treeText(tree)],
  },
} as const satisfies Readonly<Record<string, ExportFormat>>;

/** Name of a form. */
export type ExportName = keyof typeof EXPORT_FORMATS;
/** All names, in the order in which they are offered. */
export const exportNames = Object.keys(EXPORT_FORMATS) as readonly ExportName[];

function extensionVersion(): string {
  const manifest: unknown = vscode.extensions.getExtension('hinternet-explorer.hinternet-explorer')?.packageJSON;
  const isRecord = typeof manifest === 'object' && manifest !== null && 'version' in manifest;
  return isRecord ? String(manifest.version) : '0';
}
