import fc from 'fast-check';
import type { Playground } from '../../extension/playground/playground.ts';
import * as c from '../../extension/shared/constants.ts';
import { OPTIONS } from '../../extension/shared/optionTable.ts';

/** Stands where an argument is to be the status callback that makes the reactions. */
export const REACTING = 'the callback that reacts';
/** Stands where an argument is to be the newest lock that InternetLockRequestFile has returned. */
export const LOCK = 'the newest lock';

const NONSENSE = fc.constantFrom<unknown>(
  null,
  undefined,
  '',
  '\r\n',
  -1,
  0,
  2 ** 33,
  'x'.repeat(70_000),
  {},
  [],
  new Uint8Array(0),
  () => 1,
);

/** An argument for a parameter of any function: mostly plausible. */
export function randomArgument(name: string, playground: Playground, folder: string): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 14, arbitrary: plausible(name, playground, folder) }, { weight: 1, arbitrary: NONSENSE });
}

/** dwContext: 0 means that nobody is told. */
export const contexts = fc.constantFrom(0, 1, 1, 2);

/** dwFlags of whatever goes over FTP. */
export const ftpFlags = fc.constantFrom(0, c.INTERNET_FLAG_PASSIVE, c.INTERNET_FLAG_PASSIVE);

/** Paths of the playground's HTTP server: bodies, redirects, faults, stalls. */
export const httpPaths = fc.constantFrom(
  '/',
  '/bytes/1000',
  '/bytes/200000',
  '/body/chunked',
  '/encoding/gzip',
  '/encoding/gzip-broken',
  '/cookies/set',
  '/redirect/http',
  '/redirect/307',
  '/connection/close',
  '/fault/reset',
  '/fault/truncated',
  '/fault/garbage',
  '/slow/stall',
  '/echo',
);

/** A place to read into: a record of its own for each call, as a read writes into it. */
export const readBuffers = fc.nat({ max: 5000 }).map((size) => ({ lpvBuffer: new Uint8Array(size) }));

function plausible(name: string, { http, ftp, gopher }: Playground, folder: string): fc.Arbitrary<unknown> {
  const known: Readonly<Record<string, readonly unknown[]>> = {
    lpszAgent: ['agent/1.0', null],
    dwAccessType: [c.INTERNET_OPEN_TYPE_DIRECT, c.INTERNET_OPEN_TYPE_DIRECT, c.INTERNET_OPEN_TYPE_PRECONFIG],
    lpszProxy: [null],
    lpszProxyBypass: [null],
    lpszServerName: ['127.0.0.1', '127.0.0.1', 'localhost'],
    nServerPort: [Number(http.port), Number(ftp.port), Number(gopher.port), 1],
    dwService: [c.INTERNET_SERVICE_HTTP, c.INTERNET_SERVICE_FTP, c.INTERNET_SERVICE_GOPHER],
    lpszUserName: [null],
    lpszPassword: [null],
    lpszVerb: [null, 'GET', 'POST', 'HEAD'],
    lpszVersion: [null, 'HTTP/1.0'],
    lplpszAcceptTypes: [null, ['text/plain']],
    lpszHeaders: [null, 'X-One: 1\r\n'],
    dwModifiers: [c.HTTP_ADDREQ_FLAG_ADD, c.HTTP_ADDREQ_FLAG_REPLACE | c.HTTP_ADDREQ_FLAG_ADD],
    dwInfoLevel: [c.HTTP_QUERY_RAW_HEADERS_CRLF, c.HTTP_QUERY_STATUS_CODE | c.HTTP_QUERY_FLAG_NUMBER, 1, 65_535],
    lpszUrl: [
      http.href,
      new URL('/bytes/5000', http).href,
      new URL('/readme.txt', ftp).href,
      new URL('/pub/', ftp).href,
      gopher.href,
      `${gopher.href}0/readme.txt`,
      'foo://x/',
    ],
    lpOptional: [null, 'body'],
    lpBuffer: [new Uint8Array(100), new Uint8Array(5000), 1, c.INTERNET_STATE_DISCONNECTED_BY_USER, 'text'],
    lpBuffersIn: [null, { dwBufferTotal: 100 }],
    lpszFileName: ['/readme.txt', '/pub/readme.txt', 'nothing', '/incoming/new.txt'],
    lpszSearchFile: [null, '*', '/pub/*.txt'],
    lpszRemoteFile: ['/readme.txt', 'nothing'],
    lpszNewRemoteFile: ['/incoming/put.txt', '/readonly/put.txt'],
    lpszExisting: ['/incoming/new.txt'],
    lpszNew: ['/incoming/renamed.txt'],
    lpszNewFile: [`${folder}/got.txt`],
    lpszLocalFile: [`${folder}/got.txt`, `${folder}/nothing`],
    lpszDirectory: ['/', '/pub', '/incoming/made'],
    dwAccess: [c.GENERIC_READ, c.GENERIC_WRITE],
    // But for time-outs, which could be set to none: a call that hangs is a fault.
    dwOption: OPTIONS.flatMap(({ option, form }) => (form === 'milliseconds' ? [] : [option])),
    dwContext: [0, 1, 2],
    lpszCommand: ['NOOP', 'STAT', 'LIST', 'QUIT'],
    lpszLocator: [null, ...locators(gopher)],
    pst: [new Date(0)],
    lpUrlComponents: [null, { lpszScheme: 'http', lpszHostName: 'example.org' }],
    hLockRequestInfo: [LOCK],
    hWnd: [null],
    lpfnInternetCallback: [null, REACTING, REACTING],
  };
  if (name === 'lpszObjectName') return httpPaths;
  if (name === 'lpBuffersOut') return fc.oneof(fc.constant(null), readBuffers);
  const values = known[name];
  if (values !== undefined) return fc.constantFrom(...values);
  if (name === 'dwFlags') {
    const passive = c.INTERNET_FLAG_PASSIVE;
    const existing = passive | c.INTERNET_FLAG_EXISTING_CONNECT;
    const raw = c.INTERNET_FLAG_RAW_DATA;
    return fc.constantFrom<unknown>(0, passive, existing, passive | raw, existing | raw, c.INTERNET_FLAG_ASYNC, 2, 8);
  }
  if (/^(dw|n|l|b|f)[A-Z]/.test(name)) return fc.constantFrom<unknown>(0, 0, 1, 5);
  return fc.constantFrom<unknown>(null, 'text');
}

/** Locators of a text and of a menu with attributes. */
function locators({ port }: URL): readonly string[] {
  return [`0text\t/readme.txt\t127.0.0.1\t${port}`, `1menu\t/pub\t127.0.0.1\t${port}\t+`];
}
