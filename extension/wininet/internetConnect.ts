import * as constants from '../shared/constants.ts';
import type { Engine } from './engine.ts';
import { connectFtp } from './ftpConnect.ts';
import { GOPHER_PORT_ADVICE, isGopherPort } from './gopherPorts.ts';
import type { HINTERNET } from './handle.ts';
import type { HandleRecord } from './handleStore.ts';
import type { PendingCall } from './pendingCall.ts';
import { CallFailure } from './winInetError.ts';

/** The arguments of InternetConnect, but for the service. */
export interface Connecting {
  readonly lpszServerName: string;
  readonly nServerPort: number;
  readonly lpszUserName: string | null;
  readonly lpszPassword: string | null;
  readonly dwFlags: number;
  readonly dwContext: number;
}

/** Opens the session that a service asks for. */
export function connect(
  engine: Engine,
  root: HandleRecord<'root'>,
  call: PendingCall,
  dwService: number,
  from: Connecting,
): HINTERNET | Promise<HINTERNET> {
  const { lpszServerName: host, nServerPort: port } = from;
  if (typeof host !== 'string' || host === '' || /[\s\p{Cc}/\\?#@]/u.test(host)) {
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
      return connectGopher(engine, root, call, from);
    default:
      throw new CallFailure('ERROR_INVALID_PARAMETER', 'Pass INTERNET_SERVICE_HTTP, _FTP or _GOPHER.');
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

/** No connection is made: each call on the session makes its own. User and password are nothing that Gopher knows. */
function connectGopher(
  engine: Engine,
  root: HandleRecord<'root'>,
  call: PendingCall,
  from: Connecting,
): HINTERNET<'gopher-connect'> {
  const data = { host: from.lpszServerName, port: from.nServerPort || constants.INTERNET_DEFAULT_GOPHER_PORT };
  if (!isGopherPort(data.port)) throw new CallFailure('ERROR_INVALID_PARAMETER', GOPHER_PORT_ADVICE);
  return engine.open(call, {
    kind: 'gopher-connect',
    parent: root,
    state: 'open',
    data,
    context: from.dwContext,
    target: () => `gopher://${data.host}:${data.port}`,
    announce: true,
  }).handle;
}
