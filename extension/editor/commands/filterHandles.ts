import * as v from 'valibot';
import * as vscode from 'vscode';
import { FILTER_KEYS, filterKeys, isFilterKey } from '../../shared/filterKeys.ts';
import { parseFilter } from '../../shared/handleFilter.ts';
import { HANDLE_FIELD, readAnswers } from '../invocation.ts';
import type { CommandParts } from './commandParts.ts';

const answers = v.strictObject({ ...HANDLE_FIELD, text: v.string() });

/** Filters the handles in tree and graph. Returns how many match and how many are hidden; throws if the text is no filter. */
export async function filterHandles(
  { filter }: CommandParts,
  _target?: number,
  args?: unknown,
): Promise<{ readonly matches: number; readonly hidden: number } | undefined> {
  const given = readAnswers(answers, args);
  const text = given?.text ?? (await askFilter(filter.text ?? ''));
  if (text === undefined) return undefined;
  const problem = problemOf(text);
  if (problem !== null) throw new TypeError(problem);
  filter.set(text, 'editor');
  const { result } = filter;
  return { matches: result?.matches.size ?? 0, hidden: result?.hidden ?? 0 };
}

/** Shows every handle again, in tree and graph. */
export function clearFilter({ filter }: CommandParts): Promise<void> {
  filter.set('', 'editor');
  return Promise.resolve();
}

function askFilter(value: string): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: vscode.l10n.t('HINTERNET: Filter Handles'),
    prompt: vscode.l10n.t(
      'Words, or terms as kind:http-request, host:example.org, -is:running, age:>10s. Keys: {0}',
      filterKeys.join(', '),
    ),
    placeHolder: vscode.l10n.t('All handles'),
    value,
    validateInput: problemOf,
  });
}

/** What is wrong with a filter, and what the key asks at which it ends; null if it is one. */
function problemOf(text: string): string | null {
  const parsed = parseFilter(text);
  if (parsed.ok) return null;
  const key = /(?:^|[\s-])([a-z]+):$/i.exec(text)?.[1]?.toLowerCase() ?? '';
  const help = isFilterKey(key) ? [vscode.l10n.t(FILTER_KEYS[key].help)] : [];
  return [vscode.l10n.t(...parsed.problem), ...help].join(' ');
}
