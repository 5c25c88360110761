import * as v from 'valibot';
import * as vscode from 'vscode';
import { isHttpToken } from '../../shared/httpToken.ts';
import { INTERNET_FLAG_IGNORE_REDIRECT_TO_HTTPS } from '../../wininet/index.ts';
import { mention } from '../announce.ts';
import { handleFor } from '../handlePick.ts';
import { HANDLE_FIELD, readAnswers } from '../invocation.ts';
import { callWithProgress } from '../progress.ts';
import { attempt } from '../report.ts';
import { askText, pick } from '../steps.ts';
import { fill, type Step, walk } from '../stepWalk.ts';
import type { CommandParts } from './commandParts.ts';

const answers = v.strictObject({
  ...HANDLE_FIELD,
  method: v.optional(v.string(), 'GET'),
  path: v.optional(v.string(), '/'),
});

interface Draft {
  readonly method: string;
  readonly path: string;
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** Makes a request with HttpOpenRequest and selects it. Returns its serial. */
export async function openRequest(parts: CommandParts, target?: number, args?: unknown): Promise<number | undefined> {
  const given = readAnswers(answers, args);
  const serial = await handleFor(parts, target, given !== undefined, {
    fn: 'HttpOpenRequest',
    title: vscode.l10n.t('HINTERNET: Open Request'),
    none: vscode.l10n.t('A request needs an HTTP session: connect to a server first.'),
    maker: { title: vscode.l10n.t('Connect'), command: 'hinternet.connect' },
  });
  if (serial === undefined) return undefined;
  const draft = given ?? (await walk(STEPS, { method: 'GET', path: '/' }));
  if (draft === undefined) return undefined;
  return await attempt(parts, given !== undefined, async () => {
    const request = await open(parts, serial, draft);
    if (given === undefined) tell(draft);
    return request;
  });
}

async function open({ explorer, nextContext }: CommandParts, serial: number, { method, path }: Draft): Promise<number> {
  const session = explorer.handle(serial);
  const objectName = path.startsWith('/') ? path : `/${path}`;
  const title = vscode.l10n.t('HINTERNET: opening the request');
  const flags = INTERNET_FLAG_IGNORE_REDIRECT_TO_HTTPS;
  const handle = await callWithProgress(explorer, title, () =>
    explorer.wininet.HttpOpenRequest(session, method, objectName, null, null, ['*/*'], flags, nextContext()),
  );
  explorer.select(handle.serial);
  return handle.serial;
}

const STEPS: readonly Step<Draft>[] = [
  {
    ask: async (draft, place) =>
      fill(
        await pick({
          title: vscode.l10n.t('HINTERNET: Open Request'),
          place,
          placeholder: vscode.l10n.t('Method of the request; type another one, for example PROPFIND'),
          choices: METHODS.map((method) => ({ label: method, value: method })),
          active: (method) => method === draft.method,
          typedPlace: 'last',
          typed: (text) =>
            isHttpToken(text) && text.toUpperCase() !== 'CONNECT'
              ? { label: text, value: text }
              : { label: text, detail: vscode.l10n.t('This is not a method that can be sent.') },
        }),
        (method) => ({ ...draft, method }),
      ),
  },
  {
    ask: async (draft, place) =>
      fill(
        await askText({
          title: vscode.l10n.t('HINTERNET: Open Request'),
          place,
          prompt: vscode.l10n.t('Path and query'),
          placeholder: vscode.l10n.t('For example /search?q=handles'),
          value: draft.path,
          problem: (text) =>
            /^[a-z][a-z0-9+.-]*:\/\//i.test(text)
              ? vscode.l10n.t('Type only path and query here: the session knows its server.')
              : undefined,
        }),
        (path) => ({ ...draft, path }),
      ),
  },
];

function tell({ method, path }: Draft): void {
  mention(vscode.l10n.t('{0} {1} is ready to be sent.', method, path));
}
