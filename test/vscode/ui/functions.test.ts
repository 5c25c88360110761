import { test } from 'node:test';
import { openSession } from './session.ts';

// Functions that have no command of their own, called by a person with the keyboard alone.

const LIMIT_MS = 30_000;

const { workbench, keys, playground, seen } = await openSession(LIMIT_MS);

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
  await keys.command('HINTERNET: Call Function…', 'HINTERNET: Call Function');
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
  await keys.command('HINTERNET: Open URL…', 'HINTERNET: Open URL');
  await keys.choose('HINTERNET: Open URL', new URL('/auth/basic', playground.http).href);
  await seen(workbench.webview().getByText('answered'));
  await keys.command('HINTERNET: Call Function…', 'HINTERNET: Call Function');
  await keys.choose('HINTERNET: Call Function', 'InternetErrorDlg');
  await keys.choose('Choose what went wrong', 'ERROR_INTERNET_INCORRECT_PASSWORD');
  await keys.answer('User name', 'ada');
  await workbench.screenshot('error-dialog');
  await keys.answer('Password', 'lovelace');
  await seen(workbench.page.locator('.notification-list-item', { hasText: 'ERROR_INTERNET_FORCE_RETRY (12032)' }));
  await keys.command('HINTERNET: Send Request…', 'Headers of the request');
  await keys.answer('Headers of the request');
  await keys.answer('Body of the request');
  await seen(workbench.page.locator('.notification-list-item', { hasText: 'HTTP/1.1 200 OK' }));
});

test('the graph shows handles of every protocol side by side', async () => {
  await keys.command('Notifications: Clear All Notifications');
  await keys.command('HINTERNET: Close All');
  await keys.command('View: Close All Editors');
  await keys.command('HINTERNET: Show Graph');
  await keys.command('HINTERNET: Open URL…', 'HINTERNET: Open URL');
  await keys.choose('HINTERNET: Open URL', new URL('/content/data.json', playground.http).href);
  for (const [protocol, server] of [
    ['FTP', playground.ftp],
    ['Gopher', playground.gopher],
    ['HTTP', playground.http],
  ] as const) {
    await keys.command('HINTERNET: Connect…', 'Protocol of the session');
    await keys.choose('Protocol of the session', protocol);
    await keys.answer('Name or address of the server', server.host);
    if (protocol !== 'Gopher') await keys.answer('User name', '');
    await seen(workbench.webview().locator('.target', { hasText: `${protocol.toLowerCase()}://${server.host}` }));
    if (protocol === 'FTP') {
      await call('FtpOpenFile');
      await keys.answer('File on the server', 'readme.txt');
      await keys.choose('What the file is opened for', 'Reading');
    } else if (protocol === 'Gopher') {
      await call('GopherFindFirstFile');
      await keys.answer('Locator of a menu or a search');
      await keys.answer('Words to search for');
    } else {
      await keys.command('HINTERNET: Open Request…', 'Method of the request');
      await keys.answer('Method of the request');
      await keys.answer('Path and query', '/headers/duplicates');
      await keys.command('HINTERNET: Send Request…', 'Headers of the request');
      await keys.answer('Headers of the request');
      await keys.answer('Body of the request');
    }
    await seen(workbench.webview().getByText({ FTP: 'reading', Gopher: 'listing', HTTP: 'HttpQueryInfo' }[protocol]));
  }
  await keys.command('Notifications: Clear All Notifications');
  await keys.command('View: Show HINTERNET');
  await workbench.screenshot('every-protocol', { theme: 'dark', viewport: { width: 1440, height: 860 } });
});

async function call(name: string): Promise<void> {
  await keys.command('HINTERNET: Call Function…', 'HINTERNET: Call Function');
  await keys.choose('HINTERNET: Call Function', name);
}
