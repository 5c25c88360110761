import * as v from 'valibot';
import * as vscode from 'vscode';
import { formatHandleValue, printable } from '../../shared/format.ts';
import { LANGUAGES, type LanguageName, languageNames } from '../../shared/generate/languages.ts';
import { programOf } from '../../shared/generate/programOf.ts';
import type { JournalHistory } from '../../shared/journalHistory.ts';
import type { HandleNode } from '../../shared/model.ts';
import { stateText } from '../../shared/treeText.ts';
import { HANDLE_FIELD, readAnswers } from '../invocation.ts';
import { attempt } from '../report.ts';
import { type Choice, pick } from '../steps.ts';
import type { CommandParts } from './commandParts.ts';

/** Without a handle, everything that was recorded. */
const answers = v.strictObject({ ...HANDLE_FIELD, language: v.picklist(languageNames) });

/** Whose history is meant: a handle's, or with null that of all. */
type Whose = number | null;

/**
 * Writes a handle's history as a program and opens it as a new document. From the palette it is about the graph that is looked
 * at, which may be a trace; from a handle's menu about that handle. Returns the text.
 */
export async function generateCode(parts: CommandParts, target?: number, args?: unknown): Promise<string | undefined> {
  const given = readAnswers(answers, args);
  return await attempt(parts, given !== undefined, async () => {
    const shown = target === undefined ? parts.views.active?.model : undefined;
    const { history, selected } = shown ?? parts.explorer;
    const whose = target ?? (given === undefined ? await askWhose(history, selected) : null);
    if (whose === undefined) return undefined;
    const texts = textsOf(history, whose);
    const language = given?.language ?? (await askLanguage(texts));
    if (language === undefined) return undefined;
    const text = texts.get(language);
    if (text === undefined) {
      throw new Error(vscode.l10n.t('Nothing of this history can be said for {0}.', LANGUAGES[language].label));
    }
    const { languageId } = LANGUAGES[language];
    const known = (await vscode.languages.getLanguages()).includes(languageId) ? languageId : 'plaintext';
    const document = await vscode.workspace.openTextDocument({ content: text, language: known });
    await vscode.window.showTextDocument(document, { preview: false });
    return text;
  });
}

/** The history in every language that has words for it. */
function textsOf({ base, entries }: JournalHistory, whose: Whose): ReadonlyMap<LanguageName, string> {
  const journal = { base, entries };
  const program = programOf(journal, whose);
  const texts = new Map<LanguageName, string>();
  for (const name of languageNames) {
    const text = LANGUAGES[name].write(program, journal);
    if (text !== null) texts.set(name, text);
  }
  return texts;
}

async function askWhose({ tree }: JournalHistory, selected: number | null): Promise<Whose | undefined> {
  const nodes = [...tree.nodes.values()].reverse();
  if (nodes.length === 0) throw new Error(vscode.l10n.t('No handle was opened yet: there is nothing to repeat.'));
  const ordered = [...nodes.filter(isSelected), ...nodes.filter((node) => !isSelected(node))];
  const everything: Choice<Whose> = {
    label: vscode.l10n.t('All Handles'),
    detail: vscode.l10n.t('Everything that was recorded'),
    value: null,
  };
  const handles = ordered.map(
    (node): Choice<Whose> => ({
      label: `${node.fn} ${formatHandleValue(node.value)}`,
      description: printable(node.target, 100),
      detail: stateText(node),
      value: node.serial,
    }),
  );
  const answer = await pick<Whose>({
    title: TITLE,
    placeholder: vscode.l10n.t(
      'Choose whose history is repeated; what made the handle, and what hangs below it, comes along',
    ),
    choices: selected === null ? [everything, ...handles] : [...handles.slice(0, 1), everything, ...handles.slice(1)],
  });
  return answer.type === 'value' ? answer.value : undefined;

  function isSelected({ serial }: HandleNode): boolean {
    return serial === selected;
  }
}

async function askLanguage(texts: ReadonlyMap<LanguageName, string>): Promise<LanguageName | undefined> {
  const answer = await pick<LanguageName>({
    title: TITLE,
    placeholder: vscode.l10n.t(
      'Choose a language; secrets and bodies are not recorded, the program says where they belong',
    ),
    choices: [...texts.keys()].map((value) => ({ label: LANGUAGES[value].label, detail: DETAILS[value], value })),
  });
  return answer.type === 'value' ? answer.value : undefined;
}

const TITLE = vscode.l10n.t('HINTERNET: Generate Code');

const DETAILS: Readonly<Record<LanguageName, string>> = {
  typescript: vscode.l10n.t('A program for Node.js against hinternet-explorer/wininet'),
  cpp: vscode.l10n.t('A program for Windows against WinINet itself'),
  curl: vscode.l10n.t('A script with a command for each HTTP request'),
  lftp: vscode.l10n.t('A script with the commands of each FTP session'),
};
