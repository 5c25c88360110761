import { AssertionError } from 'node:assert';
import { constantName } from '../shared/constantNames.ts';
import { formatHandleValue } from '../shared/format.ts';
import { handleLine, type ShownHandle } from '../shared/treeText.ts';
import type { HINTERNET } from '../wininet/handle.ts';
import type { HandleJournal } from './handleJournal.ts';
import { HandleWatch } from './handleWatch.ts';

/** What an assertion looks at: a watch, or all of a journal; otherwise everything in this process since this module was loaded. */
export type Watched = HandleWatch | HandleJournal;

/**
 * Watches handles from now on: what was open before does not count.
 * @param journal of an engine of the test's own; otherwise the engine of this process is watched
 */
export function watchHandles(journal: HandleJournal | null = null): HandleWatch {
  return HandleWatch.now(journal);
}

/**
 * Marks the handles that are open now: `compare()` of what is returned tells what was opened since and left open, by the line that
 * made it. Both are noted in the journals of those who watch the program: a window, a trace file. Assertions take it as a watch.
 * @param name tells marks apart in a trace; a newer one of the same name replaces the older
 * @param journal of an engine of the test's own; otherwise the engine of this process is marked
 */
export function markOpenHandles(name = '', journal: HandleJournal | null = null): HandleWatch {
  return HandleWatch.marked(journal, name);
}

/** Handles that were told as open by assertions about everything. */
const told = new Set<string>();

/**
 * Throws an AssertionError that names every handle which is open, with the function that returned it and the line that made it.
 *
 * Behind every test it wants a watch that began with the test, so that a test which leaks does not make those after it fail:
 * `beforeEach(() => { watch = watchHandles(); }); afterEach(() => assertNoOpenHandles(watch));`
 */
export function assertNoOpenHandles(watched?: Watched): void {
  const open = watchOf(watched).openHandles();
  if (open.length === 0) return;
  const text = open.map((handle) => `${'  '.repeat(handle.depth)}${described(handle)}\n`).join('');
  const count = open.length === 1 ? '1 handle is' : `${open.length} handles are`;
  throw new AssertionError({
    message: `${count} still open. InternetCloseHandle closes a handle and all below it.\n\n${text}${adviceFor(open, watched)}`,
    actual: text,
    expected: '',
    operator: 'assertNoOpenHandles',
    stackStartFn: assertNoOpenHandles,
  });
}

/**
 * Throws an AssertionError where the tree of open handles is another than expected.
 *
 * A line for each handle, indented by two spaces below its parent, as `0x00CC0004 InternetOpen: root, open, agent/1.0`: value,
 * function, kind, state, target. A line may leave out the value, and whatever follows the function or the kind or the state; what
 * it leaves out is not compared. Blank lines and a common indentation count for nothing.
 */
export function assertTree(expected: string, watched?: Watched): void {
  const wanted = unindented(expected);
  const found = watchOf(watched)
    .openHandles()
    .map(({ node, depth }, index) => `${'  '.repeat(depth)}${asPrecisely(handleLine(node), wanted[index] ?? '')}`);
  if (found.join('\n') === wanted.join('\n')) return;
  throw differing('The tree of handles is another than expected:', found, wanted, assertTree);
}

/** How callbacks are compared. */
export interface CallbackOrderOptions {
  /** True: other statuses may come in between. */
  readonly others?: boolean;
  readonly watched?: Watched;
}

/**
 * Throws an AssertionError where the statuses of a handle came in another order than expected. It looks at those that were due,
 * whether or not a callback was set, and with a context of 0 too.
 * @param expected INTERNET_STATUS_*, all of them in order
 */
export function assertCallbackOrder(
  handle: HINTERNET,
  expected: readonly number[],
  { others = false, watched }: CallbackOrderOptions = {},
): void {
  const statuses = watchOf(watched).statusesOf(handle);
  if (statuses === null) {
    throw new AssertionError({
      message: `${formatHandleValue(handle.value)} was not watched from its beginning: it is too old, or a handle of another engine, whose HandleJournal has to be given as watched.`,
      operator: 'assertCallbackOrder',
      stackStartFn: assertCallbackOrder,
    });
  }
  if (others ? isWithin(expected, statuses) : expected.join() === statuses.join()) return;
  const manner = others ? 'did not come in the expected order' : 'are others than expected';
  const message = `The statuses of ${formatHandleValue(handle.value)} ${manner}:`;
  throw differing(message, statuses.map(statusName), expected.map(statusName), assertCallbackOrder);
}

function watchOf(watched: Watched | undefined): HandleWatch {
  if (watched === undefined) return HandleWatch.always(null);
  // Not by its class: a process may hold these files twice, for `import` and for `require`.
  return 'openHandles' in watched ? watched : HandleWatch.always(watched);
}

/** What was told before is another test's leak, and will be told after every test that follows. */
function adviceFor(open: readonly ShownHandle[], watched: Watched | undefined): string {
  if (watched !== undefined) return '';
  const lines = open.map(({ node }) => `${node.serial} ${described({ node, depth: 0 })}`);
  const isOld = lines.every((line) => told.has(line));
  for (const line of lines) told.add(line);
  return isOld
    ? '\nThis was told before. With a watch of its own a test answers for nothing but what it opens itself: beforeEach(() => { watch = watchHandles(); }) and assertNoOpenHandles(watch).\n'
    : '';
}

function described({ node }: ShownHandle): string {
  return `${handleLine(node)}${node.site === undefined ? '' : ` (made at ${node.site})`}`;
}

/** Lines without those that are blank, and without what all of them are indented by. */
function unindented(text: string): readonly string[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const indents = lines.map((line) => line.length - line.trimStart().length);
  const common = Math.min(...indents);
  return lines.map((line) => line.slice(common).trimEnd());
}

/** As much of a handle's line as the expected line tells. */
function asPrecisely(line: string, expected: string): string {
  const wanted = expected.trim();
  const [, value = '', rest = ''] = /^(0x[0-9A-F]+ )(.*)$/s.exec(line) ?? [];
  const compared = `${wanted.startsWith('0x') ? value : ''}${rest}`;
  // Targets may have commas: only whole parts may be left out.
  const isPart = compared.startsWith(wanted) && /^(?:: |, |$)/.test(compared.slice(wanted.length));
  return isPart && wanted !== '' ? wanted : compared;
}

/** Are these statuses among those, in this order? */
function isWithin(expected: readonly number[], statuses: readonly number[]): boolean {
  let next = 0;
  for (const status of statuses) if (status === expected[next]) next += 1;
  return next === expected.length;
}

function statusName(code: number): string {
  return constantName('INTERNET_STATUS_', code) ?? String(code);
}

/** An error whose message shows the difference, for runners that do not. */
function differing(
  message: string,
  actual: readonly string[],
  expected: readonly string[],
  stackStartFn: (...args: never[]) => void,
): AssertionError {
  const [found, wanted] = [actual.join('\n'), expected.join('\n')];
  return new AssertionError({
    message: `${message}\n\nFound:\n${indented(actual)}\nExpected:\n${indented(expected)}`,
    actual: found,
    expected: wanted,
    operator: stackStartFn.name,
    stackStartFn,
  });
}

function indented(lines: readonly string[]): string {
  return lines.length === 0 ? '  nothing\n' : lines.map((line) => `  ${line}\n`).join('');
}
