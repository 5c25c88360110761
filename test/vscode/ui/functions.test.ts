import { after, before, test } from 'node:test';
import type { Locator } from 'playwright-core';
import { type Playground, startPlayground } from '../../../extension/playground/playground.ts';
import { type Keyboard, keyboardOf } from './keyboard.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

// Functions that have no command of their own, called by a person with the keyboard alone.

const LIMIT_MS = 10_000;

let workbench: Workbench;
let keys: Keyboard;
let playground: Playground;

before(async () => {
  playground = await startPlayground();
  workbench = await openWorkbench();
  keys = keyboardOf(workbench.page);
});
after(async () => {
  await workbench.close();
  await playground.close();
});

test('Call Function lists every function and shows what InternetCrackUrl answers', async () => {
  await keys.command('HINTERNET: Call Function…');
  await seen(workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: 'InternetOpen' }));
  await workbench.screenshot('call-function');
  await keys.choose('HINTERNET: Call Function', 'InternetCrackUrl');
  await keys.answer('lpszUrl', 'https://example.com:8443/path?query');
  await keys.answer('dwFlags');
  await seen(workbench.page.locator('.view-lines', { hasText: '"lpszHostName"' }));
});

test('Call Function opens an asynchronous root, under which calls answer ERROR_IO_PENDING', async () => {
  await keys.command('HINTERNET: Call Function…');
  await keys.choose('HINTERNET: Call Function', 'InternetOpen');
  await keys.answer('lpszAgent', 'async/1.0');
  await keys.answer('dwAccessType', 'INTERNET_OPEN_TYPE_DIRECT');
  await keys.answer('lpszProxy');
  await keys.answer('lpszProxyBypass');
  await keys.answer('dwFlags', 'INTERNET_FLAG_ASYNC');
  await keys.command('HINTERNET: Show Graph');
  await seen(workbench.webview().getByText('async/1.0'));
});

test('InternetErrorDlg asks for name and password, and the request is let in when it is sent again', async () => {
  await keys.command('HINTERNET: Close All');
  await keys.command('HINTERNET: Open URL…');
  await keys.choose('HINTERNET: Open URL', new URL('/auth/basic', playground.http).href);
  await seen(workbench.webview().getByText('answered'));
  await keys.command('HINTERNET: Call Function…');
  await keys.choose('HINTERNET: Call Function', 'InternetErrorDlg');
  await keys.choose('Choose what went wrong', 'ERROR_INTERNET_INCORRECT_PASSWORD');
  await keys.answer('User name', 'ada');
  await workbench.screenshot('error-dialog');
  await keys.answer('Password', 'lovelace');
  await seen(workbench.page.locator('.notification-list-item', { hasText: 'ERROR_INTERNET_FORCE_RETRY (12032)' }));
  await keys.command('HINTERNET: Send Request…');
  await keys.answer('Headers of the request');
  await keys.answer('Body of the request');
  await seen(workbench.page.locator('.notification-list-item', { hasText: 'HTTP/1.1 200 OK' }));
});

function seen(locator: Locator): Promise<void> {
  return locator.first().waitFor({ timeout: LIMIT_MS });
}
