/**
 * What tests of programs assert about their handles. It works with node:test, vitest, mocha and whatever else takes an
 * AssertionError. From when it is loaded it listens to the engine of this process.
 */
export {
  assertCallbackOrder,
  assertNoOpenHandles,
  assertTree,
  type CallbackOrderOptions,
  markOpenHandles,
  type Watched,
  watchHandles,
} from './assertions.ts';
export { HandleJournal } from './handleJournal.ts';
export type { HandleWatch, LeftOpen } from './handleWatch.ts';
