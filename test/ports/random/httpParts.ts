import type { Playground } from '../../../extension/playground/playground.ts';
import type { ProgramText } from './programText.ts';
import { readAll, takeError } from './readingParts.ts';

/** A session with some requests, one after the other. */
export function httpSession(text: ProgramText, playground: Playground): void {
  const session = connect(text, playground.http.port);
  for (let requests = 1 + text.whole(2); requests > 0; requests -= 1) {
    text.pick(get, get, upload, lookAtTheBeginning, answerChallenge)(text, session);
  }
  // Sessions may be left to the root.
  if (text.chance(0.8)) close(text, session, 'http-connect');
}

function connect(text: ProgramText, port: string): string {
  const session = text.name('hConnect');
  const rest = `null, null, w.INTERNET_SERVICE_HTTP, 0, ${text.context()}`;
  text.add(`const ${session} = await w.InternetConnect(hInternet, '127.0.0.1', ${port}, ${rest});`, {
    is: 'made',
    handle: session,
    kind: 'http-connect',
  });
  return session;
}

interface Request {
  readonly handle: string;
  readonly context: number;
}

function openRequest(text: ProgramText, session: string, verb: string, path: string): Request {
  const [handle, context] = [text.name('hRequest'), text.context()];
  const rest = `null, null, null, w.INTERNET_FLAG_RELOAD, ${context}`;
  text.add(`const ${handle} = await w.HttpOpenRequest(${session}, '${verb}', '${path}', ${rest});`, {
    is: 'made',
    handle,
    kind: 'http-request',
  });
  return { handle, context };
}

function close(text: ProgramText, handle: string, kind: 'http-request' | 'http-connect'): void {
  text.add(`await w.InternetCloseHandle(${handle});`, { is: 'closed', handle, kind });
}

function askStatus(text: ProgramText, handle: string): void {
  const level = text.pick('w.HTTP_QUERY_STATUS_CODE', 'w.HTTP_QUERY_RAW_HEADERS_CRLF', 'w.HTTP_QUERY_STATUS_TEXT');
  text.add(`await w.HttpQueryInfo(${handle}, ${level});`, { is: 'asked' });
}

function get(text: ProgramText, session: string): void {
  const path = text.pick('/bytes/200000', '/body/chunked', '/status/404', '/status/500', '/redirect/chain/3', '/echo');
  const { handle, context } = openRequest(text, session, 'GET', path);
  text.add(`${text.call(context, `w.HttpSendRequest(${handle})`)};`);
  askStatus(text, handle);
  // An answer that nobody wants may be closed unread.
  if (text.chance(0.8)) readAll(text, handle, context);
  close(text, handle, 'http-request');
}

function lookAtTheBeginning(text: ProgramText, session: string): void {
  const { handle, context } = openRequest(text, session, 'GET', '/bytes/200000');
  text.add(`${text.call(context, `w.HttpSendRequest(${handle})`)};`);
  askStatus(text, handle);
  text.add(`${text.call(context, `w.InternetReadFile(${handle}, new Uint8Array(16))`)};`);
  close(text, handle, 'http-request');
}

function answerChallenge(text: ProgramText, session: string): void {
  const { handle, context } = openRequest(text, session, 'GET', text.pick('/auth/basic', '/auth/digest'));
  for (const secret of ['lovelace', null]) {
    text.add(`${text.call(context, `w.HttpSendRequest(${handle})`)};`);
    askStatus(text, handle);
    readAll(text, handle, context);
    if (secret === null) break;
    text.add(`await w.InternetSetOption(${handle}, w.INTERNET_OPTION_USERNAME, 'ada');`);
    text.add(`await w.InternetSetOption(${handle}, w.INTERNET_OPTION_PASSWORD, '${secret}');`);
  }
  close(text, handle, 'http-request');
}

function upload(text: ProgramText, session: string): void {
  const { handle, context } = openRequest(text, session, 'POST', '/echo');
  const pieces = Array.from({ length: 1 + text.whole(3) }, () => 1 + text.whole(3000));
  const total = pieces.reduce((sum, piece) => sum + piece, 0);
  const begin = `w.HttpSendRequestEx(${handle}, { dwBufferTotal: ${total} }, null, 0, ${context})`;
  text.add(`${text.call(context, begin)};`);
  for (const piece of pieces) {
    text.add(`${text.call(context, `w.InternetWriteFile(${handle}, new Uint8Array(${piece}))`)};`);
  }
  text.add(`${text.call(context, `w.HttpEndRequest(${handle}, null, 0, ${context})`)};`, { is: 'ended' });
  close(text, handle, 'http-request');
}

/** A whole address in one call. */
export function openUrl(text: ProgramText, playground: Playground): void {
  const [handle, context] = [text.name('hUrl'), text.context()];
  const url = new URL(text.pick('/bytes/200000', '/status/404', '/redirect/relative'), playground.http).href;
  const call = `w.InternetOpenUrl(hInternet, '${url}', null, w.INTERNET_FLAG_RELOAD, ${context})`;
  text.add(`const ${handle} = ${text.call(context, call)};`, { is: 'made', handle, kind: 'http-request' });
  askStatus(text, handle);
  readAll(text, handle, context);
  close(text, handle, 'http-request');
}

/** Requests at the same time, more than there are connections. */
export function parallelRequests(text: ProgramText, playground: Playground): void {
  const session = connect(text, playground.http.port);
  const [task, context] = [text.name('task'), text.isAsync ? `${1000 * text.context()} + which` : '0'];
  text.add(`const ${task} = async (which) => {`);
  text.add(
    `  const hOne = await w.HttpOpenRequest(${session}, 'GET', '/bytes/50000', null, null, null, 0, ${context});`,
  );
  text.add('  try {');
  text.add(`    ${text.call(context, 'w.HttpSendRequest(hOne)')};`);
  readAll(text, 'hOne', context);
  text.add('  } finally { await w.InternetCloseHandle(hOne); }');
  text.add('};');
  text.add(`await Promise.all(Array.from({ length: ${2 + text.whole(7)} }, (_, which) => ${task}(which)));`);
  close(text, session, 'http-connect');
}

/** A server that is not there. */
export function refused(text: ProgramText): void {
  const context = text.context();
  text.add('try {');
  text.add(`  ${text.call(context, `w.InternetOpenUrl(hInternet, 'http://127.0.0.1:1/', null, 0, ${context})`)};`);
  takeError(text);
}

/** A root that is closed to stop what is under way below it. */
export function shutdown(text: ProgramText, playground: Playground): void {
  const [root, running] = [text.name('hStopped'), text.name('running')];
  const urls = ['/slow/never', '/slow/headers/5000', '/slow/stall'].map((path) => new URL(path, playground.http).href);
  text.add(`const ${root} = await w.InternetOpen('stopped/1.0');`);
  text.add(
    `const ${running} = ${JSON.stringify(urls)}.map((url) => w.InternetOpenUrl(${root}, url).catch(() => null));`,
  );
  text.add(`await new Promise((resolve) => { setTimeout(resolve, ${text.whole(20)}); });`);
  text.add(`await w.InternetCloseHandle(${root});`);
  text.add(`await Promise.all(${running});`);
}
