// Entry of the tests inside VS Code's extension host: runs every *.test.cjs beside it and leaves the results for the runner.
import { globSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Mocha from 'mocha';
import type { Results } from '../../run/results.ts';

const TEST_LIMIT_MS = 60_000;

/** VS Code calls this; it rejects when a test failed. */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'tdd', timeout: TEST_LIMIT_MS });
  for (const file of globSync('**/*.test.cjs', { cwd: __dirname }).toSorted())
    mocha.addFile(path.join(__dirname, file));

  const results = {
    passed: 0,
    failed: [] as string[],
    skipped: [] as { name: string; reason: string }[],
  } satisfies Results;
  await new Promise<void>((resolve) => {
    mocha
      .run(() => resolve())
      .on('pass', () => {
        results.passed += 1;
      })
      .on('fail', (test, error) => results.failed.push(`${test.fullTitle()}: ${error.message}`))
      .on('pending', (test) => results.skipped.push({ name: test.fullTitle(), reason: 'skipped by the test itself' }));
  });
  const report = process.env.HINTERNET_TEST_RESULTS;
  if (report) writeFileSync(report, JSON.stringify(results));
  if (results.failed.length > 0) throw new Error(`${results.failed.length} failed`);
}
