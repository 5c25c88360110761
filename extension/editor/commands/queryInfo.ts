import * as v from 'valibot';
import * as vscode from 'vscode';
import { printable } from '../../shared/format.ts';
import {
  HTTP_QUERY_CUSTOM,
  HTTP_QUERY_FLAG_REQUEST_HEADERS,
  HTTP_QUERY_RAW_HEADERS_CRLF,
  HTTP_QUERY_STATUS_CODE,
  HTTP_QUERY_STATUS_TEXT,
} from '../../wininet/index.ts';
import { handleFor } from '../handlePick.ts';
import { attributeOf, listHeaders } from '../headerList.ts';
import { HANDLE_FIELD, readAnswers } from '../invocation.ts';
import { attempt } from '../report.ts';
import { type Choice, heading, pick } from '../steps.ts';
import type { CommandParts } from './commandParts.ts';
import { showValue } from './showValue.ts';

const answers = v.strictObject({
  ...HANDLE_FIELD,
  /** HTTP_QUERY_*, perhaps with flags. */
  attribute: v.optional(v.pipe(v.number(), v.integer())),
  /** Or the name of a header. */
  header: v.optional(v.string()),
  /** True: of the request, not of the answer. */
  request: v.optional(v.boolean(), false),
});

/** What HttpQueryInfo is asked for. */
interface Query {
  readonly label: string;
  readonly level: number;
  readonly name: string | null;
  readonly index: number;
  /** Long texts are shown as a document. */
  readonly asDocument: boolean;
}

/** Reads an attribute of a request or its answer with HttpQueryInfo, shows it and returns it. */
export async function queryInfo(parts: CommandParts, target?: number, args?: unknown): Promise<unknown> {
  const given = readAnswers(answers, args);
  const serial = await handleFor(parts, target, given !== undefined, {
    fn: 'HttpQueryInfo',
    title: vscode.l10n.t('HINTERNET: Query Info'),
    none: vscode.l10n.t('There is no request to ask about: open a URL or a request first.'),
    maker: { title: vscode.l10n.t('Open URL'), command: 'hinternet.openUrl' },
  });
  if (serial === undefined) return undefined;
  if (given !== undefined) return await read(parts, serial, queryOf(given));
  return await attempt(parts, false, async () => {
    const answer = await pick({
      title: vscode.l10n.t('HINTERNET: Query Info'),
      placeholder: vscode.l10n.t('Choose what to read, for example by typing Content-Type'),
      choices: await choices(parts, serial),
    });
    if (answer.type !== 'value') return undefined;
    const value = await read(parts, serial, answer.value);
    if (answer.value.asDocument) await parts.bodies.showText('headers.txt', String(value));
    else showValue(answer.value.label, String(value));
    return value;
  });
}

async function read({ explorer }: CommandParts, serial: number, query: Query): Promise<unknown> {
  const value = await explorer.wininet.HttpQueryInfo(explorer.handle(serial), query.level, query.name, {
    index: query.index,
  });
  return value instanceof Date ? value.toISOString() : value;
}

function queryOf({ attribute, header, request }: v.InferOutput<typeof answers>): Query {
  const base = header === undefined ? (attribute ?? HTTP_QUERY_RAW_HEADERS_CRLF) : attributeOf(header);
  const level = request ? (base | HTTP_QUERY_FLAG_REQUEST_HEADERS) >>> 0 : base;
  const name = base === HTTP_QUERY_CUSTOM ? (header ?? null) : null;
  return { label: header ?? '', level, name, index: 0, asDocument: false };
}

async function choices({ explorer }: CommandParts, serial: number): Promise<readonly Choice<Query>[]> {
  const answered = explorer.node(serial)?.state === 'answered' || explorer.node(serial)?.state === 'drained';
  const sent = (HTTP_QUERY_RAW_HEADERS_CRLF | HTTP_QUERY_FLAG_REQUEST_HEADERS) >>> 0;
  const request = choice(vscode.l10n.t('Headers of the Request'), '', sent, true);
  if (!answered) return [request];
  const raw = await explorer.wininet.HttpQueryInfo(explorer.handle(serial), HTTP_QUERY_RAW_HEADERS_CRLF);
  const { firstLine, headers } = listHeaders(String(raw));
  const [, code = '', text = ''] = firstLine.split(/ (.*?)(?: (.*))?$/);
  return [
    choice(vscode.l10n.t('Status Code'), code, HTTP_QUERY_STATUS_CODE),
    ...(text === '' ? [] : [choice(vscode.l10n.t('Status Text'), text, HTTP_QUERY_STATUS_TEXT)]),
    choice(vscode.l10n.t('Raw Headers'), firstLine, HTTP_QUERY_RAW_HEADERS_CRLF, true),
    request,
    heading(vscode.l10n.t('headers of the answer')),
    ...headers.map(({ name, value, attribute, index }): Choice<Query> => {
      const custom = attribute === HTTP_QUERY_CUSTOM ? name : null;
      const query = { label: name, level: attribute, name: custom, index, asDocument: false };
      return { label: printable(name), description: printable(value), value: query };
    }),
  ];
}

function choice(label: string, description: string, level: number, asDocument = false): Choice<Query> {
  return { label, description: printable(description), value: { label, level, name: null, index: 0, asDocument } };
}
