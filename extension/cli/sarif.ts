import { createHash } from 'node:crypto';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Location, Log, Notification, PhysicalLocation, ReportingDescriptor, Result } from 'sarif';
import { parseSite, type SitePlace } from '../shared/callSite.ts';
import { DIAGNOSES } from '../shared/diagnoses/diagnose.ts';
import type { DiagnosisRule, Severity } from '../shared/diagnoses/diagnosis.ts';
import type { CheckedTrace, CheckFinding } from './findings.ts';
import { filePath, pathBelow } from './places.ts';
import { TOPICS } from './topics.ts';

/** The base of relative addresses; code scanning takes this name for the root of the repository. */
const ROOT = '%SRCROOT%';

const LEVELS = { error: 'error', warning: 'warning', information: 'note' } as const satisfies Record<Severity, string>;

/**
 * What was found, as SARIF 2.1.0, the format of code scanning.
 * @param root an absolute path: files below it are named relative to it
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarifOf(checked: readonly CheckedTrace[], root: string, version: string): Log {
  const places = new Places(root);
  const fingerprints = new Fingerprints();
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
              const physicalLocation = { ...places.file(path.resolve(root, file)), ...region };
              return { level: 'error', message: { text: sentence }, locations: [{ physicalLocation }] };
            }),
          },
        ],
        results: found.map(({ finding, file }) =>
          resultOf(finding, places.of(finding, file), places.related(finding), fingerprints),
        ),
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
  { diagnosis, rule, times }: CheckFinding,
  location: Location,
  related: Location[],
  fingerprints: Fingerprints,
): Result {
  const { topic, text, seq } = diagnosis;
  const uri = location.physicalLocation?.artifactLocation?.uri ?? '';
  return {
    ruleId: topic,
    ruleIndex: TOPICS.indexOf(topic),
    level: LEVELS[rule.severity],
    message: { text },
    locations: [location],
    ...(related.length === 0 ? {} : { relatedLocations: related }),
    ...(times === 1 ? {} : { occurrenceCount: times }),
    partialFingerprints: { 'hinternetDiagnosis/v1': fingerprints.next(`${topic}\n${uri}\n${text}`) },
    properties: { entry: seq },
  };
}

/** Places of results, relative to the root where they are below it. */
class Places {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  /** Where the program made the call; the trace where the journal does not know: code scanning wants a place. */
  of({ diagnosis: { site } }: CheckFinding, trace: string): Location {
    const place = parseSite(site);
    const physicalLocation = place === null ? this.file(path.resolve(this.#root, trace)) : this.#in(place);
    return { physicalLocation };
  }

  /** Where the program made the handle, closed it, and made the one that keeps it busy, as far as that is known and not the place itself. */
  related({ diagnosis: { site, madeAt, closedAt, heldAt } }: CheckFinding): Location[] {
    const places = [
      [madeAt, 'The handle was made here.'],
      [closedAt, 'The handle was closed here.'],
      [heldAt, 'The handle that keeps the session busy was made here.'],
    ] as const;
    return places.flatMap(([at, text]) => {
      const place = at === site ? null : parseSite(at);
      return place === null ? [] : [{ physicalLocation: this.#in(place), message: { text } }];
    });
  }

  #in({ file, line, column }: SitePlace): PhysicalLocation {
    return { ...this.file(filePath(file)), region: { startLine: line, startColumn: column } };
  }

  file(file: string): PhysicalLocation {
    const below = pathBelow(this.#root, file);
    if (below !== null) {
      const uri = below.split(path.sep).map(encodeURIComponent).join('/');
      return { artifactLocation: { uri, uriBaseId: ROOT } };
    }
    return { artifactLocation: { uri: path.isAbsolute(file) ? pathToFileURL(file).href : encodeURI(file) } };
  }
}

/** Fingerprints by which the same finding is known again in a later run, where lines, ports and values of handles are others. */
class Fingerprints {
  readonly #seen = new Map<string, number>();

  next(text: string): string {
    const lasting = text.replaceAll(/0x[0-9A-F]+|\d+/gi, '#');
    const before = this.#seen.get(lasting) ?? 0;
    this.#seen.set(lasting, before + 1);
    return createHash('sha256').update(`${lasting}\n${before}`).digest('hex').slice(0, 32);
  }
}
