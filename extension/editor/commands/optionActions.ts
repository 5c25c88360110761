import * as v from 'valibot';
import * as vscode from 'vscode';
import { constantName } from '../../shared/constantNames.ts';
import { printable } from '../../shared/format.ts';
import type { FunctionName } from '../../shared/hierarchy.ts';
import { type OptionRow, optionsOf } from '../../shared/optionTable.ts';
import { redact } from '../../shared/redact.ts';
import { HINTERNET, type OptionValue, type StatusCallback } from '../../wininet/index.ts';
import { mention } from '../announce.ts';
import { HANDLE_FIELD } from '../invocation.ts';
import { askText, pick } from '../steps.ts';
import { fill, type Step, walk } from '../stepWalk.ts';
import { parseWholeNumber } from '../wholeNumber.ts';
import type { Command, CommandParts } from './commandParts.ts';
import { functionAction } from './functionAction.ts';
import { offerSecret, showValue } from './showValue.ts';

const option = v.pipe(v.number(), v.integer(), v.minValue(0));
const value = v.union([v.number(), v.string(), v.boolean()]);

/** Options and the status callback. */
export const optionActions = {
  InternetQueryOption: functionAction<{ readonly option: number }, unknown>('InternetQueryOption', {
    answers: v.strictObject({ ...HANDLE_FIELD, option }),
    ask: async (parts, serial) => {
      const answer = await pick(optionQuestion(parts, serial, false));
      return answer.type === 'value' ? { option: answer.value.option } : undefined;
    },
    call: async ({ parts, handle }, answers) =>
      passable(await parts.explorer.wininet.InternetQueryOption(handle, answers.option)),
    tell: ({ parts, serial }, result, answers) => tellOption(parts, serial, answers.option, result),
  }),
  InternetSetOption: functionAction<{ readonly option: number; readonly value: number | string | boolean }, true>(
    'InternetSetOption',
    {
      answers: v.strictObject({ ...HANDLE_FIELD, option, value }),
      ask: askOptionAndValue,
      call: ({ parts, handle }, answers) =>
        parts.explorer.wininet.InternetSetOption(handle, answers.option, answers.value),
      tell: (_called, _result, answers) => mention(vscode.l10n.t('{0} is set.', nameOf(answers.option))),
    },
  ),
  InternetSetStatusCallback: functionAction<{ readonly on: boolean }, boolean>('InternetSetStatusCallback', {
    answers: v.strictObject({ ...HANDLE_FIELD, on: v.optional(v.boolean(), true) }),
    ask: askCallback,
    // Whether there was a callback before: the function itself is nothing that a program elsewhere could hold.
    call: async ({ parts, handle }, { on }) =>
      (await parts.explorer.wininet.InternetSetStatusCallback(handle, on ? logging(parts) : null)) !== null,
    tell: (_called, _result, { on }) =>
      mention(
        on
          ? vscode.l10n.t('Statuses of this handle, and of handles made below it from now on, go to the log.')
          : vscode.l10n.t('The status callback was removed.'),
      ),
  }),
} as const satisfies Partial<Record<FunctionName, Command>>;

function optionQuestion({ explorer }: CommandParts, serial: number, toSet: boolean) {
  const kind = explorer.node(serial)?.kind ?? 'root';
  return {
    title: toSet ? 'HINTERNET: InternetSetOption' : 'HINTERNET: InternetQueryOption',
    placeholder: vscode.l10n.t('Choose an option, for example by typing TIMEOUT'),
    choices: optionsOf(kind, toSet).map((one) => ({
      label: one.name,
      description: String(one.option),
      value: one,
    })),
  };
}

interface Draft {
  readonly chosen: OptionRow | null;
  readonly value: number | string | boolean;
}

async function askOptionAndValue(parts: CommandParts, serial: number) {
  const steps: readonly Step<Draft>[] = [
    {
      ask: async (draft, place) =>
        fill(await pick({ ...optionQuestion(parts, serial, true), place }), (chosen) => ({ ...draft, chosen })),
    },
    {
      applies: ({ chosen }) => chosen?.form === 'switch',
      ask: async (draft, place) =>
        fill(
          await pick<boolean>({
            title: 'HINTERNET: InternetSetOption',
            place,
            placeholder: draft.chosen?.name ?? '',
            choices: [
              { label: vscode.l10n.t('On'), description: 'TRUE', value: true },
              { label: vscode.l10n.t('Off'), description: 'FALSE', value: false },
            ],
          }),
          (chosenValue) => ({ ...draft, value: chosenValue }),
        ),
    },
    {
      applies: ({ chosen }) => chosen?.form !== 'switch',
      ask: async (draft, place) =>
        fill(await askText({ ...valueQuestion(draft), place }), (text) => ({
          ...draft,
          value: typedValue(draft, text),
        })),
    },
  ];
  const draft = await walk(steps, { chosen: null, value: '' });
  return draft?.chosen ? { option: draft.chosen.option, value: draft.value } : undefined;
}

function valueQuestion({ chosen }: Draft) {
  const isText = chosen?.form === 'text' || chosen?.form === 'secret';
  return {
    title: 'HINTERNET: InternetSetOption',
    prompt:
      chosen?.form === 'milliseconds'
        ? vscode.l10n.t('{0} in milliseconds; 0xFFFFFFFF waits for ever', chosen.name)
        : (chosen?.name ?? ''),
    placeholder: isText ? vscode.l10n.t('For example Mozilla/5.0') : vscode.l10n.t('For example 30000 or 0x100'),
    password: chosen?.form === 'secret',
    problem: (text: string) =>
      isText || parseWholeNumber(text) !== null
        ? undefined
        : vscode.l10n.t('Type a whole number from 0 to 0xFFFFFFFF, decimal or with 0x.'),
  };
}

function typedValue({ chosen }: Draft, text: string): string | number {
  return chosen?.form === 'text' || chosen?.form === 'secret' ? text : (parseWholeNumber(text) ?? 0);
}

function tellOption(parts: CommandParts, serial: number, asked: number, result: unknown): void {
  const kind = parts.explorer.node(serial)?.kind ?? 'root';
  const form = optionsOf(kind, false).find((one) => one.option === asked)?.form;
  const text = form === 'flags' && typeof result === 'number' ? `0x${result.toString(16)}` : String(result ?? 'NULL');
  if (form === 'secret' && result !== null) offerSecret(nameOf(asked), text);
  else showValue(nameOf(asked), text);
}

/** A value that programs elsewhere can take: a handle becomes its text. */
function passable(result: OptionValue): string | number | boolean | null {
  return result instanceof HINTERNET ? result.toString() : result;
}

async function askCallback(): Promise<{ readonly on: boolean } | undefined> {
  const answer = await pick<boolean>({
    title: 'HINTERNET: InternetSetStatusCallback',
    placeholder: vscode.l10n.t('What happens with the statuses of this handle'),
    choices: [
      { label: vscode.l10n.t('Write Them to the Log'), value: true },
      { label: vscode.l10n.t('Remove the Callback'), value: false },
    ],
  });
  return answer.type === 'value' ? { on: answer.value } : undefined;
}

function logging({ log }: CommandParts): StatusCallback {
  return (handle, context, status, information) => {
    const name = constantName('INTERNET_STATUS_', status) ?? String(status);
    const detail =
      information === null || typeof information === 'object' ? '' : printable(redact(String(information)));
    log.info(`callback(${handle}, dwContext ${context}, ${name}${detail === '' ? '' : `, ${detail}`})`);
  };
}

function nameOf(asked: number): string {
  return constantName('INTERNET_OPTION_', asked) ?? String(asked);
}
