import * as v from 'valibot';
import * as vscode from 'vscode';
import { formatBytes } from '../../shared/format.ts';
import { announce, commandAction } from '../announce.ts';
import { type Beginning, lengthOf, readBeginning } from '../bodyReading.ts';
import { type BodyDescription, bodyTextOf, describeBody } from '../bodyText.ts';
import { handleFor } from '../handlePick.ts';
import { HANDLE_FIELD, readAnswers } from '../invocation.ts';
import { workWithProgress } from '../progress.ts';
import { attempt } from '../report.ts';
import { bodyLimit } from '../settings.ts';
import type { CommandParts } from './commandParts.ts';
import { askSavePath } from './localFiles.ts';
import { lostSentence, type ReadResult, saveBody, tellSaved, versionOf } from './saveBody.ts';

/** Handles whose bodies are being read. */
const running = new Map<number, Promise<unknown>>();

const answers = v.strictObject({ ...HANDLE_FIELD, saveTo: v.optional(v.string()) });

/**
 * Reads a body with InternetReadFile to its end and shows it as a read-only document. What is longer than the setting
 * hinternet.body.limit is offered to be saved instead.
 */
export async function readResponse(
  parts: CommandParts,
  target?: number,
  args?: unknown,
): Promise<ReadResult | undefined> {
  const given = readAnswers(answers, args);
  const quiet = given !== undefined;
  const serial = await handleFor(parts, target, quiet, {
    fn: 'InternetReadFile',
    title: vscode.l10n.t('HINTERNET: Read Response'),
    none: vscode.l10n.t('There is nothing to read: open a URL, send a request, or open a file for reading.'),
    maker: { title: vscode.l10n.t('Open URL'), command: 'hinternet.openUrl' },
  });
  if (serial === undefined) return undefined;
  // A second reader, as after a double click, waits for the first and then shows the same document.
  const before = running.get(serial);
  const reading = attempt(parts, quiet, async () => {
    await before;
    return await read(parts, serial, quiet, given?.saveTo);
  });
  const ended = reading.catch(() => undefined);
  running.set(serial, ended);
  try {
    return await reading;
  } finally {
    if (running.get(serial) === ended) running.delete(serial);
  }
}

async function read(
  parts: CommandParts,
  serial: number,
  quiet: boolean,
  saveTo: string | undefined,
): Promise<ReadResult | undefined> {
  const { explorer, bodies, unfinished } = parts;
  if (saveTo !== undefined) return await saveBody(parts, serial, saveTo);
  const version = versionOf(parts, serial);
  const shown = bodies.bodyOf(serial);
  if (shown !== undefined && shown.version === version) {
    const uri = await bodies.showAgain(shown);
    return { uri: uri.toString(), bytes: lengthOf(shown.pieces) };
  }
  const before = unfinished.of(serial, version);
  if (before === null || explorer.node(serial)?.state === 'drained') return refuseLost(parts, serial, quiet);
  const description = await describeBody(explorer, serial);
  const limit = bodyLimit();
  const isTooLong = (description.length ?? 0) > limit || lengthOf(before) > limit;
  const body = isTooLong ? null : await readOn(parts, serial, limit);
  if (body?.complete === true) return await show(parts, serial, description, body);
  return await offerSaving(parts, serial, quiet, description, limit);
}

/** Reads until the end or the limit; what was read of an unfinished body is kept for the next time. */
async function readOn(parts: CommandParts, serial: number, limit: number): Promise<Beginning> {
  const { explorer, unfinished } = parts;
  const version = versionOf(parts, serial);
  const handle = explorer.handle(serial);
  const before = unfinished.of(serial, version) ?? [];
  const title = vscode.l10n.t('HINTERNET: reading the response; cancelling closes its handle');
  const body = await workWithProgress(explorer, title, serial, () =>
    readBeginning(explorer.wininet, handle, limit, before),
  );
  if (!body.complete) unfinished.keep(serial, version, body.pieces);
  return body;
}

async function show(
  parts: CommandParts,
  serial: number,
  description: BodyDescription,
  { pieces, length: bytes, complete }: Beginning,
): Promise<ReadResult> {
  const text = await bodyTextOf(description, pieces);
  const uri = await parts.bodies.showBody(serial, text, { version: versionOf(parts, serial), pieces, complete });
  return { uri: uri.toString(), bytes };
}

async function offerSaving(
  parts: CommandParts,
  serial: number,
  quiet: boolean,
  description: BodyDescription,
  limit: number,
): Promise<ReadResult | undefined> {
  const tooLong = vscode.l10n.t('The body is longer than {0} (setting hinternet.body.limit).', formatBytes(limit));
  if (quiet) throw new RangeError(`${tooLong} ${vscode.l10n.t('Pass saveTo, the path of a file for it.')}`);
  const [save, beginning] = [vscode.l10n.t('Save As…'), vscode.l10n.t('Show the Beginning')];
  const chosen = await vscode.window.showWarningMessage(tooLong, save, beginning);
  if (chosen === beginning) return await show(parts, serial, description, await readOn(parts, serial, limit));
  const path = chosen === save ? await askSavePath(description.name) : undefined;
  if (path === undefined) return undefined;
  const result = await saveBody(parts, serial, path);
  tellSaved(result);
  return result;
}

function refuseLost(parts: CommandParts, serial: number, quiet: boolean): undefined {
  const sentence = lostSentence(parts, serial);
  if (quiet) throw new Error(sentence);
  const canSend = parts.explorer.node(serial)?.kind === 'http-request';
  announce(sentence, canSend ? [commandAction(vscode.l10n.t('Send Request'), 'hinternet.sendRequest', serial)] : []);
  return undefined;
}
