import { type ErrorSymbol, errorCode } from '../../extension/shared/errorCodes.ts';
import { FLAG_ROWS, type FlagRow } from '../../extension/shared/flagTable.ts';
import { errorsOf } from '../../extension/shared/functionErrors.ts';
import {
  DIAGRAM_ROWS,
  DIAGRAMS,
  documentationUrl,
  type FunctionName,
  functionNames,
  functionRow,
  functionsReturning,
  functionsUsing,
  type HandleKind,
  type HandleState,
  handleKinds,
  handleParameter,
  kindRow,
  refusal,
  statesOf,
  takesAnyHandle,
} from '../../extension/shared/hierarchy.ts';
import { STATUS_ROWS } from '../../extension/shared/statusTable.ts';

/** The handle reference: the table as a page for readers. */

/** The whole page, as Markdown. */
export function handleReference(): string {
  return [
    '<!-- Generated from the tables in extension/shared/ by `npm run diagrams`. -->',
    '# Handles and functions',
    'What stands in the hierarchy table of HINTERNET Explorer: every kind of handle with the functions that are legal on it in each',
    'of its states, and every function with what it uses and returns; then errors, flags and statuses. The diagrams are those of the page "HINTERNET Handles".',
    '',
    '## Diagrams',
    ...DIAGRAMS.map(diagramSection),
    '',
    '## Any handle',
    `These functions take a handle of any kind in any state: ${functionNames.filter(takesAnyHandle).map(link).join(', ')}.`,
    '',
    '## Kinds of handle',
    ...handleKinds.map(kindSection),
    '## Functions',
    '',
    'An argument with a question mark may be left out: it is NULL or 0 then, as documented.',
    '',
    '| function | what it does | uses | returns |',
    '| --- | --- | --- | --- |',
    ...functionNames.map(functionLine),
    '',
    '## Errors',
    '',
    'The errors with which each function may fail.',
    '',
    '| function | errors |',
    '| --- | --- |',
    ...functionNames.map((fn) => `| ${link(fn)} | ${errorsOf(fn).map(named).join(', ') || '-'} |`),
    '',
    '## Flags',
    '',
    'What becomes of each INTERNET_FLAG_*. One that changes nothing says so in the journal, once for a handle.',
    '',
    '| flag | here | honoured |',
    '| --- | --- | --- |',
    ...FLAG_ROWS.map((row) => `| ${row.name} | ${row.summary} | ${honoured(row)} |`),
    '',
    '## Statuses',
    '',
    'When a status callback is told each INTERNET_STATUS_*, or why it never is.',
    '',
    '| status | number | here | raised |',
    '| --- | --- | --- | --- |',
    ...STATUS_ROWS.map(
      ({ name, code, summary, raised }) => `| ${name} | ${code} | ${summary} | ${raised ? 'yes' : 'never'} |`,
    ),
    '',
  ].join('\n');
}

function honoured({ note }: FlagRow): string {
  if (note === undefined) return 'yes';
  return note.of === undefined ? 'no' : `not by ${note.of.join(', ')}`;
}

function diagramSection(name: (typeof DIAGRAMS)[number]): string {
  const { title, caption } = DIAGRAM_ROWS[name];
  const svg = (reading: string) => `diagrams/${name}${reading}.svg`;
  return `\n### ${title} (${name})\n\n${caption}\n\n![${title}, as printed](${svg('')}) ![${title}, complete](${svg('-complete')})`;
}

function kindSection(kind: HandleKind): string {
  const { type, title, parents, states, era } = kindRow(kind);
  const own = functionsUsing(kind).filter((fn) => !takesAnyHandle(fn));
  const stateLine = (state: HandleState): string => {
    const legal = own.filter((fn) => refusal(fn, kind, state) === undefined);
    return `| ${state} | ${states[state]} | ${legal.map(link).join(', ') || '-'} | ${refusals(own, kind, state)} |`;
  };
  const above = parents.map((parent) => kindRow(parent as HandleKind).title).join(' or ');
  return [
    `\n### ${title} (${kind})\n`,
    `Handle type ${type}. Returned by ${functionsReturning(kind).map(link).join(', ')}.${above ? ` Hangs from: ${above}.` : ''}`,
    ...(era === 'xp' ? ['Up to Windows XP and Windows Server 2003 R2.'] : []),
    '',
    '| state | meaning | legal | otherwise |',
    '| --- | --- | --- | --- |',
    ...statesOf(kind).map(stateLine),
    '',
  ].join('\n');
}

/** The errors of the functions of a kind that a state forbids, each once. */
function refusals(own: readonly FunctionName[], kind: HandleKind, state: HandleState): string {
  const symbols = new Set(own.flatMap((fn) => refusal(fn, kind, state) ?? []));
  return [...symbols].map(named).join(', ') || '-';
}

function named(symbol: ErrorSymbol): string {
  return `${symbol} (${errorCode(symbol)})`;
}

function functionLine(fn: FunctionName): string {
  const { summary, uses, returns, parameters, required = [] } = functionRow(fn);
  const isNeeded = (name: string, at: number) => at === handleParameter(fn) || required.includes(name);
  const written = parameters.map((name, at) => (isNeeded(name, at) ? name : `${name}?`));
  const used = takesAnyHandle(fn)
    ? 'any handle'
    : handleKinds.flatMap((kind) => (uses[kind] === undefined ? [] : `${kind}: ${uses[kind].join(', ')}`)).join('; ');
  return `| ${link(fn)}(${written.join(', ')}) | ${summary} | ${used || '-'} | ${returns?.join(', ') ?? '-'} |`;
}

function link(fn: FunctionName): string {
  return `[${fn}](${documentationUrl(fn)})`;
}
