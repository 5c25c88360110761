import * as v from 'valibot';
import * as vscode from 'vscode';
import {
  INTERNET_FLAG_SECURE,
  INTERNET_SERVICE_FTP,
  INTERNET_SERVICE_GOPHER,
  INTERNET_SERVICE_HTTP,
} from '../../wininet/index.ts';
import { mention } from '../announce.ts';
import { HANDLE_FIELD, readAnswers } from '../invocation.ts';
import { callWithProgress } from '../progress.ts';
import { attempt } from '../report.ts';
import { walk } from '../stepWalk.ts';
import type { CommandParts } from './commandParts.ts';
import { accountOf, CONNECT_START, connectSteps, type Session } from './connectSteps.ts';
import { ftpFlags } from './openUrl.ts';

const answers = v.strictObject({
  ...HANDLE_FIELD,
  protocol: v.picklist(['http', 'https', 'ftp', 'gopher']),
  host: v.string(),
  port: v.optional(v.number(), 0),
  user: v.optional(v.string(), ''),
  password: v.optional(v.string(), ''),
});

/** Opens a session with InternetConnect and selects it. Returns its serial. */
export async function connect(parts: CommandParts, target?: number, args?: unknown): Promise<number | undefined> {
  const given = readAnswers(answers, args);
  if (given !== undefined) return await open(parts, target, given);
  const draft = await walk(connectSteps(parts.passwords), CONNECT_START);
  if (draft === undefined) return undefined;
  return await attempt(parts, false, async () => {
    const serial = await open(parts, target, draft);
    if (draft.remember !== 'unchanged') {
      await parts.passwords.keep(accountOf(draft), draft.remember === 'remember' ? draft.password : null);
    }
    tell(draft);
    return serial;
  });
}

async function open(
  { explorer, nextContext }: CommandParts,
  target: number | undefined,
  { protocol, host, port, user, password }: Session,
): Promise<number> {
  const root = target === undefined ? await explorer.root() : explorer.handle(target);
  const [service, flags] = serviceOf(protocol);
  const title = vscode.l10n.t('HINTERNET: connecting to {0}', host);
  const handle = await callWithProgress(explorer, title, () =>
    explorer.wininet.InternetConnect(
      root,
      host,
      port,
      user === '' ? null : user,
      password === '' ? null : password,
      service,
      flags,
      nextContext(),
    ),
  );
  explorer.select(handle.serial);
  return handle.serial;
}

function serviceOf(protocol: Session['protocol']): readonly [service: number, flags: number] {
  switch (protocol) {
    case 'ftp':
      return [INTERNET_SERVICE_FTP, ftpFlags()];
    case 'gopher':
      return [INTERNET_SERVICE_GOPHER, 0];
    case 'https':
      return [INTERNET_SERVICE_HTTP, INTERNET_FLAG_SECURE];
    case 'http':
      return [INTERNET_SERVICE_HTTP, 0];
  }
}

function tell({ protocol, host }: Session): void {
  const message =
    protocol === 'ftp'
      ? vscode.l10n.t('Logged on to {0}.', host)
      : vscode.l10n.t('The session with {0} is ready; its first request makes the connection.', host);
  mention(message);
}
