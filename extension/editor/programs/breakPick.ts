import * as vscode from 'vscode';
import type { BreakCondition } from '../../shared/breakConditions.ts';
import { ERRORS, type ErrorSymbol, errorCode, errorMeaning, isErrorSymbol } from '../../shared/errorCodes.ts';
import { functionNames, functionRow, HANDLE_KINDS, handleKinds } from '../../shared/hierarchy.ts';

/** Asks what debugged programs shall break on. */

/** What is broken on, in one sentence. */
export function breaksSentence({ length }: readonly BreakCondition[]): string {
  if (length === 0) return vscode.l10n.t('Debugged programs break on nothing more.');
  return length === 1
    ? vscode.l10n.t('Debugged programs break on one condition.')
    : vscode.l10n.t('Debugged programs break on {0} conditions.', length);
}

interface Choice extends vscode.QuickPickItem {
  readonly condition?: BreakCondition;
}

/** The chosen conditions, or undefined if the person left; all that may be chosen are listed, those that hold are ticked. */
export async function pickBreaks(held: readonly BreakCondition[]): Promise<readonly BreakCondition[] | undefined> {
  const ticked = new Set(held.map((condition) => JSON.stringify(condition)));
  const items = choices().map((item) => ({
    ...item,
    picked: item.condition !== undefined && ticked.has(JSON.stringify(item.condition)),
  }));
  const chosen = await vscode.window.showQuickPick(items, {
    canPickMany: true,
    title: vscode.l10n.t('HINTERNET: Break On'),
    placeHolder: vscode.l10n.t('A debugged program stops on its own line when one of these happens'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return chosen?.flatMap(({ condition }) => condition ?? []);
}

function choices(): readonly Choice[] {
  const heading = (label: string): Choice => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const symbols = Object.keys(ERRORS).filter((symbol): symbol is ErrorSymbol => isErrorSymbol(symbol));
  return [
    { label: vscode.l10n.t('Any error'), description: vscode.l10n.t('a call fails'), condition: { on: 'error' } },
    {
      label: vscode.l10n.t('Use of a closed handle'),
      description: vscode.l10n.t('stale, closed twice, or used after it was closed'),
      condition: { on: 'stale-use' },
    },
    {
      label: vscode.l10n.t('Leak at exit'),
      description: vscode.l10n.t('a handle is still open when the program ends: stops where it was opened'),
      condition: { on: 'leak' },
    },
    heading(vscode.l10n.t('Handle')),
    ...handleKinds.map((kind): Choice => {
      const { title } = HANDLE_KINDS[kind];
      return { label: title, description: vscode.l10n.t('such a handle is made'), condition: { on: 'kind', kind } };
    }),
    heading(vscode.l10n.t('Function')),
    ...functionNames.map(
      (fn): Choice => ({ label: fn, detail: functionRow(fn).summary, condition: { on: 'function', fn } }),
    ),
    heading(vscode.l10n.t('Error code')),
    ...symbols.map(
      (symbol): Choice => ({
        label: symbol,
        description: String(errorCode(symbol)),
        detail: errorMeaning(symbol),
        condition: { on: 'code', symbol },
      }),
    ),
  ];
}
