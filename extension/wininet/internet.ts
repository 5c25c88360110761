import * as constants from '../shared/constants.ts';
import type { FunctionName } from '../shared/hierarchy.ts';
import { type CallerBuffer, type Filled, fillOrReturn } from './callerBuffer.ts';
import type { Engine } from './engine.ts';
import type { HINTERNET, UncheckedHandle } from './handle.ts';
import { type Connecting, connect } from './internetConnect.ts';
import { openUrl } from './openUrl.ts';
import { readOption, writeOption } from './optionAccess.ts';
import type { OptionValue } from './optionForms.ts';
import { proxiesAskedFor } from './proxySettings.ts';
import type { StatusCallback } from './statusQueue.ts';
import { CallFailure } from './winInetError.ts';

/** The kind of session that a service leads to. */
export type SessionOf<Service extends number> = Service extends typeof constants.INTERNET_SERVICE_FTP
  ? 'ftp-connect'
  : Service extends typeof constants.INTERNET_SERVICE_HTTP
    ? 'http-connect'
    : Service extends typeof constants.INTERNET_SERVICE_GOPHER
      ? 'gopher-connect'
      : 'ftp-connect' | 'http-connect' | 'gopher-connect';

/** The general functions of one engine. */
export function internetFunctions(engine: Engine) {
  return {
    /**
     * Starts the library and returns the root handle.
     * @param lpszAgent the program's name, sent as User-Agent; null or empty for none
     * @param dwAccessType INTERNET_OPEN_TYPE_*; INTERNET_OPEN_TYPE_PRECONFIG takes the proxies that were set for the library,
     * otherwise those of the system: the environment's (http_proxy, https_proxy, ftp_proxy, all_proxy, no_proxy), in VS Code
     * those of its settings
     * @param lpszProxy with INTERNET_OPEN_TYPE_PROXY: "host:port", or "http=host:port https=host:port"; an empty text is the name
     * of a proxy that nobody finds
     * @param lpszProxyBypass hosts to reach directly
     * @param dwFlags INTERNET_FLAG_ASYNC: calls that wait fail with ERROR_IO_PENDING and end with
     * INTERNET_STATUS_REQUEST_COMPLETE, which brings their result
     * Errors: ERROR_INVALID_PARAMETER.
     */
    InternetOpen(
      lpszAgent: string | null,
      dwAccessType: number = constants.INTERNET_OPEN_TYPE_DIRECT,
      lpszProxy: string | null = null,
      lpszProxyBypass: string | null = null,
      dwFlags = 0,
    ): Promise<HINTERNET<'root'>> {
      const args = [lpszAgent, dwAccessType, lpszProxy, lpszProxyBypass, dwFlags];
      return engine.free('InternetOpen', args, (call) => {
        const proxy = proxiesAskedFor({ dwAccessType, lpszProxy, lpszProxyBypass }, engine.library);
        const root = engine.open(call, {
          kind: 'root',
          parent: null,
          state: 'open',
          data: { agent: lpszAgent, flags: dwFlags },
          context: 0,
          target: () => lpszAgent ?? '',
          announce: false,
        });
        root.options = { ...root.options, proxy };
        if (proxy.account !== null) {
          const { user, password } = proxy.account;
          root.options = { ...root.options, proxyUserName: user, proxyPassword: password };
        }
        return root.handle;
      });
    },

    /**
     * Opens a session with a server. FTP connects and logs on; HTTP and Gopher connect with the first request.
     * @param nServerPort 0 or left out for the service's own port; for Gopher 70, 105 and those from 1024 on
     * @param lpszUserName null for anonymous FTP
     * @param dwService INTERNET_SERVICE_*
     * Errors: ERROR_INVALID_PARAMETER, and those of the connection and the logon.
     */
    InternetConnect<Service extends number>(
      hInternet: HINTERNET<'root'>,
      lpszServerName: string,
      nServerPort: number = constants.INTERNET_INVALID_PORT_NUMBER,
      lpszUserName: string | null = null,
      lpszPassword: string | null = null,
      dwService: Service,
      dwFlags = 0,
      dwContext = 0,
    ): Promise<HINTERNET<SessionOf<Service>>> {
      const args = [hInternet, lpszServerName, nServerPort, lpszUserName, lpszPassword, dwService, dwFlags, dwContext];
      return engine.use('InternetConnect', hInternet, args, (root, call) => {
        const from: Connecting = { lpszServerName, nServerPort, lpszUserName, lpszPassword, dwFlags, dwContext };
        // The service decides the kind; the compiler cannot follow the number.
        return connect(engine, root, call, dwService, from) as
          | HINTERNET<SessionOf<Service>>
          | Promise<HINTERNET<SessionOf<Service>>>;
      });
    },

    /**
     * Opens a URL (http, https, ftp or gopher; a path that ends with "/" is an FTP folder) and returns a handle to read from.
     * An FTP folder or a Gopher menu gives HTML, or with INTERNET_FLAG_RAW_DATA entries for InternetFindNextFile.
     * Errors: ERROR_INTERNET_INVALID_URL, ERROR_INTERNET_UNRECOGNIZED_SCHEME, and those of the connection.
     */
    InternetOpenUrl(
      hInternet: HINTERNET<'root'>,
      lpszUrl: string,
      lpszHeaders: string | null = null,
      dwFlags = 0,
      dwContext = 0,
    ): Promise<UncheckedHandle> {
      const args = [hInternet, lpszUrl, lpszHeaders, dwFlags, dwContext];
      return engine.use('InternetOpenUrl', hInternet, args, (root, call) =>
        openUrl(engine, root, call, { url: lpszUrl, headers: lpszHeaders, flags: dwFlags, context: dwContext }),
      );
    },

    /**
     * Closes a handle and everything below it. Calls that wait on them settle with ERROR_INTERNET_OPERATION_CANCELLED;
     * closing a file opened for writing completes the upload and fails if the server refuses it.
     */
    InternetCloseHandle(hInternet: HINTERNET): Promise<true> {
      return engine.use('InternetCloseHandle', hInternet, [hInternet], (record) => {
        const closing = engine.close(record, 'call');
        return closing === undefined ? true : closing.then(() => true as const);
      });
    },

    /**
     * Reads an option (INTERNET_OPTION_*).
     * @param hInternet null for the library itself
     * @param lpBuffer null: the value is returned whole; otherwise it is filled, and the number of bytes returned
     * Errors: ERROR_INTERNET_INVALID_OPTION, ERROR_INTERNET_INCORRECT_HANDLE_TYPE, ERROR_INTERNET_INVALID_OPERATION,
     * ERROR_INSUFFICIENT_BUFFER.
     */
    InternetQueryOption<Buffer extends CallerBuffer = null>(
      hInternet: HINTERNET | null,
      dwOption: number,
      lpBuffer: Buffer | null = null,
    ): Promise<Filled<Buffer, OptionValue>> {
      return engine.useOrLibrary('InternetQueryOption', hInternet, [hInternet, dwOption, lpBuffer], (record) =>
        readOption({ library: engine.library, record }, dwOption, lpBuffer),
      );
    },

    /**
     * Changes an option; handles made below this one later copy it, and roots made later copy those of the library.
     * @param hInternet null for the library itself
     * @param lpBuffer the value, or its bytes; null where the option takes none
     * Errors: as InternetQueryOption, ERROR_INTERNET_BAD_OPTION_LENGTH, ERROR_INVALID_PARAMETER, ERROR_BAD_ARGUMENTS.
     */
    InternetSetOption(
      hInternet: HINTERNET | null,
      dwOption: number,
      lpBuffer: OptionValue | Uint8Array = null,
    ): Promise<true> {
      return engine.useOrLibrary('InternetSetOption', hInternet, [hInternet, dwOption, lpBuffer], (record) => {
        writeOption({ library: engine.library, record }, dwOption, lpBuffer);
        return true as const;
      });
    },

    /**
     * Does what InternetSetOption does, as in the original: the page calls the flags unsupported.
     * @param dwFlags ISO_*; one process has no other options to set, so they change nothing
     * Errors: as InternetSetOption; ERROR_INVALID_PARAMETER for other flags.
     */
    InternetSetOptionEx(
      hInternet: HINTERNET | null,
      dwOption: number,
      lpBuffer: OptionValue | Uint8Array = null,
      dwFlags = 0,
    ): Promise<true> {
      const args = [hInternet, dwOption, lpBuffer, dwFlags];
      return engine.useOrLibrary('InternetSetOptionEx', hInternet, args, (record) => {
        if ((dwFlags & ~constants.ISO_VALID_FLAGS) !== 0) {
          throw new CallFailure('ERROR_INVALID_PARAMETER', 'Pass ISO_GLOBAL, ISO_REGISTRY or 0 as dwFlags.');
        }
        writeOption({ library: engine.library, record }, dwOption, lpBuffer);
        return true as const;
      });
    },

    /**
     * Sets the status callback of a handle, which handles below it copy when they are made. Returns the previous one.
     * One that is set while a call pends is told the end of that call: the page is silent, a real WinINet (Wine 8) does so.
     * @param lpfnInternetCallback null or left out: nobody is told any more
     */
    InternetSetStatusCallback(
      hInternet: HINTERNET,
      lpfnInternetCallback: StatusCallback | null = null,
    ): Promise<StatusCallback | null> {
      return engine.use('InternetSetStatusCallback', hInternet, [hInternet, lpfnInternetCallback], (record) => {
        const previous = record.callback;
        record.callback = lpfnInternetCallback;
        return previous;
      });
    },

    /**
     * Returns the last words of a server, as after ERROR_INTERNET_EXTENDED_ERROR; empty where no server has said any since the last
     * call of another function began.
     * @param lpszBuffer filled instead, with the text's length as the result. Errors: ERROR_INSUFFICIENT_BUFFER.
     */
    InternetGetLastResponseInfo<Buffer extends CallerBuffer = null>(
      lpszBuffer: Buffer | null = null,
    ): Promise<Filled<Buffer, string>> {
      return engine.free('InternetGetLastResponseInfo', [lpszBuffer], () =>
        fillOrReturn(lpszBuffer, engine.lastError.response),
      );
    },
  } satisfies Partial<Record<FunctionName, unknown>>;
}
