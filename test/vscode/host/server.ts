// VS Code's server on 127.0.0.1: starting, stopping, its command line, and the address that opens a folder in it.
import { spawn, spawnSync } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type PreparedServer, prepareServer } from './prepare.ts';

const LISTENING_LIMIT_MS = 60_000;
const STOPPING_LIMIT_MS = 3_000;

/** Settings that keep the workbench from offering, asking or calling out; a test's own settings come on top. */
const QUIET = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'never',
  'security.workspace.trust.startupPrompt': 'once',
  'telemetry.telemetryLevel': 'off',
  'terminal.integrated.gpuAcceleration': 'off',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
};
const NO_GALLERY = JSON.stringify({ serviceUrl: '', itemUrl: '', resourceUrlTemplate: '', controlUrl: '' });

/** What a server is started with. */
export interface ServerOptions {
  /** Folder of the server's own state. */
  readonly dataDir: string;
  /** 0 or absent: any free port. */
  readonly port?: number;
  readonly userDataDir?: string;
  readonly extensionsDir?: string;
  /** User settings, written only where there are none yet. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Environment of the server and of its extension hosts. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** False: every folder is trusted without asking. */
  readonly askTrust?: boolean;
  /** True: extensions under development can be named in the address. The workbench then shows no notification toasts. */
  readonly development?: boolean;
  readonly extraArgs?: readonly string[];
  /** File that receives the server's own output. */
  readonly log?: string;
  readonly onExtensionHostExit?: () => void;
}

/** A server that listens. */
export interface RunningServer {
  readonly port: number;
  /** Resolves with the exit code when the server has ended, by itself or by `stop`. */
  readonly exited: Promise<number | null>;
  /** Ends the server and its extension hosts; may be called twice. */
  stop(): Promise<void>;
}

/** What an address opens. */
export interface WorkbenchContent {
  /** A folder or a .code-workspace file; absent: an empty window. */
  readonly workspace?: string;
  readonly developmentPaths?: readonly string[];
  readonly testsPath?: string;
  readonly payload?: readonly (readonly [string, string])[];
}

/** Starts the server; rejects with its output when it ends or does not listen within a minute. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const prepared = await prepareServer();
  writeSettings(settingsFile(options), options.settings);
  const args = [path.join(import.meta.dirname, 'serverProcess.mjs'), ...serverArgs(prepared, options)];
  const temporary = mkdtempSync(path.join(tmpdir(), 'vscode-run-')); // VS Code leaves its sockets and temporary files lying about
  const child = spawn(process.execPath, args, {
    env: { ...serverEnvironment(options.env ?? process.env), TMPDIR: temporary, XDG_RUNTIME_DIR: temporary },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const removeTemporary = () => rmSync(temporary, { recursive: true, force: true, maxRetries: 3 });
  const port = await listening([child.stdout, child.stderr], exited, options).catch((error) => {
    child.stdin.destroy(); // the server ends with it
    removeTemporary();
    throw error;
  });
  const signal = (name: NodeJS.Signals) => {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, name); // the whole group: extension hosts, file watcher, terminals
    } catch {
      // All of them have ended.
    }
  };
  return {
    port,
    exited,
    async stop() {
      signal('SIGTERM');
      await Promise.race([exited, new Promise((resolve) => setTimeout(resolve, STOPPING_LIMIT_MS).unref())]);
      signal('SIGKILL');
      await exited;
      removeTemporary();
    },
  };
}

/** Runs the server's command line (--install-extension FILE, --list-extensions, ...) to its end and yields its output. */
export async function serverCli(args: readonly string[]): Promise<{ code: number; output: string }> {
  const { serverMain } = await prepareServer();
  const run = spawnSync(process.execPath, [serverMain, '--accept-server-license-terms', ...args], {
    encoding: 'utf8',
    env: serverEnvironment(process.env),
  });
  return { code: run.status ?? 1, output: `${run.stdout}${run.stderr}` };
}

/** The address of the workbench on `port` with a folder and, on a server started for development, with extensions under development. */
export function workbenchUrl(port: number, content: WorkbenchContent): string {
  const query = new URLSearchParams();
  if (content.workspace === undefined) query.set('ew', 'true');
  else
    query.set(content.workspace.endsWith('.code-workspace') ? 'workspace' : 'folder', path.resolve(content.workspace));
  const payload = [...(content.payload ?? [])];
  for (const directory of content.developmentPaths ?? []) {
    payload.push(['extensionDevelopmentPath', remoteUri(directory)]);
  }
  if (content.testsPath !== undefined) payload.push(['extensionTestsPath', remoteUri(content.testsPath)]);
  if (payload.length > 0) query.set('payload', JSON.stringify(payload));
  return `http://127.0.0.1:${port}/?${query}`;
}

function settingsFile(options: Pick<ServerOptions, 'dataDir' | 'userDataDir'>): string {
  return path.join(options.userDataDir ?? path.join(options.dataDir, 'data'), 'User', 'settings.json');
}

function writeSettings(file: string, own: ServerOptions['settings']): void {
  mkdirSync(path.dirname(file), { recursive: true });
  if (!existsSync(file)) writeFileSync(file, `${JSON.stringify({ ...QUIET, ...own }, null, 2)}\n`);
}

function remoteUri(file: string): string {
  return `vscode-remote://remote${encodeURI(path.resolve(file))}`;
}

function serverEnvironment(environment: NonNullable<ServerOptions['env']>): Record<string, string | undefined> {
  // Variables of the VS Code whose terminal this may run in would steer the server.
  const kept = Object.entries(environment).filter(([name]) => !/^(VSCODE_|ELECTRON_)/.test(name));
  return { ...Object.fromEntries(kept), EXTENSIONS_GALLERY: NO_GALLERY };
}

function serverArgs(prepared: PreparedServer, options: ServerOptions): string[] {
  const args = [prepared.serverMain, '--host', '127.0.0.1', '--port', String(options.port ?? 0)];
  args.push('--without-connection-token', '--accept-server-license-terms', '--server-data-dir', options.dataDir);
  args.push('--telemetry-level', 'off', '--disable-telemetry', '--disable-experiments');
  if (options.development) args.push('--enable-smoke-test-driver');
  if (!options.askTrust) args.push('--disable-workspace-trust');
  if (options.extensionsDir) args.push('--extensions-dir', options.extensionsDir);
  if (options.userDataDir) args.push('--user-data-dir', options.userDataDir);
  return [...args, ...(options.extraArgs ?? [])];
}

function listening(
  outputs: readonly NodeJS.ReadableStream[],
  exited: Promise<number | null>,
  options: ServerOptions,
): Promise<number> {
  const log = options.log === undefined ? undefined : createWriteStream(options.log);
  let beginning = '';
  let recent = '';
  return new Promise((resolve, reject) => {
    const late = () =>
      reject(new Error(`the server did not listen within ${LISTENING_LIMIT_MS / 1000} s:\n${beginning}`));
    const timer = setTimeout(late, LISTENING_LIMIT_MS);
    const read = (chunk: Buffer) => {
      log?.write(chunk);
      if (beginning.length < 100_000) beginning += chunk.toString();
      const port = /Extension host agent listening on (\d+)/.exec(beginning)?.[1];
      if (port !== undefined) {
        clearTimeout(timer);
        resolve(Number(port));
      }
      recent = `${recent}${chunk.toString()}`.slice(-400);
      if (/Extension Host Process exited with code/.test(recent)) {
        recent = '';
        options.onExtensionHostExit?.();
      }
    };
    for (const output of outputs) output.on('data', read);
    void exited.then((code) => {
      clearTimeout(timer);
      reject(new Error(`the server ended with exit code ${code}:\n${beginning}`));
    });
  });
}
