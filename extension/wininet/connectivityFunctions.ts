import * as constants from '../shared/constants.ts';
import { errorCode } from '../shared/errorCodes.ts';
import type { FunctionName } from '../shared/hierarchy.ts';
import { ansiBytes, type CallerBuffer, type Filled } from './callerBuffer.ts';
import type { Engine } from './engine.ts';
import type { HandleRecord } from './handleStore.ts';
import { addressLimit, timeoutsOf } from './options.ts';
import { DriverFailure } from './ports/driver.ts';
import { crackUrl } from './urlCrack.ts';
import { CallFailure } from './winInetError.ts';

/** How this machine is connected. */
export interface ConnectedState {
  /** INTERNET_CONNECTION_*. */
  readonly lpdwFlags: number;
  /** Name of the interface; empty where there is none. */
  readonly lpszConnectionName: string;
}

/** The functions of one engine that tell whether the network can be used. They use no handle. */
export function connectivityFunctions(engine: Engine) {
  return {
    /**
     * Connects to a host over TCP and ends the connection again: nothing is sent, and no proxy is asked.
     * @param lpszUrl null: with FLAG_ICC_FORCE_CONNECTION the server of the newest session, else whether there is a network
     * @param dwFlags FLAG_ICC_FORCE_CONNECTION; a URL's host is reached for without it too, as in the original
     * Errors: ERROR_NOT_CONNECTED, ERROR_INVALID_PARAMETER, ERROR_INTERNET_OPERATION_CANCELLED where the engine is closed
     * meanwhile, and those of InternetCrackUrl.
     */
    InternetCheckConnection(lpszUrl: string | null = null, dwFlags = 0, dwReserved = 0): Promise<true> {
      return engine.free('InternetCheckConnection', [lpszUrl, dwFlags, dwReserved], async () => {
        requireZero(dwReserved);
        const target = lpszUrl === null ? nearestServer(engine, dwFlags) : serverOf(lpszUrl);
        // This machine itself can be reached without a network.
        if (engine.library.offline || (target === null && !isConnected(engine))) {
          throw notConnected('This machine is offline, or the library was set so.');
        }
        if (target !== null) await probe(engine, target);
        return true as const;
      });
    },

    /**
     * Tells how this machine is connected: INTERNET_CONNECTION_*. Without INTERNET_CONNECTION_LAN it is not, where the original
     * returns FALSE; INTERNET_CONNECTION_OFFLINE says that the library was set offline.
     * @param dwReserved 0
     */
    InternetGetConnectedState(dwReserved = 0): Promise<number> {
      return engine.free('InternetGetConnectedState', [dwReserved], () => {
        requireZero(dwReserved);
        return connectedState(engine).lpdwFlags;
      });
    },

    /**
     * As InternetGetConnectedState, with the name of the connection.
     * @param lpszConnectionName filled instead, with the flags as the result; a name that is too long is cut, as on Windows
     */
    InternetGetConnectedStateEx<Buffer extends CallerBuffer = null>(
      lpszConnectionName: Buffer | null = null,
      dwReserved = 0,
    ): Promise<Filled<Buffer, ConnectedState>> {
      return engine.free('InternetGetConnectedStateEx', [lpszConnectionName, dwReserved], () => {
        requireZero(dwReserved);
        const state = connectedState(engine);
        if (lpszConnectionName !== null) fillCut(lpszConnectionName, state.lpszConnectionName);
        // The condition is that of the type, which the compiler does not follow.
        return (lpszConnectionName === null ? state : state.lpdwFlags) as Filled<Buffer, ConnectedState>;
      });
    },

    /** Tells whether the network can be used: 0 (ERROR_SUCCESS), or the number of the error that says why not. */
    InternetAttemptConnect(dwReserved = 0): Promise<number> {
      return engine.free('InternetAttemptConnect', [dwReserved], () => {
        requireZero(dwReserved);
        return errorCode(isConnected(engine) ? 'ERROR_SUCCESS' : 'ERROR_NOT_CONNECTED');
      });
    },

    /**
     * Asks the user where a page leads from a secure to an open one: 0 (ERROR_SUCCESS) to go on, or ERROR_CANCELLED's number,
     * as where nobody can be asked. Elsewhere it is 0 at once.
     * Errors: those of InternetCrackUrl.
     */
    InternetConfirmZoneCrossing(
      hWnd: unknown = null,
      szUrlPrev: string,
      szUrlNew: string,
      bPost = false,
    ): Promise<number> {
      return engine.free('InternetConfirmZoneCrossing', [hWnd, szUrlPrev, szUrlNew, bPost], async () => {
        const [left, entered] = [szUrlPrev, szUrlNew].map((url) => crackUrl(url ?? '').nScheme);
        const exposes = left === constants.INTERNET_SCHEME_HTTPS && entered !== constants.INTERNET_SCHEME_HTTPS;
        const question = { url: szUrlPrev, warning: 'ERROR_INTERNET_HTTPS_TO_HTTP_ON_REDIR' } as const;
        const goesOn = !exposes || (await engine.dialogs?.askRedirect(question)) === true;
        return errorCode(goesOn ? 'ERROR_SUCCESS' : 'ERROR_CANCELLED');
      });
    },
  } satisfies Partial<Record<FunctionName, unknown>>;
}

interface Server {
  readonly host: string;
  readonly port: number;
}

async function probe(engine: Engine, { host, port }: Server): Promise<void> {
  const { library } = engine;
  const target = { timeouts: timeoutsOf(library), addressLimit: addressLimit(library.options) };
  try {
    await engine.drivers.network.probe({ host: host.replace(/^\[(.*)\]$/, '$1'), port, ...target });
  } catch (failure) {
    const refused = failure instanceof DriverFailure && failure.symbol !== 'ERROR_INTERNET_OPERATION_CANCELLED';
    if (!refused) throw failure;
    library.socketError = failure.socketError ?? library.socketError;
    throw notConnected(failure.message);
  }
}

function serverOf(url: string): Server {
  const { host, nPort } = crackUrl(url);
  if (host === null || host.text === '') throw notConnected('Pass a URL that names a host.');
  if (/[\s\p{Cc}]/u.test(host.text)) throw new CallFailure('ERROR_INTERNET_INVALID_URL');
  return { host: host.text, port: nPort === 0 ? constants.INTERNET_DEFAULT_HTTP_PORT : nPort };
}

/** The page: where no URL is given, a server that the library knows; here that is the one of the newest open session. */
function nearestServer({ store }: Engine, flags: number): Server | null {
  if ((flags & constants.FLAG_ICC_FORCE_CONNECTION) === 0) return null;
  const servers = [...store.roots].flatMap((root) => [...root.children]).flatMap(serverOfSession);
  const nearest = servers.sort((one, other) => other.serial - one.serial)[0];
  if (nearest === undefined) throw notConnected('Pass a URL, or open a session first: no server is known.');
  return nearest;
}

function serverOfSession(record: HandleRecord): readonly (Server & { readonly serial: number })[] {
  const { serial } = record.handle;
  if (record.is('http-connect')) return [{ ...record.data.server, serial }];
  return record.is('ftp-connect') ? [{ host: record.data.host, port: record.data.port, serial }] : [];
}

function connectedState({ drivers, library }: Engine): ConnectedState {
  const [name = ''] = drivers.network.interfaces();
  const up = name !== '' && !library.offline;
  const offline = library.offline ? constants.INTERNET_CONNECTION_OFFLINE : 0;
  const configured = name === '' ? 0 : constants.INTERNET_CONNECTION_CONFIGURED;
  return { lpdwFlags: (up ? constants.INTERNET_CONNECTION_LAN : 0) | offline | configured, lpszConnectionName: name };
}

function isConnected({ drivers, library }: Engine): boolean {
  return !library.offline && drivers.network.interfaces().length > 0;
}

function fillCut(buffer: Uint8Array, name: string): void {
  if (buffer.length === 0) return;
  const bytes = ansiBytes(name).subarray(0, buffer.length - 1);
  buffer.set(bytes);
  buffer[bytes.length] = 0;
}

function requireZero(reserved: number): void {
  if (reserved !== 0) throw new CallFailure('ERROR_INVALID_PARAMETER', 'Pass 0 as dwReserved.');
}

function notConnected(sentence: string): CallFailure {
  return new CallFailure('ERROR_NOT_CONNECTED', sentence);
}
