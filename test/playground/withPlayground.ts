import { after, before } from 'node:test';
import { type Playground, startPlayground } from '../../extension/playground/playground.ts';

/** Starts a playground before the tests of a file and closes it after them. Call the result inside a test to get it. */
export function withPlayground(): () => Playground {
  let playground: Playground | undefined;
  before(async () => {
    playground = await startPlayground();
  });
  after(() => playground?.close());
  return () => {
    if (!playground) {
      throw new Error('The playground is there only while tests run.');
    }
    return playground;
  };
}
