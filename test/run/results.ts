// What a step of `npm test` comes to, and the closing lines that say so.

/** A test that was not run, and why. */
export interface Skip {
  readonly name: string;
  readonly reason: string;
}

/** Outcome of one step. */
export interface Results {
  readonly passed: number;
  readonly failed: readonly string[];
  readonly skipped: readonly Skip[];
}

/** The sum of several steps, in their order. */
export function total(all: readonly Results[]): Results {
  return {
    passed: all.reduce((sum, results) => sum + results.passed, 0),
    failed: all.flatMap((results) => results.failed),
    skipped: all.flatMap((results) => results.skipped),
  };
}

/** One test: passed, or failed under this name. */
export function single(name: string, passed: boolean): Results {
  return { passed: passed ? 1 : 0, failed: passed ? [] : [name], skipped: [] };
}

/** `N passed, N failed, N skipped`. */
export function countLine(results: Results): string {
  return `${results.passed} passed, ${results.failed.length} failed, ${results.skipped.length} skipped`;
}

/** The end of a run: every skip with its reason, every failure, and the counts as the very last line. */
export function closingLines(results: Results): string[] {
  return [
    ...results.skipped.map(({ name, reason }) => `skipped: ${name} (${reason})`),
    ...results.failed.map((name) => `failed: ${name}`),
    countLine(results),
  ];
}

/** Reads results that a test process wrote as JSON; throws when they are not results. */
export function parseResults(json: string): Results {
  const value: unknown = JSON.parse(json);
  if (!isResults(value)) throw new Error(`not the results of a test run: ${json.slice(0, 200)}`);
  return value;
}

function isResults(value: unknown): value is Results {
  if (typeof value !== 'object' || value === null) return false;
  if (!('passed' in value && 'failed' in value && 'skipped' in value)) return false;
  const { passed, failed, skipped } = value;
  return (
    typeof passed === 'number' &&
    Array.isArray(failed) &&
    failed.every((name) => typeof name === 'string') &&
    Array.isArray(skipped) &&
    skipped.every((skip) => typeof skip?.name === 'string' && typeof skip?.reason === 'string')
  );
}
