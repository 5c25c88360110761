import * as vscode from 'vscode';
import { INTERNET_OPEN_TYPE_DIRECT, INTERNET_OPEN_TYPE_PROXY } from '../../shared/constants.ts';
import type { HandleKind } from '../../shared/hierarchy.ts';
import { hasOption, type OptionForm, type OptionRow, optionsOf } from '../../shared/optionTable.ts';
import type { OptionValue } from '../../wininet/index.ts';
import { chooseClientCertificate } from '../clientCertificates.ts';
import { askText, type Choice, heading, type PickQuestion, pick } from '../steps.ts';
import { fill, type Step, walk } from '../stepWalk.ts';
import { parseWholeNumber } from '../wholeNumber.ts';

/** An option and the value that it is to get. */
export interface ChosenOption {
  readonly chosen: OptionRow;
  readonly value: OptionValue;
}

/** Forms whose values cannot be typed: the callback has a command of its own. */
const UNTYPED: ReadonlySet<OptionForm> = new Set(['callback', 'connections', 'certificate']);

/** Forms whose values are not typed as a text. */
const UNASKED: ReadonlySet<OptionForm> = new Set(['switch', 'state', 'command', 'client-certificate']);

/** The question for one of the options of a kind of handle; those that it has not are the library's. */
export function optionQuestion(title: string, kind: HandleKind, toSet: boolean): PickQuestion<OptionRow> {
  const own = optionsOf(kind, toSet).filter((row) => !toSet || !UNTYPED.has(row.form));
  const library = optionsOf(null, toSet).filter((row) => !hasOption(row, kind, toSet) && !UNTYPED.has(row.form));
  return {
    title,
    placeholder: vscode.l10n.t('Choose an option, for example by typing TIMEOUT'),
    choices: [
      ...own.map(choiceOf),
      ...(library.length === 0 ? [] : [heading(vscode.l10n.t('Of the library itself (NULL)'))]),
      ...library.map(choiceOf),
    ],
  };
}

interface Draft {
  readonly chosen: OptionRow | null;
  readonly value: OptionValue;
}

/** Asks a person for an option and its value; undefined if the person left. */
export async function askOption(title: string, kind: HandleKind): Promise<ChosenOption | undefined> {
  const question = optionQuestion(title, kind, true);
  const steps: readonly Step<Draft>[] = [
    {
      ask: async (draft, place) => fill(await pick({ ...question, place }), (chosen) => ({ ...draft, chosen })),
    },
    {
      applies: ({ chosen }) => chosen?.form === 'switch' || chosen?.form === 'state',
      ask: async (draft, place) =>
        fill(
          await pick<number>({
            title,
            place,
            placeholder: draft.chosen?.name ?? '',
            choices: switchChoices(draft.chosen?.form === 'state'),
          }),
          (value) => ({ ...draft, value }),
        ),
    },
    {
      applies: ({ chosen }) => chosen?.form === 'client-certificate',
      ask: async (draft) => {
        const value = await chooseClientCertificate(draft.chosen?.name ?? '');
        return value === null ? { type: 'cancel' } : { type: 'value', value: { ...draft, value } };
      },
    },
    {
      applies: ({ chosen }) => chosen !== null && !UNASKED.has(chosen.form),
      ask: async (draft, place) =>
        fill(await askText({ ...valueQuestion(draft), title, place }), (text) => ({
          ...draft,
          value: typedValue(draft.chosen?.form ?? 'text', text) ?? null,
        })),
    },
  ];
  const draft = await walk(steps, { chosen: null, value: null });
  return draft?.chosen ? { chosen: draft.chosen, value: draft.value } : undefined;
}

function choiceOf(row: OptionRow): Choice<OptionRow> {
  return { label: row.name, description: String(row.option), detail: row.summary, value: row };
}

function switchChoices(isState: boolean): readonly Choice<number>[] {
  return isState
    ? [
        { label: vscode.l10n.t('Online'), description: 'INTERNET_STATE_CONNECTED', value: 1 },
        { label: vscode.l10n.t('Offline'), description: 'INTERNET_STATE_DISCONNECTED_BY_USER', value: 16 },
      ]
    : [
        { label: vscode.l10n.t('On'), description: 'TRUE', value: 1 },
        { label: vscode.l10n.t('Off'), description: 'FALSE', value: 0 },
      ];
}

function valueQuestion({ chosen }: Draft) {
  const form = chosen?.form ?? 'text';
  return {
    prompt:
      form === 'milliseconds'
        ? vscode.l10n.t('{0} in milliseconds; 0xFFFFFFFF waits for ever', chosen?.name ?? '')
        : (chosen?.name ?? ''),
    placeholder: exampleOf(form),
    password: form === 'secret',
    problem: (text: string) => (typedValue(form, text) === undefined ? problemOf(form) : undefined),
  };
}

function exampleOf(form: OptionForm): string {
  switch (form) {
    case 'text':
    case 'secret':
      return vscode.l10n.t('For example Mozilla/5.0');
    case 'version':
      return vscode.l10n.t('For example 1.1');
    case 'proxy':
      return vscode.l10n.t('For example proxy:8080; empty for none');
    default:
      return vscode.l10n.t('For example 30000 or 0x100');
  }
}

function problemOf(form: OptionForm): string {
  return form === 'version'
    ? vscode.l10n.t('Type a version as 1.1.')
    : vscode.l10n.t('Type a whole number from 0 to 0xFFFFFFFF, decimal or with 0x.');
}

/** The value that a text means; undefined if it means none. */
function typedValue(form: OptionForm, text: string): OptionValue | undefined {
  switch (form) {
    case 'text':
    case 'secret':
      return text;
    case 'version': {
      const [, major, minor] = /^\s*(\d)\.(\d)\s*$/.exec(text) ?? [];
      return major === undefined ? undefined : { dwMajorVersion: Number(major), dwMinorVersion: Number(minor) };
    }
    case 'proxy': {
      const list = text.trim();
      const dwAccessType = list === '' ? INTERNET_OPEN_TYPE_DIRECT : INTERNET_OPEN_TYPE_PROXY;
      return { dwAccessType, lpszProxy: list === '' ? null : list, lpszProxyBypass: null };
    }
    default:
      return parseWholeNumber(text) ?? undefined;
  }
}
