import * as v from 'valibot';
import { type BreakCondition, breakConditionsSchema } from './breakConditions.ts';
import { JOURNAL_VERSION } from './journalSchema.ts';
import { parseJson } from './parseJson.ts';

/**
 * What a watched program and the window that watches it say to each other over a local socket, a line of JSON each: first the
 * program introduces itself, then it sends its journal, an entry a line; the window sends nothing but what to break on
 * from now on.
 */

/** Environment variable with the address of the window that watches. */
export const WATCH_VARIABLE = 'HINTERNET_WATCH';
/** Environment variable with the name of the launch that a window waits for; whatever the program starts has it too. */
export const LAUNCH_VARIABLE = 'HINTERNET_LAUNCH';
/** How many characters such a name may have. */
export const LAUNCH_NAME_LIMIT = 64;
/** How many characters a line may have. */
export const WATCH_LINE_LIMIT = 4_194_304;

/** How many characters the name of an engine may have. */
export const ENGINE_NAME_LIMIT = 200;

/** Where a window listens. */
export interface WatchAddress {
  /** A Unix domain socket, or a named pipe. */
  readonly path: string;
  /** Only who knows it is heard. */
  readonly secret: string;
}

/** The address as the environment variable holds it. */
export function formatAddress({ path, secret }: WatchAddress): string {
  return `${secret}:${path}`;
}

/** The address in an environment variable; null where it holds none. */
export function parseAddress(value: string | undefined): WatchAddress | null {
  const [, secret, path] = /^([0-9a-f]{32}):(.+)$/.exec(value ?? '') ?? [];
  return secret === undefined || path === undefined ? null : { path, secret };
}

const natural = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const engineSchema = v.object({
  /** Counts the engines of a thread; the one that it always has is the first. */
  number: v.pipe(natural, v.minValue(2)),
  /** Empty where it has none. */
  name: v.pipe(v.string(), v.maxLength(ENGINE_NAME_LIMIT)),
});

/** An engine that a program has made beside the one that it always has. */
export type ProgramEngine = Readonly<v.InferOutput<typeof engineSchema>>;

/** How such an engine is called where it is listed. */
export function engineTitle({ number, name }: ProgramEngine): string {
  return name === '' ? `engine ${number}` : `engine ${number}, ${name}`;
}

const helloSchema = v.object({
  type: v.literal('hello'),
  version: v.literal(JOURNAL_VERSION),
  secret: v.pipe(v.string(), v.maxLength(64)),
  pid: natural,
  /** 0 for the main thread. */
  thread: natural,
  /** Path of the file that was started; empty where there is none. */
  program: v.pipe(v.string(), v.maxLength(4096)),
  /** Absent for the engine that every program has. */
  engine: v.exactOptional(engineSchema),
  /** Absent where no window waits for it. */
  launch: v.exactOptional(v.pipe(v.string(), v.maxLength(LAUNCH_NAME_LIMIT))),
  /** When its journal began. */
  startedAt: v.pipe(v.string(), v.maxLength(40), v.isoTimestamp()),
  /** What it breaks on from its first call; a library of another version may not say. */
  breaks: v.optional(breakConditionsSchema, []),
});

/** How a program introduces itself. */
export type Hello = Readonly<v.InferOutput<typeof helloSchema>>;

/** The introduction in a program's first line; null where it is none. */
export function parseHello(line: string): Hello | null {
  const result = v.safeParse(helloSchema, parseJson(line));
  return result.success ? result.output : null;
}

/** The line that tells a program what to break on. */
export function formatBreaks(conditions: readonly BreakCondition[]): string {
  return JSON.stringify(conditions);
}

/** What a program is to break on; null where the text does not say so. */
export function parseBreaks(text: string): readonly BreakCondition[] | null {
  const result = v.safeParse(breakConditionsSchema, parseJson(text));
  return result.success ? result.output : null;
}
