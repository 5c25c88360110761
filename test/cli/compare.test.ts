import assert from 'node:assert/strict';
import { appendFileSync, copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { writeTrace } from '../../extension/sources/traceFile.ts';
import { withPlayground } from '../playground/withPlayground.ts';
import { type Departure, runProgram } from '../shared/compare/comparedPrograms.ts';
import { cli, scratch } from './recordedTraces.ts';

const playground = withPlayground();

test('compare ends with 0 for two runs of one program, and says how many calls it has compared', async (t) => {
  const folder = await recorded(t, { 'old/run.hintrace': {}, 'new/run.hintrace': {} });
  assert.deepEqual(await cli(folder, ['compare', 'old/run.hintrace', 'new/run.hintrace']), {
    code: 0,
    output: 'old/run.hintrace and new/run.hintrace do not differ in 11 calls.\n',
    errors: '',
  });
});

test('compare prints the first divergence with both calls, the later ones, and ends with 1', async (t) => {
  const folder = await recorded(t, {
    'native.hintrace': {},
    'port.hintrace': { path: 'status/404', forgets: 'close' },
  });
  const { code, output, errors } = await cli(folder, ['compare', 'native.hintrace', 'port.hintrace']);
  assert.match(
    output,
    new RegExp(
      [
        '^First divergence:',
        ' {2}row 4 HttpOpenRequest \\[argument\\] lpszObjectName is "/status/200" on the left and "/status/404" on the right\\.',
        ' {4}left {3}HttpOpenRequest, entry \\d+',
        ' {4}right {2}HttpOpenRequest, entry \\d+',
        '',
        'Later, which may follow from it:',
        '( {2}row \\d+ \\w+ \\[[a-z-]+\\] .*\n)+',
        '4 divergences between native.hintrace and port.hintrace in 11 calls\\.\n$',
      ].join('\n'),
    ),
  );
  assert.match(
    output,
    /^ {2}row 9 InternetCloseHandle \[missing-close\] Only the left side closes this handle itself/m,
  );
  assert.deepEqual({ code, errors }, { code: 1, errors: '' });
});

test('compare says which side makes no call', async (t) => {
  const folder = await recorded(t, { 'native.hintrace': {}, 'port.hintrace': { forgets: 'query' } });
  const { output } = await cli(folder, ['compare', 'port.hintrace', 'native.hintrace']);
  assert.match(output, /^ {4}left {3}no call\n {4}right {2}HttpQueryInfo, entry \d+\n\n1 divergence between /m);
});

test('compare --format json prints the same for programs', async (t) => {
  const folder = await recorded(t, { 'native.hintrace': {}, 'port.hintrace': { forgets: 'query' } });
  const { code, output } = await cli(folder, ['compare', '--format', 'json', 'native.hintrace', 'port.hintrace']);
  const { left, right, rows, divergences } = JSON.parse(output);
  assert.deepEqual([left.file, right.file, left.problems], ['native.hintrace', 'port.hintrace', []]);
  assert.deepEqual([code, rows, divergences.length], [1, 11, 1]);
  const [{ row, kind, text, left: call, right: none }] = divergences;
  assert.deepEqual([row, kind, text], [7, 'missing-call', 'Only the left side calls HttpQueryInfo.']);
  assert.deepEqual([call.fn, call.error, none], ['HttpQueryInfo', null, null]);
});

test('compare --format markdown prints the report for a bug report', async (t) => {
  const folder = await recorded(t, { 'native.hintrace': {}, 'port.hintrace': { headersLast: true } });
  const { code, output } = await cli(folder, ['compare', '--format=markdown', 'native.hintrace', 'port.hintrace']);
  assert.match(output, /^# native\.hintrace compared with port\.hintrace\n\nFirst of 1 divergence: Both call /);
  assert.equal(code, 1);
});

test('compare --ignore leaves kinds of divergences out, and they do not make it fail', async (t) => {
  const folder = await recorded(t, { 'native.hintrace': {}, 'port.hintrace': { flags: 0 } });
  const traces = ['native.hintrace', 'port.hintrace'];
  assert.equal((await cli(folder, ['compare', '--ignore', 'callbacks,error', ...traces])).code, 1);
  const { code, output } = await cli(folder, ['compare', '--ignore', 'argument', ...traces]);
  assert.equal(code, 0);
  assert.match(output, /do not differ/);
  const { errors } = await cli(folder, ['compare', '--ignore', 'arguments', ...traces]);
  assert.match(errors, /^hinternet-explorer: there is no divergence "arguments"; did you mean argument\?$/m);
});

test('compare reads logs of native programs under Wine', async (t) => {
  const folder = scratch(t);
  for (const name of ['downloader.log', 'uploader.log']) {
    copyFileSync(new URL(`../sources/wineLogs/${name}`, import.meta.url), path.join(folder, name));
  }
  assert.equal((await cli(folder, ['compare', 'downloader.log', 'downloader.log'])).code, 0);
  const { code, output } = await cli(folder, ['compare', 'downloader.log', 'uploader.log']);
  assert.equal(code, 1);
  assert.match(
    output,
    /^First divergence:\n {2}row 1 InternetOpen \[argument\] lpszAgent is "downloader\/1\.0" on the left/,
  );
});

test('compare ends with 2 where a trace cannot be read, in whole or in part, or where there are not two', async (t) => {
  const folder = await recorded(t, { 'native.hintrace': {}, 'port.hintrace': {} });
  const absent = await cli(folder, ['compare', 'native.hintrace', 'absent.hintrace']);
  assert.deepEqual([absent.code, absent.output], [2, '']);
  assert.match(absent.errors, /^absent\.hintrace: It cannot be read: /);
  appendFileSync(path.join(folder, 'port.hintrace'), '{"type":"nothing"}\n');
  const damaged = await cli(folder, ['compare', 'native.hintrace', 'port.hintrace']);
  assert.equal(damaged.code, 2);
  assert.match(damaged.output, /do not differ in 11 calls/);
  for (const traces of [[], ['native.hintrace'], ['native.hintrace', 'port.hintrace', 'native.hintrace']]) {
    const { code, errors } = await cli(folder, ['compare', ...traces]);
    assert.equal(code, 2);
    assert.match(errors, /^hinternet-explorer: compare needs two traces\n\nUsage:/);
  }
  const { errors } = await cli(folder, ['compare', '--format', 'xml', 'native.hintrace', 'port.hintrace']);
  assert.match(errors, /^hinternet-explorer: there is no format "xml"/);
});

/** A folder with traces of a program and its variants. */
async function recorded(t: TestContext, programs: Readonly<Record<string, Departure>>): Promise<string> {
  const folder = scratch(t);
  for (const [name, departure] of Object.entries(programs)) {
    const { base, entries } = await runProgram(playground(), departure);
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, [...writeTrace({ title: 'compared', startedAt: new Date() }, base, entries)].join(''));
  }
  return folder;
}
