import assert from 'node:assert/strict';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { cli, scratch } from './recordedTraces.ts';

test('show prints the handles of a native program from its log under Wine', async (t) => {
  const { code, output, errors } = await cli(logged(t), ['show', '--closed', 'uploader.log']);
  assert.equal(code, 0);
  assert.match(
    output,
    /^0x00000001 InternetOpen: root, closed, uploader\/1\.0\n {2}0x00000002 InternetConnect: ftp-connect, closed, /,
  );
  assert.equal(errors, 'uploader.log: 1 line was not understood.\n');
});

test('check finds in a log under Wine what the native program does wrong', async (t) => {
  const { code, output, errors } = await cli(logged(t), ['check', 'downloader.log']);
  assert.equal(code, 1);
  assert.match(output, /use-after-close/);
  assert.match(output, /wrong-kind/);
  assert.match(output, /HTTP request 0x\d+ \(GET \S+\/status\/404\) was still open when Root/);
  assert.equal(errors, '');
});

test('check takes what a native program left open when it ended for leaks, and does not say that it was not told', async (t) => {
  const { output } = await cli(logged(t), ['check', '--only', 'leak-at-exit', 'faults.log']);
  assert.match(
    output,
    /Root 0x00000001 \(faults\/1\.0\) was never closed, and with it HTTP session 0x\d+ .*, FTP file /,
  );
  assert.doesNotMatch(output, /does not tell that its program has ended/);
});

test('check reads a log, whole, through its standard input', async (t) => {
  const folder = logged(t);
  const file = await cli(folder, ['check', 'downloader.log']);
  const piped = await cli(folder, ['check', '-'], {}, readFileSync(path.join(folder, 'downloader.log')));
  assert.deepEqual(piped, { ...file, output: file.output.replaceAll('downloader.log', 'standard input') });
});

test('check reads a log that begins with what the program itself printed, though it looks like JSON', async (t) => {
  const folder = logged(t);
  const log = readFileSync(path.join(folder, 'downloader.log'), 'utf8');
  writeFileSync(path.join(folder, 'downloader.log'), `[info] starting\n${log}`);
  const { code, output, errors } = await cli(folder, ['check', 'downloader.log']);
  assert.equal(code, 1);
  assert.match(output, /use-after-close/);
  assert.equal(errors, 'downloader.log: 1 line was not understood.\n');
});

test('show ends with 2 for a file that is neither a trace nor a log', async (t) => {
  const folder = scratch(t);
  writeFileSync(path.join(folder, 'other.log'), 'nothing of the kind\n');
  const { code, errors } = await cli(folder, ['show', 'other.log']);
  assert.equal(code, 2);
  assert.match(errors, /^other\.log:1: This is no trace of HINTERNET Explorer/);
});

function logged(t: TestContext): string {
  const folder = scratch(t);
  for (const name of ['downloader.log', 'uploader.log', 'faults.log']) {
    copyFileSync(new URL(`../sources/wineLogs/${name}`, import.meta.url), path.join(folder, name));
  }
  return folder;
}
