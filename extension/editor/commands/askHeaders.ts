import * as vscode from 'vscode';
import { parseHeaderLines } from '../../wininet/requestHeaders.ts';
import { problemOf } from '../errorSentence.ts';
import { askText, type Choice, heading, pick } from '../steps.ts';
import type { Answer, Place } from '../stepWalk.ts';

type Next = { readonly do: 'done' } | { readonly do: 'add' } | { readonly do: 'edit'; readonly index: number };

/** Asks for the headers of a request, one line each: Enter goes on with those that are listed. */
export async function askHeaders(start: readonly string[], place: Place): Promise<Answer<readonly string[]>> {
  let headers = start;
  for (;;) {
    const answer = await pick<Next>({
      title: vscode.l10n.t('HINTERNET: Send Request'),
      place,
      placeholder: vscode.l10n.t('Headers of the request'),
      choices: choices(headers),
    });
    if (answer.type !== 'value') return answer;
    if (answer.value.do === 'done') return { type: 'value', value: headers };
    const index = answer.value.do === 'edit' ? answer.value.index : headers.length;
    const line = await askLine(headers[index] ?? '', place);
    if (line.type === 'cancel') return line;
    if (line.type === 'value') headers = headers.toSpliced(index, 1, ...(line.value.trim() === '' ? [] : [line.value]));
  }
}

/** Asks for one header line; an empty one removes the header. */
function askLine(value: string, place: Place): Promise<Answer<string>> {
  return askText({
    title: vscode.l10n.t('HINTERNET: Header'),
    place: { ...place, canGoBack: true },
    prompt: vscode.l10n.t('One header, its name and its value; empty to leave it out'),
    placeholder: vscode.l10n.t('For example Content-Type: application/json'),
    value,
    problem: (text) => problemOf(() => parseHeaderLines(text)),
  });
}

function choices(headers: readonly string[]): readonly Choice<Next>[] {
  const done =
    headers.length === 0
      ? vscode.l10n.t('No Further Headers')
      : headers.length === 1
        ? vscode.l10n.t('Go On with This Header')
        : vscode.l10n.t('Go On with These {0} Headers', headers.length);
  return [
    { label: done, iconPath: new vscode.ThemeIcon('check'), value: { do: 'done' } },
    { label: vscode.l10n.t('Add a Header…'), iconPath: new vscode.ThemeIcon('add'), value: { do: 'add' } },
    ...(headers.length === 0 ? [] : [heading(vscode.l10n.t('choose one to change it'))]),
    ...headers.map((line, index): Choice<Next> => ({ label: line, value: { do: 'edit', index } })),
  ];
}
