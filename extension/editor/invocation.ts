import * as v from 'valibot';

/** How a command was called: from a menu of a handle, from the palette, or by a program that brings the answers along. */
export interface Invocation {
  /** Serial of the handle. */
  readonly target: number | undefined;
  /** The answers to the command's questions; with them nothing is asked or shown. */
  readonly args: unknown;
}

const serial = v.pipe(v.number(), v.integer(), v.minValue(1));
const withSerial = v.object({ serial });
const withHandle = v.object({ handle: serial });

/**
 * Reads what VS Code passes to a command: a serial (tree and graph), an object with one (`serial` in a context menu), then or
 * alone the answers, which may name the handle as `handle`.
 */
export function readInvocation(passed: readonly unknown[]): Invocation {
  const [first, second] = passed;
  if (v.is(serial, first)) return { target: first, args: plainObject(second) };
  if (v.is(withSerial, first)) return { target: first.serial, args: plainObject(second) };
  const args = plainObject(first);
  return { target: v.is(withHandle, args) ? args.handle : undefined, args };
}

/** The answers in the shape that the command takes; undefined if there are none. Throws a TypeError that names what is wrong. */
export function readAnswers<const S extends v.GenericSchema>(schema: S, args: unknown): v.InferOutput<S> | undefined {
  if (args === undefined) return undefined;
  const result = v.safeParse(schema, args);
  if (result.success) return result.output;
  const problems = result.issues.map((issue) => `${v.getDotPath(issue) ?? 'arguments'}: ${issue.message}`);
  throw new TypeError(problems.join('; '));
}

/** Field that every command's answers may have: the serial of the handle. */
export const HANDLE_FIELD = { handle: v.optional(serial) } as const;

function plainObject(value: unknown): unknown {
  // The second argument of a command in a tree is the selection, an array, and the first one of a button of an editor is a URI.
  return typeof value === 'object' && value !== null && PLAIN.has(Object.getPrototypeOf(value)) ? value : undefined;
}

const PLAIN: ReadonlySet<unknown> = new Set([Object.prototype, null]);
