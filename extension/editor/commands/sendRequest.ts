import { readFile, stat } from 'node:fs/promises';
import * as v from 'valibot';
import * as vscode from 'vscode';
import type { ErrorSymbol } from '../../shared/errorCodes.ts';
import { formatBytes, printable } from '../../shared/format.ts';
import { HTTP_QUERY_RAW_HEADERS_CRLF } from '../../wininet/index.ts';
import { announce, commandAction } from '../announce.ts';
import { handleFor } from '../handlePick.ts';
import { listHeaders } from '../headerList.ts';
import { HANDLE_FIELD, readAnswers } from '../invocation.ts';
import { callWithProgress } from '../progress.ts';
import { attempt } from '../report.ts';
import { fill, type Step, walk } from '../stepWalk.ts';
import { acceptCertificate } from './acceptCertificate.ts';
import { askBody } from './askBody.ts';
import { askHeaders } from './askHeaders.ts';
import type { CommandParts } from './commandParts.ts';

const answers = v.strictObject({
  ...HANDLE_FIELD,
  headers: v.optional(v.union([v.string(), v.array(v.string())]), ''),
  body: v.optional(v.string()),
  bodyFile: v.optional(v.string()),
});

/** A body of a request: none, a text, or a file that is read when the request is sent. */
export type RequestBody =
  | { readonly type: 'none' }
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'file'; readonly path: string };

interface Draft {
  readonly headers: readonly string[];
  readonly body: RequestBody;
}

/** HttpSendRequest takes a body whole: more than this belongs into memory at no time. */
const BODY_LIMIT = 256 * 1024 * 1024;

/** Sends a request with HttpSendRequest and selects it. Returns the status line of the answer. */
export async function sendRequest(parts: CommandParts, target?: number, args?: unknown): Promise<string | undefined> {
  const given = readAnswers(answers, args);
  const serial = await handleFor(parts, target, given !== undefined, {
    fn: 'HttpSendRequest',
    title: vscode.l10n.t('HINTERNET: Send Request'),
    none: vscode.l10n.t('There is no request to send: open one first.'),
    maker: { title: vscode.l10n.t('Open Request'), command: 'hinternet.openRequest' },
  });
  if (serial === undefined) return undefined;
  if (given !== undefined)
    return await send(parts, serial, {
      headers: [given.headers].flat().filter((line) => line !== ''),
      body: bodyOf(given),
    });
  const draft = await walk(STEPS, { headers: [], body: { type: 'none' } });
  if (draft === undefined) return undefined;
  const work = async () => {
    const statusLine = await send(parts, serial, draft);
    tell(statusLine, serial);
    return statusLine;
  };
  return await attempt(parts, false, work, { acceptCertificate: (fault) => sendAnyway(parts, serial, fault, work) });
}

async function send(parts: CommandParts, serial: number, { headers, body }: Draft): Promise<string> {
  const { explorer } = parts;
  const request = explorer.handle(serial);
  const payload = await payloadOf(body);
  const title = vscode.l10n.t('HINTERNET: sending the request; cancelling closes its handle');
  await callWithProgress(explorer, title, () =>
    explorer.wininet.HttpSendRequest(request, headers.length === 0 ? null : headers.join('\r\n'), payload),
  );
  explorer.select(serial);
  return await statusLineOf(parts, serial);
}

/** The first line of an answer, as HTTP/1.1 200 OK. */
export async function statusLineOf({ explorer }: CommandParts, serial: number): Promise<string> {
  const raw = await explorer.wininet.HttpQueryInfo(explorer.handle(serial), HTTP_QUERY_RAW_HEADERS_CRLF);
  return listHeaders(String(raw)).firstLine;
}

async function payloadOf(body: RequestBody): Promise<Uint8Array | string | null> {
  switch (body.type) {
    case 'none':
      return null;
    case 'text':
      return body.text;
    case 'file': {
      const { size } = await stat(body.path);
      if (size <= BODY_LIMIT) return await readFile(body.path);
      throw new RangeError(
        vscode.l10n.t(
          '{0} has {1}: HttpSendRequest takes a body whole, so send at most {2}.',
          body.path,
          formatBytes(size),
          formatBytes(BODY_LIMIT),
        ),
      );
    }
  }
}

/** Sends a request although its server's certificate has a fault; where it has another one too, asks again. */
export async function sendAnyway(
  parts: CommandParts,
  serial: number,
  fault: ErrorSymbol,
  work: () => Promise<unknown>,
): Promise<void> {
  const accepting = async () => {
    await acceptCertificate(parts, serial, fault);
    return await work();
  };
  await attempt(parts, false, accepting, { acceptCertificate: (next) => sendAnyway(parts, serial, next, work) });
}

const STEPS: readonly Step<Draft>[] = [
  {
    ask: async (draft, place) => fill(await askHeaders(draft.headers, place), (headers) => ({ ...draft, headers })),
  },
  {
    ask: async (draft, place) => fill(await askBody(draft.body, place), (body) => ({ ...draft, body })),
  },
];

function bodyOf({ body, bodyFile }: v.InferOutput<typeof answers>): RequestBody {
  if (bodyFile !== undefined) return { type: 'file', path: bodyFile };
  return body === undefined ? { type: 'none' } : { type: 'text', text: body };
}

function tell(statusLine: string, serial: number): void {
  announce(printable(statusLine), [
    commandAction(vscode.l10n.t('Read Response'), 'hinternet.readResponse', serial),
    commandAction(vscode.l10n.t('Query Info'), 'hinternet.queryInfo', serial),
  ]);
}
