import * as v from 'valibot';
import * as vscode from 'vscode';
import { formatBytes } from '../../shared/format.ts';
import type { FunctionName } from '../../shared/hierarchy.ts';
import { FILE_BEGIN, FILE_CURRENT, FILE_END, HSR_CHUNKED, type LockedFile } from '../../wininet/index.ts';
import { announce, commandAction, mention } from '../announce.ts';
import { HANDLE_FIELD } from '../invocation.ts';
import { askText, pick } from '../steps.ts';
import { fill, type Step, walk } from '../stepWalk.ts';
import { parseWholeNumber } from '../wholeNumber.ts';
import type { Command } from './commandParts.ts';
import { functionAction } from './functionAction.ts';
import { statusLineOf } from './sendRequest.ts';
import { showValue } from './showValue.ts';

const size = v.pipe(v.number(), v.integer(), v.minValue(0));
const uploadAnswers = v.strictObject({
  ...HANDLE_FIELD,
  /** Lines "Name: value". */
  headers: v.optional(v.string(), ''),
  /** Size of the whole body in bytes; absent: it goes in chunks. */
  total: v.optional(size),
});
const readAnswers = v.strictObject({ ...HANDLE_FIELD, bytes: v.optional(size, 4096) });
const seekAnswers = v.strictObject({
  ...HANDLE_FIELD,
  distance: v.pipe(v.number(), v.integer()),
  method: v.optional(v.picklist([FILE_BEGIN, FILE_CURRENT, FILE_END]), FILE_BEGIN),
});
type SeekAnswers = v.InferOutput<typeof seekAnswers>;

/** Locks that InternetLockRequestFile has returned, by the serial of their handle. */
const locks = new Map<number, LockedFile>();

/** The functions of a request whose body is written, and those that move about in its answer. */
export const requestActions = {
  HttpSendRequestEx: functionAction<v.InferOutput<typeof uploadAnswers>, true>('HttpSendRequestEx', {
    answers: uploadAnswers,
    ask: async () => {
      const total = await askNumber('HttpSendRequestEx', vscode.l10n.t('Size of the whole body in bytes'), '5', 0);
      return total === undefined ? undefined : { headers: '', total };
    },
    call: ({ parts, handle }, { headers, total }) =>
      parts.explorer.wininet.HttpSendRequestEx(
        handle,
        { lpcszHeader: headers, ...(total === undefined ? {} : { dwBufferTotal: total }) },
        null,
        total === undefined ? HSR_CHUNKED : 0,
      ),
    tell: ({ serial }) =>
      announce(vscode.l10n.t('The head was sent: write the body, then end the request.'), [
        commandAction('InternetWriteFile', 'hinternet.fn.InternetWriteFile', serial),
        commandAction('HttpEndRequest', 'hinternet.fn.HttpEndRequest', serial),
      ]),
  }),
  HttpEndRequest: functionAction<object, string>('HttpEndRequest', {
    answers: v.strictObject(HANDLE_FIELD),
    call: async ({ parts, serial, handle }) => {
      await parts.explorer.wininet.HttpEndRequest(handle);
      return await statusLineOf(parts, serial);
    },
    tell: ({ serial }, statusLine) =>
      announce(statusLine, [commandAction(vscode.l10n.t('Read Response'), 'hinternet.readResponse', serial)]),
  }),
  InternetReadFileEx: functionAction<v.InferOutput<typeof readAnswers>, string>('InternetReadFileEx', {
    answers: readAnswers,
    ask: async () => {
      const bytes = await askNumber('InternetReadFileEx', vscode.l10n.t('How many bytes to read'), '4096', 1);
      return bytes === undefined ? undefined : { bytes };
    },
    call: async ({ parts, handle }, { bytes }) => {
      const buffers = { lpvBuffer: new Uint8Array(bytes), dwBufferLength: bytes };
      await parts.explorer.wininet.InternetReadFileEx(handle, buffers);
      return Buffer.from(buffers.lpvBuffer.subarray(0, buffers.dwBufferLength)).toString('utf8');
    },
    tell: (_called, text) =>
      text === ''
        ? mention(vscode.l10n.t('No bytes are left: this is the end.'))
        : showValue(formatBytes(Buffer.byteLength(text)), text),
  }),
  InternetSetFilePointer: functionAction<SeekAnswers, number>('InternetSetFilePointer', {
    answers: seekAnswers,
    ask: () => walk(SEEK_STEPS, { distance: 0, method: FILE_BEGIN }),
    call: ({ parts, handle }, { distance, method }) =>
      parts.explorer.wininet.InternetSetFilePointer(
        handle,
        distance,
        { high: distance < 0 ? -1 : Math.floor(distance / 0x1_0000_0000) },
        method,
      ),
    tell: ({ serial }, position) =>
      announce(vscode.l10n.t('The next read starts at byte {0}.', position), [
        commandAction(vscode.l10n.t('Read Response'), 'hinternet.readResponse', serial),
      ]),
  }),
  InternetLockRequestFile: functionAction<object, number>('InternetLockRequestFile', {
    answers: v.strictObject(HANDLE_FIELD),
    call: async ({ parts, serial, handle }) => {
      const { wininet } = parts.explorer;
      const before = locks.get(serial);
      locks.set(serial, await wininet.InternetLockRequestFile(handle));
      if (before !== undefined) await wininet.InternetUnlockRequestFile(before);
      return serial;
    },
    tell: ({ serial }) =>
      announce(vscode.l10n.t('What was read stays until it is unlocked.'), [
        {
          title: 'InternetUnlockRequestFile',
          run: () => vscode.commands.executeCommand('hinternet.callFunction', serial, 'InternetUnlockRequestFile'),
        },
      ]),
  }),
  ResumeSuspendedDownload: functionAction<object, true>('ResumeSuspendedDownload', {
    answers: v.strictObject(HANDLE_FIELD),
    call: ({ parts, handle }) => parts.explorer.wininet.ResumeSuspendedDownload(handle),
  }),
} as const satisfies Partial<Record<FunctionName, Command>>;

const SEEK_STEPS: readonly Step<SeekAnswers>[] = [
  {
    ask: async (draft, place) =>
      fill(
        await pick<0 | 1 | 2>({
          title: 'HINTERNET: InternetSetFilePointer',
          place,
          placeholder: vscode.l10n.t('From where the distance counts'),
          choices: [
            { label: vscode.l10n.t('From the Start'), description: 'FILE_BEGIN', value: FILE_BEGIN },
            { label: vscode.l10n.t('From the Current Place'), description: 'FILE_CURRENT', value: FILE_CURRENT },
            { label: vscode.l10n.t('From the End'), description: 'FILE_END', value: FILE_END },
          ],
        }),
        (method) => ({ ...draft, method }),
      ),
  },
  {
    ask: async (draft, place) =>
      fill(
        await askText({
          title: 'HINTERNET: InternetSetFilePointer',
          place,
          prompt: vscode.l10n.t('Distance in bytes; it may be negative'),
          placeholder: vscode.l10n.t('For example {0}', '0'),
          value: String(draft.distance),
          problem: (text) => (/^\s*-?\d{1,15}\s*$/.test(text) ? undefined : vscode.l10n.t('Type a whole number.')),
        }),
        (text) => ({ ...draft, distance: Number(text) }),
      ),
  },
];

async function askNumber(fn: FunctionName, prompt: string, value: string, least: number): Promise<number | undefined> {
  const problem = (text: string) => {
    const number = parseWholeNumber(text);
    return number === null || number < least ? vscode.l10n.t('Type a whole number.') : undefined;
  };
  const placeholder = vscode.l10n.t('For example {0}', value);
  const answer = await askText({ title: `HINTERNET: ${fn}`, prompt, placeholder, value, problem });
  return answer.type === 'value' ? (parseWholeNumber(answer.value) ?? least) : undefined;
}

/** Frees the lock that InternetLockRequestFile took on a handle. */
export const unlockRequestFile: Command = async ({ explorer }, target) => {
  const lock = target === undefined ? [...locks.values()].at(-1) : locks.get(target);
  for (const [serial, one] of locks) if (one === lock) locks.delete(serial);
  return await explorer.wininet.InternetUnlockRequestFile(lock ?? null);
};
