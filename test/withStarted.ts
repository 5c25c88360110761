import { after, before } from 'node:test';

/** What a file's tests share and close. */
interface Closable {
  close(): unknown;
}

/**
 * Starts something before the tests of a file and closes it after them. Call the result inside a test to get it. Where a
 * filter leaves no test to run, Node.js calls `after` while `before` is still at work; so the end waits for the start.
 * @param name what the complaint of a call outside of tests names
 */
export function withStarted<T extends Closable>(name: string, start: () => Promise<T>): () => T {
  let starting: Promise<T> | undefined;
  let started: T | undefined;
  before(async () => {
    starting = start();
    started = await starting;
  });
  after(async () => {
    await (await starting)?.close();
  });
  return () => {
    if (!started) throw new Error(`The ${name} is there only while tests run.`);
    return started;
  };
}
