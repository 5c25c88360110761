import {
  HTTP_QUERY_CUSTOM,
  HTTP_QUERY_FLAG_NUMBER,
  HTTP_QUERY_FLAG_SYSTEMTIME,
  HTTP_QUERY_HEADER_MASK,
} from '../constants.ts';
import type { FunctionName } from '../hierarchy.ts';
import type { CppArguments } from './cppArguments.ts';

/** How the functions of wininet.h are called: lengths are given again, and results come through pointers. */

/** A call in C++. */
export interface CppCall {
  /** Declarations that it needs before it. */
  readonly before: readonly string[];
  /** The call itself. */
  readonly call: string;
  /** How its success shows: a handle, TRUE, another test, or not at all. */
  readonly succeeds: 'handle' | 'bool' | { readonly test: (call: string) => string } | null;
  /** A statement that tells what it returned through its pointers. */
  readonly tells?: string;
}

type Form = (args: CppArguments) => CppCall;

/** A handle is returned. */
const handle = (call: string, before: readonly string[] = []): CppCall => ({ before, call, succeeds: 'handle' });
/** TRUE is returned. */
const bool = (call: string, before: readonly string[] = [], tells?: string): CppCall => ({
  before,
  call,
  succeeds: 'bool',
  ...(tells === undefined ? {} : { tells }),
});

const READ_SIZE = 65_536;

/** Every function that can be in a program. Those without a handle, but for a few, never are. */
export const CPP_CALLS: Readonly<Partial<Record<FunctionName, Form>>> = {
  InternetOpen: (a) =>
    handle(`InternetOpenW(${a.text(0)}, ${a.number(1)}, ${a.text(2)}, ${a.text(3)}, ${a.number(4)})`),
  InternetOpenUrl: (a) => {
    const [url, headers] = [a.text(1), a.text(2)];
    const length = headers === 'NULL' ? '0' : '(DWORD)-1';
    return handle(`InternetOpenUrlW(${a.handle(0)}, ${url}, ${headers}, ${length}, ${a.number(3)}, ${a.number(4)})`);
  },
  InternetConnect: (a) =>
    handle(
      `InternetConnectW(${a.handle(0)}, ${a.text(1)}, ${a.number(2)}, ${a.text(3)}, ${a.text(4)}, ${a.number(5)}, ${a.number(6)}, ${a.number(7)})`,
    ),
  HttpOpenRequest: (a) => {
    const types = a.texts(5);
    const name = a.local('acceptTypes');
    const before = types === null ? [] : [`LPCWSTR ${name}[] = {${[...types, 'NULL'].join(', ')}};`];
    const accept = types === null ? 'NULL' : name;
    return handle(
      `HttpOpenRequestW(${a.handle(0)}, ${a.text(1)}, ${a.text(2)}, ${a.text(3)}, ${a.text(4)}, ${accept}, ${a.number(6)}, ${a.number(7)})`,
      before,
    );
  },
  HttpAddRequestHeaders: (a) => bool(`HttpAddRequestHeadersW(${a.handle(0)}, ${a.text(1)}, (DWORD)-1, ${a.number(2)})`),
  HttpSendRequest: (a) => {
    const headers = a.text(1);
    const { before, data, size } = a.body(2);
    const length = headers === 'NULL' ? '0' : '(DWORD)-1';
    return bool(`HttpSendRequestW(${a.handle(0)}, ${headers}, ${length}, ${data}, ${size})`, before);
  },
  HttpSendRequestEx: (a) => {
    const { before, pointer } = a.buffers(1);
    return bool(`HttpSendRequestExW(${a.handle(0)}, ${pointer}, NULL, ${a.number(3)}, ${a.number(4)})`, before);
  },
  HttpEndRequest: (a) => bool(`HttpEndRequestW(${a.handle(0)}, NULL, ${a.number(2)}, ${a.number(3)})`),
  HttpQueryInfo: queryInfo,
  InternetErrorDlg: (a) => ({
    before: [],
    call: `InternetErrorDlg(GetDesktopWindow(), ${a.handle(1)}, ${a.number(2)}, ${a.number(3)}, NULL)`,
    succeeds: null,
  }),
  InternetReadFileEx: (a) => {
    const { before, pointer, name } = a.buffers(1);
    const call = `InternetReadFileExW(${a.handle(0)}, ${pointer}, ${a.number(2)}, ${a.number(3)})`;
    return bool(
      call,
      before,
      name === null ? undefined : tell('%lu bytes', `${name}.dwBufferLength`, 'InternetReadFileEx'),
    );
  },
  InternetReadFile: (a) => {
    const [buffer, count] = [a.local('buffer'), a.local('count')];
    const before = [`std::vector<BYTE> ${buffer}(${Math.max(1, a.room(1, READ_SIZE))});`, `DWORD ${count} = 0;`];
    const call = `InternetReadFile(${a.handle(0)}, ${buffer}.data(), ${a.room(1, READ_SIZE)}, &${count})`;
    return bool(call, before, tell('%lu bytes', count, 'InternetReadFile'));
  },
  InternetWriteFile: (a) => {
    const { before, data, size } = a.body(1);
    const count = a.local('count');
    const call = `InternetWriteFile(${a.handle(0)}, ${data}, ${size}, &${count})`;
    return bool(call, [...before, `DWORD ${count} = 0;`], tell('%lu bytes', count, 'InternetWriteFile'));
  },
  InternetQueryDataAvailable: (a) => {
    const count = a.local('count');
    const call = `InternetQueryDataAvailable(${a.handle(0)}, &${count}, ${a.number(1)}, ${a.number(2)})`;
    return bool(call, [`DWORD ${count} = 0;`], tell('%lu bytes', count, 'InternetQueryDataAvailable'));
  },
  InternetSetFilePointer: (a) => {
    const high = a.local('high');
    const isGiven = a.isGiven(2);
    return {
      before: isGiven ? [`LONG ${high} = ${a.number(2)};`] : [],
      call: `InternetSetFilePointer(${a.handle(0)}, ${a.number(1)}, ${isGiven ? `&${high}` : 'NULL'}, ${a.number(3)}, 0)`,
      succeeds: { test: (call) => `${call} != INVALID_SET_FILE_POINTER` },
    };
  },
  InternetFindNextFile: (a) => {
    const found = a.local('found');
    const isGopher = a.kind(0) === 'gopher-find';
    const field = isGopher ? 'DisplayString' : 'cFileName';
    return bool(
      `InternetFindNextFileW(${a.handle(0)}, &${found})`,
      [`${isGopher ? 'GOPHER_FIND_DATAW' : 'WIN32_FIND_DATAW'} ${found} = {};`],
      tell('%ls', `${found}.${field}`, 'InternetFindNextFile'),
    );
  },
  FtpOpenFile: (a) =>
    handle(`FtpOpenFileW(${a.handle(0)}, ${a.text(1)}, ${a.number(2)}, ${a.number(3)}, ${a.number(4)})`),
  FtpFindFirstFile: (a) => {
    const found = a.local('found');
    const call = `FtpFindFirstFileW(${a.handle(0)}, ${a.text(1)}, &${found}, ${a.number(3)}, ${a.number(4)})`;
    return handle(call, [`WIN32_FIND_DATAW ${found} = {};`]);
  },
  FtpCreateDirectory: (a) => bool(`FtpCreateDirectoryW(${a.handle(0)}, ${a.text(1)})`),
  FtpDeleteFile: (a) => bool(`FtpDeleteFileW(${a.handle(0)}, ${a.text(1)})`),
  FtpGetCurrentDirectory: (a) => {
    const [folder, length] = [a.local('folder'), a.local('length')];
    const size = a.room(1, 4096);
    return bool(
      `FtpGetCurrentDirectoryW(${a.handle(0)}, ${folder}.data(), &${length})`,
      [`std::vector<WCHAR> ${folder}(${size + 1});`, `DWORD ${length} = ${size};`],
      tell('%ls', `${folder}.data()`, 'FtpGetCurrentDirectory'),
    );
  },
  FtpGetFile: (a) =>
    bool(
      `FtpGetFileW(${a.handle(0)}, ${a.text(1)}, ${a.text(2)}, ${a.boolean(3)}, ${a.number(4)}, ${a.number(5)}, ${a.number(6)})`,
    ),
  FtpPutFile: (a) => bool(`FtpPutFileW(${a.handle(0)}, ${a.text(1)}, ${a.text(2)}, ${a.number(3)}, ${a.number(4)})`),
  FtpRemoveDirectory: (a) => bool(`FtpRemoveDirectoryW(${a.handle(0)}, ${a.text(1)})`),
  FtpRenameFile: (a) => bool(`FtpRenameFileW(${a.handle(0)}, ${a.text(1)}, ${a.text(2)})`),
  FtpSetCurrentDirectory: (a) => bool(`FtpSetCurrentDirectoryW(${a.handle(0)}, ${a.text(1)})`),
  FtpCommand: (a) => {
    const target = a.opened() ?? a.local('data');
    const expects = a.boolean(1);
    const pointer = expects === 'TRUE' ? `&${target}` : 'NULL';
    const before = expects === 'TRUE' && a.opened() === null ? [`HINTERNET ${target} = NULL;`] : [];
    return bool(
      `FtpCommandW(${a.handle(0)}, ${expects}, ${a.number(2)}, ${a.text(3)}, ${a.number(4)}, ${pointer})`,
      before,
    );
  },
  FtpGetFileSize: (a) => {
    const high = a.local('high');
    return {
      before: [`DWORD ${high} = 0;`],
      call: `FtpGetFileSize(${a.handle(0)}, &${high})`,
      succeeds: { test: (call) => `${call} != INVALID_FILE_SIZE` },
    };
  },
  GopherOpenFile: (a) =>
    handle(`GopherOpenFileW(${a.handle(0)}, ${a.text(1)}, ${a.text(2)}, ${a.number(3)}, ${a.number(4)})`),
  GopherFindFirstFile: (a) => {
    const found = a.local('found');
    const call = `GopherFindFirstFileW(${a.handle(0)}, ${a.text(1)}, ${a.text(2)}, &${found}, ${a.number(4)}, ${a.number(5)})`;
    return handle(call, [`GOPHER_FIND_DATAW ${found} = {};`]);
  },
  GopherGetAttribute: (a) => {
    const [buffer, count] = [a.local('buffer'), a.local('count')];
    const size = a.room(3, READ_SIZE);
    return bool(
      `GopherGetAttributeW(${a.handle(0)}, ${a.text(1)}, ${a.text(2)}, ${buffer}.data(), ${size}, &${count}, NULL, ${a.number(5)})`,
      [`std::vector<BYTE> ${buffer}(${size + 1});`, `DWORD ${count} = 0;`],
    );
  },
  InternetCloseHandle: (a) => bool(`InternetCloseHandle(${a.handle(0)})`),
  InternetQueryOption: (a) => {
    const { before, data, size } = a.optionRoom(1, 2);
    const length = a.local('length');
    const call = `InternetQueryOptionW(${a.handle(0)}, ${a.number(1)}, ${data}, &${length})`;
    return bool(call, [...before, `DWORD ${length} = ${size};`]);
  },
  InternetSetOption: (a) => {
    const { before, data, size } = a.option(1, 2);
    return bool(`InternetSetOptionW(${a.handle(0)}, ${a.number(1)}, ${data}, ${size})`, before);
  },
  InternetSetOptionEx: (a) => {
    const { before, data, size } = a.option(1, 2);
    return bool(`InternetSetOptionExW(${a.handle(0)}, ${a.number(1)}, ${data}, ${size}, ${a.number(3)})`, before);
  },
  InternetSetStatusCallback: (a) => ({
    before: [],
    call: `InternetSetStatusCallbackW(${a.handle(0)}, ${a.callback(1)})`,
    succeeds: { test: (call) => `${call} != INTERNET_INVALID_STATUS_CALLBACK` },
  }),
  InternetLockRequestFile: (a) => {
    const lock = a.locked() ?? a.local('lock');
    const before = a.locked() === null ? [`HANDLE ${lock} = NULL;`] : [];
    return bool(`InternetLockRequestFile(${a.handle(0)}, &${lock})`, before);
  },
  InternetUnlockRequestFile: (a) => bool(`InternetUnlockRequestFile(${a.handle(0)})`),
  ResumeSuspendedDownload: (a) => bool(`ResumeSuspendedDownload(${a.handle(0)}, ${a.number(1)})`),
  InternetSetCookie: (a) => bool(`InternetSetCookieW(${a.text(0)}, ${a.text(1)}, ${a.text(2)})`),
  InternetSetCookieEx: (a) => ({
    before: [],
    call: `InternetSetCookieExW(${a.text(0)}, ${a.text(1)}, ${a.text(2)}, ${a.number(3)}, 0)`,
    succeeds: { test: (call) => `${call} != COOKIE_STATE_REJECT` },
  }),
};

function queryInfo(a: CppArguments): CppCall {
  const level = a.value(1);
  const [value, length, index] = [a.local('value'), a.local('length'), a.local('index')];
  const isNamed = (level & HTTP_QUERY_HEADER_MASK) >>> 0 === HTTP_QUERY_CUSTOM && a.isText(2);
  const name = isNamed ? a.text(2) : 'L""';
  // An array is not initialised with what is put together first.
  const isLiteral = name.startsWith('L');
  const isNumber = (level & HTTP_QUERY_FLAG_NUMBER) !== 0;
  const isTime = (level & HTTP_QUERY_FLAG_SYSTEMTIME) !== 0;
  const size = a.room(2, 8192);
  const declared = isNumber
    ? `DWORD ${value} = 0;`
    : isTime
      ? `SYSTEMTIME ${value} = {};`
      : `WCHAR ${value}[${Math.max(size, 2)}] = ${isLiteral ? name : 'L""'};`;
  const named = isLiteral || isNumber || isTime ? [] : [`lstrcpynW(${value}, ${name}, ${Math.max(size, 2)});`];
  const isGiven = a.isGiven(3);
  const indexed = isGiven ? [`DWORD ${index} = ${a.number(3)};`] : [];
  const shown = isNumber
    ? tell('%lu', value, 'HttpQueryInfo')
    : isTime
      ? undefined
      : tell('%ls', value, 'HttpQueryInfo');
  return bool(
    `HttpQueryInfoW(${a.handle(0)}, ${a.number(1)}, &${value}, &${length}, ${isGiven ? `&${index}` : 'NULL'})`,
    [declared, ...named, `DWORD ${length} = sizeof(${value});`, ...indexed],
    shown,
  );
}

function tell(format: string, value: string, fn: FunctionName): string {
  return `printf("${fn}: ${format}\\n", ${value});`;
}
