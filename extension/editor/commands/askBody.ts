import * as vscode from 'vscode';
import { formatBytes } from '../../shared/format.ts';
import { askText, type Choice, pick } from '../steps.ts';
import { type Answer, fill, type Place } from '../stepWalk.ts';
import { askLocalFile } from './localFiles.ts';
import type { RequestBody } from './sendRequest.ts';

type Kind = 'none' | 'text' | 'editor' | 'file';

/** Asks for the body of a request. */
export async function askBody(start: RequestBody, place: Place): Promise<Answer<RequestBody>> {
  for (;;) {
    const kind = await pick<Kind>({
      title: vscode.l10n.t('HINTERNET: Send Request'),
      place,
      placeholder: vscode.l10n.t('Body of the request'),
      choices: choices(),
      active: (value) => value === start.type,
    });
    if (kind.type !== 'value') return kind;
    const body = await bodyOf(kind.value, start, place);
    // Back, and a dialog that was closed, lead to the list of bodies again.
    if (body.type !== 'back') return body;
  }
}

function choices(): readonly Choice<Kind>[] {
  const lines: Choice<Kind>[] = [
    { label: vscode.l10n.t('No Body'), iconPath: new vscode.ThemeIcon('circle-slash'), value: 'none' },
    { label: vscode.l10n.t('A Text…'), iconPath: new vscode.ThemeIcon('edit'), value: 'text' },
    { label: vscode.l10n.t('A File…'), iconPath: new vscode.ThemeIcon('file'), value: 'file' },
  ];
  const document = vscode.window.activeTextEditor?.document;
  if (document === undefined) return lines;
  const label = vscode.l10n.t('The Text of the Active Editor');
  const name = document.uri.path.replace(/^.*\//s, '');
  const description = `${name}, ${formatBytes(Buffer.byteLength(document.getText()))}`;
  return [...lines, { label, description, iconPath: new vscode.ThemeIcon('go-to-file'), value: 'editor' }];
}

async function bodyOf(kind: Kind, start: RequestBody, place: Place): Promise<Answer<RequestBody>> {
  switch (kind) {
    case 'none':
      return { type: 'value', value: { type: 'none' } };
    case 'editor': {
      const text = vscode.window.activeTextEditor?.document.getText();
      return text === undefined ? { type: 'back' } : { type: 'value', value: { type: 'text', text } };
    }
    case 'text':
      return fill(await askBodyText(start, place), (text) => ({ type: 'text', text }));
    case 'file': {
      const path = await askLocalFile(vscode.l10n.t('Send'));
      return path === undefined ? { type: 'back' } : { type: 'value', value: { type: 'file', path } };
    }
  }
}

function askBodyText(start: RequestBody, place: Place): Promise<Answer<string>> {
  return askText({
    title: vscode.l10n.t('HINTERNET: Body'),
    place: { ...place, canGoBack: true },
    prompt: vscode.l10n.t('Text of the body, sent as UTF-8'),
    placeholder: vscode.l10n.t('For example {0}', '{"name": "value"}'),
    value: start.type === 'text' ? start.text : '',
  });
}
