import * as v from 'valibot';
import * as vscode from 'vscode';
import { HTTP_ADDREQ_FLAG_ADD, HTTP_ADDREQ_FLAG_ADD_IF_NEW, HTTP_ADDREQ_FLAG_REPLACE } from '../../wininet/index.ts';
import { parseHeaderLines } from '../../wininet/requestHeaders.ts';
import { mention } from '../announce.ts';
import { problemOf } from '../errorSentence.ts';
import { HANDLE_FIELD } from '../invocation.ts';
import { askText, pick } from '../steps.ts';
import { fill, type Step, walk } from '../stepWalk.ts';
import { functionAction } from './functionAction.ts';

const answers = v.strictObject({
  ...HANDLE_FIELD,
  /** Lines "Name: value". */
  headers: v.string(),
  /** HTTP_ADDREQ_FLAG_*. */
  modifiers: v.optional(v.number(), HTTP_ADDREQ_FLAG_ADD),
});
type Draft = v.InferOutput<typeof answers>;

const STEPS: readonly Step<Draft>[] = [
  {
    ask: async (draft, place) =>
      fill(
        await askText({
          title: 'HINTERNET: HttpAddRequestHeaders',
          place,
          prompt: vscode.l10n.t('One header, its name and its value'),
          placeholder: vscode.l10n.t('For example Accept-Language: de'),
          value: draft.headers,
          problem: (text) =>
            text.trim() === '' ? vscode.l10n.t('Type a header.') : problemOf(() => parseHeaderLines(text)),
        }),
        (headers) => ({ ...draft, headers }),
      ),
  },
  {
    ask: async (draft, place) =>
      fill(
        await pick<number>({
          title: 'HINTERNET: HttpAddRequestHeaders',
          place,
          placeholder: vscode.l10n.t('What to do if the request has this header already'),
          choices: [
            {
              label: vscode.l10n.t('Add Another One'),
              description: 'HTTP_ADDREQ_FLAG_ADD',
              value: HTTP_ADDREQ_FLAG_ADD,
            },
            {
              label: vscode.l10n.t('Replace It'),
              description: 'HTTP_ADDREQ_FLAG_ADD | HTTP_ADDREQ_FLAG_REPLACE',
              value: (HTTP_ADDREQ_FLAG_ADD | HTTP_ADDREQ_FLAG_REPLACE) >>> 0,
            },
            {
              label: vscode.l10n.t('Fail'),
              description: 'HTTP_ADDREQ_FLAG_ADD_IF_NEW',
              value: HTTP_ADDREQ_FLAG_ADD_IF_NEW,
            },
          ],
        }),
        (modifiers) => ({ ...draft, modifiers }),
      ),
  },
];

/** Adds or replaces a header with HttpAddRequestHeaders. */
export const addHeaders = functionAction<Draft, true>('HttpAddRequestHeaders', {
  answers,
  ask: () => walk(STEPS, { headers: '', modifiers: HTTP_ADDREQ_FLAG_ADD }),
  call: ({ parts, handle }, { headers, modifiers }) =>
    parts.explorer.wininet.HttpAddRequestHeaders(handle, headers, modifiers),
  tell: () => mention(vscode.l10n.t('The header will be sent with the request.')),
});
