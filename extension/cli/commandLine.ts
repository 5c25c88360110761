import { parseArgs } from 'node:util';
import { DIVERGENCE_KINDS, type DivergenceKind } from '../shared/compare/divergence.ts';
import type { NoteTopic } from '../shared/journal.ts';
import { nearestName } from '../shared/nearestName.ts';
import { type Moment, readMoment } from './moment.ts';
import { failingTopicsOf, TOPICS, topicsOf } from './topics.ts';
import { UsageError } from './usageError.ts';

/** What `check` is asked to do. */
export interface CheckCommand {
  readonly name: 'check';
  /** Files, and patterns that match files. */
  readonly traces: readonly string[];
  /** What is looked for. */
  readonly topics: ReadonlySet<NoteTopic>;
  /** What makes the check fail. */
  readonly failing: ReadonlySet<NoteTopic>;
  /** Every trace is one of a program that has ended, whether it tells so or not. */
  readonly ended: boolean;
  /** How long a handle may lie forgotten, in microseconds; null: as long as it likes. */
  readonly leakAge: number | null;
  /** As it was given, for the summary. */
  readonly failOn: string;
  readonly format: 'text' | 'json';
  /** Where to write SARIF; null where nobody wants it. */
  readonly sarif: string | null;
  /** SARIF names sources from here; null for the root of the repository. */
  readonly root: string | null;
  /** SARIF of an earlier check, whose findings make this one not fail; null where there is none. */
  readonly baseline: string | null;
}

/** What `show` is asked to do. */
export interface ShowCommand {
  readonly name: 'show';
  readonly trace: string;
  /** Null for the end. */
  readonly at: Moment | null;
  readonly closed: boolean;
  readonly calls: boolean;
}

/** What `compare` is asked to do. */
export interface CompareCommand {
  readonly name: 'compare';
  readonly left: string;
  readonly right: string;
  /** What is not told, and makes no difference. */
  readonly ignored: ReadonlySet<DivergenceKind>;
  readonly format: 'text' | 'json' | 'markdown';
}

/** What the command line asks for. */
export type Command =
  | CheckCommand
  | ShowCommand
  | CompareCommand
  | { readonly name: 'help' }
  | { readonly name: 'version' };

const CHECK_OPTIONS = {
  'fail-on': { type: 'string', multiple: true },
  only: { type: 'string', multiple: true },
  ignore: { type: 'string', multiple: true },
  ended: { type: 'boolean' },
  'leak-age': { type: 'string' },
  format: { type: 'string' },
  sarif: { type: 'string' },
  root: { type: 'string' },
  baseline: { type: 'string' },
} as const;

const SHOW_OPTIONS = {
  at: { type: 'string' },
  closed: { type: 'boolean' },
  calls: { type: 'boolean' },
} as const;

const COMPARE_OPTIONS = {
  ignore: { type: 'string', multiple: true },
  format: { type: 'string' },
} as const;

/** Reads a command line, without the program's name. Throws UsageError. */
export function readCommandLine(args: readonly string[]): Command {
  const [first, ...rest] = args;
  if (args.includes('--help') || args.includes('-h') || first === 'help') return { name: 'help' };
  if (args.includes('--version')) return { name: 'version' };
  if (first === 'check') return readCheck(rest);
  if (first === 'show') return readShow(rest);
  if (first === 'compare') return readCompare(rest);
  throw new UsageError(first === undefined ? 'say what to do' : `there is no command "${first}"`);
}

function readCheck(args: readonly string[]): CheckCommand {
  const { values, positionals } = parsed(() =>
    parseArgs({ args: [...args], options: CHECK_OPTIONS, allowPositionals: true }),
  );
  if (positionals.length === 0) throw new UsageError('check needs a trace');
  const { ended = false, format = 'text', sarif = null, root = null, baseline = null } = values;
  if (format !== 'text' && format !== 'json') throw new UsageError(`there is no format "${format}"`);
  const failOn = words(values['fail-on'] ?? ['error,leaks']);
  const only = values.only === undefined ? TOPICS : [...topicsOf(words(values.only))];
  // As from a variable that is not set: a check that looks for nothing finds nothing.
  if (only.length === 0) throw new UsageError('--only names no topic');
  if (failOn.length === 0) throw new UsageError('--fail-on names nothing; with none, nothing makes the check fail');
  const ignored = topicsOf(words(values.ignore ?? []));
  return {
    name: 'check',
    traces: positionals,
    topics: new Set(only.filter((topic) => !ignored.has(topic))),
    failing: failingTopicsOf(failOn),
    ended,
    leakAge: microseconds(values['leak-age']),
    failOn: failOn.join(','),
    format,
    sarif,
    root,
    baseline,
  };
}

function readShow(args: readonly string[]): ShowCommand {
  const { values, positionals } = parsed(() =>
    parseArgs({ args: [...args], options: SHOW_OPTIONS, allowPositionals: true }),
  );
  const [trace, ...others] = positionals;
  if (trace === undefined || others.length > 0) throw new UsageError('show needs one trace');
  const { at, closed = false, calls = false } = values;
  return { name: 'show', trace, at: at === undefined ? null : readMoment(at), closed, calls };
}

function readCompare(args: readonly string[]): CompareCommand {
  const { values, positionals } = parsed(() =>
    parseArgs({ args: [...args], options: COMPARE_OPTIONS, allowPositionals: true }),
  );
  const [left, right, ...others] = positionals;
  if (left === undefined || right === undefined || others.length > 0) throw new UsageError('compare needs two traces');
  const { format = 'text' } = values;
  if (format !== 'text' && format !== 'json' && format !== 'markdown') {
    throw new UsageError(`there is no format "${format}"`);
  }
  return { name: 'compare', left, right, ignored: new Set(words(values.ignore ?? []).map(divergenceKind)), format };
}

function divergenceKind(word: string): DivergenceKind {
  const kind = DIVERGENCE_KINDS.find((one) => one === word);
  if (kind !== undefined) return kind;
  const near = nearestName(word, DIVERGENCE_KINDS);
  throw new UsageError(`there is no divergence "${word}"${near === undefined ? '' : `; did you mean ${near}?`}`);
}

/** What parseArgs has to complain of is the user's mistake. */
function parsed<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new UsageError(error.message);
  }
}

/** A number of seconds, which may be absent. */
function microseconds(seconds: string | undefined): number | null {
  if (seconds === undefined) return null;
  const number = Number(seconds);
  if (!(number > 0)) throw new UsageError(`--leak-age takes a number of seconds, not "${seconds}"`);
  return number * 1_000_000;
}

/** The words of an option that was given once or more, each time with words between commas. */
function words(values: readonly string[]): readonly string[] {
  return values
    .flatMap((value) => value.split(','))
    .map((word) => word.trim())
    .filter((word) => word !== '');
}
