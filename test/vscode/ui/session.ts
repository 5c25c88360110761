// What most tests of the user interface begin with: a workbench, keys for it, and the playground.
import { after } from 'node:test';
import type { Locator } from 'playwright-core';
import { type Playground, startPlayground } from '../../../extension/playground/playground.ts';
import type { HostOptions } from '../host/host.ts';
import { type Keyboard, keyboardOf } from './keyboard.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

/** A workbench in front of running servers; both end with the tests of the file. */
export interface Session {
  readonly workbench: Workbench;
  readonly keys: Keyboard;
  readonly playground: Playground;
  /** Waits until the first of these elements is to be seen. */
  seen(locator: Locator): Promise<void>;
}

/**
 * Opens it; to be awaited before the file's first test.
 * @param limit how long an element may take to be seen, in milliseconds
 */
export async function openSession(limit: number, options: HostOptions = {}): Promise<Session> {
  const playground = await startPlayground();
  const workbench = await openWorkbench(options).catch(async (error: unknown) => {
    await playground.close();
    throw error;
  });
  after(async () => {
    await workbench.close();
    await playground.close();
  });
  const seen = (locator: Locator): Promise<void> => locator.first().waitFor({ timeout: limit });
  return { workbench, keys: keyboardOf(workbench.page), playground, seen };
}
