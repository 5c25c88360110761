import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suiteSetup, suiteTeardown, teardown } from 'mocha';
import { commands, extensions, window } from 'vscode';
import type { Explorer } from '../../../extension/editor/explorer.ts';
import type { HinternetExplorerApi } from '../../../extension/extension.ts';
import type { HandleNode } from '../../../extension/shared/model.ts';

/** What the tests of commands share: the activated extension, its playground, and a folder for files. */
export interface CommandBench {
  readonly explorer: Explorer;
  readonly http: string;
  readonly https: string;
  readonly ftp: URL;
  readonly folder: string;
}

/** Activates the extension and starts the playground; after each test every handle is closed. Call the result in a test. */
export function withCommands(): () => CommandBench {
  let bench: CommandBench | undefined;
  suiteSetup(async () => {
    const extension = extensions.getExtension<HinternetExplorerApi>('hinternet-explorer.hinternet-explorer');
    assert.ok(extension !== undefined);
    const { explorer } = await extension.activate();
    const servers = await run<{ http: string; https: string; ftp: string }>('startPlayground', {});
    const folder = mkdtempSync(path.join(tmpdir(), 'hinternet-commands-'));
    bench = { explorer, http: servers.http, https: servers.https, ftp: new URL(servers.ftp), folder };
  });
  teardown(async () => {
    await run('closeAll', {});
    await commands.executeCommand('workbench.action.closeAllEditors');
  });
  suiteTeardown(async () => {
    await run('stopPlayground', {});
    if (bench !== undefined) rmSync(bench.folder, { recursive: true, force: true });
  });
  return () => {
    assert.ok(bench !== undefined);
    return bench;
  };
}

/** Runs a command of the extension with the answers that a person would give. */
export async function run<T = unknown>(command: string, ...passed: readonly unknown[]): Promise<T> {
  return await commands.executeCommand<T>(`hinternet.${command}`, ...passed);
}

/** The node of an open handle. */
export function node({ explorer }: CommandBench, serial: number): HandleNode {
  const found = explorer.node(serial);
  assert.ok(found !== undefined && found.closed === null, `handle ${serial} is open`);
  return found;
}

/** Connects to the playground's FTP server as a guest. */
export async function ftpSession({ ftp }: CommandBench): Promise<number> {
  return await run('connect', { protocol: 'ftp', host: ftp.hostname, port: Number(ftp.port) });
}

/** Connects to the playground's HTTP server, or to its HTTPS server, and opens a request. */
export async function openedRequest(
  bench: CommandBench,
  method: string,
  target: string,
  protocol: 'http' | 'https' = 'http',
): Promise<number> {
  const { hostname, port } = new URL(bench[protocol]);
  const session = await run<number>('connect', { protocol, host: hostname, port: Number(port) });
  return await run('openRequest', { handle: session, method, path: target });
}

/** The text that the active editor shows. */
export function shownText(): string {
  const document = window.activeTextEditor?.document;
  assert.ok(document !== undefined, 'a document is shown');
  return document.getText();
}
