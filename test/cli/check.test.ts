import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { INTERNET_FLAG_RESYNCHRONIZE } from '../../extension/shared/constants.ts';
import type { WinInet } from '../../extension/wininet/index.ts';
import { withPlayground } from '../playground/withPlayground.ts';
import { cli, record, scratch } from './recordedTraces.ts';

const playground = withPlayground();

test('check prints a diagnosis with its severity, title, place, text and fix, and ends with 1', async (t) => {
  const folder = scratch(t);
  await record(path.join(folder, 'guilty.hintrace'), `${path.join(folder, 'src', 'client.ts')}:12:3`, guilty);
  const { code, output, errors } = await cli(folder, ['check', '--only', 'double-close', 'guilty.hintrace']);
  const expected = `guilty.hintrace: guilty
  error  Closed twice [double-close]
    ${path.join('src', 'client.ts')}:12:3
      InternetCloseHandle was called with 0x00CC0008, which had been closed before.
    Fix: Close a handle once, and forget it then.

1 finding in 1 trace (2 handles opened, 0 open at the end): 1 of severity error. 1 makes the check fail (--fail-on error,leaks).
`;
  assert.deepEqual({ code, output, errors }, { code: 1, output: expected, errors: '' });
});

test('check tells once what a line does again and again, how often, and where each handle was made and closed', async (t) => {
  const folder = scratch(t);
  const lines = ['open', 'close', 'again'].map((name) => path.join(folder, `${name}.ts`));
  let calls = 0;
  await record(
    path.join(folder, 'loop.hintrace'),
    () => `${lines[calls++ % lines.length]}:1:1`,
    async (wininet) => {
      for (let turn = 0; turn < 50; turn += 1) {
        const root = await wininet.InternetOpen('loop/1.0');
        await wininet.InternetCloseHandle(root);
        await assert.rejects(wininet.InternetCloseHandle(root));
      }
    },
  );
  const { output } = await cli(folder, ['check', 'loop.hintrace']);
  assert.match(
    output,
    /again\.ts:1:1 \(50 times\)\n.*had been closed before\.\n +made at open\.ts:1:1\n +closed at close\.ts:1:1\n/,
  );
  assert.match(output, /^1 finding in 1 trace/m);
});

test('check gathers the findings of a topic, errors first, and names the entry where no place is known', async (t) => {
  const folder = scratch(t);
  await record(path.join(folder, 'guilty.hintrace'), null, guilty);
  const only = 'double-close,use-after-close,no-cache';
  const { output } = await cli(folder, ['check', '--only', only, 'guilty.hintrace']);
  const headings = [...output.matchAll(/^ {2}(\w+) .*\[([\w-]+)\]$/gm)].map(([, severity, topic]) => [severity, topic]);
  assert.deepEqual(headings, [
    ['error', 'double-close'],
    ['error', 'use-after-close'],
    ['information', 'no-cache'],
  ]);
  assert.equal(output.match(/^ {4}entry \d+$/gm)?.length, 4);
  assert.match(output, /^4 findings .*: 3 of severity error, 1 of severity information\. 3 make the check fail/m);
});

test('check --fail-on chooses what ends it with 1: topics, severities, or nothing', async (t) => {
  const folder = scratch(t);
  await record(path.join(folder, 'cache.hintrace'), null, (wininet) => openUrl(wininet, INTERNET_FLAG_RESYNCHRONIZE));
  const codes = { error: 0, leaks: 0, none: 0, information: 1, 'no-cache': 1, 'error, no-cache': 1 };
  for (const [failOn, expected] of Object.entries(codes)) {
    const { code, output } = await cli(folder, ['check', '--only', 'no-cache', '--fail-on', failOn, 'cache.hintrace']);
    assert.match(output, /\[no-cache\]/, failOn);
    assert.equal(code, expected, failOn);
  }
  const repeated = ['--fail-on', 'error', '--fail-on', 'no-cache'];
  assert.equal((await cli(folder, ['check', ...repeated, 'cache.hintrace'])).code, 1);
});

test('check --ignore leaves topics out, and they do not make it fail', async (t) => {
  const folder = scratch(t);
  await record(path.join(folder, 'guilty.hintrace'), null, guilty);
  const args = ['check', '--only', 'double-close,use-after-close', '--ignore', 'double-close,use-after-close'];
  const { code, output } = await cli(folder, [...args, 'guilty.hintrace']);
  assert.equal(code, 0);
  assert.equal(output, 'Nothing was found in 1 trace (2 handles opened, 0 open at the end).\n');
});

test('check reads several traces and patterns, each file once', async (t) => {
  const folder = await twoTraces(t);
  const { code, output } = await cli(folder, ['check', '--only', 'double-close', 'guilty.hintrace', '*.hintrace']);
  assert.equal(code, 1);
  assert.match(output, /^1 finding in 2 traces \(4 handles opened, 0 open at the end\)/m);
  const nothing = await cli(folder, ['check', 'build/*.hintrace']);
  assert.equal(nothing.code, 2);
  assert.match(nothing.errors, /^hinternet-explorer: no file matches build\/\*\.hintrace$/m);
});

test('check --format json prints the same for programs', async (t) => {
  const folder = await twoTraces(t);
  const { output } = await cli(folder, ['check', '--only', 'double-close', '--format', 'json', '*.hintrace']);
  const { traces } = JSON.parse(output);
  assert.deepEqual(
    traces.map((trace: { file: string; opened: number; open: number }) => [trace.file, trace.opened, trace.open]),
    [
      ['guilty.hintrace', 2, 0],
      ['innocent.hintrace', 2, 0],
    ],
  );
  const [{ text, seq, ...finding }] = traces[0].findings;
  assert.match(text, /had been closed before/);
  assert.ok(seq > 0);
  assert.deepEqual(
    [finding.topic, finding.severity, finding.title, finding.fails, finding.site],
    ['double-close', 'error', 'Closed twice', true, null],
  );
});

test('check takes what is open where a trace breaks off for leaks only with --ended, and says so', async (t) => {
  const folder = scratch(t);
  await record(path.join(folder, 'killed.hintrace'), null, async (wininet) => {
    await wininet.InternetOpen('killed/1.0');
  });
  const unsure = await cli(folder, ['check', 'killed.hintrace']);
  assert.deepEqual(unsure, {
    code: 0,
    output: `killed.hintrace does not tell that its program has ended: its open handle counts as no leak, unless --ended is given.
Nothing was found in 1 trace (1 handle opened, 1 open at the end).
`,
    errors: '',
  });
  const ended = await cli(folder, ['check', '--ended', 'killed.hintrace']);
  assert.equal(ended.code, 1);
  assert.match(ended.output, /^ {2}warning {2}Never closed \[leak-at-exit\]$/m);
  assert.doesNotMatch(ended.output, /does not tell/);
});

test('check looks for handles that lay forgotten only with --leak-age, and takes nothing but seconds for it', async (t) => {
  const folder = scratch(t);
  const file = path.join(folder, 'slow.hintrace');
  await record(file, null, async (wininet) => {
    const root = await wininet.InternetOpen('slow/1.0');
    await wininet.InternetOpenUrl(root, new URL('/status/200', playground().http).href);
    await wininet.InternetQueryOption(root, 9);
    await wininet.InternetCloseHandle(root);
  });
  // As if a minute had passed from each entry to the next.
  const [header = '', ...entries] = readFileSync(file, 'utf8').trim().split('\n');
  const slow = entries.map((line, index) => JSON.stringify({ ...JSON.parse(line), t: index * 60_000_000 }));
  writeFileSync(file, [header, ...slow, ''].join('\n'));
  const only = ['check', '--only', 'leak-by-age', 'slow.hintrace'];
  assert.match((await cli(folder, only)).output, /^Nothing was found/m);
  const { code, output } = await cli(folder, [...only, '--leak-age', '30']);
  assert.match(output, /Open for a long time \[leak-by-age\]/);
  assert.equal(code, 1);
  const wrong = await cli(folder, [...only, '--leak-age', 'soon']);
  assert.equal(wrong.code, 2);
  assert.match(wrong.errors, /--leak-age takes a number of seconds, not "soon"/);
});

test('check reads the tree in front of a trace that was cut', async (t) => {
  const folder = scratch(t);
  await record(
    path.join(folder, 'cut.hintrace'),
    null,
    async (wininet) => {
      await wininet.InternetOpen('before the cut');
      for (let call = 0; call < 20; call += 1) await wininet.InternetCloseHandle(await wininet.InternetOpen('again'));
    },
    20,
  );
  const { code, output } = await cli(folder, ['check', '--ended', 'cut.hintrace']);
  assert.equal(code, 1);
  assert.match(output, /Root 0x00CC0004 \(before the cut\) was never closed/);
});

test('check ends with 2 and names the line of a trace that is damaged, and still tells what it found', async (t) => {
  const folder = scratch(t);
  const file = path.join(folder, 'guilty.hintrace');
  await record(file, null, guilty);
  appendFileSync(file, '{"type":"handle-op\n');
  const damaged = readFileSync(file, 'utf8').trimEnd().split('\n').length;
  const { code, output, errors } = await cli(folder, ['check', 'guilty.hintrace']);
  assert.equal(code, 2);
  assert.match(output, /\[double-close\]/);
  assert.equal(errors, `guilty.hintrace:${damaged}: The line is damaged: it is no JSON.\n`);
});

test('check ends with 2 for what is no trace, and for what cannot be read', async (t) => {
  const folder = scratch(t);
  writeFileSync(path.join(folder, 'notes.txt'), 'hello');
  const { code, output, errors } = await cli(folder, ['check', 'notes.txt', 'missing.hintrace']);
  assert.equal(code, 2);
  assert.equal(output, '2 traces could not be read.\n');
  assert.match(
    errors,
    /^notes\.txt:1: This is no trace of HINTERNET Explorer: .* Nor is it OTLP JSON, or a log of Wine that shows calls/m,
  );
  assert.match(errors, /^missing\.hintrace: It cannot be read: ENOENT/m);
});

test('check says of a folder that it wants the files in it', async (t) => {
  const { code, errors } = await cli(scratch(t), ['check', '.']);
  assert.deepEqual([code, errors], [2, '.: It cannot be read: it is a folder; name the files in it.\n']);
});

test('check counts what it could not read apart from what it looked at', async (t) => {
  const folder = scratch(t);
  await record(path.join(folder, 'innocent.hintrace'), null, (wininet) => openUrl(wininet, 0));
  const { code, output } = await cli(folder, ['check', 'innocent.hintrace', 'missing.hintrace']);
  assert.equal(code, 2);
  assert.match(output, /^Nothing was found in 1 trace \(.*\)\. 1 trace could not be read\.$/m);
});

test('check ends with 2 where SARIF cannot be written, and with the complaint', async (t) => {
  const folder = scratch(t);
  await record(path.join(folder, 'innocent.hintrace'), null, (wininet) => openUrl(wininet, 0));
  const { code, errors } = await cli(folder, ['check', '--sarif', 'no/such/folder.sarif', 'innocent.hintrace']);
  assert.equal(code, 2);
  assert.match(errors, /^no\/such\/folder\.sarif: It cannot be written: ENOENT/);
  assert.ok(!existsSync(path.join(folder, 'no')));
});

test('check ends with 2 and shows the usage for a command line that it does not understand', async (t) => {
  const folder = scratch(t);
  const wrong: readonly (readonly [readonly string[], RegExp])[] = [
    [[], /: say what to do$/m],
    [['inspect'], /: there is no command "inspect"$/m],
    [['check'], /: check needs a trace$/m],
    [['check', '--colour', 'a.hintrace'], /: Unknown option '--colour'/m],
    [['check', '--sarif'], /: Option '--sarif <value>' argument missing/m],
    [['check', '--only', '', 'a.hintrace'], /: --only names no topic$/m],
    [['check', '--fail-on', ',', 'a.hintrace'], /: --fail-on names nothing; with none, nothing makes the check fail$/m],
    [['check', ''], /: the name of a trace is empty$/m],
    [['check', '--format', 'xml', 'a.hintrace'], /: there is no format "xml"$/m],
    [
      ['check', '--only', 'double-clos', 'a.hintrace'],
      /: there is no topic "double-clos"; did you mean double-close\?$/m,
    ],
    [['check', '--ignore', 'error', 'a.hintrace'], /: there is no topic "error"/m],
    [['check', '--fail-on', 'warnings', 'a.hintrace'], /: there is no topic "warnings"; did you mean warning\?$/m],
  ];
  for (const [args, expected] of wrong) {
    const { code, output, errors } = await cli(folder, args);
    assert.deepEqual([code, output], [2, ''], args.join(' '));
    assert.match(errors, expected);
    assert.match(errors, /^Usage: hinternet-explorer check/m);
  }
});

test('check reads a trace through its standard input, and does not wait for the end of what is none', async (t) => {
  const folder = scratch(t);
  await record(path.join(folder, 'guilty.hintrace'), null, guilty);
  const input = readFileSync(path.join(folder, 'guilty.hintrace'));
  const { code, output, errors } = await cli(folder, ['check', '-'], {}, input);
  assert.deepEqual([code, errors], [1, '']);
  assert.match(output, /^standard input: guilty\n/);
  const none = await cli(folder, ['check', '-'], {}, '{"format":"hinternet-trace"}\n');
  assert.equal(none.code, 2);
  assert.match(none.errors, /^standard input:1: The header of this trace is damaged/);
});

test('check ends with what it found also where nobody reads its output to the end', async (t) => {
  const folder = scratch(t);
  const file = path.join(folder, 'guilty.hintrace');
  await record(file, null, guilty);
  const main = path.resolve(import.meta.dirname, '../../extension/cli/main.ts');
  const child = spawn(process.execPath, [main, 'check', ...Array.from({ length: 40 }, () => file), '-'], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  // Nothing is printed before the input has ended, and then there is nobody any more.
  child.stdout.destroy();
  child.stderr.destroy();
  child.stdin.end(readFileSync(file));
  const [code] = await once(child, 'close');
  assert.equal(code, 1);
});

test('check paints only for terminals, or where FORCE_COLOR asks for it', async (t) => {
  const folder = scratch(t);
  await record(path.join(folder, 'guilty.hintrace'), null, guilty);
  const esc = String.fromCharCode(27);
  assert.ok(!(await cli(folder, ['check', 'guilty.hintrace'])).output.includes(esc));
  const forced = await cli(folder, ['check', 'guilty.hintrace'], { FORCE_COLOR: '1' });
  assert.ok(forced.output.includes(`${esc}[31merror${esc}[39m`));
});

test('--help names every topic, and --version the version of the package', async (t) => {
  const folder = scratch(t);
  const help = await cli(folder, ['check', '--help']);
  assert.equal(help.code, 0);
  assert.match(help.output, /^ {2}double-close +error +Closed twice$/m);
  const manifest = JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../../package.json'), 'utf8'));
  assert.deepEqual(await cli(folder, ['help']), help);
  assert.deepEqual(await cli(folder, ['--version']), { code: 0, output: `${manifest.version}\n`, errors: '' });
});

async function twoTraces(t: TestContext): Promise<string> {
  const folder = scratch(t);
  await record(path.join(folder, 'guilty.hintrace'), null, guilty);
  await record(path.join(folder, 'innocent.hintrace'), null, (wininet) => openUrl(wininet, 0));
  return folder;
}

/** Reads an answer to its end, and closes everything. */
async function openUrl(wininet: WinInet, flags: number): Promise<void> {
  const root = await wininet.InternetOpen('check/1.0');
  const answer = await wininet.InternetOpenUrl(root, new URL('/status/200', playground().http).href, null, flags, 0);
  const buffer = new Uint8Array(4096);
  while ((await wininet.InternetReadFile(answer, buffer)) > 0);
  await wininet.InternetCloseHandle(answer);
  await wininet.InternetCloseHandle(root);
}

/** Closes an answer twice, uses it twice after that, and wants a cache. */
async function guilty(wininet: WinInet): Promise<void> {
  const root = await wininet.InternetOpen('check/1.0');
  const url = new URL('/status/200', playground().http).href;
  const answer = await wininet.InternetOpenUrl(root, url, null, INTERNET_FLAG_RESYNCHRONIZE, 0);
  await wininet.InternetCloseHandle(answer);
  await assert.rejects(wininet.InternetCloseHandle(answer));
  await assert.rejects(wininet.InternetReadFile(answer, new Uint8Array(10)));
  await assert.rejects(wininet.InternetQueryDataAvailable(answer));
  await wininet.InternetCloseHandle(root);
}
