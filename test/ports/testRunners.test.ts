import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { type Ended, withInstalledPackage } from './installedPackage.ts';

const project = withInstalledPackage();
const modules = path.resolve(import.meta.dirname, '../../node_modules');

/** The same tests for every runner: two that pass, and one of each assertion that fails. */
const suite = (imports: string) => `${imports}
import { assertCallbackOrder, assertNoOpenHandles, assertTree } from 'hinternet-explorer/testing';
import { INTERNET_STATUS_HANDLE_CLOSING, INTERNET_STATUS_REQUEST_SENT, InternetCloseHandle, InternetOpen } from 'hinternet-explorer/wininet';

it('closes what it opens', async () => {
  const root = await InternetOpen('suite/1.0');
  assertTree('InternetOpen: root, open, suite/1.0');
  await InternetCloseHandle(root);
  assertNoOpenHandles();
});

it('hears the end of a handle', async () => {
  const root = await InternetOpen('suite/1.0');
  await InternetCloseHandle(root);
  assertCallbackOrder(root, [INTERNET_STATUS_HANDLE_CLOSING]);
});

it('expects another order', async () => {
  const root = await InternetOpen('suite/1.0');
  await InternetCloseHandle(root);
  assertCallbackOrder(root, [INTERNET_STATUS_REQUEST_SENT, INTERNET_STATUS_HANDLE_CLOSING]);
});

it('forgets a handle', async () => {
  await InternetOpen('forgotten/1.0');
  assertNoOpenHandles();
});

it('expects another tree', () => assertTree('InternetOpen: root, open, other/2.0'));
`;

const RUNNERS: readonly (readonly [
  name: string,
  file: string,
  imports: string,
  run: (file: string) => Promise<Ended>,
])[] = [
  [
    'node:test',
    'node.test.mjs',
    "import { it } from 'node:test';",
    (file) => project().node(['--test', '--test-reporter=spec', file]),
  ],
  [
    'vitest',
    'vitest.test.mjs',
    "import { it } from 'vitest';",
    (file) => project().node([path.join(modules, 'vitest/vitest.mjs'), 'run', file]),
  ],
  ['mocha', 'mocha.test.mjs', '', (file) => project().node([path.join(modules, 'mocha/bin/mocha.js'), file])],
];

for (const [name, file, imports, run] of RUNNERS) {
  test(`hinternet-explorer/testing works with ${name}, whose report shows what is open and what differs`, async () => {
    if (name === 'vitest') project().lend('vitest'); // which its tests import
    const text = suite(imports);
    project().write(file, text);
    const { code, output } = await run(file);
    assert.notEqual(code, 0, output);
    const { passed, failed } = counts(output);
    assert.deepEqual([passed, failed], [2, 3], output);
    const open = output.match(
      /1 handle is still open\. InternetCloseHandle closes a handle and all below it\.\s+0x00CC0004 InternetOpen: root, open, forgotten\/1\.0 \(made at (.*):(\d+):\d+\)/,
    );
    const line = text.split('\n').findIndex((one) => one.includes("InternetOpen('forgotten")) + 1;
    assert.deepEqual(open?.slice(1), [path.join(project().folder, file), String(line)], output);
    assert.match(
      output,
      /The tree of handles is another than expected:\s+Found:\s+InternetOpen: root, open, forgotten\/1\.0\s+Expected:\s+InternetOpen: root, open, other\/2\.0/,
    );
    assert.match(
      output,
      /The statuses of 0x00CC0004 are others than expected:\s+Found:\s+INTERNET_STATUS_HANDLE_CLOSING\s+Expected:\s+INTERNET_STATUS_REQUEST_SENT\s+INTERNET_STATUS_HANDLE_CLOSING/,
    );
  });
}

/** How many tests passed and failed, as each runner says it. */
function counts(output: string): { readonly passed: number; readonly failed: number } {
  const number = (...forms: readonly RegExp[]) =>
    Number(forms.map((form) => form.exec(output)?.[1]).find((found) => found !== undefined));
  return {
    passed: number(/^ℹ pass (\d+)$/m, /^\s*Tests .*?(\d+) passed/m, /^\s*(\d+) passing/m),
    failed: number(/^ℹ fail (\d+)$/m, /^\s*Tests .*?(\d+) failed/m, /^\s*(\d+) failing/m),
  };
}
