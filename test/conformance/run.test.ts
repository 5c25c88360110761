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

/** Runs the program on a folder of its own with these cases. */
async function run(t: TestContext, cases: readonly unknown[]): Promise<{ code: number; output: string }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'conformance-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(path.join(folder, 'vectors'));
  writeFileSync(path.join(folder, 'vectors', 'own.json'), JSON.stringify({ format: 1, group: 'own', cases }));
  writeFileSync(path.join(folder, 'deviations.json'), '[]');
  for (const name of ['servers', 'constants.json']) {
    cpSync(path.join(import.meta.dirname, name), path.join(folder, name), { recursive: true });
  }
  const program = path.join(import.meta.dirname, 'run.ts');
  return await new Promise((resolve) => {
    execFile(process.execPath, [program, folder], (error, output, errors) => {
      resolve({ code: error === null ? 0 : Number(error.code), output: output + errors });
    });
  });
}
