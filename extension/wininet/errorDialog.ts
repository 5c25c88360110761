import * as constants from '../shared/constants.ts';
import { type ErrorSymbol, errorCode, errorSymbol } from '../shared/errorCodes.ts';
import { AUTHENTICATION_SIDES, type AuthenticationSide, strongest } from './authentication.ts';
import { clientCertificateOf } from './clientCertificate.ts';
import { credentialsGiven, giveCredentials } from './credentials.ts';
import type { Engine } from './engine.ts';
import type { HINTERNET } from './handle.ts';
import type { HandleRecord } from './handleStore.ts';
import type { Dialogs } from './ports/dialogs.ts';
import { CallFailure } from './winInetError.ts';

type RequestRecord = HandleRecord<'http-request'>;

/** The SECURITY_FLAG_IGNORE_* that makes a request tolerate a fault of a certificate. */
const TOLERANCES: Partial<Record<ErrorSymbol, number>> = {
  ERROR_INTERNET_INVALID_CA: constants.SECURITY_FLAG_IGNORE_UNKNOWN_CA,
  ERROR_INTERNET_SEC_CERT_CN_INVALID: constants.SECURITY_FLAG_IGNORE_CERT_CN_INVALID,
  ERROR_INTERNET_SEC_CERT_DATE_INVALID: constants.SECURITY_FLAG_IGNORE_CERT_DATE_INVALID,
  ERROR_INTERNET_SEC_INVALID_CERT: constants.SECURITY_FLAG_IGNORE_WRONG_USAGE,
  ERROR_INTERNET_SEC_CERT_REV_FAILED: constants.SECURITY_FLAG_IGNORE_REVOCATION,
  ERROR_INTERNET_SEC_CERT_WEAK_SIGNATURE: constants.SECURITY_FLAG_IGNORE_WEAK_SIGNATURE,
  ERROR_INTERNET_SEC_CERT_ERRORS:
    constants.SECURITY_FLAG_IGNORE_UNKNOWN_CA |
    constants.SECURITY_FLAG_IGNORE_CERT_CN_INVALID |
    constants.SECURITY_FLAG_IGNORE_CERT_DATE_INVALID,
};

/**
 * Errors that only warn of what comes next, with the SECURITY_FLAG_* that lets the request go on: with
 * FLAGS_ERROR_UI_FLAGS_NO_UI the program may, as recorded.
 */
const WARNINGS: Partial<Record<ErrorSymbol, number>> = {
  ERROR_INTERNET_HTTP_TO_HTTPS_ON_REDIR: constants.SECURITY_FLAG_IGNORE_REDIRECT_TO_HTTPS,
  ERROR_INTERNET_HTTPS_TO_HTTP_ON_REDIR: constants.SECURITY_FLAG_IGNORE_REDIRECT_TO_HTTP,
  ERROR_INTERNET_POST_IS_NON_SECURE: 0,
  ERROR_INTERNET_CHG_POST_IS_NON_SECURE: 0,
  ERROR_INTERNET_MIXED_SECURITY: 0,
};

/** InternetErrorDlg over one engine. */
export function errorDialogFunctions(engine: Engine) {
  return {
    /**
     * Asks a person about an error of a request, and keeps what they answer on the request. Resolves to an error number:
     * ERROR_SUCCESS to go on, ERROR_INTERNET_FORCE_RETRY to send again, ERROR_CANCELLED, or
     * ERROR_HTTP_COOKIE_DECLINED. What the original answers for a handle that cannot be asked about is a failure here, as with
     * every function; for NULL, as recorded, ERROR_INVALID_PARAMETER.
     * @param hWnd the owner of the dialog; the editor's window is, so nothing is done with it
     * @param dwError what HttpSendRequest failed with; 0 after a success
     * @param dwFlags FLAGS_ERROR_UI_*; without FILTER_FOR_ERRORS nothing is looked for behind a success
     * @param lppvData nothing is generated; pass null
     */
    async InternetErrorDlg(
      hWnd: number | null = null,
      hRequest: HINTERNET<'http-request'> | null,
      dwError: number,
      dwFlags: number,
      lppvData: unknown = null,
    ): Promise<number> {
      const args = [hWnd, hRequest, dwError, dwFlags, lppvData];
      if (hRequest === null) return await engine.free('InternetErrorDlg', args, noHandle);
      return await engine.use('InternetErrorDlg', hRequest, args, (record) =>
        answerTo(engine, record, dwError, dwFlags),
      );
    },
  };
}

function noHandle(): never {
  throw new CallFailure('ERROR_INVALID_PARAMETER', 'Pass the request that failed.');
}

async function answerTo(engine: Engine, record: RequestRecord, dwError: number, dwFlags: number): Promise<number> {
  const silent = (dwFlags & constants.FLAGS_ERROR_UI_FLAGS_NO_UI) !== 0;
  const dialogs = silent ? null : engine.dialogs;
  if (!silent && dialogs === null) {
    const text = 'No dialog can be shown here: nobody is asked, and what a person would have to allow is cancelled.';
    engine.reports.note({ topic: 'no-dialog', serial: record.handle.serial, call: null, text });
  }
  const filters = (dwFlags & constants.FLAGS_ERROR_UI_FILTER_FOR_ERRORS) !== 0;
  const symbol = errorSymbol(dwError);
  if (dwError === 0 && !filters) return 0;
  const keeps = (dwFlags & constants.FLAGS_ERROR_UI_FLAGS_CHANGE_OPTIONS) !== 0;
  if (dwError === 0 || symbol === 'ERROR_INTERNET_INCORRECT_PASSWORD') {
    return await askCredentials(record, dialogs, keeps);
  }
  if (symbol === 'ERROR_HTTP_COOKIE_NEEDS_CONFIRMATION') return errorCode('ERROR_HTTP_COOKIE_DECLINED');
  if (symbol === 'ERROR_INTERNET_CLIENT_AUTH_CERT_NEEDED') {
    if (dialogs !== null && keeps) await chooseCertificate(record, dialogs);
    // The page: always 0, whether a certificate was chosen or not.
    return 0;
  }
  if (symbol === undefined) return errorCode('ERROR_CANCELLED');
  const warned = WARNINGS[symbol];
  if (warned !== undefined) {
    if (!(silent || (await mayGoOn(record, symbol, dialogs)))) return errorCode('ERROR_CANCELLED');
    if (keeps) tolerate(record, warned);
    return 0;
  }
  const tolerance = TOLERANCES[symbol];
  if (tolerance === undefined || dialogs === null) return errorCode('ERROR_CANCELLED');
  if (!(await dialogs.askCertificate({ url: record.data.url, fault: symbol }))) return errorCode('ERROR_CANCELLED');
  if (!keeps) return 0;
  tolerate(record, tolerance);
  return errorCode('ERROR_INTERNET_FORCE_RETRY');
}

function tolerate(record: RequestRecord, securityFlags: number): void {
  record.options = { ...record.options, securityFlags: record.options.securityFlags | securityFlags };
}

/** Asks until what is chosen can be presented; where the person cancels, the request is to be sent without one. */
async function chooseCertificate({ data }: RequestRecord, dialogs: Dialogs): Promise<void> {
  for (let problem: string | null = null; ; ) {
    const chosen = await dialogs.askClientCertificate({ url: data.url, problem });
    if (chosen === null) {
      data.clientCertificate ??= 'none';
      return;
    }
    try {
      data.clientCertificate = clientCertificateOf(chosen);
      return;
    } catch (error) {
      if (!(error instanceof CallFailure)) throw error;
      problem = error.message;
    }
  }
}

/** Where the answer is a 401 or 407 that a password would help. */
async function askCredentials(record: RequestRecord, dialogs: Dialogs | null, keeps: boolean): Promise<number> {
  const { answer, url } = record.data;
  const side = answer === null ? undefined : sideOf(answer.status);
  if (answer === null || side === undefined) return 0;
  const challenge = strongest(answer, side);
  if (dialogs === null || challenge === null) return errorCode('ERROR_CANCELLED');
  const user = credentialsGiven(record, side)?.user ?? null;
  const given = await dialogs.askCredentials({ url, side, realm: challenge.realm, user });
  if (given === null) return errorCode('ERROR_CANCELLED');
  if (!keeps) return 0;
  giveCredentials(record, side, given);
  return errorCode('ERROR_INTERNET_FORCE_RETRY');
}

async function mayGoOn(record: RequestRecord, warning: ErrorSymbol, dialogs: Dialogs | null): Promise<boolean> {
  return dialogs !== null && (await dialogs.askRedirect({ url: record.data.url, warning }));
}

function sideOf(status: number): AuthenticationSide | undefined {
  return (['server', 'proxy'] as const).find((side) => AUTHENTICATION_SIDES[side].status === status);
}
