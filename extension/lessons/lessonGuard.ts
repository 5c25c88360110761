import { isAbsolute, join } from 'node:path';
import {
  INTERNET_OPTION_CONNECTED_STATE,
  INTERNET_OPTION_END_BROWSER_SESSION,
  INTERNET_OPTION_HTTP_VERSION,
  INTERNET_OPTION_PER_CONNECTION_OPTION,
  INTERNET_OPTION_PROXY,
} from '../shared/constants.ts';
import { functionRow } from '../shared/hierarchy.ts';
import { splitUrl } from '../wininet/url.ts';
import type { Callee } from './callLine.ts';
import type { CallGuard } from './callStage.ts';

/** The addresses of the playground's servers; a lesson names them HOST, HTTP_PORT, HTTPS_PORT, FTP_PORT and GOPHER_PORT. */
export interface LessonAddresses {
  readonly http: URL;
  readonly https: URL;
  readonly ftp: URL;
  readonly gopher: URL;
}

/** How far a lesson may reach. */
export interface LessonReach {
  readonly addresses: LessonAddresses;
  /** The folder in which its local files lie; null: a lesson has none. */
  readonly scratch: string | null;
}

/** Options that send calls through a server of the lesson's choice. */
const PROXY_OPTIONS: ReadonlySet<unknown> = new Set([INTERNET_OPTION_PROXY, INTERNET_OPTION_PER_CONNECTION_OPTION]);
/** Options that change the library even where they are set on a handle. */
const WINDOW_OPTIONS: ReadonlySet<unknown> = new Set([
  INTERNET_OPTION_CONNECTED_STATE,
  INTERNET_OPTION_END_BROWSER_SESSION,
  INTERNET_OPTION_HTTP_VERSION,
]);
/** Parameters that name a local file. */
const LOCAL_FILES = ['lpszNewFile', 'lpszLocalFile'];

/**
 * The border of a lesson, whoever wrote it. It may not touch local files outside its scratch folder, nor options of the library,
 * which are this window's; and no server but the playground's: neither by address, proxy, locator, cookie,
 * nor by a Host header or a PORT command that would send the playground itself elsewhere.
 * The returned guard throws a RangeError whose message says what the lesson has to do instead.
 */
export function lessonGuard(reach: LessonReach): CallGuard {
  const servers = new Set(Object.values(reach.addresses).map((url: URL) => server(url)));
  return (fn, args) => {
    const call = new GuardedCall(fn, args);
    refuseLibraryOptions(call);
    refuseStrangers(call, servers);
    return args.map((value, at) => (LOCAL_FILES.includes(call.parameters[at] ?? '') ? inScratch(value, reach) : value));
  };
}

/** A call, its arguments by the names of the table. */
class GuardedCall {
  readonly fn: Callee;
  readonly args: readonly unknown[];
  readonly parameters: readonly string[];

  constructor(fn: Callee, args: readonly unknown[]) {
    this.fn = fn;
    this.args = args;
    this.parameters = fn === 'GetLastError' || fn === 'completion' ? [] : functionRow(fn).parameters;
  }

  argument(parameter: string): unknown {
    const at = this.parameters.indexOf(parameter);
    return at === -1 ? undefined : this.args[at];
  }
}

function refuseLibraryOptions(call: GuardedCall): void {
  if (!call.fn.startsWith('InternetSetOption')) return;
  const [handle = null, option] = call.args;
  if (handle !== null && !WINDOW_OPTIONS.has(option)) return;
  throw new RangeError(
    'A lesson may not change options of the library: the window shares them. Set one that a handle has.',
  );
}

function refuseStrangers(call: GuardedCall, servers: ReadonlySet<string>): void {
  const { fn, args } = call;
  if (fn === 'InternetConnect')
    requireServer(`${host(call.argument('lpszServerName'))}:${call.argument('nServerPort')}`, servers);
  const url = call.argument('lpszUrl');
  const pure = fn !== 'GetLastError' && fn !== 'completion' && functionRow(fn).family === 'url';
  if (typeof url === 'string' && !pure) requireServer(serverOf(url, servers), servers);
  const locator = call.argument('lpszLocator');
  if (typeof locator === 'string' && fn !== 'GopherGetLocatorType') requireLocator(locator, servers);
  if ((call.argument('lpszProxy') ?? null) !== null) refuseProxy();
  if (fn.startsWith('InternetSetOption') && PROXY_OPTIONS.has(args[1])) refuseProxy();
  const path = call.argument('lpszObjectName');
  if (typeof path === 'string' && /^\s*(\/[/\\]|\\|[a-z][a-z\d+.-]*:)/i.test(path)) {
    throw new RangeError(`${path} names a server. Write the path alone, as "/bytes/10".`);
  }
  const command = call.argument('lpszCommand');
  if (typeof command === 'string' && /^\s*E?PRT|^\s*PORT/i.test(command)) {
    throw new RangeError('A lesson may not send PORT or EPRT: the server would call whom they name.');
  }
  if (texts(args).some((text) => /(^|[\r\n])\s*host\s*:/i.test(text))) {
    throw new RangeError('A lesson may not send a Host header of its own. Leave it to InternetConnect.');
  }
}

function requireServer(name: string, servers: ReadonlySet<string>): void {
  if (servers.has(name)) return;
  throw new RangeError(
    `${name} is not the playground. Use HOST with HTTP_PORT, HTTPS_PORT, FTP_PORT or GOPHER_PORT, or an address with \${HTTP}, \${HTTPS}, \${FTP} or \${GOPHER}.`,
  );
}

/** A locator is a line of a menu: title, selector, host, port, separated by tabs. */
function requireLocator(locator: string, servers: ReadonlySet<string>): void {
  const [, , name, port] = locator.split('\t');
  requireServer(`${host(name)}:${(port ?? '').trim()}`, servers);
}

function refuseProxy(): never {
  throw new RangeError('A lesson may not set a proxy: it would call a server that is not the playground.');
}

function inScratch(value: unknown, { scratch }: LessonReach): unknown {
  if (typeof value !== 'string') return value;
  if (scratch === null) throw new RangeError('This lesson may not use local files: it was given no folder for them.');
  if (!/^\w[\w-]*(\.[\w-]+)*$/.test(value) || isAbsolute(value)) {
    throw new RangeError(
      `${value} is no plain file name. Write a name as "notes.txt": it lies in the lesson's own folder.`,
    );
  }
  return join(scratch, value);
}

/**
 * The server of an address, as the engine reads it. Where others read it otherwise, as one with a backslash in it, it is refused:
 * the address itself is named then, which is no server.
 */
function serverOf(address: string, servers: ReadonlySet<string>): string {
  if (!URL.canParse(address) || !servers.has(server(new URL(address)))) return address;
  try {
    const { host: name, port } = splitUrl(address);
    return `${host(name)}:${port}`;
  } catch {
    return address; // no address for the engine either
  }
}

function server(url: URL): string {
  return `${url.hostname}:${url.port}`;
}

function host(name: unknown): string {
  return typeof name === 'string' ? name.toLowerCase() : String(name);
}

/** Every text in the arguments, those in records too. */
function texts(values: readonly unknown[]): readonly string[] {
  return values.flatMap((value) => {
    if (typeof value === 'string') return [value];
    return isRecord(value) ? texts(Object.values(value)) : [];
  });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
