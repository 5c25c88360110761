import * as vscode from 'vscode';
import { fitsProtocolLine } from '../../shared/protocolLine.ts';
import {
  INTERNET_DEFAULT_FTP_PORT,
  INTERNET_DEFAULT_GOPHER_PORT,
  INTERNET_DEFAULT_HTTP_PORT,
  INTERNET_DEFAULT_HTTPS_PORT,
} from '../../wininet/index.ts';
import { type HostProblem, parseHostAndPort } from '../hostAndPort.ts';
import type { Account, Passwords } from '../secrets.ts';
import { askText, pick } from '../steps.ts';
import { fill, type Step } from '../stepWalk.ts';

const PROTOCOLS = {
  http: { label: 'HTTP', icon: 'globe', port: INTERNET_DEFAULT_HTTP_PORT },
  https: { label: 'HTTPS', icon: 'lock', port: INTERNET_DEFAULT_HTTPS_PORT },
  ftp: { label: 'FTP', icon: 'server', port: INTERNET_DEFAULT_FTP_PORT },
  gopher: { label: 'Gopher', icon: 'list-tree', port: INTERNET_DEFAULT_GOPHER_PORT },
} as const;
type Protocol = keyof typeof PROTOCOLS;

/** A session to open. */
export interface Session {
  readonly protocol: Protocol;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
}

/** The answers so far. */
export interface ConnectDraft extends Session {
  /** What the person typed for host and port. */
  readonly server: string;
  readonly remember: 'unchanged' | 'remember' | 'forget';
}

/** What the questions start with. */
export const CONNECT_START: ConnectDraft = {
  protocol: 'http',
  server: '',
  host: '',
  port: 0,
  user: '',
  password: '',
  remember: 'unchanged',
};

/** The questions of Connect: protocol, server, user, password, and whether to remember it. */
export function connectSteps(passwords: Passwords): readonly Step<ConnectDraft>[] {
  const title = vscode.l10n.t('HINTERNET: Connect');
  return [protocolStep(title), serverStep(title), userStep(title), passwordStep(title, passwords), rememberStep(title)];
}

/** Whose password it is. */
export function accountOf({ protocol, host, port, user }: Session): Account {
  return { scheme: protocol, host, port: port || PROTOCOLS[protocol].port, user };
}

function protocolStep(title: string): Step<ConnectDraft> {
  return {
    ask: async (draft, place) =>
      fill(
        await pick({
          title,
          place,
          placeholder: vscode.l10n.t('Protocol of the session'),
          choices: (Object.keys(PROTOCOLS) as Protocol[]).map((protocol) => ({
            label: PROTOCOLS[protocol].label,
            description: vscode.l10n.t('port {0}', PROTOCOLS[protocol].port),
            iconPath: new vscode.ThemeIcon(PROTOCOLS[protocol].icon),
            value: protocol,
          })),
          active: (protocol) => protocol === draft.protocol,
        }),
        (protocol) => ({ ...draft, protocol }),
      ),
  };
}

function serverStep(title: string): Step<ConnectDraft> {
  return {
    ask: async (draft, place) =>
      fill(
        await askText({
          title,
          place,
          prompt: vscode.l10n.t('Name or address of the server, with a port if it is not {0}', portOf(draft)),
          placeholder: vscode.l10n.t('For example example.org or 127.0.0.1:8080'),
          value: draft.server,
          problem: hostProblem,
        }),
        (server) => {
          const parsed = parseHostAndPort(server);
          return { ...draft, server, ...(typeof parsed === 'string' ? {} : parsed) };
        },
      ),
  };
}

function userStep(title: string): Step<ConnectDraft> {
  return {
    // Gopher knows no users.
    applies: ({ protocol }) => protocol !== 'gopher',
    ask: async (draft, place) =>
      fill(
        await askText({
          title,
          place,
          prompt:
            draft.protocol === 'ftp'
              ? vscode.l10n.t('User name; leave it empty to log on as anonymous')
              : vscode.l10n.t('User name; leave it empty if the server asks for none'),
          placeholder: vscode.l10n.t('For example alice'),
          value: draft.user,
          problem: (text) =>
            fitsProtocolLine(text) ? undefined : vscode.l10n.t('A name cannot contain control characters.'),
        }),
        (user) => ({ ...draft, user, password: user === draft.user ? draft.password : '', remember: 'unchanged' }),
      ),
  };
}

function passwordStep(title: string, passwords: Passwords): Step<ConnectDraft> {
  return {
    applies: ({ user }) => user !== '',
    ask: async (draft, place) => {
      const remembered = await passwords.recall(accountOf(draft));
      const answer = await askText({
        title,
        place,
        prompt:
          remembered === undefined
            ? vscode.l10n.t('Password of {0}', draft.user)
            : vscode.l10n.t('Password of {0}; the remembered one is filled in', draft.user),
        placeholder: vscode.l10n.t('Empty if there is none'),
        value: draft.password === '' ? (remembered ?? '') : draft.password,
        password: true,
      });
      return fill(answer, (password) => ({ ...draft, password, remember: rememberFor(password, remembered) }));
    },
  };
}

/** A remembered password that was not changed stays as it is; whatever else was typed is asked about. */
function rememberFor(password: string, remembered: string | undefined): ConnectDraft['remember'] {
  return password === remembered || password === '' ? 'unchanged' : 'forget';
}

function rememberStep(title: string): Step<ConnectDraft> {
  return {
    applies: ({ user, password, remember }) => user !== '' && password !== '' && remember !== 'unchanged',
    ask: async (draft, place) =>
      fill(
        await pick<'remember' | 'forget'>({
          title,
          place,
          placeholder: vscode.l10n.t('Remember this password in the secret storage of VS Code?'),
          choices: [
            { label: vscode.l10n.t('Do not remember it'), value: 'forget' },
            { label: vscode.l10n.t('Remember it'), value: 'remember' },
          ],
          active: (remember) => remember === draft.remember,
        }),
        (remember) => ({ ...draft, remember }),
      ),
  };
}

function portOf({ protocol }: ConnectDraft): number {
  return PROTOCOLS[protocol].port;
}

function hostProblem(text: string): string | undefined {
  const parsed = parseHostAndPort(text);
  if (typeof parsed !== 'string') return undefined;
  const sentences: Readonly<Record<HostProblem, string>> = {
    empty: vscode.l10n.t('Type the name or address of a server.'),
    'has-scheme': vscode.l10n.t('Type only the server here, without a scheme; use Open URL for a whole URL.'),
    'bad-host': vscode.l10n.t('A server has a name or an address, without spaces, user name or path.'),
    'bad-port': vscode.l10n.t('A port is a number from 1 to 65535.'),
  };
  return sentences[parsed];
}
