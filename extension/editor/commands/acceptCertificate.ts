import * as vscode from 'vscode';
import { type ErrorSymbol, errorCode } from '../../shared/errorCodes.ts';
import {
  FLAGS_ERROR_UI_FLAGS_CHANGE_OPTIONS,
  INTERNET_FLAG_IGNORE_REDIRECT_TO_HTTPS,
  INTERNET_FLAG_SECURE,
  INTERNET_OPTION_SECURITY_FLAGS,
  INTERNET_SERVICE_HTTP,
  SECURITY_FLAG_IGNORE_CERT_CN_INVALID,
  SECURITY_FLAG_IGNORE_CERT_DATE_INVALID,
  SECURITY_FLAG_IGNORE_UNKNOWN_CA,
} from '../../wininet/index.ts';
import { splitUrl } from '../../wininet/url.ts';
import type { CommandParts } from './commandParts.ts';

/** A fault of a certificate that a person may accept: the flag that does, and the words on the button. */
const ACCEPTABLE: Readonly<Partial<Record<ErrorSymbol, { readonly flag: number; readonly button: () => string }>>> = {
  ERROR_INTERNET_INVALID_CA: {
    flag: SECURITY_FLAG_IGNORE_UNKNOWN_CA,
    button: () => vscode.l10n.t('Accept the Unknown Issuer and Send'),
  },
  ERROR_INTERNET_SEC_CERT_CN_INVALID: {
    flag: SECURITY_FLAG_IGNORE_CERT_CN_INVALID,
    button: () => vscode.l10n.t('Accept the Other Name and Send'),
  },
  ERROR_INTERNET_SEC_CERT_DATE_INVALID: {
    flag: SECURITY_FLAG_IGNORE_CERT_DATE_INVALID,
    button: () => vscode.l10n.t('Accept the Date and Send'),
  },
};

/** What the button says that accepts a fault, or presents a certificate; null where the error is none that has such a way out. */
export function acceptButton(fault: ErrorSymbol): string | null {
  if (fault === 'ERROR_INTERNET_CLIENT_AUTH_CERT_NEEDED') return vscode.l10n.t('Choose a Certificate and Send');
  return ACCEPTABLE[fault]?.button() ?? null;
}

/**
 * Makes one request tolerate one fault of its server's certificate, as InternetErrorDlg does when a person accepts it; that
 * function itself asks for a certificate of the client.
 */
export async function acceptCertificate({ explorer }: CommandParts, serial: number, fault: ErrorSymbol): Promise<void> {
  const request = explorer.handle(serial);
  if (fault === 'ERROR_INTERNET_CLIENT_AUTH_CERT_NEEDED') {
    await explorer.wininet.InternetErrorDlg(null, request, errorCode(fault), FLAGS_ERROR_UI_FLAGS_CHANGE_OPTIONS);
    return;
  }
  const accepted = await explorer.wininet.InternetQueryOption(request, INTERNET_OPTION_SECURITY_FLAGS);
  const flags = (typeof accepted === 'number' ? accepted : 0) | (ACCEPTABLE[fault]?.flag ?? 0);
  await explorer.wininet.InternetSetOption(request, INTERNET_OPTION_SECURITY_FLAGS, flags);
}

/**
 * Makes the request that InternetOpenUrl would make and does not send it: InternetOpenUrl sends before anybody could accept
 * a certificate. Returns the serial of the request.
 * @param target serial of the root to use; the one that commands share where it is undefined
 */
export async function openUnsent(parts: CommandParts, target: number | undefined, url: string): Promise<number> {
  const { explorer, nextContext } = parts;
  const root = target === undefined ? await explorer.root() : explorer.handle(target);
  const { scheme, host, port, user, password, path } = splitUrl(url);
  const session = await explorer.wininet.InternetConnect(
    root,
    host,
    port,
    user,
    password,
    INTERNET_SERVICE_HTTP,
    // A plain URL gets here when it redirects to a server whose certificate is at fault.
    scheme === 'https' ? INTERNET_FLAG_SECURE : 0,
    nextContext(),
  );
  const name = path.replace(/#.*$/s, '');
  const flags = INTERNET_FLAG_IGNORE_REDIRECT_TO_HTTPS;
  const request = await explorer.wininet.HttpOpenRequest(
    session,
    null,
    name,
    null,
    null,
    ['*/*'],
    flags,
    nextContext(),
  );
  return request.serial;
}
