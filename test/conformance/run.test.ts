import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type TestContext, test } from 'node:test';

const OPEN = {
  call: 'InternetOpen',
  args: {
    lpszAgent: 'x',
    dwAccessType: 'INTERNET_OPEN_TYPE_DIRECT',
    lpszProxy: null,
    lpszProxyBypass: null,
    dwFlags: 0,
  },
  save: '$s',
  expect: { ok: true, handle: '$s' },
};
const close = (ok: boolean) => ({
  call: 'InternetCloseHandle',
  args: { hInternet: '$s' },
  expect: ok ? { ok } : { ok, error: 'ERROR_INVALID_HANDLE', code: 6 },
});
const good = { name: 'own.good', group: 'own', needs: 'none', steps: [OPEN, close(true), close(false)] };
const bad = { name: 'own.bad', group: 'own', needs: 'none', steps: [OPEN, close(false)] };

test('run plays the vectors of a foreign folder and exits with 0 where nothing differs', async (t) => {
  const { code, output } = await run(t, [good]);
  assert.equal(code, 0, output);
  assert.match(output, /^1 passed, 0 failed, 0 skipped$/m);
});

test('run names case, step and function of what differs, on one line, and exits with 1', async (t) => {
  const { code, output } = await run(t, [good, bad]);
  assert.equal(code, 1, output);
  assert.match(output, /^own\.bad: step 2 InternetCloseHandle: .+$/m);
  assert.match(output, /^1 passed, 1 failed, 0 skipped$/m);
});

test('run lets an advisory case differ, but not crash', async (t) => {
  const crash = {
    ...good,
    name: 'own.crash',
    steps: [OPEN, { ...OPEN, args: { ...OPEN.args, dwFlags: 'NO_SUCH_CONSTANT' } }],
  };
  const advised = await run(t, [{ ...bad, advisory: 'nobody is bound' }]);
  assert.equal(advised.code, 0, advised.output);
  assert.match(advised.output, /^1 differ where nobody is bound/m);
  const crashed = await run(t, [{ ...crash, advisory: 'nobody is bound' }]);
  assert.equal(crashed.code, 1, crashed.output);
  assert.match(crashed.output, /^own\.crash: step 2 InternetOpen: threw .+$/m);
});

test('run says which requests on the wire differ, and after which step', async (t) => {
  const wired = {
    ...good,
    name: 'own.wired',
    needs: 'http',
    wire: { http: [{ listener: 'http', conn: 0, head: ['GET /never HTTP/1.1'], body: '' }] },
  };
  const { code, output } = await run(t, [wired]);
  assert.equal(code, 1, output);
  assert.match(output, /^own\.wired: after step 3, on the wire: .+$/m);
});

test('run reports what is not in the format, case by case, and plays the rest', async (t) => {
  const { code, output } = await run(t, [good, { name: 'own.formless', steps: [{ call: 7 }] }, { steps: 1 }, 'text'], {
    'broken.json': '{"cases": [',
    'deep/matrix.json': JSON.stringify({
      setups: {},
      calls: {},
      cells: [{ call: 'X', handle: 'Y', expect: { ok: true } }],
    }),
    'notes.json': '{"title": "no vectors"}',
    'list.json': '[1, 2]',
    'nothing.json': 'null',
    'read.me': 'no JSON at all',
  });
  assert.equal(code, 1, output);
  assert.match(output, /^own\.formless: not in the format, at steps\.0\.call: .+$/m);
  assert.match(output, /^own\.json cases\[2\]: not in the format, at name: .+$/m);
  assert.match(output, /^own\.json cases\[3\]: not in the format: .+$/m);
  assert.match(output, /^broken\.json: .*JSON.*$/m);
  assert.match(output, /^deep.matrix\.json cells\[0\]: no setup for the handle Y$/m);
  for (const name of ['notes', 'list', 'nothing'])
    assert.match(output, new RegExp(`^${name}\\.json holds no vectors$`, 'm'));
  assert.match(output, /^1 passed, 5 failed, 0 skipped$/m);
  assert.doesNotMatch(output, /^ +at /m, 'no stack');
});

test('run says on one line what a case names that nobody knows, and plays the rest', async (t) => {
  const naming = (name: string, step: unknown) => ({ ...good, name, steps: [OPEN, step] });
  const { code, output } = await run(
    t,
    [
      naming('own.function', { call: 'InternetFoo' }),
      naming('own.step', { call: '@dance' }),
      naming('own.variable', { call: 'InternetCloseHandle', args: { hInternet: '$other' } }),
      { ...good, name: 'own.fixture', needs: 'telnet' },
      good,
    ],
    { 'folder.json/inside.json': JSON.stringify({ cases: [{ ...good, name: 'own.inside' }] }) },
  );
  assert.equal(code, 1, output);
  assert.match(output, /^own\.function: step 2 InternetFoo: .*InternetFoo is no function.*$/m);
  assert.match(output, /^own\.step: step 2 @dance: .*@dance is no step.*$/m);
  assert.match(output, /^own\.variable: step 2 InternetCloseHandle: .*no step before has saved \$other.*$/m);
  assert.match(output, /^own\.fixture: not in the format, at needs: .+$/m);
  assert.match(output, /^2 passed, 4 failed, 0 skipped$/m);
});

test('run exits with 2 and says so where there is nothing to play', async (t) => {
  const none = await run(t, []);
  assert.equal(none.code, 2, none.output);
  assert.match(none.output, /^0 passed, 0 failed, 0 skipped\n.+ has no cases\.$/m);
  const bare = mkdtempSync(path.join(tmpdir(), 'conformance-'));
  t.after(() => rmSync(bare, { recursive: true, force: true }));
  for (const [folder, complaint] of [
    [bare, / has no cases\.$/m],
    [path.join(bare, 'missing'), /missing cannot be played: .+$/m],
  ] as const) {
    const { code, output } = await start([folder]);
    assert.equal(code, 2, output);
    assert.match(output, complaint);
  }
  const filtered = await run(t, [good], {}, ['--group', 'other']);
  assert.equal(filtered.code, 2, filtered.output);
  assert.match(filtered.output, /^0 passed, 0 failed, 1 skipped\nNo case has that group and name\.$/m);
});

test('run exits with 2 where the fixtures of a folder cannot be read', async (t) => {
  const { code, output } = await run(t, [good], { '../servers/http.json': '{"routes": 1}' });
  assert.equal(code, 2, output);
  assert.match(output, / cannot be played: .+$/m);
});

test('run takes a folder that has only vectors, without servers and constants of its own', async (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'conformance-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(path.join(folder, 'any.json'), JSON.stringify({ cases: [good] }));
  const { code, output } = await start([folder]);
  assert.equal(code, 0, output);
  assert.match(output, /^1 passed, 0 failed, 0 skipped$/m);
});

/** Runs the program on a folder of its own with these cases, and these files beside them. */
async function run(
  t: TestContext,
  cases: readonly unknown[],
  files: Readonly<Record<string, string>> = {},
  options: readonly string[] = [],
): Promise<{ code: number; output: string }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'conformance-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(path.join(folder, 'vectors'));
  writeFileSync(path.join(folder, 'vectors', 'own.json'), JSON.stringify({ format: 1, group: 'own', cases }));
  writeFileSync(path.join(folder, 'deviations.json'), '[]');
  for (const name of ['servers', 'constants.json']) {
    cpSync(path.join(import.meta.dirname, name), path.join(folder, name), { recursive: true });
  }
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, 'vectors', name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return await start([folder, ...options]);
}

async function start(args: readonly string[]): Promise<{ code: number; output: string }> {
  const program = path.join(import.meta.dirname, 'run.ts');
  return await new Promise((resolve) => {
    execFile(process.execPath, [program, ...args], (error, output, errors) => {
      resolve({ code: error === null ? 0 : Number(error.code), output: output + errors });
    });
  });
}
