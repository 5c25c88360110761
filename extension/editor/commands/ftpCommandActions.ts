import * as v from 'valibot';
import * as vscode from 'vscode';
import type { FunctionName } from '../../shared/hierarchy.ts';
import { announce, commandAction, mention } from '../announce.ts';
import { HANDLE_FIELD } from '../invocation.ts';
import { askText, pick } from '../steps.ts';
import { fill, type Step, walk } from '../stepWalk.ts';
import type { Command } from './commandParts.ts';
import { functionAction } from './functionAction.ts';
import { nameProblem } from './remoteName.ts';
import { showValue } from './showValue.ts';

/** The functions that speak FTP itself: a command of the user's own, and the size of an open file. */
export const ftpCommandActions = {
  FtpCommand: commandFunction(),
  FtpGetFileSize: functionAction('FtpGetFileSize', {
    answers: v.strictObject(HANDLE_FIELD),
    call: ({ parts, handle }) => parts.explorer.wininet.FtpGetFileSize(handle),
    tell: (_, bytes) => showValue(vscode.l10n.t('Size in bytes'), String(bytes)),
  }),
} as const satisfies Partial<Record<FunctionName, Command>>;

function commandFunction(): Command {
  const answers = v.strictObject({
    ...HANDLE_FIELD,
    line: v.string(),
    data: v.optional(v.picklist(['none', 'expected']), 'none'),
  });
  type Draft = v.InferOutput<typeof answers>;
  const steps: readonly Step<Draft>[] = [
    {
      ask: async (draft, place) =>
        fill(
          await askText({
            title: 'HINTERNET: FtpCommand',
            place,
            prompt: vscode.l10n.t('Command to send'),
            placeholder: vscode.l10n.t('For example SITE HELP or MLSD pub'),
            value: draft.line,
            problem: nameProblem,
          }),
          (line) => ({ ...draft, line }),
        ),
    },
    {
      ask: async (draft, place) =>
        fill(
          await pick<Draft['data']>({
            title: 'HINTERNET: FtpCommand',
            place,
            placeholder: vscode.l10n.t('What the server answers with'),
            choices: [
              { label: vscode.l10n.t('A reply only'), description: 'fExpectResponse = FALSE', value: 'none' },
              { label: vscode.l10n.t('Data'), description: 'fExpectResponse = TRUE', value: 'expected' },
            ],
          }),
          (data) => ({ ...draft, data }),
        ),
    },
  ];
  return functionAction('FtpCommand', {
    answers,
    ask: () => walk(steps, { line: '', data: 'none' }),
    call: async ({ parts: { explorer, nextContext }, handle }, { line, data }) => {
      if (data === 'none') {
        await explorer.wininet.FtpCommand(handle, false, 0, line, nextContext());
        return null;
      }
      const file = await explorer.wininet.FtpCommand(handle, true, 0, line, nextContext());
      explorer.select(file.serial);
      return file.serial;
    },
    tell: (_, serial, { line }) =>
      serial === null
        ? mention(vscode.l10n.t('The server has carried out {0}.', line))
        : announce(vscode.l10n.t('{0} is open; its session is busy until the handle is closed.', line), [
            commandAction(vscode.l10n.t('Read Response'), 'hinternet.readResponse', serial),
          ]),
  });
}
