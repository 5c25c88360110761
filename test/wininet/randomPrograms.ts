import fc from 'fast-check';
import type { Playground } from '../../extension/playground/playground.ts';
import * as c from '../../extension/shared/constants.ts';
import {
  type FunctionName,
  functionNames,
  functionRow,
  type HandleKind,
  handleParameter,
} from '../../extension/shared/hierarchy.ts';
import { randomArgument } from './randomArguments.ts';
import { everyStory, randomStory } from './randomStories.ts';

/** One call of a random program. */
export interface RandomCall {
  readonly fn: FunctionName;
  /** The newest handle of this kind, of those that the function takes now; without it `handle` draws one. */
  readonly of?: HandleKind;
  /** Which of the handles that there were; what is no handle at all is drawn now and then. */
  readonly handle: number;
  /** All but the handle. */
  readonly args: readonly unknown[];
  /** Wait for its end, and be it told by INTERNET_STATUS_REQUEST_COMPLETE, before the next call? */
  readonly awaited: boolean;
}

/** Calls on a root of a mode, and those that a status callback makes, one for each status. */
export interface RandomProgram {
  /** INTERNET_FLAG_ASYNC or 0, for the root that the calls begin with. */
  readonly rootFlags: number;
  /** Each is a row of calls, one after the other; the rows run at the same time. */
  readonly rows: readonly (readonly RandomCall[])[];
  readonly reactions: readonly RandomCall[];
}

/**
 * Programs of the functions of the table. Drawn call by call alone they would hardly get beyond the first handles, so most of
 * them are stories, which lead to each kind of handle, with gaps and with calls of any function in between.
 */
export function randomPrograms(playground: Playground, folder: string): fc.Arbitrary<RandomProgram> {
  const call = randomCall(playground, folder);
  const story = randomStory(playground, folder);
  const part = fc.oneof(
    { weight: 3, arbitrary: story },
    { weight: 2, arbitrary: fc.array(call, { minLength: 1, maxLength: 6 }) },
  );
  const row = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.flat());
  return fc.record({
    rootFlags: fc.constantFrom(0, c.INTERNET_FLAG_ASYNC),
    rows: fc.array(row, { minLength: 1, maxLength: 3 }),
    reactions: fc.oneof(fc.constant([]), fc.array(call, { maxLength: 20 })),
  });
}

/** A program of every story in both modes, so that what is to be reached is not left to chance alone. */
export function wholePrograms(playground: Playground, folder: string, seed: number): readonly RandomProgram[] {
  return [0, c.INTERNET_FLAG_ASYNC].flatMap((rootFlags) =>
    fc
      .sample(everyStory(playground, folder), { seed, numRuns: 2 })
      .map((row) => ({ rootFlags, rows: [row], reactions: [] })),
  );
}

function randomCall(playground: Playground, folder: string): fc.Arbitrary<RandomCall> {
  const call = (fn: FunctionName) => {
    const parameters = functionRow(fn).parameters.filter((_name, index) => index !== handleParameter(fn));
    return fc.record({
      fn: fc.constant(fn),
      handle: fc.nat(),
      args: fc.tuple(...parameters.map((name) => randomArgument(name, playground, folder))),
      awaited: fc.boolean(),
    });
  };
  // What makes handles comes more often: without handles nothing else can happen.
  const makers = functionNames.filter((fn) => functionRow(fn).returns !== undefined);
  return fc.oneof(
    { weight: 2, arbitrary: fc.constantFrom(...makers).chain(call) },
    { weight: 4, arbitrary: fc.constantFrom(...functionNames).chain(call) },
  );
}
