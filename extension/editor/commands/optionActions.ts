import * as v from 'valibot';
import * as vscode from 'vscode';
import { constantName } from '../../shared/constantNames.ts';
import { printable } from '../../shared/format.ts';
import type { FunctionName, HandleKind } from '../../shared/hierarchy.ts';
import { hasOption, optionRow } from '../../shared/optionTable.ts';
import { redact } from '../../shared/redact.ts';
import { HINTERNET, type OptionValue, type StatusCallback } from '../../wininet/index.ts';
import { mention } from '../announce.ts';
import { HANDLE_FIELD } from '../invocation.ts';
import { pick } from '../steps.ts';
import { askOption, optionQuestion } from './askOption.ts';
import type { Command, CommandParts } from './commandParts.ts';
import { functionAction } from './functionAction.ts';
import { offerSecret, showValue } from './showValue.ts';

const option = v.pipe(v.number(), v.integer(), v.minValue(0));
const OPTION_VALUE = v.union([v.number(), v.string(), v.boolean(), v.null(), v.record(v.string(), v.unknown())]);
/** Whether the option is the library's, for which NULL stands, and not the handle's. */
const LIBRARY = v.optional(v.boolean(), false);

interface OptionToRead {
  readonly option: number;
  readonly library: boolean;
}

interface OptionToSet extends OptionToRead {
  readonly value: unknown;
}

/** Options and the status callback. */
export const optionActions = {
  InternetQueryOption: functionAction<OptionToRead, unknown>('InternetQueryOption', {
    answers: v.strictObject({ ...HANDLE_FIELD, option, library: LIBRARY }),
    ask: async (parts, serial) => {
      const kind = kindOf(parts, serial);
      const answer = await pick(optionQuestion('HINTERNET: InternetQueryOption', kind, false));
      if (answer.type !== 'value') return undefined;
      return { option: answer.value.option, library: !hasOption(answer.value, kind, false) };
    },
    call: async ({ parts, handle }, answers) =>
      passable(await parts.explorer.wininet.InternetQueryOption(answers.library ? null : handle, answers.option)),
    tell: (_called, result, answers) => tellOption(answers.option, result),
  }),
  InternetSetOption: optionToSet('InternetSetOption'),
  InternetSetOptionEx: optionToSet('InternetSetOptionEx'),
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

function optionToSet(fn: 'InternetSetOption' | 'InternetSetOptionEx') {
  return functionAction<OptionToSet, true>(fn, {
    answers: v.strictObject({ ...HANDLE_FIELD, option, value: OPTION_VALUE, library: LIBRARY }),
    ask: async (parts, serial) => {
      const asked = await askOption(`HINTERNET: ${fn}`, kindOf(parts, serial));
      if (asked === undefined) return undefined;
      const { chosen, value } = asked;
      return { option: chosen.option, value, library: !hasOption(chosen, kindOf(parts, serial), true) };
    },
    call: ({ parts, handle }, answers) => {
      // The engine checks records itself.
      const given = [answers.library ? null : handle, answers.option, answers.value as OptionValue] as const;
      const { wininet } = parts.explorer;
      return fn === 'InternetSetOption'
        ? wininet.InternetSetOption(...given)
        : wininet.InternetSetOptionEx(...given, 0);
    },
    tell: (_called, _result, answers) => mention(vscode.l10n.t('{0} is set.', nameOf(answers.option))),
  });
}

function kindOf({ explorer }: CommandParts, serial: number): HandleKind {
  return explorer.node(serial)?.kind ?? 'root';
}

function tellOption(asked: number, result: unknown): void {
  const form = optionRow(asked)?.form;
  const text = form === 'flags' && typeof result === 'number' ? `0x${result.toString(16)}` : textOf(result);
  if (form === 'secret' && result !== null) offerSecret(nameOf(asked), text);
  else showValue(nameOf(asked), text);
}

function textOf(result: unknown): string {
  if (typeof result !== 'object' || result === null) return String(result ?? 'NULL');
  return JSON.stringify(result, (_, value: unknown) => (value instanceof Uint8Array ? `${value.length} bytes` : value));
}

/** A value that programs elsewhere can take: a handle becomes its text, a callback its name. */
function passable(result: OptionValue): unknown {
  if (typeof result === 'function') return result.name === '' ? 'function' : result.name;
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
