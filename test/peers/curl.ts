import { execFile } from 'node:child_process';
import type { TestContext } from 'node:test';
import { promisify } from 'node:util';
import { findExecutable } from './findExecutable.ts';

/** What `curl --silent --show-error args` prints, or undefined, the test being skipped, where there is no curl. */
export async function runCurl(t: TestContext, args: readonly string[]): Promise<Buffer | undefined> {
  const executable = findExecutable('curl');
  if (executable === undefined) {
    t.skip('curl is not installed');
    return undefined;
  }
  const options = ['--silent', '--show-error', '--max-time', '20', ...args];
  const { stdout } = await promisify(execFile)(executable, options, { encoding: 'buffer', maxBuffer: 1024 * 1024 });
  return stdout;
}
