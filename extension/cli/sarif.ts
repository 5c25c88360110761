import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Location, Log, Notification, ReportingDescriptor, Result } from 'sarif';
import { DIAGNOSES } from '../shared/diagnoses/diagnose.ts';
import type { DiagnosisRule, Severity } from '../shared/diagnoses/diagnosis.ts';
import type { CheckedTrace, CheckFinding } from './findings.ts';
import { FINGERPRINT } from './fingerprints.ts';
import { ROOT, SarifPlaces } from './sarifPlaces.ts';
import { TOPICS } from './topics.ts';

const LEVELS = { error: 'error', warning: 'warning', information: 'note' } as const satisfies Record<Severity, string>;

/**
 * What was found, as SARIF 2.1.0, the format of code scanning.
 * @param root an absolute path: files below it are named relative to it. Code scanning takes it for the root of the repository,
 * wherever in it this runs
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarifOf(checked: readonly CheckedTrace[], root: string, version: string): Log {
  const places = new SarifPlaces(root);
  const found = checked.flatMap(({ loaded, findings }) => findings.map((finding) => ({ finding, file: loaded.file })));
  const problems = checked.flatMap(({ loaded }) =>
    loaded.problems.map((problem) => ({ ...problem, file: loaded.file })),
  );
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'HINTERNET Explorer',
            version,
            rules: TOPICS.map((topic) => ruleOf(topic, DIAGNOSES[topic])),
          },
        },
        originalUriBaseIds: { [ROOT]: { uri: `${pathToFileURL(root).href.replace(/\/$/, '')}/` } },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: problems.length === 0,
            toolExecutionNotifications: problems.map(({ file, line, sentence }): Notification => {
              const region = line === 0 ? {} : { region: { startLine: line } };
              const physicalLocation = { ...places.file(path.resolve(file)), ...region };
              return { level: 'error', message: { text: sentence }, locations: [{ physicalLocation }] };
            }),
          },
        ],
        results: found.map(({ finding, file }) => resultOf(finding, places.of(finding, file), places.related(finding))),
      },
    ],
  };
}

function ruleOf(topic: string, { severity, title, explanation, fix }: DiagnosisRule): ReportingDescriptor {
  return {
    id: topic,
    name: topic.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: title },
    fullDescription: { text: explanation },
    help: { text: `${explanation}\n\n${fix}`, markdown: `${explanation}\n\n**Fix:** ${fix}` },
    defaultConfiguration: { level: LEVELS[severity] },
  };
}

function resultOf(
  { diagnosis, rule, fingerprint, known, times }: CheckFinding,
  location: Location,
  related: Location[],
): Result {
  const { topic, text, seq } = diagnosis;
  return {
    ruleId: topic,
    ruleIndex: TOPICS.indexOf(topic),
    level: LEVELS[rule.severity],
    message: { text },
    locations: [location],
    ...(related.length === 0 ? {} : { relatedLocations: related }),
    ...(times === 1 ? {} : { occurrenceCount: times }),
    partialFingerprints: { [FINGERPRINT]: fingerprint },
    ...(known === null ? {} : { baselineState: known ? 'unchanged' : 'new' }),
    properties: { entry: seq },
  };
}
