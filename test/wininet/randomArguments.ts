import fc from 'fast-check';
import type { Playground } from '../../extension/playground/playground.ts';
import * as c from '../../extension/shared/constants.ts';
import { type FunctionName, functionNames, functionRow, handleParameter } from '../../extension/shared/hierarchy.ts';

/** One call of a random sequence. */
export interface RandomCall {
  readonly fn: FunctionName;
  /** Which of the handles that there were; what is no handle at all is drawn now and then. */
  readonly handle: number;
  readonly args: readonly unknown[];
  /** Wait for its end before the next call? */
  readonly awaited: boolean;
}

/** Calls one after the other, on a root of a mode, and the calls that a status callback makes, one for each status. */
export interface RandomProgram {
  readonly calls: readonly RandomCall[];
  /** INTERNET_FLAG_ASYNC or 0, for the root that the calls begin with. */
  readonly rootFlags: number;
  readonly reactions: readonly RandomCall[];
}

/** Stands where an argument is to be the status callback that makes the reactions. */
export const REACTING = 'the callback that reacts';

const NONSENSE = fc.constantFrom<unknown>(
  null,
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

/** Programs of calls of any function of the table with arguments that are mostly plausible. */
export function randomPrograms(playground: Playground, folder: string): fc.Arbitrary<RandomProgram> {
  const call = randomCall(playground, folder);
  return fc.record({
    calls: fc.array(call, { minLength: 5, maxLength: 40 }),
    rootFlags: fc.constantFrom(0, c.INTERNET_FLAG_ASYNC),
    reactions: fc.array(call, { maxLength: 20 }),
  });
}

function randomCall(playground: Playground, folder: string): fc.Arbitrary<RandomCall> {
  const call = (fn: FunctionName) => {
    const parameters = functionRow(fn).parameters.filter((_name, index) => index !== handleParameter(fn));
    const values = parameters.map((name) =>
      fc.oneof({ weight: 14, arbitrary: plausible(name, playground, folder) }, { weight: 1, arbitrary: NONSENSE }),
    );
    return fc.record({
      fn: fc.constant(fn),
      handle: fc.nat(),
      args: fc.tuple(...values),
      awaited: fc.boolean(),
    });
  };
  // What makes handles comes more often: without handles nothing else can happen.
  const makers = functionNames.filter((fn) => functionRow(fn).returns !== undefined);
  return fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...makers).chain(call) },
    { weight: 4, arbitrary: fc.constantFrom(...functionNames).chain(call) },
  );
}

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
    lpszObjectName: ['/', '/bytes/1000', '/fault/reset', '/fault/truncated', '/redirect/http', '/slow/stall', '/echo'],
    lpszVersion: [null, 'HTTP/1.0'],
    lplpszAcceptTypes: [null, ['text/plain']],
    lpszHeaders: [null, 'X-One: 1\r\n'],
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
    lpBuffer: [new Uint8Array(100), new Uint8Array(5000), 1],
    lpszFileName: ['/readme.txt', '/pub/readme.txt', 'nothing', 'new.txt'],
    lpszSearchFile: [null, '*', '/pub/*.txt'],
    lpszRemoteFile: ['/readme.txt', 'nothing'],
    lpszNewFile: [`${folder}/got.txt`],
    lpszLocalFile: [`${folder}/got.txt`, `${folder}/nothing`],
    lpszDirectory: ['/', '/pub', 'made'],
    dwAccess: [c.GENERIC_READ, c.GENERIC_WRITE],
    dwOption: [1, 2, 9, 21, 34, 41, 45],
    dwContext: [0, 1, 2],
    lpszCommand: ['NOOP', 'STAT'],
    lpszLocator: [null, `0text\t/readme.txt\t127.0.0.1\t${gopher.port}`, `1menu\t/pub\t127.0.0.1\t${gopher.port}\t+`],
    hWnd: [null],
    lpfnInternetCallback: [null, REACTING, REACTING],
  };
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
