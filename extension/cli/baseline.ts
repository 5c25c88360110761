import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import type { CheckedTrace } from './findings.ts';
import { FINGERPRINT, Fingerprints } from './fingerprints.ts';
import { SarifPlaces } from './sarifPlaces.ts';
import { UsageError } from './usageError.ts';

/** What is known of an earlier check that wrote SARIF: a program with many faults is to have no new ones until they are mended. */

const results = v.array(
  v.object({
    partialFingerprints: v.optional(v.record(v.string(), v.string()), {}),
    baselineState: v.optional(v.string()),
  }),
);
const logSchema = v.object({ runs: v.array(v.object({ results: v.optional(results, []) })) });

/** The fingerprints of the findings in a SARIF file that `check` has written. Throws UsageError. */
export function readBaseline(file: string): ReadonlySet<string> {
  return new Set(
    parsed(file).runs.flatMap((run) =>
      run.results.flatMap(({ partialFingerprints: { [FINGERPRINT]: fingerprint }, baselineState }) =>
        fingerprint === undefined || baselineState === 'absent' ? [] : [fingerprint],
      ),
    ),
  );
}

function parsed(file: string): v.InferOutput<typeof logSchema> {
  try {
    return v.parse(logSchema, JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw new UsageError(
      isMissing
        ? `there is no baseline ${file}; check --sarif ${file} makes one`
        : `the baseline ${file} is no SARIF that can be read`,
    );
  }
}

/**
 * Gives each finding its fingerprint, and tells those that are known: they make no check fail.
 * @param root an absolute path, from which the fingerprints name files
 * @param baseline null where nothing is known
 */
export function compareWithBaseline(
  checked: readonly CheckedTrace[],
  root: string,
  baseline: ReadonlySet<string> | null,
): readonly CheckedTrace[] {
  const places = new SarifPlaces(root);
  const fingerprints = new Fingerprints();
  return checked.map((trace) => ({
    ...trace,
    findings: trace.findings.map((finding) => {
      const uri = places.of(finding, trace.loaded.file).physicalLocation?.artifactLocation?.uri ?? '';
      const fingerprint = fingerprints.next(finding.diagnosis.topic, uri, finding.diagnosis.text);
      const known = baseline === null ? null : baseline.has(fingerprint);
      return { ...finding, fingerprint, known, fails: finding.fails && known !== true };
    }),
  }));
}
