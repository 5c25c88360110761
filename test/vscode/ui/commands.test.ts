import assert from 'node:assert/strict';
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import type { Locator } from 'playwright-core';
import { confirmFile } from './fileDialog.ts';
import { openSession } from './session.ts';
import { ALL_THEMES } from './workbench.ts';

// One person's session with the keyboard alone: every command of the palette once, each checked by what can be seen.

const LIMIT_MS = 30_000;

const { workbench, keys, playground, seen } = await openSession(LIMIT_MS);

/** A row of the handle tree, by what its label contains. */
function treeRow(...parts: readonly string[]): Locator {
  const rows = workbench.page.locator('.pane-body .monaco-list-row[role="treeitem"]');
  return parts.reduce(
    (found, part) => found.and(workbench.page.locator(`[aria-label*=${JSON.stringify(part)}]`)),
    rows,
  );
}

async function openHandles(count: number): Promise<void> {
  await seen(
    workbench.page
      .locator('.statusbar-item', { hasText: new RegExp(`^\\s*${count}\\s*$`) })
      .and(workbench.page.locator('[id*="openHandles"]')),
  );
}

/** Waits until the whole element stands within the window. */
async function inSight(element: Locator, width: number): Promise<void> {
  for (let waited = 0; waited < LIMIT_MS; waited += 100) {
    const box = await element.boundingBox();
    if (box !== null && box.x >= 0 && box.x + box.width <= width) return;
    await workbench.page.waitForTimeout(100);
  }
  assert.fail('the element stays outside the window');
}

test('Show Graph opens the graph, which shows first steps while no handle is open', async () => {
  await keys.command('HINTERNET: Show Graph');
  await seen(workbench.webview().getByText('No handle is open'));
  await keys.command('View: Show HINTERNET');
  await seen(workbench.page.getByText('No handle is open.'));
  await workbench.screenshot('empty', { theme: 'light' });
});

test('Start Playground, Show Playground Addresses and Stop Playground are found by their names', async () => {
  await keys.command('HINTERNET: Start Playground');
  await seen(workbench.page.locator('.notification-list-item', { hasText: 'The playground runs at' }));
  await keys.command('HINTERNET: Show Playground Addresses…', 'HINTERNET: Playground');
  await keys.choose('HINTERNET: Playground', '201 Created');
  await seen(treeRow('InternetOpenUrl', 'HTTP request', '/status/201', 'answered'));
  await openHandles(2);
  await keys.command('HINTERNET: Close All');
  await openHandles(0);
  await keys.command('HINTERNET: Stop Playground');
  await seen(workbench.page.getByText('No server at hand?'));
  await keys.command('Notifications: Clear All Notifications');
});

test('Open URL opens what is typed, however fast Enter comes after it', async () => {
  await keys.command('HINTERNET: Open URL…', 'HINTERNET: Open URL');
  await keys.answer('HINTERNET: Open URL', new URL('/status/202', playground.http).href);
  await seen(workbench.page.locator('.notification-toast', { hasText: /202 Accepted for GET .*\/status\/202/ }));
  await keys.command('HINTERNET: Close All');
  await openHandles(0);
  await keys.command('Notifications: Clear All Notifications');
});

test('Open URL opens what is typed, and Read Response shows it as a document', async () => {
  await keys.command('HINTERNET: Open URL…', 'HINTERNET: Open URL');
  await keys.choose('HINTERNET: Open URL', new URL('/content/data.json', playground.http).href);
  await seen(treeRow('InternetOpenUrl', 'HTTP request'));
  await openHandles(2);
  await keys.command('HINTERNET: Read Response');
  await seen(workbench.page.locator('.statusbar-item', { hasText: 'JSON' }));
});

test('Connect, Open Request, Send Request and Query Info build one request step by step', async () => {
  await keys.command('HINTERNET: Connect…', 'Protocol of the session');
  await keys.answer('Protocol of the session');
  await keys.answer('Name or address of the server', playground.http.host);
  await keys.answer('User name');
  await seen(treeRow('InternetConnect', 'HTTP session', playground.http.host));
  await keys.command('HINTERNET: Open Request…', 'Method of the request');
  await keys.answer('Method of the request');
  await keys.answer('Path and query', '/headers/duplicates');
  await seen(treeRow('HttpOpenRequest', 'unsent'));
  await keys.command('HINTERNET: Send Request…', 'Headers of the request');
  await keys.answer('Headers of the request');
  await keys.answer('Body of the request');
  await seen(treeRow('HttpOpenRequest', 'answered'));
  await keys.command('HINTERNET: Query Info…', 'Choose what to read');
  await keys.choose('Choose what to read', 'Content-Type');
  await seen(workbench.page.locator('.notification-list-item', { hasText: 'text/' }));
  await keys.command('Notifications: Clear All Notifications');
});

for (const theme of ALL_THEMES) {
  test(`the graph shows one request alive with the functions that use it, in the ${theme} theme`, async () => {
    await workbench.setTheme(theme);
    await keys.command('HINTERNET: Show Graph');
    const graph = workbench.webview();
    await seen(graph.getByText('HttpAddRequestHeaders'));
    await seen(graph.getByText('answered'));
    const file = await workbench.screenshot(`http-request-${theme}`);
    assert.ok(statSync(file).size > 20_000, 'an empty page makes a smaller picture');
  });
}

test('the menu of a handle offers the functions that are legal now, and no others', async () => {
  const { page } = workbench;
  await treeRow('HttpOpenRequest', 'answered').click();
  await keys.press('Shift+F10');
  const menu = page.locator('.monaco-menu');
  await seen(menu.getByText('InternetReadFile', { exact: true }));
  assert.equal(await menu.getByText('InternetWriteFile', { exact: true }).count(), 0, 'not legal in this state');
  for (const label of ['Reveal in Graph', 'Copy Value', 'Close Handle…']) await seen(menu.getByText(label));
  await workbench.screenshot('handle-menu');
  await keys.press('Escape');
});

for (const [name, width, height] of [
  ['narrow', 620, 900],
  ['wide', 2200, 1200],
] as const) {
  test(`the graph fits a ${name} window`, async () => {
    await keys.command('HINTERNET: Show Graph');
    await workbench.page.setViewportSize({ width, height });
    await seen(workbench.webview().getByText('HttpAddRequestHeaders'));
    // Not only drawn, but in sight: the camera follows the size of the window.
    await inSight(workbench.webview().getByRole('menu').getByText('HttpAddRequestHeaders'), width);
    await workbench.screenshot(`http-request-${name}`);
    await workbench.page.setViewportSize({ width: 1400, height: 900 });
  });
}

test('Delete closes the handle that the keys stand on in the tree, and no other', async () => {
  const focused = (...parts: readonly string[]) => seen(treeRow(...parts).and(workbench.page.locator('.focused')));
  const walk = async () => {
    await keys.command('HINTERNET: Focus on Handles View');
    await workbench.page.locator('.pane-body .monaco-list:focus').waitFor({ timeout: LIMIT_MS });
    await keys.press('Home');
    await focused('InternetOpen, Root');
    await keys.press('ArrowDown');
    await focused('InternetOpenUrl');
  };
  // The closing list of commands may hand the focus back to where it was, after the view had got it.
  await walk().catch(walk);
  await keys.press('Delete');
  await treeRow('InternetOpenUrl').waitFor({ state: 'detached', timeout: LIMIT_MS });
  await seen(treeRow('HttpOpenRequest', 'answered'));
});

test('Connect logs on to an FTP server and List Folder shows its files', async () => {
  await workbench.setTheme('dark');
  await keys.command('HINTERNET: Connect…', 'Protocol of the session');
  await keys.choose('Protocol of the session', 'FTP');
  await keys.answer('Name or address of the server', playground.ftp.host);
  await keys.answer('User name', 'ada');
  await keys.answer('Password', 'lovelace');
  await keys.answer('Remember this password');
  await seen(treeRow('InternetConnect', 'FTP session', 'idle'));
  await keys.command('HINTERNET: List Folder…', 'Folder and mask');
  await keys.answer('Folder and mask', 'names/');
  await seen(workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: '100%20 sure.txt' }));
  await workbench.screenshot('ftp-listing');
  await keys.press('Escape');
});

test('Download File saves a file of the server, Upload File stores one there', async () => {
  const local = path.join(workbench.workspace, 'readme.txt');
  await keys.command('HINTERNET: Download File…', 'HINTERNET: Download File');
  await keys.choose('HINTERNET: Download File', 'readme.txt');
  await confirmFile(workbench, keys, LIMIT_MS);
  await seen(workbench.page.locator('.notification-list-item', { hasText: 'Saved' }));
  assert.ok(existsSync(local), 'the file is in the workspace');
  await keys.command('HINTERNET: Upload File…');
  await confirmFile(workbench, keys, LIMIT_MS, local);
  await keys.answer('HINTERNET: Upload File', 'incoming/readme.txt');
  await seen(workbench.page.locator('.notification-list-item', { hasText: 'Uploaded' }));
  await keys.command('Notifications: Clear All Notifications');
});

test('the graph shows an open search on an FTP session', async () => {
  await keys.command('HINTERNET: Show Graph');
  const graph = workbench.webview();
  await graph.getByRole('menu').getByText('FtpFindFirstFile').click();
  await keys.answer('Folder and mask', 'names/*.txt');
  await seen(treeRow('FtpFindFirstFile', 'FTP search', 'listing'));
  await workbench.screenshot('ftp-search');
});

test('Close Handle closes the selected handle, Close All the rest, leaf first', async () => {
  await keys.command('HINTERNET: Close Handle…');
  await treeRow('FtpFindFirstFile', 'FTP search').waitFor({ state: 'detached', timeout: LIMIT_MS });
  await keys.command('HINTERNET: Show Graph');
  const graph = workbench.webview();
  await seen(graph.getByText('HttpOpenRequest'));
  await keys.command('HINTERNET: Close All');
  await openHandles(0);
  await seen(graph.getByText('No handle is open'));
});

test('Show Log shows every call, without the password', async () => {
  await keys.command('HINTERNET: Show Log');
  const log = workbench.page.locator('.output-view-container, .panel .monaco-editor').first();
  await seen(log.getByText('InternetCloseHandle'));
  assert.doesNotMatch((await log.textContent()) ?? '', /lovelace/);
});

test('a reload of the window brings the graph back, empty as the new engine is', async () => {
  await workbench.page.reload();
  await seen(workbench.webview().getByText('No handle is open'));
});

test('an error shows its symbol, its number and what to do, with a button that tries again', async () => {
  await keys.command('HINTERNET: Open URL…', 'HINTERNET: Open URL');
  await keys.choose('HINTERNET: Open URL', 'http://127.0.0.1:9/');
  const toast = workbench.page.locator('.notification-list-item', { hasText: 'ERROR_INTERNET_CANNOT_CONNECT (12029)' });
  await seen(toast);
  await seen(toast.getByText('Try Again'));
  assert.match((await toast.textContent()) ?? '', /127\.0\.0\.1/);
  await workbench.screenshot('error');
  await keys.command('Notifications: Clear All Notifications');
});

test('a call that takes long shows that it runs, and cancelling closes its handle', async () => {
  await keys.command('View: Show HINTERNET');
  await keys.command('HINTERNET: Open URL…', 'HINTERNET: Open URL');
  await keys.choose('HINTERNET: Open URL', new URL('/slow/headers/30000', playground.http).href);
  const toast = workbench.page.locator('.notification-list-item', { hasText: 'opening the URL' });
  await seen(toast);
  await seen(treeRow('InternetOpenUrl', '/slow/headers/30000', 'sending'));
  await workbench.screenshot('progress');
  await toast.getByText('Cancel', { exact: true }).click();
  await treeRow('/slow/headers/30000').waitFor({ state: 'detached', timeout: LIMIT_MS });
  await toast.waitFor({ state: 'detached', timeout: LIMIT_MS });
});

test('Connect offers a password again that the person let it remember', async () => {
  for (const remembered of [false, true]) {
    await keys.command('HINTERNET: Connect…', 'Protocol of the session');
    await keys.choose('Protocol of the session', 'FTP');
    await keys.answer('Name or address of the server', playground.ftp.host);
    await keys.answer('User name', 'ada');
    if (remembered) {
      // Enter alone: what was remembered stands in the box.
      await keys.answer('Password');
    } else {
      await keys.answer('Password', 'lovelace');
      await keys.choose('Remember this password', 'Remember it');
    }
    await seen(treeRow('InternetConnect', 'FTP session', 'idle'));
    await keys.command('HINTERNET: Close All');
    await openHandles(0);
  }
});

test('the graph that was hidden shows what happened meanwhile when it is shown again', async () => {
  await keys.command('HINTERNET: Show Graph');
  await seen(workbench.webview().getByText('No handle is open'));
  await keys.goToFile('welcome.md');
  await workbench.page
    .locator('iframe.webview.ready >> visible=true')
    .waitFor({ state: 'detached', timeout: LIMIT_MS });
  await keys.command('HINTERNET: Open URL…', 'HINTERNET: Open URL');
  await keys.choose('HINTERNET: Open URL', new URL('/status/200', playground.http).href);
  await openHandles(2);
  await keys.command('HINTERNET: Show Graph');
  await seen(workbench.webview().getByText('HttpQueryInfo'));
});
