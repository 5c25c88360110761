import * as vscode from 'vscode';
import type { ErrorSymbol } from '../shared/errorCodes.ts';
import { openChildren } from '../shared/model.ts';
import { WinInetError } from '../wininet/index.ts';
import { CallFailure } from '../wininet/winInetError.ts';
import { mention, type NextAction, runChosen } from './announce.ts';
import { acceptButton } from './commands/acceptCertificate.ts';
import type { CommandParts } from './commands/commandParts.ts';
import { errorSentence } from './errorSentence.ts';

/** What can be done about an error. */
type Remedy = 'retry' | 'connect' | 'close-busy' | 'read-reply' | 'accept-certificate';

const REMEDIES: Readonly<Partial<Record<ErrorSymbol, readonly Remedy[]>>> = {
  ERROR_INTERNET_CANNOT_CONNECT: ['retry'],
  ERROR_INTERNET_NAME_NOT_RESOLVED: ['retry'],
  ERROR_INTERNET_TIMEOUT: ['retry'],
  ERROR_INTERNET_CONNECTION_RESET: ['retry'],
  ERROR_INTERNET_CONNECTION_ABORTED: ['retry'],
  ERROR_INTERNET_SERVER_UNREACHABLE: ['retry'],
  ERROR_INTERNET_OUT_OF_HANDLES: ['retry'],
  ERROR_INTERNET_FORCE_RETRY: ['retry'],
  ERROR_FTP_DROPPED: ['connect'],
  ERROR_FTP_NO_PASSIVE_MODE: ['retry'],
  ERROR_FTP_TRANSFER_IN_PROGRESS: ['close-busy'],
  ERROR_INTERNET_EXTENDED_ERROR: ['read-reply', 'retry'],
  ERROR_INTERNET_LOGIN_FAILURE: ['connect', 'read-reply'],
  ERROR_INTERNET_INCORRECT_PASSWORD: ['connect'],
  ERROR_INTERNET_INCORRECT_USER_NAME: ['connect'],
  ERROR_INVALID_HANDLE: ['connect'],
  ERROR_INTERNET_INVALID_CA: ['accept-certificate'],
  ERROR_INTERNET_SEC_CERT_CN_INVALID: ['accept-certificate'],
  ERROR_INTERNET_SEC_CERT_DATE_INVALID: ['accept-certificate'],
  ERROR_INTERNET_CLIENT_AUTH_CERT_NEEDED: ['accept-certificate'],
  ERROR_DISK_FULL: ['retry'],
  ERROR_ACCESS_DENIED: ['retry'],
};

/** Ways out that only the failed command knows. */
export interface OwnRemedies {
  /** Sends the request again although the server's certificate has the fault that the error names, or with one of the client. */
  readonly acceptCertificate?: (fault: ErrorSymbol) => unknown;
}

/**
 * Does the work of a command. What goes wrong is shown with what can be done about it, or thrown if a program called.
 * @param quiet a program called: nothing is shown
 * @returns undefined after an error that was shown
 */
export async function attempt<T>(
  parts: CommandParts,
  quiet: boolean,
  work: () => Promise<T>,
  own: OwnRemedies = {},
): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (quiet) throw error;
    report(parts, error, () => attempt(parts, quiet, work, own), own);
    return undefined;
  }
}

/** Shows an error: symbol, number, what to do, and buttons that do it. What the user has cancelled is no error. */
export function report(parts: CommandParts, error: unknown, retry?: () => unknown, own: OwnRemedies = {}): void {
  const symbol = error instanceof WinInetError || error instanceof CallFailure ? error.symbol : undefined;
  if (error instanceof vscode.CancellationError || symbol === 'ERROR_INTERNET_OPERATION_CANCELLED') return;
  if (symbol === 'ERROR_IO_PENDING') {
    mention(vscode.l10n.t('ERROR_IO_PENDING: the call goes on; the tree and the log show how it ends.'));
    return;
  }
  const sentence = errorSentence(error);
  if (symbol === undefined) parts.log.info(error instanceof Error ? (error.stack ?? sentence) : sentence);
  const remedies = symbol === undefined ? [] : (REMEDIES[symbol] ?? []);
  const actions = [
    ...remedies.flatMap((remedy) => actionFor(remedy, parts, error, retry, own) ?? []),
    { title: vscode.l10n.t('Show Log'), run: () => parts.log.show() },
  ];
  const titles = actions.map((action) => action.title);
  void vscode.window.showErrorMessage(sentence, ...titles).then(async (chosen) => {
    try {
      await runChosen(actions, chosen);
    } catch (failure) {
      report(parts, failure);
    }
  });
}

function actionFor(
  remedy: Remedy,
  parts: CommandParts,
  error: unknown,
  retry: (() => unknown) | undefined,
  own: OwnRemedies,
): NextAction | null {
  switch (remedy) {
    case 'retry':
      return retry === undefined ? null : { title: vscode.l10n.t('Try Again'), run: retry };
    case 'connect':
      return { title: vscode.l10n.t('Connect Again'), run: () => vscode.commands.executeCommand('hinternet.connect') };
    case 'close-busy':
      return closeBusy(parts, error, retry);
    case 'read-reply': {
      // At once: the next call of any function makes the engine forget it.
      const reply = parts.explorer.wininet.InternetGetLastResponseInfo();
      return { title: vscode.l10n.t('Read Server Reply'), run: async () => showReply(parts, await reply) };
    }
    case 'accept-certificate': {
      const { acceptCertificate } = own;
      const title = error instanceof WinInetError ? acceptButton(error.symbol) : null;
      if (acceptCertificate === undefined || title === null || !(error instanceof WinInetError)) return null;
      return { title, run: () => acceptCertificate(error.symbol) };
    }
  }
}

function closeBusy(parts: CommandParts, error: unknown, retry: (() => unknown) | undefined): NextAction | null {
  const { explorer } = parts;
  const session = error instanceof WinInetError ? error.handle : null;
  const busy = session === null ? undefined : openChildren(explorer.journal.tree, session.serial)[0];
  if (busy === undefined) return null;
  return {
    title: vscode.l10n.t('Close the Busy Handle'),
    run: async () => {
      const handle = explorer.wininet.handleWithSerial(busy.serial);
      if (handle !== null) await explorer.wininet.InternetCloseHandle(handle);
      await retry?.();
    },
  };
}

async function showReply({ bodies }: CommandParts, reply: string): Promise<void> {
  await bodies.showText('server-reply.txt', reply === '' ? vscode.l10n.t('The server has said nothing.') : reply);
}
