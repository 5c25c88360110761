import assert from 'node:assert/strict';
import { appendFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { INTERNET_SERVICE_HTTP } from '../../extension/shared/constants.ts';
import { readTrace } from '../../extension/sources/traceFile.ts';
import { withPlayground } from '../playground/withPlayground.ts';
import { cli, record, scratch } from './recordedTraces.ts';

const playground = withPlayground();

test('show prints the handles that are open at the end of a trace, each below its parent', async (t) => {
  const { folder, server } = await traced(t);
  const { code, output, errors } = await cli(folder, ['show', 'program.hintrace']);
  const expected = `0x00CC0004 InternetOpen: root, open, show/1.0
  0x00CC0008 InternetConnect: http-connect, open, ${server}
`;
  assert.deepEqual({ code, output, errors }, { code: 0, output: expected, errors: '' });
});

test('show --closed adds closed handles, and --calls what was called on each', async (t) => {
  const { folder } = await traced(t);
  const { output } = await cli(folder, ['show', '--closed', '--calls', 'program.hintrace']);
  const lines = output.replaceAll(/[\d.]+ (?:µs|ms|s)\b/g, 'TIME').split('\n');
  assert.match(lines[0] ?? '', /^0x00CC0004 InternetOpen: /);
  assert.equal(lines[1], '    InternetConnect ×1, TIME');
  assert.match(lines[2] ?? '', /^ {2}0x00CC0008 InternetConnect: /);
  assert.equal(lines[3], '      HttpOpenRequest ×1, TIME');
  assert.match(lines[4] ?? '', /^ {4}0x00CC000C HttpOpenRequest: http-request, closed, /);
  assert.equal(lines[5], '        InternetReadFile ×2, TIME, ERROR_INTERNET_INCORRECT_HANDLE_STATE');
});

test('show --at goes back to an entry, or to a time', async (t) => {
  const { folder, file } = await traced(t);
  const trace = await readTrace(readFileSync(file, 'utf8'));
  assert.ok(trace.ok);
  const opening = trace.entries.find((entry) => entry.type === 'handle-open' && entry.serial === 3);
  assert.ok(opening !== undefined);
  const shown = async (at: string) =>
    (await cli(folder, ['show', '--at', at, 'program.hintrace'])).output.trim().split('\n').length;
  assert.equal(await shown(String(opening.seq)), 3);
  assert.equal(await shown(String(opening.seq - 1)), 2);
  assert.equal(await shown(`${opening.t}us`), 3);
  assert.equal(await shown('1000s'), 2);
  assert.equal((await cli(folder, ['show', '--at', '0', 'program.hintrace'])).output, 'No handle was open.\n');
});

test('show ends with 2 for a moment that is none, or not in the trace', async (t) => {
  const { folder } = await traced(t);
  const word = await cli(folder, ['show', '--at', 'noon', 'program.hintrace']);
  assert.equal(word.code, 2);
  assert.match(word.errors, /: "noon" is no moment: 42, 250ms or 1\.5s is one$/m);
  const late = await cli(folder, ['show', '--at', '9999', 'program.hintrace']);
  assert.equal(late.code, 2);
  assert.match(late.errors, /: there is no entry 9999: this trace goes from 0 to \d+$/m);
  const two = await cli(folder, ['show', 'program.hintrace', 'program.hintrace']);
  assert.equal(two.code, 2);
});

test('show prints what can be read of a damaged trace, names the line, and ends with 2', async (t) => {
  const { folder, file } = await traced(t);
  appendFileSync(file, 'oops\n');
  const { code, output, errors } = await cli(folder, ['show', 'program.hintrace']);
  assert.equal(code, 2);
  assert.match(output, /InternetConnect/);
  assert.match(errors, /^program\.hintrace:\d+: The line is damaged: it is no JSON\.\n$/);
});

test('show prints the tree of a native program whose log under Wine it reads', async () => {
  const folder = path.resolve(import.meta.dirname, '../sources/wineLogs');
  const { code, output, errors } = await cli(folder, ['show', '--closed', 'uploader.log']);
  assert.deepEqual({ code, errors }, { code: 0, errors: '' });
  assert.match(
    output,
    /^0x00000001 InternetOpen: root, closed, uploader\/1\.0\n {2}0x00000002 InternetConnect: ftp-conn/,
  );
});

/** A session that stays open, and a request on it that was closed after two reads that came too early. */
async function traced(t: TestContext): Promise<{ folder: string; file: string; server: string }> {
  const folder = scratch(t);
  const file = path.join(folder, 'program.hintrace');
  const { hostname, port } = playground().http;
  await record(file, null, async (wininet) => {
    const root = await wininet.InternetOpen('show/1.0');
    const service = INTERNET_SERVICE_HTTP;
    const session = await wininet.InternetConnect(root, hostname, Number(port), null, null, service, 0, 0);
    const request = await wininet.HttpOpenRequest(session, 'GET', '/status/200', null, null, null, 0, 0);
    for (let read = 0; read < 2; read += 1) await assert.rejects(wininet.InternetReadFile(request, new Uint8Array(10)));
    await wininet.InternetCloseHandle(request);
  });
  return { folder, file, server: `http://${hostname}:${port}` };
}
