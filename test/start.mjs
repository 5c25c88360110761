// `npm start`: builds the extension and opens it, with its playground, in a real VS Code.
import { spawn } from 'node:child_process';
import { accessSync, constants, mkdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build } from '../esbuild.mjs';
import { linkExtension } from './vscode/host/linkedExtension.ts';
import { prepareServer } from './vscode/host/prepare.ts';
import { startServer, workbenchUrl } from './vscode/host/server.ts';

const USAGE = `usage: npm start [-- OPTION...]
  --url URL   open this http:, https: or ftp: address in the tree at once
  --browser   use VS Code in the browser even where a desktop VS Code is installed
  --help      show this`;

const root = path.resolve(import.meta.dirname, '..');
const workspace = path.join(import.meta.dirname, 'workspace');
/** A profile of its own, so that a new VS Code starts even where one is running: only a new one takes our environment over. */
const profile = path.join(root, '.vscode-test', 'start');

/** In order of preference. */
const DESKTOP_PROGRAMS = ['code', 'code-insiders', 'codium', 'cursor'];
const MAC_PROGRAM_FOLDER = '/Applications/Visual Studio Code.app/Contents/Resources/app/bin';

const options = readOptions();
if (options) process.exitCode = await start(options);

/** Yields undefined when there is nothing to start; the usage has been printed then. */
function readOptions() {
  try {
    const { values } = parseArgs({
      options: { url: { type: 'string' }, browser: { type: 'boolean' }, help: { type: 'boolean' } },
    });
    if (values.url !== undefined && !/^(https?|ftp):$/.test(URL.parse(values.url)?.protocol ?? '')) {
      throw new Error(`--url takes an http:, https: or ftp: address, not ${values.url}`);
    }
    if (!values.help) return values;
    console.log(USAGE);
  } catch (error) {
    console.error(`${error.message}\n${USAGE}`);
    process.exitCode = 2;
  }
  return undefined;
}

/** Resolves with the exit code when VS Code has been closed. */
async function start({ url, browser }) {
  console.log('Building ...');
  try {
    await build();
  } catch {
    return 1; // esbuild has shown what is wrong
  }
  // The extension reads these when it is activated, which the workspace's .hinternet file brings about.
  const environment = { HINTERNET_PLAYGROUND: '1', ...(url === undefined ? {} : { HINTERNET_START_URL: url }) };
  const desktop = browser ? undefined : findDesktop();
  try {
    return await (desktop ? startDesktop(desktop, environment) : startInBrowser(environment));
  } catch (error) {
    console.error(error.message);
    return 1;
  }
}

function findDesktop() {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  if (process.platform === 'darwin') folders.push(MAC_PROGRAM_FOLDER);
  const extension = process.platform === 'win32' ? '.cmd' : '';
  return DESKTOP_PROGRAMS.flatMap((name) => folders.map((folder) => path.join(folder, name + extension))).find(
    isExecutable,
  );
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Installed under development: the desktop shows toasts all the same, and "Reload Window" takes a new build. */
function startDesktop(program, environment) {
  const args = [
    `--extensionDevelopmentPath=${root}`,
    `--user-data-dir=${path.join(profile, 'desktop')}`,
    `--extensions-dir=${path.join(profile, 'desktop-extensions')}`,
    '--disable-workspace-trust',
    '--new-window',
    '--wait',
    workspace,
  ];
  console.log(`Opening ${program}; this ends when its window is closed.`);
  const shell = process.platform === 'win32'; // .cmd files need one
  const child = spawn(shell ? `"${program}"` : program, shell ? args.map((argument) => `"${argument}"`) : args, {
    env: { ...process.env, ...environment },
    stdio: 'inherit',
    shell,
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/** Installed by a link, not under development: the browser's workbench shows toasts only so. */
async function startInBrowser(environment) {
  console.log(
    `No desktop VS Code (${DESKTOP_PROGRAMS.join(', ')}) is used; VS Code runs as a server for your browser.`,
  );
  const stopped = new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, resolve);
  });
  await prepareServer(console.log);
  const dataDir = path.join(profile, 'browser');
  const extensionsDir = path.join(profile, 'browser-extensions');
  mkdirSync(dataDir, { recursive: true });
  linkExtension(extensionsDir);
  console.log('Starting ...');
  // Programs that are run in it need a Node as new as this one.
  const settings = { 'debug.javascript.defaultRuntimeExecutable': { 'pwa-node': process.execPath } };
  const server = await startServer({ dataDir, extensionsDir, settings, env: { ...process.env, ...environment } });
  console.log(
    `\nOpen this address in your browser; Ctrl-C ends it:\n\n  ${workbenchUrl(server.port, { workspace })}\n`,
  );
  const end = await Promise.race([stopped.then(() => 'stopped'), server.exited]);
  await server.stop();
  console.log(end === 'stopped' ? 'Closed.' : `The server ended by itself (exit code ${end}).`);
  return end === 'stopped' ? 0 : 1;
}
