import * as constants from '../shared/constants.ts';
import type { FunctionName } from '../shared/hierarchy.ts';
import type { Engine } from './engine.ts';
import { findDataOf, type WIN32_FIND_DATA } from './findData.ts';
import { connectFtp } from './ftpConnect.ts';
import type { HINTERNET, UncheckedHandle } from './handle.ts';
import type { HandleRecord } from './handleStore.ts';
import { openUrl } from './openUrl.ts';
import { type OptionValue, readOption, writeOption } from './options.ts';
import type { PendingCall } from './pendingCall.ts';
import { proxyChoice } from './proxies.ts';
import type { StatusCallback } from './statusQueue.ts';
import { CallFailure } from './winInetError.ts';

/** The kind of session that a service leads to. */
export type SessionOf<Service extends number> = Service extends typeof constants.INTERNET_SERVICE_FTP
  ? 'ftp-connect'
  : Service extends typeof constants.INTERNET_SERVICE_HTTP
    ? 'http-connect'
    : 'ftp-connect' | 'http-connect' | 'gopher-connect';

/** A handle from which bytes can be read. */
export type ReadableHandle = HINTERNET<
  'http-request' | 'ftp-file' | 'ftp-find-html' | 'gopher-file' | 'gopher-find-html'
>;

/** The general functions of one engine. */
export function internetFunctions(engine: Engine) {
  return {
    /**
     * Starts the library and returns the root handle.
     * @param lpszAgent the program's name, sent as User-Agent; null or empty for none
     * @param dwAccessType INTERNET_OPEN_TYPE_*
     * @param lpszProxy with INTERNET_OPEN_TYPE_PROXY: "host:port", or "http=host:port https=host:port"
     * @param lpszProxyBypass hosts to reach directly
     * @param dwFlags INTERNET_FLAG_*
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
        const proxyFor = proxyChoice(dwAccessType, lpszProxy, lpszProxyBypass);
        if ((dwFlags & constants.INTERNET_FLAG_ASYNC) !== 0) {
          throw new CallFailure(
            'ERROR_CALL_NOT_IMPLEMENTED',
            'Asynchronous roots are not offered yet: leave INTERNET_FLAG_ASYNC out and await the calls.',
          );
        }
        return engine.open(call, {
          kind: 'root',
          parent: null,
          state: 'open',
          data: { agent: lpszAgent, flags: dwFlags, proxyFor },
          context: 0,
          target: () => lpszAgent ?? '',
          announce: false,
        }).handle;
      });
    },

    /**
     * Opens a session with a server. FTP connects and logs on; HTTP connects with the first request.
     * @param nServerPort 0 for the service's own port
     * @param lpszUserName null for anonymous FTP
     * @param dwService INTERNET_SERVICE_*
     * Errors: ERROR_INVALID_PARAMETER, and those of the connection and the logon.
     */
    InternetConnect<Service extends number>(
      hInternet: HINTERNET<'root'>,
      lpszServerName: string,
      nServerPort: number,
      lpszUserName: string | null,
      lpszPassword: string | null,
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
     * Opens a URL (http, https or ftp; a path that ends with "/" is an FTP folder) and returns a handle to read from.
     * An FTP folder gives HTML, or with INTERNET_FLAG_RAW_DATA entries for InternetFindNextFile.
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
     * Reads bytes: fills the buffer unless the end comes first.
     * @returns how many bytes; 0 at the end
     */
    InternetReadFile(hFile: ReadableHandle, lpBuffer: Uint8Array): Promise<number> {
      return engine.use('InternetReadFile', hFile, [hFile, lpBuffer], (record, call) => {
        const { reader } = record.data;
        if (reader === null || reader === undefined) return 0;
        const finish = (count: number): number => {
          call.reachedEnd = count === 0 && lpBuffer.length > 0;
          engine.reports.bytes(record, 'in', count);
          return count;
        };
        const count = reader.read(lpBuffer);
        return typeof count === 'number' ? finish(count) : count.then(finish);
      });
    },

    /**
     * Tells how many bytes can be read without waiting; waits until there is one.
     * @returns the number of bytes; 0 at the end
     */
    InternetQueryDataAvailable(hFile: ReadableHandle, dwFlags = 0, dwContext = 0): Promise<number> {
      return engine.use('InternetQueryDataAvailable', hFile, [hFile, dwFlags, dwContext], (record, call) => {
        const finish = (count: number): number => {
          call.reachedEnd = count === 0;
          return count;
        };
        const count = record.data.reader?.available() ?? 0;
        return typeof count === 'number' ? finish(count) : count.then(finish);
      });
    },

    /**
     * Writes bytes of an upload; resolves when the server is ready for more.
     * @returns how many bytes were taken: all
     */
    InternetWriteFile(hFile: HINTERNET<'ftp-file'>, lpBuffer: Uint8Array): Promise<number> {
      return engine.use('InternetWriteFile', hFile, [hFile, lpBuffer], async (record) => {
        if (!record.is('ftp-file') || record.data.writer === null) throw new CallFailure('ERROR_CALL_NOT_IMPLEMENTED');
        await record.data.writer.write(lpBuffer);
        engine.reports.bytes(record, 'out', lpBuffer.length);
        return lpBuffer.length;
      });
    },

    /** Returns the next entry of a search, also in `lpvFindData`. Fails with ERROR_NO_MORE_FILES at the end. */
    InternetFindNextFile(
      hFind: HINTERNET<'ftp-find'>,
      lpvFindData: WIN32_FIND_DATA | null = null,
    ): Promise<WIN32_FIND_DATA> {
      return engine.use('InternetFindNextFile', hFind, [hFind, lpvFindData], (record, call) => {
        if (!record.is('ftp-find')) throw new CallFailure('ERROR_CALL_NOT_IMPLEMENTED');
        const { entries } = record.data;
        const entry = entries.all[entries.next];
        if (entry === undefined) {
          call.reachedEnd = true;
          throw new CallFailure('ERROR_NO_MORE_FILES');
        }
        entries.next += 1;
        const found = findDataOf(entry);
        if (lpvFindData !== null) Object.assign(lpvFindData, found);
        return found;
      });
    },

    /** Reads an option (INTERNET_OPTION_*). Errors: ERROR_INTERNET_INVALID_OPTION, ERROR_INTERNET_INCORRECT_HANDLE_TYPE. */
    InternetQueryOption(hInternet: HINTERNET, dwOption: number): Promise<OptionValue> {
      return engine.use('InternetQueryOption', hInternet, [hInternet, dwOption], (record) =>
        readOption(record, dwOption),
      );
    },

    /** Changes an option; handles made below this one later copy it. Errors: as reading, ERROR_INTERNET_OPTION_NOT_SETTABLE, ERROR_INVALID_PARAMETER. */
    InternetSetOption(hInternet: HINTERNET, dwOption: number, lpBuffer: OptionValue): Promise<true> {
      return engine.use('InternetSetOption', hInternet, [hInternet, dwOption, lpBuffer], (record) => {
        writeOption(record, dwOption, lpBuffer);
        return true;
      });
    },

    /** Sets the status callback of a handle, which handles below it copy when they are made. Returns the previous one. */
    InternetSetStatusCallback(
      hInternet: HINTERNET,
      lpfnInternetCallback: StatusCallback | null,
    ): Promise<StatusCallback | null> {
      return engine.use('InternetSetStatusCallback', hInternet, [hInternet, lpfnInternetCallback], (record) => {
        const previous = record.callback;
        record.callback = lpfnInternetCallback;
        return previous;
      });
    },

    /** Returns the last words of a server, as after ERROR_INTERNET_EXTENDED_ERROR. */
    InternetGetLastResponseInfo(): Promise<string> {
      return engine.free('InternetGetLastResponseInfo', [], () => engine.lastError.response);
    },
  } satisfies Partial<Record<FunctionName, unknown>>;
}

interface Connecting {
  readonly lpszServerName: string;
  readonly nServerPort: number;
  readonly lpszUserName: string | null;
  readonly lpszPassword: string | null;
  readonly dwFlags: number;
  readonly dwContext: number;
}

function connect(
  engine: Engine,
  root: HandleRecord<'root'>,
  call: PendingCall,
  dwService: number,
  from: Connecting,
): HINTERNET | Promise<HINTERNET> {
  const { lpszServerName: host, nServerPort: port } = from;
  if (typeof host !== 'string' || host === '' || /[\s/\\?#@]/.test(host)) {
    throw new CallFailure('ERROR_INVALID_PARAMETER', 'Pass the name or address of a server, without scheme or path.');
  }
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new CallFailure('ERROR_INVALID_PARAMETER', 'Pass a port from 1 to 65535, or 0 for the default.');
  }
  switch (dwService) {
    case constants.INTERNET_SERVICE_HTTP:
      return connectHttp(engine, root, call, from);
    case constants.INTERNET_SERVICE_FTP:
      return connectFtp(engine, root, call, {
        host,
        port: port || constants.INTERNET_DEFAULT_FTP_PORT,
        user: from.lpszUserName,
        password: from.lpszPassword,
        flags: from.dwFlags,
        context: from.dwContext,
      });
    case constants.INTERNET_SERVICE_GOPHER:
      throw new CallFailure('ERROR_CALL_NOT_IMPLEMENTED', 'Gopher is not offered yet: use HTTP or FTP.');
    default:
      throw new CallFailure('ERROR_INVALID_PARAMETER', 'Pass INTERNET_SERVICE_HTTP or INTERNET_SERVICE_FTP.');
  }
}

function connectHttp(
  engine: Engine,
  root: HandleRecord<'root'>,
  call: PendingCall,
  from: Connecting,
): HINTERNET<'http-connect'> {
  const secure = (from.dwFlags & constants.INTERNET_FLAG_SECURE) !== 0;
  const defaultPort = secure ? constants.INTERNET_DEFAULT_HTTPS_PORT : constants.INTERNET_DEFAULT_HTTP_PORT;
  const server = {
    scheme: secure ? ('https' as const) : ('http' as const),
    host: from.lpszServerName,
    port: from.nServerPort || defaultPort,
  };
  const record = engine.open(call, {
    kind: 'http-connect',
    parent: root,
    state: 'open',
    data: { server },
    context: from.dwContext,
    target: () => `${server.scheme}://${server.host}:${server.port}`,
    announce: true,
  });
  record.options = {
    ...record.options,
    userName: from.lpszUserName ?? record.options.userName,
    password: from.lpszPassword ?? record.options.password,
  };
  return record.handle;
}
