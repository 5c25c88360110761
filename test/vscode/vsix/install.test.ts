import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { startPlayground } from '../../../extension/playground/playground.ts';
import { packagedFiles } from '../../package.mjs';
import { type Host, launchHost } from '../host/host.ts';
import { serverCli } from '../host/server.ts';
import { keyboardOf } from '../ui/keyboard.ts';
import { runCommand } from '../ui/workbench.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const vsix = path.join(root, 'hinternet-explorer.vsix');
const scratch = mkdtempSync(path.join(tmpdir(), 'hinternet-vsix-'));
const extensionsDir = path.join(scratch, 'extensions');
const workspace = path.join(scratch, 'workspace');
let host: Host | undefined;

before(() => {
  assert.ok(existsSync(vsix), 'npm run package makes hinternet-explorer.vsix');
  cpSync(path.join(root, 'test/workspace'), workspace, { recursive: true });
});
after(async () => {
  await host?.close();
  rmSync(scratch, { recursive: true, force: true, maxRetries: 3 });
});

test('VSIX holds the files of files.txt and no others', () => {
  const expected = readFileSync(path.join(import.meta.dirname, 'files.txt'), 'utf8')
    .trim()
    .split('\n');
  assert.deepEqual(packagedFiles(), expected);
});

test('VSIX installs into VS Code under its published name and version', async () => {
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const folders = ['--extensions-dir', extensionsDir, '--server-data-dir', path.join(scratch, 'server')];
  const installed = await serverCli(['--install-extension', vsix, ...folders]);
  assert.equal(installed.code, 0, installed.output);
  const listed = await serverCli(['--list-extensions', '--show-versions', ...folders]);
  assert.match(listed.output, new RegExp(`^hinternet-explorer\\.hinternet-explorer@${version}$`, 'm'));
});

test('VSIX is activated by a workspace that holds a .hinternet file', async () => {
  const viewport = { width: 1400, height: 2400 }; // the list draws only what is in view, the slowest first
  host = await launchHost({ workspace, extensionsDir, dataDir: path.join(scratch, 'server'), viewport });
  const page = await host.open();
  await runCommand(page, 'Developer: Show Running Extensions');
  const row = page.locator('.runtime-extensions-editor .extension', { hasText: 'HINTERNET Explorer' });
  await row.filter({ hasText: /Activation: \d+ms/ }).waitFor();
});

test('VSIX opens a URL, shows its handle in the tree and draws it in the graph', async () => {
  assert.ok(host !== undefined, 'the host is open');
  const { page } = host;
  const playground = await startPlayground();
  try {
    const keys = keyboardOf(page);
    await keys.command('View: Show HINTERNET');
    await keys.command('HINTERNET: Show Graph');
    const graph = page.frameLocator('iframe.webview.ready >> visible=true').frameLocator('#active-frame');
    // A panel that has just opened takes the focus, and a question that is open then closes.
    await graph.getByText('No handle is open').waitFor();
    await keys.command('HINTERNET: Open URL…');
    await keys.choose('HINTERNET: Open URL', new URL('/status/200', playground.http).href);
    await page.locator('[role="treeitem"][aria-label*="InternetOpenUrl"][aria-label*="answered"]').waitFor();
    await graph.getByText('HttpQueryInfo').first().waitFor();
  } finally {
    await playground.close();
  }
});
