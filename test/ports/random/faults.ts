import type { HandleKind } from '../../../extension/shared/hierarchy.ts';
import type { NoteTopic } from '../../../extension/shared/journal.ts';
import type { Line, Mark } from './programText.ts';

/** A program with one fault, and what is to be told of it. */
export interface FaultyProgram {
  readonly lines: readonly Line[];
  readonly topic: NoteTopic;
  /** The line, counted from 1, at which it is to be told. */
  readonly at: number;
}

type Marked<Is extends Mark['is']> = Extract<Mark, { readonly is: Is }>;

/** Puts a fault behind, or in the place of, every line of a sort; null for those on which it would be none. */
function faults<Is extends Mark['is']>(
  is: Is,
  make: (mark: Marked<Is>, line: Line) => readonly [topic: NoteTopic, lines: readonly string[], told: number] | null,
): (lines: readonly Line[]) => readonly FaultyProgram[] {
  return (lines) =>
    lines.flatMap((line, index) => {
      const made = line.mark?.is === is ? make(line.mark as Marked<Is>, line) : null;
      if (made === null) return [];
      const [topic, codes, told] = made;
      return [{ lines: lines.toSpliced(index, 1, ...codes.map((code) => ({ code }))), topic, at: index + told }];
    });
}

/** A call that a handle of a kind is good for as long as it is open. */
function use(kind: HandleKind, handle: string): string {
  if (kind === 'http-request') return `w.HttpQueryInfo(${handle}, w.HTTP_QUERY_STATUS_CODE)`;
  if (kind === 'http-connect') return `w.HttpOpenRequest(${handle}, null, '/', null, null, null, 0, 0)`;
  if (kind === 'ftp-find') return `w.InternetFindNextFile(${handle}, null)`;
  return kind === 'ftp-connect'
    ? `w.FtpGetCurrentDirectory(${handle})`
    : `w.InternetReadFile(${handle}, new Uint8Array(9))`;
}

const caught = (call: string): string => `await ${call}.catch(() => null);`;

/** Faults that programs are ported with, by what is wrong. */
export const FAULTS: Readonly<Record<string, (lines: readonly Line[]) => readonly FaultyProgram[]>> = {
  'a handle that is closed twice': faults('closed', ({ handle }, { code }) => [
    'double-close',
    [code, caught(`w.InternetCloseHandle(${handle})`)],
    2,
  ]),
  'a handle that is used after it was closed': faults('closed', ({ handle, kind }, { code }) => [
    'use-after-close',
    [code, caught(use(kind, handle))],
    2,
  ]),
  'a handle that is used when its value belongs to another': faults('closed', ({ handle, kind }, { code }) => [
    'stale-use',
    [
      code,
      "const hNewer = await w.InternetOpen('newer');",
      caught(use(kind, handle)),
      'await w.InternetCloseHandle(hNewer);',
    ],
    3,
  ]),
  'a session in the place of a request': faults('made', ({ handle, kind }, { code }) =>
    kind.endsWith('connect') ? ['wrong-kind', [code, caught(`w.HttpSendRequest(${handle})`)], 2] : null,
  ),
  'an answer that is read before the request was sent': faults('made', ({ handle, kind }, { code }) =>
    kind === 'http-request' && code.includes('HttpOpenRequest')
      ? ['wrong-state', [code, caught(`w.InternetReadFile(${handle}, new Uint8Array(9))`)], 2]
      : null,
  ),
  'a second transfer on a busy session': faults('made', ({ kind }, { code }) => {
    const session = /Ftp(?:OpenFile|FindFirstFile)\((\w+)/.exec(code)?.[1];
    if (session === undefined || (kind !== 'ftp-file' && kind !== 'ftp-find')) return null;
    return ['session-busy', [code, caught(`w.FtpOpenFile(${session}, '/readme.txt', w.GENERIC_READ, 2, 0)`)], 2];
  }),
  'an answer whose reading stops after the first piece': (lines) =>
    faults('loop-end', () => ['read-stopped-early', ['  break;'], 0])(lines).filter(
      // Only of this one it is sure that there is more than a buffer takes.
      ({ at }) =>
        lines
          .slice(0, at)
          .findLast(({ code }) => code.includes('/'))
          ?.code.includes('/bytes/200000') === true,
    ),
  'an upload without HttpEndRequest': faults('ended', () => ['end-request-forgotten', ['// forgotten'], Number.NaN]),
  'an error that is read after another call': faults('last-error', (_mark, { code }) => [
    'last-error-lost',
    [caught("w.InternetCrackUrl('http://host/', 0, 0)"), code],
    1,
  ]),
};
