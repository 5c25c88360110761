import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { writeTrace } from '../../../extension/sources/traceFile.ts';
import { type Departure, runProgram } from '../../shared/compare/comparedPrograms.ts';
import { openSession } from './session.ts';
import { ALL_THEMES } from './workbench.ts';

// A trace of a program and one of its port are opened and compared, as a person would.

const LIMIT_MS = 30_000;

const { workbench, keys, playground, seen } = await openSession(LIMIT_MS);

test('Compare Traces shows both trees and the calls of both sides at the first difference, and copies a report', async () => {
  await openTrace('native.hintrace', {});
  await openTrace('port.hintrace', { headersLast: true, forgets: 'close', path: 'status/404' });
  await keys.command('HINTERNET: Compare Traces…', 'HINTERNET: Compare Traces');
  await keys.choose('HINTERNET: Compare Traces', 'native');
  await keys.choose('HINTERNET: Compare Traces', 'port');
  const view = workbench.webview();
  await seen(view.getByText('lpszObjectName is "/status/200" on the left and "/status/404" on the right.'));
  await seen(view.getByText('Difference 1 of'));
  for (const side of ['native', 'port']) await seen(view.getByRole('heading', { name: side }));
  assert.equal(await view.locator('.compared-tree .handle').count(), 6);
  for (const theme of ALL_THEMES) await workbench.screenshot(`comparison-${theme}`, { theme });
  await workbench.page.keyboard.press('n');
  await seen(view.getByText('Difference 2 of'));
  await view.getByRole('button', { name: 'Copy as Markdown' }).click();
  await seen(workbench.page.getByText('The summary was copied as Markdown.'));
});

async function openTrace(name: string, departure: Departure): Promise<void> {
  const { base, entries } = await runProgram(playground, departure);
  const about = { title: name.replace('.hintrace', ''), startedAt: new Date() };
  writeFileSync(path.join(workbench.workspace, name), [...writeTrace(about, base, entries)].join(''));
  await keys.goToFile(name);
  await seen(workbench.page.locator(`.tab.active[aria-label^="${name}"]`));
}
