import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import Ajv from 'ajv';
import type { Log, Result } from 'sarif';
import { DIAGNOSES } from '../../extension/shared/diagnoses/diagnose.ts';
import type { WinInet } from '../../extension/wininet/index.ts';
import { cli, record, scratch } from './recordedTraces.ts';

const load = createRequire(import.meta.url);

/** What the schema of SARIF has against a log. */
function problems(log: unknown): unknown {
  const ajv = new Ajv({ schemaId: 'auto', allErrors: true });
  ajv.addMetaSchema(load('ajv/lib/refs/json-schema-draft-04.json'));
  const validate = ajv.compile(load('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'));
  return validate(log) ? [] : validate.errors;
}

test('check --sarif writes what the schema of SARIF 2.1.0 accepts, also for a trace that cannot be read', async (t) => {
  const folder = scratch(t);
  await record(path.join(folder, 'a b.hintrace'), `${path.join(folder, 'src', 'my client.ts')}:12:3`, closeTwice);
  writeFileSync(path.join(folder, 'broken.hintrace'), 'no trace');
  const { code } = await cli(folder, [
    'check',
    '--sarif',
    'out.sarif',
    'a b.hintrace',
    'broken.hintrace',
    'gone.hintrace',
  ]);
  assert.equal(code, 2);
  const log = read(folder);
  assert.deepEqual(problems(log), []);
  assert.notDeepEqual(problems({ ...log, runs: [{}] }), [], 'the schema is looked at');
  const invocation = log.runs[0]?.invocations?.[0];
  assert.equal(invocation?.executionSuccessful, false);
  const places = invocation?.toolExecutionNotifications?.map(({ locations }) => locations?.[0]?.physicalLocation);
  assert.deepEqual(places, [
    { artifactLocation: { uri: 'broken.hintrace', uriBaseId: '%SRCROOT%' }, region: { startLine: 1 } },
    { artifactLocation: { uri: 'gone.hintrace', uriBaseId: '%SRCROOT%' } },
  ]);
});

test('check --sarif describes every topic as a rule, with its help and its level', async (t) => {
  const folder = scratch(t);
  await record(path.join(folder, 'a.hintrace'), null, closeTwice);
  await cli(folder, ['check', '--sarif', 'out.sarif', 'a.hintrace']);
  const rules = read(folder).runs[0]?.tool.driver.rules ?? [];
  assert.deepEqual(
    rules.map(({ id }) => id),
    Object.keys(DIAGNOSES),
  );
  const rule = rules.find(({ id }) => id === 'double-close');
  assert.deepEqual([rule?.name, rule?.defaultConfiguration?.level], ['DoubleClose', 'error']);
  assert.match(rule?.help?.markdown ?? '', /\*\*Fix:\*\* Close a handle once/);
  assert.equal(rules.find(({ id }) => id === 'no-cache')?.defaultConfiguration?.level, 'note');
});

test('check --sarif names files below the working directory relative to it, and others by their whole address', async (t) => {
  const folder = scratch(t);
  const elsewhere = scratch(t);
  const inside = path.join(folder, 'src', 'my client.ts');
  const outside = path.join(elsewhere, 'client.ts');
  await record(path.join(folder, '1.hintrace'), `${inside}:12:3`, closeTwice);
  await record(path.join(folder, '2.hintrace'), `${pathToFileURL(inside).href}:13:4`, closeTwice);
  await record(path.join(folder, '3.hintrace'), `${outside}:14:5`, closeTwice);
  await record(path.join(folder, '4.hintrace'), null, closeTwice);
  await cli(folder, ['check', '--only', 'double-close', '--sarif', 'out.sarif', '*.hintrace']);
  const log = read(folder);
  assert.deepEqual(log.runs[0]?.originalUriBaseIds, { '%SRCROOT%': { uri: `${pathToFileURL(folder).href}/` } });
  assert.deepEqual(
    results(log).map(({ locations }) => locations?.[0]?.physicalLocation),
    [
      {
        artifactLocation: { uri: 'src/my%20client.ts', uriBaseId: '%SRCROOT%' },
        region: { startLine: 12, startColumn: 3 },
      },
      {
        artifactLocation: { uri: 'src/my%20client.ts', uriBaseId: '%SRCROOT%' },
        region: { startLine: 13, startColumn: 4 },
      },
      { artifactLocation: { uri: pathToFileURL(outside).href }, region: { startLine: 14, startColumn: 5 } },
      { artifactLocation: { uri: '4.hintrace', uriBaseId: '%SRCROOT%' } },
    ],
  );
});

test('check --sarif names files from the root of the repository, wherever in it the check runs', async (t) => {
  const root = scratch(t);
  const folder = path.join(root, 'packages', 'client');
  mkdirSync(path.join(root, '.git'));
  mkdirSync(folder, { recursive: true });
  await record(path.join(folder, '1.hintrace'), `${path.join(folder, 'src', 'client.ts')}:12:3`, closeTwice);
  await record(path.join(folder, '2.hintrace'), `${path.join(root, 'shared.ts')}:13:4`, closeTwice);
  await record(path.join(folder, '3.hintrace'), null, closeTwice);
  await cli(folder, ['check', '--only', 'double-close', '--sarif', 'out.sarif', '*.hintrace']);
  const log = read(folder);
  assert.deepEqual(log.runs[0]?.originalUriBaseIds, { '%SRCROOT%': { uri: `${pathToFileURL(root).href}/` } });
  assert.deepEqual(
    results(log).map(({ locations }) => locations?.[0]?.physicalLocation?.artifactLocation?.uri),
    ['packages/client/src/client.ts', 'shared.ts', 'packages/client/3.hintrace'],
  );
});

test('check --sarif --root names the files of a program that ran where its sources had another place', async (t) => {
  const folder = scratch(t);
  const elsewhere = path.resolve('/app');
  await record(path.join(folder, '1.hintrace'), `${path.join(elsewhere, 'src', 'client.ts')}:12:3`, closeTwice);
  await cli(folder, ['check', '--only', 'double-close', '--sarif', 'out.sarif', '--root', elsewhere, '1.hintrace']);
  assert.deepEqual(results(read(folder))[0]?.locations?.[0]?.physicalLocation?.artifactLocation, {
    uri: 'src/client.ts',
    uriBaseId: '%SRCROOT%',
  });
});

test('check --sarif knows a finding again when its line and its handle have changed, and tells equal ones apart', async (t) => {
  const folder = scratch(t);
  const file = path.join(folder, 'client.ts');
  let line = 40;
  await record(path.join(folder, '1.hintrace'), `${file}:12:3`, closeTwice);
  await record(
    path.join(folder, '2.hintrace'),
    () => `${file}:${line++}:1`,
    async (wininet) => {
      const kept = await wininet.InternetOpen('kept');
      await closeTwice(wininet);
      await closeTwice(wininet);
      await wininet.InternetCloseHandle(kept);
    },
  );
  const prints = async (trace: string) => {
    await cli(folder, ['check', '--only', 'double-close', '--sarif', 'out.sarif', trace]);
    return results(read(folder)).map(({ partialFingerprints }) => partialFingerprints?.['hinternetDiagnosis/v1']);
  };
  const [before, ...noMore] = await prints('1.hintrace');
  const [same, other] = await prints('2.hintrace');
  assert.deepEqual([before, noMore], [same, []]);
  assert.ok(other !== undefined && other !== same);
});

function read(folder: string): Log {
  return JSON.parse(readFileSync(path.join(folder, 'out.sarif'), 'utf8'));
}

function results(log: Log): readonly Result[] {
  return log.runs[0]?.results ?? [];
}

async function closeTwice(wininet: WinInet): Promise<void> {
  const root = await wininet.InternetOpen('sarif/1.0');
  await wininet.InternetCloseHandle(root);
  await assert.rejects(wininet.InternetCloseHandle(root));
}
