import fc from 'fast-check';
import type { Playground } from '../../extension/playground/playground.ts';
import * as c from '../../extension/shared/constants.ts';
import type { FunctionName, HandleKind } from '../../extension/shared/hierarchy.ts';
import { contexts, ftpFlags, httpPaths, LOCK, REACTING, readBuffers } from './randomArguments.ts';
import type { RandomCall } from './randomPrograms.ts';

/** A call of a story: the function, the kind of its handle or null, and its other arguments, perhaps drawn. */
type Step = readonly [fn: FunctionName, of: HandleKind | null, ...args: readonly unknown[]];

/** A few calls that belong together, as a program makes them: now and then one is missing, or its end is not waited for. */
export function randomStory(playground: Playground, folder: string): fc.Arbitrary<readonly RandomCall[]> {
  return fc.oneof(...allStories(playground, folder).map(played));
}

/** All stories, one after the other, whole. */
export function everyStory(playground: Playground, folder: string): fc.Arbitrary<readonly RandomCall[]> {
  const calls = allStories(playground, folder).flatMap((steps) => steps.map(call));
  return fc.tuple(...calls).map((all) => all.map((one) => ({ ...one, awaited: true })));
}

function allStories(playground: Playground, folder: string): readonly (readonly Step[])[] {
  return [
    ...httpStories(playground),
    ...ftpStories(playground, folder),
    ...gopherStories(playground),
    ...urlStories(playground),
    ...storiesWithoutHandles(playground),
  ];
}

function played(steps: readonly Step[]): fc.Arbitrary<readonly RandomCall[]> {
  const calls = fc.tuple(...steps.map(call));
  const gaps = fc.array(fc.constantFrom(false, ...Array<boolean>(24).fill(true)), {
    minLength: steps.length,
    maxLength: steps.length,
  });
  return fc.tuple(calls, gaps).map(([all, kept]) => all.filter((_call, index) => kept[index]));
}

function call([fn, of, ...args]: Step): fc.Arbitrary<RandomCall> {
  const drawn = args.map((arg) => (arg instanceof fc.Arbitrary ? (arg as fc.Arbitrary<unknown>) : fc.constant(arg)));
  return fc.record({
    fn: fc.constant(fn),
    ...(of === null ? {} : { of: fc.constant(of) }),
    handle: fc.nat(),
    args: fc.tuple(...drawn),
    awaited: fc.constantFrom(...Array<boolean>(8).fill(true), false),
  });
}

function httpStories({ http, https }: Playground): readonly (readonly Step[])[] {
  const session: Step = ['InternetConnect', 'root', '127.0.0.1', Number(http.port), null, null, 3, 0, contexts];
  const secure = c.INTERNET_FLAG_SECURE;
  const trusting = fc.constantFrom(c.SECURITY_FLAG_IGNORE_UNKNOWN_CA, c.SECURITY_FLAG_IGNORE_UNKNOWN_CA, 0);
  const verbs = fc.constantFrom(null, 'GET', 'POST', 'HEAD');
  const flags = fc.constantFrom(0, 0, c.INTERNET_FLAG_NO_AUTO_REDIRECT, c.INTERNET_FLAG_NO_CACHE_WRITE);
  const body = new Uint8Array(5000).fill(0x61);
  return [
    [
      ['InternetOpen', null, 'story/1.0', c.INTERNET_OPEN_TYPE_DIRECT, null, null, c.INTERNET_FLAG_ASYNC],
      ['InternetSetStatusCallback', 'root', REACTING],
      session,
      ['HttpOpenRequest', 'http-connect', verbs, httpPaths, null, null, null, flags, contexts],
      ['HttpAddRequestHeaders', 'http-request', 'X-One: 1\r\n', c.HTTP_ADDREQ_FLAG_ADD],
      ['HttpSendRequest', 'http-request', null, null],
      ['HttpQueryInfo', 'http-request', c.HTTP_QUERY_RAW_HEADERS_CRLF],
      ['InternetErrorDlg', 'http-request', null, 0, 0, null],
      ['InternetQueryDataAvailable', 'http-request', 0, 0],
      ['InternetReadFile', 'http-request', new Uint8Array(300)],
      ['InternetSetFilePointer', 'http-request', 10, null, c.FILE_BEGIN, 0],
      ['InternetReadFileEx', 'http-request', readBuffers, 0, 1],
      ['InternetLockRequestFile', 'http-request'],
      ['InternetCloseHandle', 'http-request'],
      ['InternetUnlockRequestFile', null, LOCK],
    ],
    [
      ['InternetConnect', 'root', '127.0.0.1', Number(https.port), null, null, 3, secure, contexts],
      ['HttpOpenRequest', 'http-connect', verbs, httpPaths, null, null, null, secure, contexts],
      ['InternetSetOption', 'http-request', c.INTERNET_OPTION_SECURITY_FLAGS, trusting],
      ['HttpSendRequest', 'http-request', null, null],
      ['InternetReadFile', 'http-request', new Uint8Array(5000)],
    ],
    [
      session,
      ['HttpOpenRequest', 'http-connect', null, '/bytes/200000', null, null, null, 0, contexts],
      ['HttpSendRequest', 'http-request', null, null],
      ['InternetReadFile', 'http-request', new Uint8Array(300)],
      ['InternetSetFilePointer', 'http-request', 100_000, null, c.FILE_BEGIN, 0],
      ['InternetReadFileEx', 'http-request', readBuffers, fc.constantFrom(0, c.IRF_ASYNC, c.IRF_NO_WAIT), 1],
      ['InternetQueryDataAvailable', 'http-request', 0, 0],
    ],
    [
      session,
      ['HttpOpenRequest', 'http-connect', 'POST', '/redirect/307', null, null, null, flags, contexts],
      ['HttpSendRequestEx', 'http-request', { dwBufferTotal: body.length }, null, 0, contexts],
      ['InternetWriteFile', 'http-request', body],
      ['HttpEndRequest', 'http-request', null, 0, 0],
      ['HttpSendRequestEx', 'http-request', { dwBufferTotal: body.length }, null, 0, contexts],
      ['InternetWriteFile', 'http-request', body],
      ['HttpEndRequest', 'http-request', null, 0, 0],
      ['InternetReadFile', 'http-request', new Uint8Array(70_000)],
      ['InternetReadFile', 'http-request', new Uint8Array(70_000)],
      ['HttpSendRequest', 'http-request', null, 'body'],
      ['ResumeSuspendedDownload', 'http-request', 0],
      ['InternetCloseHandle', 'http-connect'],
    ],
  ];
}

function ftpStories({ ftp }: Playground, folder: string): readonly (readonly Step[])[] {
  const session: Step = ['InternetConnect', 'root', '127.0.0.1', Number(ftp.port), null, null, 1, ftpFlags, contexts];
  const transfer = fc.constantFrom(c.FTP_TRANSFER_TYPE_BINARY, c.FTP_TRANSFER_TYPE_ASCII);
  const text = new Uint8Array(3000).fill(0x0a);
  return [
    [
      session,
      ['FtpOpenFile', 'ftp-connect', '/readme.txt', c.GENERIC_READ, transfer, contexts],
      ['FtpGetFileSize', 'ftp-file'],
      ['InternetQueryDataAvailable', 'ftp-file', 0, 0],
      ['InternetReadFile', 'ftp-file', new Uint8Array(100)],
      ['InternetReadFile', 'ftp-file', new Uint8Array(5000)],
      ['InternetReadFile', 'ftp-file', new Uint8Array(100)],
      ['InternetCloseHandle', 'ftp-file'],
      ['FtpGetFile', 'ftp-connect', '/readme.txt', `${folder}/got.txt`, false, 0, transfer, contexts],
      ['FtpCommand', 'ftp-connect', true, transfer, 'LIST', contexts],
      ['InternetReadFile', 'ftp-file', new Uint8Array(100)],
      ['InternetCloseHandle', 'ftp-file'],
      ['FtpCommand', 'ftp-connect', false, transfer, 'NOOP', 0],
      ['InternetGetLastResponseInfo', null],
      ['InternetCloseHandle', 'ftp-connect'],
    ],
    [
      session,
      ['FtpOpenFile', 'ftp-connect', '/incoming/new.txt', c.GENERIC_WRITE, transfer, contexts],
      ['InternetWriteFile', 'ftp-file', text],
      ['InternetWriteFile', 'ftp-file', text],
      ['InternetCloseHandle', 'ftp-file'],
      ['FtpPutFile', 'ftp-connect', `${folder}/sent.txt`, '/incoming/put.txt', transfer, contexts],
      ['FtpRenameFile', 'ftp-connect', '/incoming/put.txt', '/incoming/renamed.txt'],
      ['FtpDeleteFile', 'ftp-connect', '/incoming/renamed.txt'],
      ['FtpGetFile', 'ftp-connect', '/readme.txt', `${folder}/got.txt`, false, 0, transfer, contexts],
    ],
    [
      session,
      ['FtpCreateDirectory', 'ftp-connect', '/incoming/made'],
      ['FtpSetCurrentDirectory', 'ftp-connect', '/incoming/made'],
      ['FtpGetCurrentDirectory', 'ftp-connect'],
      ['FtpRemoveDirectory', 'ftp-connect', '/incoming/made'],
    ],
    [
      session,
      ['FtpFindFirstFile', 'ftp-connect', fc.constantFrom('*', '/pub/*.txt'), null, 0, contexts],
      ['InternetFindNextFile', 'ftp-find'],
      ['InternetFindNextFile', 'ftp-find'],
      ['InternetFindNextFile', 'ftp-find'],
      ['FtpGetCurrentDirectory', 'ftp-connect'],
      ['InternetCloseHandle', 'ftp-find'],
    ],
  ];
}

function gopherStories({ gopher }: Playground): readonly (readonly Step[])[] {
  const { port } = gopher;
  const session: Step = ['InternetConnect', 'root', '127.0.0.1', Number(port), null, null, 2, 0, contexts];
  const text = `0text\t/readme.txt\t127.0.0.1\t${port}\t+`;
  const menu = `1menu\t/pub\t127.0.0.1\t${port}\t+`;
  return [
    [
      session,
      ['GopherOpenFile', 'gopher-connect', text, null, 0, contexts],
      ['InternetQueryDataAvailable', 'gopher-file', 0, 0],
      ['InternetReadFile', 'gopher-file', new Uint8Array(100)],
      ['InternetReadFile', 'gopher-file', new Uint8Array(70_000)],
      ['InternetReadFile', 'gopher-file', new Uint8Array(100)],
      ['GopherGetAttribute', 'gopher-connect', text, null, null, null, contexts],
      ['InternetCloseHandle', 'gopher-file'],
    ],
    [
      session,
      ['GopherFindFirstFile', 'gopher-connect', fc.constantFrom(null, menu), null, null, 0, contexts],
      ...Array.from({ length: 6 }, (): Step => ['InternetFindNextFile', 'gopher-find']),
      ['GopherCreateLocator', null, '127.0.0.1', Number(port), 'text', '/readme.txt', 0],
      ['GopherGetLocatorType', null, text],
      ['InternetCloseHandle', 'gopher-connect'],
    ],
  ];
}

/** InternetOpenUrl, for each kind of handle that it returns. */
function urlStories({ http, ftp, gopher }: Playground): readonly (readonly Step[])[] {
  const raw = c.INTERNET_FLAG_PASSIVE | c.INTERNET_FLAG_RAW_DATA;
  const open = (url: string, flags: number): Step => ['InternetOpenUrl', 'root', url, null, flags, contexts];
  const readable = (url: string, kind: HandleKind): readonly Step[] => [
    open(url, c.INTERNET_FLAG_PASSIVE),
    ['InternetReadFile', kind, new Uint8Array(100)],
    ['InternetReadFile', kind, new Uint8Array(200_000)],
    ['InternetReadFile', kind, new Uint8Array(200_000)],
    ['InternetCloseHandle', kind],
  ];
  const searchable = (url: string, kind: HandleKind): readonly Step[] => [
    open(url, raw),
    ...Array.from({ length: 6 }, (): Step => ['InternetFindNextFile', kind]),
    ['InternetCloseHandle', kind],
  ];
  return [
    readable(new URL('/bytes/5000', http).href, 'http-request'),
    [
      ...readable(new URL('/readme.txt', ftp).href, 'ftp-file'),
      ...readable(new URL('/pub/', ftp).href, 'ftp-find-html'),
    ],
    searchable(new URL('/pub/source/', ftp).href, 'ftp-find'),
    [...readable(`${gopher.href}0/readme.txt`, 'gopher-file'), ...readable(gopher.href, 'gopher-find-html')],
    searchable(`${gopher.href}1/pub`, 'gopher-find'),
  ];
}

function storiesWithoutHandles({ http }: Playground): readonly (readonly Step[])[] {
  const url = http.href;
  return [
    [
      ['InternetSetCookie', null, url, 'one', '1'],
      ['InternetSetCookieEx', null, url, 'two', '2', 0, null],
      ['InternetGetCookie', null, url, null, null],
      ['InternetGetCookieEx', null, url, null, null, 0],
      ['InternetCrackUrl', null, url, 0, 0, null],
      ['InternetCreateUrl', null, { lpszScheme: 'http', lpszHostName: 'example.org' }, 0, null],
      ['InternetCanonicalizeUrl', null, url, null, 0],
      ['InternetCombineUrl', null, url, 'a/b', null, 0],
      ['InternetTimeFromSystemTime', null, new Date(0), 0, null],
      ['InternetTimeToSystemTime', null, 'Thu, 01 Jan 1970 00:00:00 GMT', 0],
      ['InternetAttemptConnect', null, 0],
      ['InternetCheckConnection', null, url, 0, 0],
      ['InternetGetConnectedState', null, 0],
      ['InternetGetConnectedStateEx', null, null, 0],
      ['InternetConfirmZoneCrossing', null, null, url, url, false],
      ['InternetSetOption', 'root', c.INTERNET_OPTION_CONNECT_RETRIES, 1],
      ['InternetSetOptionEx', 'root', c.INTERNET_OPTION_CONNECT_RETRIES, 1, 0],
      ['InternetQueryOption', 'root', c.INTERNET_OPTION_CONNECT_RETRIES, null],
    ],
  ];
}
