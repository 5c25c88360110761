import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as constants from '../../extension/shared/constants.ts';
import { isErrorSymbol } from '../../extension/shared/errorCodes.ts';
import {
  bringsAnswer,
  DIAGRAMS,
  type DiagramName,
  type FunctionName,
  functionNames,
  functionRow,
  functionsReturning,
  functionsUsing,
  HANDLE_KINDS,
  handleKinds,
  handleParameter,
  hasBytes,
  isFunctionName,
  isHandleKind,
  kindRow,
  looksForBytes,
  readsBytes,
  refusal,
  sendsRequest,
  statesOf,
} from '../../extension/shared/hierarchy.ts';

/** Every function that the page "HINTERNET Handles" names, typed from the page. */
const ON_THE_PAGE = [
  'InternetReadFile',
  'InternetCloseHandle',
  'InternetOpen',
  'InternetConnect',
  'FtpOpenFile',
  'FtpFindFirstFile',
  'HttpOpenRequest',
  'GopherOpenFile',
  'GopherFindFirstFile',
  'InternetOpenUrl',
  'InternetQueryDataAvailable',
  'InternetSetFilePointer',
  'FtpCreateDirectory',
  'FtpDeleteFile',
  'FtpGetCurrentDirectory',
  'FtpGetFile',
  'FtpPutFile',
  'FtpRemoveDirectory',
  'FtpRenameFile',
  'FtpSetCurrentDirectory',
  'InternetFindNextFile',
  'InternetWriteFile',
  'HttpAddRequestHeaders',
  'HttpQueryInfo',
  'HttpSendRequest',
  'HttpSendRequestEx',
  'InternetErrorDlg',
  'HttpEndRequest',
  'InternetReadFileEx',
];

/** The boxes of each diagram as printed: `shaded` from the top, then plain ones as `box < the box it hangs from`. */
const AS_PRINTED: Readonly<Record<DiagramName, { readonly shaded: string; readonly plain: string }>> = {
  'ax-wnt01': {
    shaded:
      'InternetOpen, InternetOpenUrl < InternetOpen, InternetConnect < InternetOpen, FtpOpenFile < InternetConnect, ' +
      'FtpFindFirstFile < InternetConnect, HttpOpenRequest < InternetConnect, GopherOpenFile < InternetConnect, ' +
      'GopherFindFirstFile < InternetConnect',
    plain: '',
  },
  'ax-wnt02': {
    shaded: 'InternetOpen, InternetOpenUrl < InternetOpen',
    plain:
      'InternetQueryDataAvailable < InternetOpenUrl, InternetReadFile < InternetOpenUrl, ' +
      'InternetSetFilePointer < InternetOpenUrl',
  },
  'ax-wnt06': {
    shaded: 'InternetOpen, InternetConnect < InternetOpen',
    plain:
      'FtpCreateDirectory < InternetConnect, FtpDeleteFile < InternetConnect, FtpGetCurrentDirectory < InternetConnect, ' +
      'FtpGetFile < InternetConnect, FtpPutFile < InternetConnect, FtpRemoveDirectory < InternetConnect, ' +
      'FtpRenameFile < InternetConnect, FtpSetCurrentDirectory < InternetConnect',
  },
  'ax-wnt03': {
    shaded:
      'InternetOpen, InternetConnect < InternetOpen, FtpOpenFile < InternetConnect, FtpFindFirstFile < InternetConnect',
    plain:
      'InternetQueryDataAvailable < FtpOpenFile, InternetReadFile < FtpOpenFile, InternetWriteFile < FtpOpenFile, ' +
      'InternetFindNextFile < FtpFindFirstFile',
  },
  'ax-wnt05': {
    shaded: 'InternetOpen, InternetConnect < InternetOpen, HttpOpenRequest < InternetConnect',
    plain:
      'HttpAddRequestHeaders < HttpOpenRequest, HttpQueryInfo < HttpOpenRequest, HttpSendRequest < HttpOpenRequest, ' +
      'HttpSendRequestEx < HttpOpenRequest, InternetErrorDlg < HttpOpenRequest',
  },
  'ax-wnt07': {
    shaded: 'InternetOpen, InternetConnect < InternetOpen, HttpOpenRequest < InternetConnect',
    plain:
      'HttpSendRequest < HttpOpenRequest, InternetQueryDataAvailable < HttpSendRequest, ' +
      'InternetReadFile < HttpSendRequest, InternetSetFilePointer < HttpSendRequest',
  },
  'ax-wnt08': {
    shaded: 'InternetOpen, InternetConnect < InternetOpen, HttpOpenRequest < InternetConnect',
    plain:
      'HttpSendRequestEx < HttpOpenRequest, HttpEndRequest < HttpSendRequestEx, InternetReadFileEx < HttpSendRequestEx, ' +
      'InternetWriteFile < HttpSendRequestEx, InternetReadFile < HttpEndRequest, ' +
      'InternetSetFilePointer < HttpEndRequest, InternetQueryDataAvailable < HttpEndRequest',
  },
};

/** Names of WinINet's handle types, by the kind that carries their number. */
const TYPE_CONSTANTS = {
  root: constants.INTERNET_HANDLE_TYPE_INTERNET,
  'ftp-connect': constants.INTERNET_HANDLE_TYPE_CONNECT_FTP,
  'gopher-connect': constants.INTERNET_HANDLE_TYPE_CONNECT_GOPHER,
  'http-connect': constants.INTERNET_HANDLE_TYPE_CONNECT_HTTP,
  'ftp-find': constants.INTERNET_HANDLE_TYPE_FTP_FIND,
  'ftp-find-html': constants.INTERNET_HANDLE_TYPE_FTP_FIND_HTML,
  'ftp-file': constants.INTERNET_HANDLE_TYPE_FTP_FILE,
  'gopher-find': constants.INTERNET_HANDLE_TYPE_GOPHER_FIND,
  'gopher-find-html': constants.INTERNET_HANDLE_TYPE_GOPHER_FIND_HTML,
  'gopher-file': constants.INTERNET_HANDLE_TYPE_GOPHER_FILE,
  'http-request': constants.INTERNET_HANDLE_TYPE_HTTP_REQUEST,
} as const;

test('FUNCTIONS has a row, marked inSeed, for exactly the functions that the page names', () => {
  const marked = functionNames.filter((name) => functionRow(name).inSeed === true);
  assert.deepEqual([...marked].sort(), [...ON_THE_PAGE].sort());
});

test('FUNCTIONS places the boxes of every diagram as the page prints them', () => {
  for (const diagram of DIAGRAMS) {
    const { shaded, plain } = AS_PRINTED[diagram];
    assert.deepEqual(boxesOf(diagram), [...boxes(shaded), ...boxes(plain)].sort(), diagram);
  }
});

test('FUNCTIONS shades a box if and only if its function returns a handle', () => {
  for (const diagram of DIAGRAMS) {
    const shaded = printed(diagram).filter((name) => functionRow(name).returns !== undefined);
    const expected = boxes(AS_PRINTED[diagram].shaded).map((box) => box.split(' < ')[0]);
    assert.deepEqual([...shaded].sort(), [...expected].sort(), diagram);
  }
});

test('FUNCTIONS hangs every box from a box of the same diagram, above it', () => {
  for (const diagram of DIAGRAMS) {
    const names = printed(diagram);
    const places = names.map((name) => functionRow(name).seed?.[diagram]?.[0]);
    assert.deepEqual([...places].sort(ascending), [...names.keys()], `${diagram}: places are 0, 1, 2, …`);
    for (const name of names) {
      const [place = 0, under = null] = functionRow(name).seed?.[diagram] ?? [];
      if (under === null) {
        assert.equal(name, 'InternetOpen');
        continue;
      }
      assert.ok(isFunctionName(under), `${diagram}: ${under}`);
      const above = functionRow(under).seed?.[diagram]?.[0];
      assert.ok(above !== undefined && above < place, `${diagram}: ${name} hangs from ${under}`);
    }
  }
});

test('FUNCTIONS names a box below a shaded one only if it uses a kind that the shaded one returns', () => {
  for (const diagram of DIAGRAMS) {
    for (const name of printed(diagram)) {
      const giver = giverOf(diagram, name);
      if (giver === null) continue;
      const usable = functionRow(giver).returns?.filter((kind) => functionRow(name).uses[kind] !== undefined) ?? [];
      assert.notDeepEqual(usable, [], `${diagram}: ${name} uses nothing that ${giver} returns`);
    }
  }
});

test('FUNCTIONS uses, returns and moves only kinds and states that exist, and raises only known errors', () => {
  for (const name of functionNames) {
    const row = functionRow(name);
    for (const kind of handleKinds) {
      const states: readonly string[] = statesOf(kind);
      for (const state of row.uses[kind] ?? []) assert.ok(states.includes(state), `${name} ${kind} ${state}`);
      for (const state of Object.values(row.moves?.[kind] ?? {})) assert.ok(states.includes(state), `${name} ${state}`);
      if (row.moves?.[kind] !== undefined) assert.ok(row.uses[kind] !== undefined, `${name} moves ${kind} unused`);
      const own = row.refusals?.[kind] ?? {};
      const byState: Readonly<Record<string, string>> = typeof own === 'string' ? { any: own } : own;
      for (const [state, refused] of Object.entries(byState)) {
        assert.ok(isErrorSymbol(refused), refused);
        assert.ok(state === 'any' || states.includes(state), `${name} ${state}`);
      }
    }
    for (const kind of row.returns ?? []) assert.ok(isHandleKind(kind), kind);
    assert.equal(handleParameter(name) !== -1, Object.keys(row.uses).length > 0, `${name} has a handle parameter`);
    assert.match(row.source, /^nf-wininet-[a-z]+$/);
  }
});

test('HANDLE_KINDS carries the numbers of the INTERNET_HANDLE_TYPE constants', () => {
  for (const kind of handleKinds) assert.equal(HANDLE_KINDS[kind].type, TYPE_CONSTANTS[kind], kind);
  assert.deepEqual(Object.keys(TYPE_CONSTANTS), [...handleKinds]);
});

test('HANDLE_KINDS hangs every kind from kinds that exist, and only the root from nothing', () => {
  for (const kind of handleKinds) {
    const { parents, occupies, wrongState } = kindRow(kind);
    assert.equal(parents.length === 0, kind === 'root');
    for (const parent of parents) assert.ok(isHandleKind(parent), `${kind} under ${parent}`);
    if (occupies !== undefined) {
      const busy = parents.filter((parent) => isHandleKind(parent) && occupies in kindRow(parent).states);
      assert.notDeepEqual(busy, [], `${kind} occupies ${occupies}`);
    }
    for (const state of Object.keys(wrongState ?? {})) assert.ok(state in kindRow(kind).states, `${kind} ${state}`);
  }
});

test('HANDLE_KINDS is reachable: every kind is returned by a function that uses one of its parents', () => {
  for (const kind of handleKinds) {
    const makers = functionsReturning(kind);
    assert.notDeepEqual(makers, [], `nobody returns ${kind}`);
    for (const parent of kindRow(kind).parents) {
      if (!isHandleKind(parent)) continue;
      const below = makers.filter((name) => functionRow(name).uses[parent] !== undefined);
      assert.notDeepEqual(below, [], `nobody makes ${kind} below ${parent}`);
    }
  }
});

test('refusal agrees with uses for every function, kind and state', () => {
  for (const name of functionNames) {
    const row = functionRow(name);
    for (const kind of handleKinds) {
      for (const state of statesOf(kind)) {
        const legal: readonly string[] = row.uses[kind] ?? [];
        const refused = refusal(name, kind, state);
        const where = `${name} on ${kind} ${state}`;
        assert.equal(refused === undefined, legal.includes(state), where);
        if (refused === undefined) continue;
        const wrong = row.uses[kind] === undefined ? 'ERROR_INTERNET_INCORRECT_HANDLE_TYPE' : stateError(kind, state);
        const own = row.refusals?.[kind];
        const byState: Readonly<Record<string, string>> = typeof own === 'object' ? own : {};
        assert.equal(refused, typeof own === 'string' ? own : (byState[state] ?? wrong), where);
      }
    }
  }
});

test('refusal never forbids InternetCloseHandle, InternetQueryOption, InternetSetOption or InternetSetStatusCallback', () => {
  for (const name of [
    'InternetCloseHandle',
    'InternetQueryOption',
    'InternetSetOption',
    'InternetSetStatusCallback',
  ] as const) {
    for (const kind of handleKinds) {
      for (const state of statesOf(kind)) assert.equal(refusal(name, kind, state), undefined, `${name} ${kind}`);
    }
  }
});

test('refusal bars a busy FTP session as the FtpOpenFile page says', () => {
  assert.equal(refusal('FtpOpenFile', 'ftp-connect', 'searching'), 'ERROR_FTP_TRANSFER_IN_PROGRESS');
  assert.equal(refusal('FtpFindFirstFile', 'ftp-connect', 'searching'), 'ERROR_FTP_TRANSFER_IN_PROGRESS');
  for (const name of functionsUsing('ftp-connect').filter((one) => functionRow(one).family === 'ftp')) {
    assert.equal(refusal(name, 'ftp-connect', 'transferring'), 'ERROR_FTP_TRANSFER_IN_PROGRESS', name);
  }
});

test('refusal answers InternetSetFilePointer on an FTP file with ERROR_INTERNET_INVALID_OPERATION, as a real WinINet does', () => {
  for (const state of statesOf('ftp-file')) {
    assert.equal(refusal('InternetSetFilePointer', 'ftp-file', state), 'ERROR_INTERNET_INVALID_OPERATION');
  }
});

test('functionsUsing and functionsReturning name a function exactly where its row has the kind', () => {
  for (const kind of handleKinds) {
    for (const name of functionNames) {
      assert.equal(functionsUsing(kind).includes(name), functionRow(name).uses[kind] !== undefined);
      assert.equal(functionsReturning(kind).includes(name), functionRow(name).returns?.includes(kind) === true);
    }
  }
});

function printed(diagram: DiagramName): readonly FunctionName[] {
  return functionNames.filter((name) => functionRow(name).seed?.[diagram] !== undefined);
}

function boxesOf(diagram: DiagramName): string[] {
  return printed(diagram)
    .map((name) => {
      const under = functionRow(name).seed?.[diagram]?.[1] ?? null;
      return under === null ? name : `${name} < ${under}`;
    })
    .sort();
}

function boxes(list: string): string[] {
  return list === '' ? [] : list.split(', ');
}

/** The nearest shaded box above: the one whose handle a box uses. */
function giverOf(diagram: DiagramName, name: FunctionName): FunctionName | null {
  const under = functionRow(name).seed?.[diagram]?.[1] ?? null;
  if (under === null || !isFunctionName(under)) return null;
  return functionRow(under).returns === undefined ? giverOf(diagram, under) : under;
}

function stateError(kind: keyof typeof HANDLE_KINDS, state: string): string {
  return kindRow(kind).wrongState?.[state] ?? 'ERROR_INTERNET_INCORRECT_HANDLE_STATE';
}

function ascending(one: number | undefined, other: number | undefined): number {
  return (one ?? 0) - (other ?? 0);
}

test('sendsRequest and bringsAnswer know the functions that send HTTP requests and wait for answers', () => {
  assert.deepEqual(functionNames.filter(sendsRequest).toSorted(), [
    'HttpSendRequest',
    'HttpSendRequestEx',
    'InternetOpenUrl',
  ]);
  assert.deepEqual(functionNames.filter(bringsAnswer).toSorted(), ['HttpEndRequest', 'HttpSendRequest']);
});

test('looksForBytes and readsBytes know the functions that read answers and files', () => {
  assert.deepEqual(functionNames.filter(looksForBytes).toSorted(), [
    'InternetQueryDataAvailable',
    'InternetReadFile',
    'InternetReadFileEx',
  ]);
  assert.deepEqual(functionNames.filter(readsBytes).toSorted(), ['InternetReadFile', 'InternetReadFileEx']);
  assert.deepEqual(handleKinds.filter(hasBytes), [
    'ftp-find-html',
    'ftp-file',
    'gopher-find-html',
    'gopher-file',
    'http-request',
  ]);
});
