import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, afterEach, before, test } from 'node:test';
import type { Locator } from 'playwright-core';
import { demandingServer } from './demandingServer.ts';
import { confirmFile } from './fileDialog.ts';
import { openSession } from './session.ts';

// InternetErrorDlg and the buttons of errors, as a person answers them: each side of a password, certificates, redirects.

const LIMIT_MS = 30_000;

const { workbench, keys, playground, seen } = await openSession(LIMIT_MS);

/** A proxy that lets in whoever is ada, and answers for everybody behind it. */
const proxy = createServer(({ headers }, answer) => {
  const isAda = headers['proxy-authorization'] === `Basic ${Buffer.from('ada:lovelace').toString('base64')}`;
  if (isAda) answer.end('behind the proxy');
  else answer.writeHead(407, { 'Proxy-Authenticate': 'Basic realm="the way out"' }).end();
});

const demanding = await demandingServer();
const NEEDED = 'ERROR_INTERNET_CLIENT_AUTH_CERT_NEEDED (12044)';

before(() => new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve)));
after(() => proxy.close());
after(() => demanding.close());
afterEach(async () => {
  await keys.command('HINTERNET: Close All');
  await keys.command('Notifications: Clear All Notifications');
});

test('InternetErrorDlg asks for the password of a proxy, and the request passes it when it is sent again', async () => {
  const address = proxy.address();
  assert.ok(typeof address === 'object' && address !== null);
  await call('InternetOpen');
  await keys.answer('lpszAgent', 'proxied/1.0');
  await keys.answer('dwAccessType', 'INTERNET_OPEN_TYPE_PROXY');
  await keys.answer('lpszProxy', `127.0.0.1:${address.port}`);
  await keys.answer('lpszProxyBypass');
  await keys.answer('dwFlags');
  await keys.command('View: Show HINTERNET');
  await fromMenu(treeRow('proxied/1.0'), 'InternetOpenUrl');
  await keys.choose('HINTERNET: Open URL', 'http://behind.example/');
  await seen(notification('HTTP/1.1 407'));
  await errorDialog('ERROR_INTERNET_INCORRECT_PASSWORD');
  await keys.answer('The proxy asks for a name and a password for "the way out"', 'ada');
  await passwordBox();
  await workbench.screenshot('error-dialog-proxy');
  await keys.answer('Password', 'lovelace');
  await seen(notification('ERROR_INTERNET_FORCE_RETRY (12032)'));
  await send();
  await seen(notification('HTTP/1.1 200 OK'));
});

test('InternetErrorDlg asks for the password of a server, answers ERROR_CANCELLED to Escape, and asks again after a wrong one', async () => {
  await openUrl('/auth/basic');
  await seen(notification('HTTP/1.1 401'));
  await errorDialog('ERROR_INTERNET_INCORRECT_PASSWORD');
  await keys.answer('/auth/basic asks for a name and a password', 'ada');
  await passwordBox();
  await keys.press('Escape');
  await seen(notification('ERROR_CANCELLED (1223)'));
  for (const [password, status] of [
    ['wrong', 'HTTP/1.1 401'],
    ['lovelace', 'HTTP/1.1 200 OK'],
  ] as const) {
    await keys.command('Notifications: Clear All Notifications');
    await errorDialog('ERROR_INTERNET_INCORRECT_PASSWORD');
    await keys.answer('User name', 'ada');
    await passwordBox();
    await keys.answer('Password', password);
    await seen(notification('ERROR_INTERNET_FORCE_RETRY (12032)'));
    await send();
    await seen(notification(status));
  }
});

test('InternetErrorDlg asks about a certificate, and the request is sent once that was accepted', async () => {
  await openRequest(playground.https, '/status/200');
  await send();
  await seen(notification('ERROR_INTERNET_INVALID_CA (12045)'));
  await keys.command('Notifications: Clear All Notifications');
  for (const [button, code] of [
    ['Cancel', 'ERROR_CANCELLED (1223)'],
    ['Accept the Certificate', 'ERROR_INTERNET_FORCE_RETRY (12032)'],
  ] as const) {
    await errorDialog('ERROR_INTERNET_INVALID_CA');
    await seen(dialog().getByText(`${playground.https.origin}/status/200: `));
    if (button !== 'Cancel') await workbench.screenshot('error-dialog-certificate');
    await dialog().getByRole('button', { name: button }).click();
    await seen(notification(code));
  }
  await send();
  await seen(notification('HTTP/1.1 200 OK'));
});

test('the button of a certificate error makes the one request tolerate that fault, and sends it', async () => {
  await openRequest(playground.https, '/status/200');
  await send();
  const error = notification('ERROR_INTERNET_INVALID_CA (12045)');
  await seen(error);
  await error.getByText('Accept the Unknown Issuer and Send').click();
  await seen(notification('HTTP/1.1 200 OK'));
  // Another request is asked about anew.
  await keys.command('Notifications: Clear All Notifications');
  await openUrl(new URL('/status/201', playground.https).href);
  await seen(error);
  await error.getByText('Accept the Unknown Issuer and Send').click();
  await seen(notification('HTTP/1.1 201 Created'));
});

test('InternetErrorDlg asks about a redirect down to http, and the request follows once that was allowed', async () => {
  await openRequest(playground.https, '/redirect/http');
  await send();
  await accept();
  await seen(notification('ERROR_INTERNET_HTTPS_TO_HTTP_ON_REDIR'));
  await askAboutRedirect('ERROR_INTERNET_HTTPS_TO_HTTP_ON_REDIR', 'leads to a connection that others can read');
  await send();
  await seen(notification('HTTP/1.1 200 OK'));
});

test('InternetErrorDlg asks about a redirect up to https, which requests of the editor follow unasked', async () => {
  await openRequest(playground.http, '/redirect/https');
  await send();
  await seen(notification('ERROR_INTERNET_INVALID_CA'));
  await askAboutRedirect('ERROR_INTERNET_HTTP_TO_HTTPS_ON_REDIR', 'leads to a secure connection');
  await send();
  await accept();
  await seen(notification('HTTP/1.1 200 OK'));
});

test('InternetErrorDlg asks for the files of a certificate and its passphrase, until they fit, and the server lets the request in', async () => {
  await openRequest(demanding.url, '/who');
  await send();
  await accept();
  await seen(notification(NEEDED));
  await keys.command('Notifications: Clear All Notifications');
  await errorDialog('ERROR_INTERNET_CLIENT_AUTH_CERT_NEEDED');
  for (const passphrase of ['wrong', demanding.passphrase]) {
    await chooseFile(demanding.certificateFile);
    await chooseFile(demanding.keyFile);
    await passwordBox();
    await workbench.screenshot('error-dialog-passphrase');
    await keys.answer('Passphrase of ada.key', passphrase);
    if (passphrase === demanding.passphrase) continue;
    await seen(dialog().getByText('The passphrase is not that of the key'));
    await workbench.screenshot('error-dialog-wrong-passphrase');
    await dialog().getByRole('button', { name: 'Choose Another Certificate' }).click();
  }
  await seen(notification('ERROR_SUCCESS (0)'));
  await notification('ERROR_SUCCESS (0)').getByText('Send Request').click();
  await keys.answer('Headers of the request');
  await keys.answer('Body of the request');
  await seen(notification('HTTP/1.1 200 OK'));
  await keys.command('HINTERNET: Show Log');
  const log = workbench.page.locator('.output-view-container, .panel .monaco-editor').first();
  await seen(log.getByText('InternetErrorDlg'));
  assert.doesNotMatch((await log.textContent()) ?? '', new RegExp(`${demanding.passphrase}|PRIVATE KEY`));
});

test('the button of ERROR_INTERNET_CLIENT_AUTH_CERT_NEEDED asks for a certificate and sends, or goes without one', async () => {
  for (const [files, status] of [
    [[], 'HTTP/1.1 403 Forbidden'],
    [[demanding.bothFile], 'HTTP/1.1 200 OK'],
  ] as const) {
    await keys.command('Notifications: Clear All Notifications');
    await openUrl(new URL('/who', demanding.url).href);
    await seen(notification('ERROR_INTERNET_INVALID_CA (12045)'));
    await accept();
    await seen(notification(NEEDED));
    await notification(NEEDED).getByText('Choose a Certificate and Send').click();
    for (const file of files) await chooseFile(file);
    if (files.length === 0) {
      await fileDialog();
      await workbench.page.locator('.quick-input-widget:visible input.input').press('Escape');
    }
    await seen(notification(status));
  }
});

/** Refuses first, then allows. */
async function askAboutRedirect(symbol: string, words: string): Promise<void> {
  await keys.command('Notifications: Clear All Notifications');
  for (const [button, answer] of [
    ['Cancel', 'ERROR_CANCELLED (1223)'],
    ['Go On', 'ERROR_SUCCESS (0)'],
  ] as const) {
    await errorDialog(symbol);
    await seen(dialog().getByText(words));
    if (button === 'Cancel') await workbench.screenshot('error-dialog-redirect');
    await dialog().getByRole('button', { name: button }).click();
    await seen(notification(answer));
  }
}

async function fileDialog(): Promise<void> {
  await seen(workbench.page.locator('.quick-input-widget:visible', { hasText: 'as PFX or PEM' }));
}

function chooseFile(file: string): Promise<void> {
  return confirmFile(workbench, keys, LIMIT_MS, file);
}

function treeRow(part: string): Locator {
  const rows = workbench.page.locator('.pane-body .monaco-list-row[role="treeitem"]');
  return rows.and(workbench.page.locator(`[aria-label*=${JSON.stringify(part)}]`));
}

/** By its keys: a menu that has just opened ignores the mouse. */
async function fromMenu(row: Locator, item: string): Promise<void> {
  await row.click();
  await keys.press('Shift+F10');
  const menu = workbench.page.locator('.monaco-menu');
  await seen(menu.getByText(item, { exact: true }));
  const focused = menu.locator('.action-item.focused', { hasText: item });
  for (let moves = 0; (await focused.count()) === 0; moves += 1) {
    assert.ok(moves < 20, `the menu has ${item}`);
    await keys.press('ArrowDown');
  }
  await keys.press('Enter');
}

function notification(text: string): Locator {
  return workbench.page.locator('.notification-list-item', { hasText: text }).first();
}

function dialog(): Locator {
  return workbench.page.locator('.monaco-dialog-box');
}

/** The box before it asks in the same words. */
function passwordBox(): Promise<void> {
  return seen(workbench.page.locator('.quick-input-widget:visible input[type=password]'));
}

async function accept(): Promise<void> {
  await notification('ERROR_INTERNET_INVALID_CA').getByText('Accept the Unknown Issuer and Send').click();
}

async function call(name: string): Promise<void> {
  await keys.command('HINTERNET: Call Function…', 'HINTERNET: Call Function');
  await keys.choose('HINTERNET: Call Function', name);
}

async function errorDialog(symbol: string): Promise<void> {
  await call('InternetErrorDlg');
  await keys.choose('Choose what went wrong', symbol);
}

/** @param address a whole one, or a path of the playground */
async function openUrl(address: string): Promise<void> {
  await keys.command('HINTERNET: Open URL…', 'HINTERNET: Open URL');
  await keys.choose('HINTERNET: Open URL', new URL(address, playground.http).href);
}

async function openRequest(server: URL, path: string): Promise<void> {
  await keys.command('HINTERNET: Connect…', 'Protocol of the session');
  await keys.choose('Protocol of the session', server.protocol === 'https:' ? 'HTTPS' : 'HTTP');
  await keys.answer('Name or address of the server', server.host);
  await keys.answer('User name', '');
  await keys.command('HINTERNET: Open Request…', 'Method of the request');
  await keys.answer('Method of the request');
  await keys.answer('Path and query', path);
}

async function send(): Promise<void> {
  await keys.command('HINTERNET: Send Request…', 'Headers of the request');
  await keys.answer('Headers of the request');
  await keys.answer('Body of the request');
}
