import { before, test } from 'node:test';
import { openSession } from './session.ts';
import { ALL_THEMES } from './workbench.ts';

// The panes around the graph, opened by commands and used with keys, on handles of a real server.

const LIMIT_MS = 30_000;

const { workbench, keys, playground, seen } = await openSession(LIMIT_MS);

before(async () => {
  await keys.command('HINTERNET: Open URL…', 'HINTERNET: Open URL');
  await keys.choose('HINTERNET: Open URL', new URL('/redirect/relative', playground.http).href);
});

test('Show Diagram lays the diagram of a handle from InternetOpenUrl over it', async () => {
  await keys.command('HINTERNET: Show Diagram');
  const pane = workbench.webview().getByRole('region', { name: 'Diagram' });
  await seen(pane.getByRole('button', { name: /^InternetReadFile\. May be called on/ }));
  for (const theme of ALL_THEMES) await workbench.screenshot(`diagram-${theme}`, { theme });
  await pane.getByRole('button', { name: 'Close the diagram' }).click();
});

test('Show Timeline shows the calls, and the graph can be taken back to an earlier moment and to the present again', async () => {
  await keys.command('HINTERNET: Show Timeline');
  const graph = workbench.webview();
  await seen(graph.getByText('Only busy handles'));
  await graph.getByRole('tree').focus();
  await keys.press(',', ',');
  await seen(graph.getByText('You are looking at the past'));
  await workbench.screenshot('past', { theme: 'dark' });
  await graph.getByRole('tree').focus();
  await keys.press('l');
  await graph.getByText('You are looking at the past').first().waitFor({ state: 'hidden', timeout: LIMIT_MS });
  for (const theme of ALL_THEMES) await workbench.screenshot(`timeline-${theme}`, { theme });
});

test('Show Inspector tells everything about the selected handle, beside the timeline', async () => {
  await keys.command('HINTERNET: Show Inspector');
  const pane = workbench.webview().getByRole('region', { name: 'Inspector' });
  await seen(pane.getByText('INTERNET_FLAG_IGNORE_REDIRECT_TO_HTTPS'));
  // The request that was redirected is folded away behind the one that was answered.
  await pane.getByText('HTTP/1.1 302 Found').waitFor({ state: 'attached', timeout: LIMIT_MS });
  await keys.command('View: Show HINTERNET');
  for (const theme of ALL_THEMES) await workbench.screenshot(`panes-${theme}`, { theme });
  await workbench.screenshot('panes', { theme: 'light', viewport: { width: 1480, height: 940 } });
});
