import { type Playground, startPlayground } from '../../extension/playground/playground.ts';
import { withStarted } from '../withStarted.ts';

/** Starts a playground before the tests of a file and closes it after them. Call the result inside a test to get it. */
export function withPlayground(): () => Playground {
  return withStarted('playground', startPlayground);
}
