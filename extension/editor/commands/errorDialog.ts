import * as v from 'valibot';
import * as vscode from 'vscode';
import { type ErrorSymbol, errorCode, errorMeaning, errorSymbol } from '../../shared/errorCodes.ts';
import {
  FLAGS_ERROR_UI_FILTER_FOR_ERRORS,
  FLAGS_ERROR_UI_FLAGS_CHANGE_OPTIONS,
  FLAGS_ERROR_UI_FLAGS_GENERATE_DATA,
} from '../../wininet/index.ts';
import { announce, commandAction } from '../announce.ts';
import { HANDLE_FIELD } from '../invocation.ts';
import { pick } from '../steps.ts';
import { functionAction } from './functionAction.ts';

const FLAGS =
  FLAGS_ERROR_UI_FILTER_FOR_ERRORS | FLAGS_ERROR_UI_FLAGS_CHANGE_OPTIONS | FLAGS_ERROR_UI_FLAGS_GENERATE_DATA;

const CERTIFICATE_NEEDED: ErrorSymbol = 'ERROR_INTERNET_CLIENT_AUTH_CERT_NEEDED';

/** Errors that the dialog can do something about; the first is behind a 401 or 407. */
const ASKABLE: readonly ErrorSymbol[] = [
  'ERROR_INTERNET_INCORRECT_PASSWORD',
  'ERROR_INTERNET_INVALID_CA',
  'ERROR_INTERNET_SEC_CERT_CN_INVALID',
  'ERROR_INTERNET_SEC_CERT_DATE_INVALID',
  'ERROR_INTERNET_SEC_INVALID_CERT',
  'ERROR_INTERNET_SEC_CERT_WEAK_SIGNATURE',
  CERTIFICATE_NEEDED,
  'ERROR_INTERNET_HTTPS_TO_HTTP_ON_REDIR',
  'ERROR_INTERNET_HTTP_TO_HTTPS_ON_REDIR',
];

const answers = v.strictObject({
  ...HANDLE_FIELD,
  dwError: v.optional(v.pipe(v.number(), v.integer()), 0),
  dwFlags: v.optional(v.pipe(v.number(), v.integer()), FLAGS),
});

/** Asks about an error of a request with InternetErrorDlg. Returns its error number. */
export const errorDialog = functionAction('InternetErrorDlg', {
  answers,
  ask: async () => {
    const answer = await pick({
      title: 'HINTERNET: InternetErrorDlg',
      placeholder: vscode.l10n.t('Choose what went wrong'),
      choices: ASKABLE.map((symbol) => ({ label: symbol, detail: errorMeaning(symbol), value: errorCode(symbol) })),
    });
    return answer.type === 'value' ? { dwError: answer.value, dwFlags: FLAGS } : undefined;
  },
  call: ({ parts, handle }, { dwError, dwFlags }) =>
    parts.explorer.wininet.InternetErrorDlg(null, handle, dwError, dwFlags, null),
  tell: ({ serial }, code, { dwError }) => {
    const symbol = errorSymbol(code);
    // For a certificate of the client the function's answer says nothing: with or without one, the request is sent again.
    const retry = symbol === 'ERROR_INTERNET_FORCE_RETRY' || errorSymbol(dwError) === CERTIFICATE_NEEDED;
    announce(
      symbol === undefined ? String(code) : `${symbol} (${code}). ${errorMeaning(symbol)}`,
      retry ? [commandAction(vscode.l10n.t('Send Request'), 'hinternet.sendRequest', serial)] : [],
    );
  },
});
