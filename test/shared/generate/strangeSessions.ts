import fc from 'fast-check';
import { createDrivers } from '../../../extension/drivers/index.ts';
import type { Playground } from '../../../extension/playground/playground.ts';
import * as c from '../../../extension/shared/constants.ts';
import type { Entry } from '../../../extension/shared/journal.ts';
import { LiveJournal } from '../../../extension/shared/liveJournal.ts';
import { createWinInet, type HINTERNET, WinInetError } from '../../../extension/wininet/index.ts';

/** Sessions with every protocol whose texts are what would end a literal, a comment or a command in some language. */

/** Pieces that mean something to TypeScript, C++, a shell, lftp, or whoever reads the program. */
const PIECES = [
  ...[
    "'",
    '"',
    '`',
    '\\',
    '\\\\',
    '\n',
    '\r\n',
    '\t',
    '\0',
    '\u0024{1}',
    '\u0024{process.exit(7)}',
    '$(touch canary)',
    '`touch canary`',
  ],
  ...[
    '*/',
    '/*',
    '//',
    '#',
    ';',
    '; touch canary #',
    '& touch canary &',
    '| touch canary',
    '&& !touch canary',
    '%s%n',
    '%41',
    '%zz',
  ],
  ...[
    '\\u0041',
    '\\x41',
    '\\',
    '??/',
    'R"(',
    ')"',
    "'''",
    '\u2028',
    '\u2029',
    '\u202e',
    '\ufeff',
    '\u00ad',
    '\ud83d\ude00',
    '\ud83d',
  ],
  ...[
    'é',
    '漢',
    '<b>',
    ']]>',
    '-->',
    '--',
    '-o canary',
    '@canary',
    '{a,b}',
    '[1-3]',
    '?token=abc',
    '?session=abc&secret=def',
    ' ',
    'a',
    'plain',
  ],
  ...[
    '…',
    '12 bytes',
    'function (anonymous)',
    'record',
    '(null)',
    '!',
    '; !touch canary',
    '-rf',
    '~',
    '*',
    '\u007f',
    '\u0085',
  ],
] as const;

const text: fc.Arbitrary<string> = fc
  .array(fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...PIECES) }, { weight: 1, arbitrary: fc.string() }), {
    maxLength: 5,
  })
  .map((pieces) => pieces.join(''));

/** What a session does. */
export interface StrangeSession {
  readonly does: 'http' | 'url' | 'ftp' | 'gopher' | 'asynchronous';
  readonly texts: readonly string[];
  readonly body: number | null;
  readonly closes: boolean;
}

export const strangeSessions: fc.Arbitrary<StrangeSession> = fc.record({
  does: fc.constantFrom('http', 'http', 'url', 'ftp', 'gopher', 'asynchronous'),
  texts: fc.array(text, { minLength: 8, maxLength: 8 }),
  body: fc.option(fc.integer({ min: 0, max: 2000 })),
  closes: fc.boolean(),
});

/** Makes the calls of a session, and gives what was recorded; calls that fail are part of it. */
export async function recordSession(playground: Playground, session: StrangeSession): Promise<readonly Entry[]> {
  let now = 0;
  const journal = new LiveJournal(() => ++now, 100_000);
  const w = createWinInet({ drivers: createDrivers(), recorder: journal });
  const attempt = async <T>(call: Promise<T>): Promise<T | null> => {
    try {
      return await call;
    } catch (error) {
      if (error instanceof WinInetError) return null;
      throw error;
    }
  };
  const [first = '', second = '', third = '', fourth = '', fifth = '', sixth = ''] = session.texts;
  const { http, ftp, gopher } = playground;
  const isAsynchronous = session.does === 'asynchronous';
  const flags = isAsynchronous ? c.INTERNET_FLAG_ASYNC : 0;
  const body = session.body === null ? null : new Uint8Array(session.body).map((_, index) => index);
  const root = await attempt(w.InternetOpen(first, c.INTERNET_OPEN_TYPE_DIRECT, null, null, flags));
  if (root === null) return [...journal.entries];
  await w.InternetSetStatusCallback(root, () => undefined);
  await attempt(w.InternetSetOption(root, c.INTERNET_OPTION_USER_AGENT, sixth));
  /** The end of a call, which may come later. */
  const ended = async (call: Promise<unknown>): Promise<void> => {
    await attempt(call);
    while (journal.tree.calls.size > 0) await new Promise((resolve) => setTimeout(resolve, 2));
  };
  const read = async (file: HINTERNET<'http-request' | 'ftp-file' | 'gopher-file'> | null): Promise<void> => {
    if (file !== null)
      for (let turn = 0; turn < 2; turn += 1) await ended(w.InternetReadFile(file, new Uint8Array(5000)));
  };
  const connect = async <S extends 1 | 2 | 3>(url: URL, service: S, user: string | null, password: string | null) =>
    await attempt(
      w.InternetConnect(root, url.hostname, Number(url.port), user, password, service, c.INTERNET_FLAG_PASSIVE, 5),
    );
  switch (session.does) {
    case 'http':
    case 'asynchronous': {
      const server = await connect(http, c.INTERNET_SERVICE_HTTP, second, null);
      if (server === null) break;
      const verb = body === null ? 'GET' : 'POST';
      const request = await attempt(
        w.HttpOpenRequest(server, verb, `/echo?${second}`, null, third, [fourth, '*/*'], c.INTERNET_FLAG_RELOAD, 6),
      );
      if (request === null) break;
      await attempt(w.HttpAddRequestHeaders(request, `X-Strange: ${fifth}`, c.HTTP_ADDREQ_FLAG_ADD));
      await ended(w.HttpSendRequest(request, `X-Other: ${third}`, body));
      await attempt(w.HttpQueryInfo(request, c.HTTP_QUERY_STATUS_CODE));
      await attempt(w.HttpQueryInfo(request, c.HTTP_QUERY_CUSTOM, fourth));
      await read(request);
      break;
    }
    case 'url':
      await read(
        (await attempt(
          w.InternetOpenUrl(root, `${http.href}echo?${second}`, `X-Strange: ${third}`, c.INTERNET_FLAG_RELOAD, 7),
        )) as HINTERNET<'http-request'> | null,
      );
      await attempt(w.InternetOpenUrl(root, fourth));
      break;
    case 'ftp': {
      const server = await connect(ftp, c.INTERNET_SERVICE_FTP, ftp.username, ftp.password);
      if (server === null) break;
      await attempt(w.FtpSetCurrentDirectory(server, '/incoming'));
      await attempt(w.FtpCreateDirectory(server, `made ${second}`));
      await attempt(w.FtpRenameFile(server, `made ${second}`, `new ${third}`));
      const file = await attempt(w.FtpOpenFile(server, `file ${fourth}`, c.GENERIC_WRITE, c.FTP_TRANSFER_TYPE_BINARY));
      if (file !== null) {
        await attempt(w.InternetWriteFile(file, body ?? new Uint8Array(3)));
        await attempt(w.InternetCloseHandle(file));
      }
      await read(await attempt(w.FtpOpenFile(server, fifth, c.GENERIC_READ, c.FTP_TRANSFER_TYPE_BINARY)));
      await attempt(w.FtpDeleteFile(server, `file ${fourth}`));
      await attempt(w.FtpRemoveDirectory(server, `new ${third}`));
      await attempt(w.FtpRemoveDirectory(server, `made ${second}`));
      await attempt(w.FtpCommand(server, false, c.FTP_TRANSFER_TYPE_ASCII, `SITE ${sixth}`));
      break;
    }
    case 'gopher': {
      const server = await connect(gopher, c.INTERNET_SERVICE_GOPHER, null, null);
      if (server === null) break;
      const locator = await attempt(w.GopherCreateLocator(gopher.hostname, Number(gopher.port), second, third, 0));
      if (locator !== null) await read(await attempt(w.GopherOpenFile(server, locator)));
      break;
    }
  }
  if (session.closes) await attempt(w.InternetCloseHandle(root));
  const entries = [...journal.entries];
  await w.dispose();
  return entries;
}
