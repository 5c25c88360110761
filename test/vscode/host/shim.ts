#!/usr/bin/env node
// Stands in for the desktop `code` executable in @vscode/test-electron's runTests({ vscodeExecutablePath }).
// VSC_HOST_LOG names a file for the server's output, VSC_HOST_SHOT one for a picture when time runs out (VSC_HOST_TIMEOUT_MS).
import { EventEmitter } from 'node:events';
import { existsSync, mkdtempSync, openSync, readSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Host, launchHost } from './host.ts';

const EXIT = {
  pageCrashed: 101,
  serverEnded: 103,
  noResult: 104,
  pageNotLoaded: 105,
  extensionHostEnded: 106,
  interrupted: 130,
};
const DEFAULT_LIMIT_MS = 600_000;
const OUTPUT_EVERY_MS = 50;
/** After the extension host has ended, its result may still be on the way. */
const LAST_WORD_MS = 5_000;

interface Request {
  readonly developmentPaths: string[];
  readonly payload: [string, string][];
  readonly extraArgs: string[];
  testsPath?: string;
  userDataDir?: string;
  extensionsDir?: string;
  workspace?: string;
  askTrust: boolean;
}

/** Reads the flags that mean something in a browser; every other desktop flag is left out. */
function parse(args: readonly string[]): Request {
  const request: Request = { developmentPaths: [], payload: [], extraArgs: [], askTrust: true };
  for (const argument of args) {
    const [, flag, value = ''] = /^--([^=]+)(?:=([\s\S]*))?$/.exec(argument) ?? [];
    if (flag === undefined) request.workspace ??= argument;
    else if (flag === 'extensionDevelopmentPath') request.developmentPaths.push(value);
    else if (flag === 'extensionTestsPath') request.testsPath = value;
    else if (flag === 'user-data-dir') request.userDataDir = value;
    else if (flag === 'extensions-dir') request.extensionsDir = value;
    else if (flag === 'disable-workspace-trust') request.askTrust = false;
    else if (flag === 'disable-extensions') request.payload.push(['disableExtensions', 'true']);
    else if (flag === 'folder-uri' || flag === 'file-uri') request.workspace ??= fileURLToPath(value);
    else if (flag === 'enable-proposed-api') request.extraArgs.push(argument);
  }
  return request;
}

/** Shows what the bridge writes, as it grows. */
function follow(file: string): { stop(): void } {
  const input = openSync(file, 'r');
  const chunk = Buffer.alloc(65_536);
  const drain = () => {
    for (let count = readSync(input, chunk); count > 0; count = readSync(input, chunk)) {
      process.stdout.write(Buffer.from(chunk.subarray(0, count)));
    }
  };
  const timer = setInterval(drain, OUTPUT_EVERY_MS);
  return {
    stop() {
      clearInterval(timer);
      drain();
    },
  };
}

/** Resolves with the run's exit code: the tests' own, or one of EXIT with a sentence on stderr. */
async function outcome(host: Host, extensionHost: EventEmitter): Promise<number> {
  const limit = Number(process.env.VSC_HOST_TIMEOUT_MS ?? DEFAULT_LIMIT_MS);
  let resolve: (code: number) => void = () => undefined;
  const result = new Promise<number>((settle) => {
    resolve = settle;
  });
  const end = (why: string, code: number) => {
    console.error(`[vscode-host] ${why}`);
    resolve(code);
  };
  const timer = setTimeout(() => {
    void takePicture(host).then(() => end(`no result within ${limit} ms`, EXIT.noResult));
  }, limit);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => end('interrupted', EXIT.interrupted));
  host.page.on('crash', () => end('the page crashed', EXIT.pageCrashed));
  void host.server.exited.then(() => resolve(EXIT.serverEnded));
  extensionHost.once('exit', () =>
    setTimeout(() => end('the extension host ended without a result', EXIT.extensionHostEnded), LAST_WORD_MS).unref(),
  );
  // The workbench calls this when the run() of extensionTestsPath has settled.
  await host.page.exposeFunction('codeAutomationExit', (code: unknown) => resolve(Number(code) || 0));
  host.page.goto(host.url, { waitUntil: 'domcontentloaded' }).catch((error) => end(String(error), EXIT.pageNotLoaded));
  return result.finally(() => clearTimeout(timer));
}

async function takePicture(host: Host): Promise<void> {
  const picture = process.env.VSC_HOST_SHOT;
  if (picture) await host.page.screenshot({ path: picture }).catch(() => undefined); // a page that hangs has no picture
}

async function runTestsInHost(request: Request): Promise<number> {
  const scratch = mkdtempSync(path.join(tmpdir(), 'vscode-shim-'));
  const output = path.join(scratch, 'out');
  writeFileSync(output, '');
  const extensionHost = new EventEmitter();
  const host = await launchHost({
    ...request,
    testsPath: path.join(import.meta.dirname, 'bridge.cjs'),
    log: process.env.VSC_HOST_LOG,
    env: { ...process.env, VSC_HOST_OUT: output, VSC_HOST_TESTS: path.resolve(request.testsPath ?? '') },
    onExtensionHostExit: () => extensionHost.emit('exit'),
  });
  const shown = follow(output);
  const code = await outcome(host, extensionHost);
  await host.close();
  shown.stop();
  const finished = existsSync(`${output}.verdict`);
  rmSync(scratch, { recursive: true, force: true });
  if (code !== 0 || finished) return code;
  console.error('[vscode-host] the extension host ended before the tests did');
  return EXIT.extensionHostEnded;
}

process.exit(await runTestsInHost(parse(process.argv.slice(2))));
