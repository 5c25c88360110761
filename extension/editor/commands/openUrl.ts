import * as v from 'valibot';
import * as vscode from 'vscode';
import type { ErrorSymbol } from '../../shared/errorCodes.ts';
import { printable } from '../../shared/format.ts';
import { INTERNET_FLAG_IGNORE_REDIRECT_TO_HTTPS, INTERNET_FLAG_PASSIVE } from '../../wininet/index.ts';
import { splitUrl, type UrlParts } from '../../wininet/url.ts';
import { announce, commandAction } from '../announce.ts';
import { problemOf } from '../errorSentence.ts';
import { HANDLE_FIELD, readAnswers } from '../invocation.ts';
import { callWithProgress } from '../progress.ts';
import { attempt } from '../report.ts';
import { ftpPassive } from '../settings.ts';
import { askText, type Choice, heading, pick } from '../steps.ts';
import { fill, type Step, walk } from '../stepWalk.ts';
import { openUnsent } from './acceptCertificate.ts';
import type { CommandParts } from './commandParts.ts';
import { addressChoices } from './playgroundChoices.ts';
import { sendAnyway, sendRequest, statusLineOf } from './sendRequest.ts';

const answers = v.strictObject({ ...HANDLE_FIELD, url: v.string(), headers: v.optional(v.string()) });

interface Draft {
  readonly url: string;
  readonly password: string;
}

/** Opens a URL with InternetOpenUrl and selects the new handle. Returns its serial. */
export async function openUrl(parts: CommandParts, target?: number, args?: unknown): Promise<number | undefined> {
  const given = readAnswers(answers, args);
  if (given !== undefined) return await open(parts, target, given.url, given.headers ?? null);
  const draft = await walk(steps(parts), { url: '', password: '' });
  if (draft === undefined) return undefined;
  return await openAndTell(parts, target, withPassword(draft));
}

/** Opens a URL for a person: says what came of it and what to do next. */
export async function openAndTell(
  parts: CommandParts,
  target: number | undefined,
  url: string,
): Promise<number | undefined> {
  const work = async () => {
    const serial = await open(parts, target, url, null);
    await tell(parts, serial);
    return serial;
  };
  return await attempt(parts, false, work, { acceptCertificate: (fault) => openAccepting(parts, target, url, fault) });
}

async function openAccepting(
  parts: CommandParts,
  target: number | undefined,
  url: string,
  fault: ErrorSymbol,
): Promise<void> {
  await attempt(parts, false, async () => {
    const serial = await openUnsent(parts, target, url);
    await sendAnyway(parts, serial, fault, async () => {
      await sendRequest(parts, serial, {});
      await tell(parts, serial);
    });
  });
}

async function open(
  parts: CommandParts,
  target: number | undefined,
  url: string,
  headers: string | null,
): Promise<number> {
  const { explorer, history, nextContext } = parts;
  const root = target === undefined ? await explorer.root() : explorer.handle(target);
  const flags = flagsFor(parse(url)?.scheme);
  const title = vscode.l10n.t('HINTERNET: opening the URL');
  const handle = await callWithProgress(explorer, title, () =>
    explorer.wininet.InternetOpenUrl(root, url, headers, flags, nextContext()),
  );
  explorer.select(handle.serial);
  await history.add(url);
  return handle.serial;
}

/** What a person expects who opens an address: one of http may lead to https, as in a browser. */
function flagsFor(scheme: string | undefined): number {
  if (scheme === 'ftp') return ftpFlags();
  return scheme === 'http' ? INTERNET_FLAG_IGNORE_REDIRECT_TO_HTTPS : 0;
}

/** Flags for FTP by the setting hinternet.ftp.passive: WinINet's own default is active, which firewalls seldom let through. */
export function ftpFlags(): number {
  return ftpPassive() ? INTERNET_FLAG_PASSIVE : 0;
}

function steps(parts: CommandParts): readonly Step<Draft>[] {
  const title = vscode.l10n.t('HINTERNET: Open URL');
  return [
    {
      ask: async (draft, place) =>
        fill(
          await pick({
            title,
            place,
            placeholder: vscode.l10n.t('Type a URL, for example https://example.org/ or ftp://example.org/pub/'),
            choices: choices(parts),
            typed,
          }),
          (url) => ({ ...draft, url }),
        ),
    },
    {
      applies: ({ url }) => lacksPassword(url),
      ask: async (draft, place) =>
        fill(
          await askText({
            title,
            place,
            prompt: vscode.l10n.t('Password of {0}; it is not remembered', parse(draft.url)?.user ?? ''),
            placeholder: vscode.l10n.t('Empty if there is none'),
            password: true,
          }),
          (password) => ({ ...draft, password }),
        ),
    },
  ];
}

function choices({ history, playground }: CommandParts): readonly Choice<string>[] {
  const recent = history.urls.map((url): Choice<string> => ({ label: url, iconPath: icon('history'), value: url }));
  return [
    ...(recent.length === 0 ? [] : [heading(vscode.l10n.t('opened before')), ...recent]),
    ...(playground.running === null ? [] : addressChoices(playground.running.addresses)),
  ];
}

function typed(text: string): Choice<string> {
  const problem = problemOf(() => splitUrl(text));
  if (problem !== undefined) return { label: text, detail: problem, iconPath: icon('error') };
  return { label: text, detail: vscode.l10n.t('Open this URL'), iconPath: icon('link-external'), value: text };
}

async function tell(parts: CommandParts, serial: number): Promise<void> {
  const node = parts.explorer.node(serial);
  const target = printable(node?.target ?? '', 100);
  const message =
    node?.kind === 'http-request'
      ? vscode.l10n.t('{0} for {1}', printable(await statusLineOf(parts, serial)), target)
      : vscode.l10n.t('{0} is open.', target);
  announce(message, [
    commandAction(vscode.l10n.t('Read Response'), 'hinternet.readResponse', serial),
    commandAction(vscode.l10n.t('Show Graph'), 'hinternet.revealInGraph', serial),
  ]);
}

function withPassword({ url, password }: Draft): string {
  if (password === '' || !lacksPassword(url)) return url;
  return url.replace('@', `:${encodeURIComponent(password)}@`);
}

function lacksPassword(url: string): boolean {
  const parts = parse(url);
  return parts !== null && parts.user !== null && parts.user !== '' && parts.password === null;
}

function parse(url: string): UrlParts | null {
  try {
    return splitUrl(url);
  } catch {
    // Whether a URL can be opened is the engine's to say.
    return null;
  }
}

function icon(name: string): vscode.ThemeIcon {
  return new vscode.ThemeIcon(name);
}
