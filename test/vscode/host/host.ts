// A whole VS Code for tests: the server, and its workbench open in a headless Chromium.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { prepareChromium, prepareServer } from './prepare.ts';
import { type RunningServer, type ServerOptions, startServer, type WorkbenchContent, workbenchUrl } from './server.ts';

const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-dev-shm-usage',
  '--disable-gpu',
  '--disable-quic',
  '--disable-sync',
];
const CLOSING_LIMIT_MS = 5_000;
const OPENING_LIMIT_MS = 60_000;

/** What a host is launched with; all of it optional. */
export interface HostOptions extends Partial<Omit<ServerOptions, 'development'>>, WorkbenchContent {
  readonly viewport?: { readonly width: number; readonly height: number };
  /** Keeps the browser's storage (trust, secrets); for a restart give the same `port` too. */
  readonly profileDir?: string;
}

/** A host that runs until `close`. */
export interface Host {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly server: RunningServer;
  readonly url: string;
  /** Loads the workbench and waits until it is drawn. */
  open(): Promise<Page>;
  /** Ends browser and server and removes what they wrote, except folders the options named. */
  close(): Promise<void>;
}

/** Starts server and browser side by side; rejects with the reason of the first that fails, leaving nothing behind. */
export async function launchHost(options: HostOptions = {}): Promise<Host> {
  const executable = await prepareChromium(await prepareServer());
  const scratch = mkdtempSync(path.join(tmpdir(), 'vscode-host-'));
  const dataDir = options.dataDir ?? path.join(scratch, 'server');
  const development = (options.developmentPaths ?? []).length > 0;

  const [server, context] = await Promise.allSettled([
    startServer({ ...options, dataDir, development }),
    chromium.launchPersistentContext(options.profileDir ?? path.join(scratch, 'profile'), {
      executablePath: executable.executable,
      env: executable.environment,
      args: CHROMIUM_ARGS,
      headless: true,
      viewport: options.viewport ?? { width: 1400, height: 900 },
    }),
  ]);
  const close = async () => {
    if (context.status === 'fulfilled') await closeWithin(context.value, CLOSING_LIMIT_MS);
    if (server.status === 'fulfilled') await server.value.stop();
    rmSync(scratch, { recursive: true, force: true, maxRetries: 3 });
  };
  if (server.status === 'rejected' || context.status === 'rejected') {
    await close();
    throw server.status === 'rejected' ? server.reason : context.status === 'rejected' && context.reason;
  }

  const url = workbenchUrl(server.value.port, options);
  const page = await openPage(context.value);
  return {
    page,
    context: context.value,
    server: server.value,
    url,
    close,
    async open() {
      await page.goto(url, { waitUntil: 'domcontentloaded' });
      await page.locator('.monaco-workbench').waitFor({ timeout: OPENING_LIMIT_MS });
      return page;
    },
  };
}

async function openPage(context: BrowserContext): Promise<Page> {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  // SecretStorage survives a reload only with the half of the key that code-server's front door would mint.
  await context.route('**/mint-key', (route) =>
    route.fulfill({ contentType: 'application/octet-stream', body: Buffer.alloc(32, 7) }),
  );
  return context.pages()[0] ?? (await context.newPage());
}

/** A browser that hangs must not hold the run up: its process ends with the pipe it is driven by. */
async function closeWithin(context: BrowserContext, limit: number): Promise<void> {
  const limited = new Promise((resolve) => setTimeout(resolve, limit).unref());
  await Promise.race([context.close().catch(() => undefined), limited]);
}
