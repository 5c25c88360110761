// The view in a headless Chromium: its real bundle on a page like the panel's, with a host that the test plays.
import { readdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import path from 'node:path';
import esbuild from 'esbuild';
import { type Browser, chromium, type Page } from 'playwright-core';
import { settings } from '../../../esbuild.mjs';
import type { ComparisonMessage } from '../../../extension/shared/compare/shownComparison.ts';
import type { HostMessage, ViewMessage, ViewState } from '../../../extension/shared/protocol.ts';
import { chromiumIn, type PreparedChromium } from '../../vscode/host/prepare.ts';
import { type ThemeName, themeNamed } from './themes.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const NONCE = 'harness';
// As in the panel's page; the hash allows the empty style element that the toolkit adds.
const POLICY = (origin: string): string =>
  `default-src 'none'; script-src 'nonce-${NONCE}'; style-src ${origin} 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='; font-src ${origin}; img-src ${origin} data:`;

/** How a view is opened. */
export interface ViewOptions {
  /** Which of the pages; the graph's unless told otherwise. */
  readonly script?: 'webview' | 'comparison';
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  /** Pixels of the screen for one of the page. */
  readonly scale?: number;
  readonly reducedMotion?: boolean;
  readonly state?: ViewState;
  /** Time stands still unless the test moves it with `page.clock`. */
  readonly ownClock?: boolean;
}

/** An open view. */
export interface View {
  readonly page: Page;
  /** Violations of the content security policy and errors of the page. */
  readonly complaints: string[];
  send(message: HostMessage | ComparisonMessage): Promise<void>;
  /** What the view has posted so far. */
  posted(): Promise<ViewMessage[]>;
  state(): Promise<ViewState | undefined>;
  close(): Promise<void>;
}

/** The browser and the server of the bundle. */
export interface Harness {
  readonly browser: Browser;
  open(options?: ViewOptions): Promise<View>;
  close(): Promise<void>;
}

/** A Chromium on this machine: the one that the editor's tests unpack, or an installed one; undefined where there is none. */
export function findChromium(): PreparedChromium | undefined {
  const own = process.env.VSC_HOST_CHROMIUM;
  if (own) return { executable: own, environment: process.env };
  const cache = path.join(root, '.vscode-test');
  for (const name of entriesOf(cache).filter((one) => one.startsWith('code-server-') && !one.includes('.draft'))) {
    const directory = path.join(cache, name, 'chromium');
    if (entriesOf(directory).includes('.ready')) return chromiumIn(directory);
  }
  const installed = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((file) =>
    entriesOf(path.dirname(file)).includes(path.basename(file)),
  );
  return installed === undefined ? undefined : { executable: installed, environment: process.env };
}

function entriesOf(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return []; // not there: nothing in it
  }
}

/** Bundles the view and starts the browser. */
export async function startHarness(found: PreparedChromium): Promise<Harness> {
  const server = serve(await bundle());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  const origin = `http://127.0.0.1:${address.port}`;
  const browser = await chromium.launch({
    executablePath: found.executable,
    env: found.environment,
    args: ['--no-sandbox', '--disable-gpu'],
  });
  return {
    browser,
    open: (options = {}) => openView(browser, origin, options),
    async close() {
      await browser.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The bundle that ships, kept in memory. */
async function bundle(): Promise<Map<string, string>> {
  const { webview } = settings({ production: true, metafile: false });
  const { outputFiles } = await esbuild.build({ ...webview, write: false });
  return new Map(outputFiles.map((file) => [`/${path.basename(file.path)}`, file.text]));
}

function serve(files: ReadonlyMap<string, string>): Server {
  return createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const file = files.get(url.pathname);
    const type = url.pathname.endsWith('.css')
      ? 'text/css'
      : url.pathname.endsWith('.js')
        ? 'text/javascript'
        : 'text/html';
    response.setHeader('content-type', `${type}; charset=utf-8`);
    response.end(file ?? hostPage(`http://${request.headers.host}`, url.pathname.slice(1)));
  });
}

function hostPage(origin: string, script: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>HINTERNET</title>
<meta http-equiv="Content-Security-Policy" content="${POLICY(origin)}">
<link rel="stylesheet" href="${origin}/${script}.css"></head>
<body><div id="app"></div><script nonce="${NONCE}" src="${origin}/${script}.js"></script></body></html>`;
}

async function openView(browser: Browser, origin: string, options: ViewOptions): Promise<View> {
  const theme = themeNamed(options.theme ?? 'light');
  const context = await browser.newContext({
    viewport: { width: options.width ?? 900, height: options.height ?? 700 },
    deviceScaleFactor: options.scale ?? 1,
    reducedMotion: options.reducedMotion ? 'reduce' : 'no-preference',
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.addInitScript(playHost, { ...theme, state: options.state ?? null });
  if (options.ownClock) await page.clock.install();
  await page.goto(`${origin}/${options.script ?? 'webview'}`);
  if (options.ownClock) await page.clock.pauseAt(Date.now() + 60_000);
  return {
    page,
    complaints,
    // As text: a large tree takes the browser's driver minutes otherwise.
    send: (message) => page.evaluate((text) => window.postMessage(JSON.parse(text), '*'), JSON.stringify(message)),
    posted: () => page.evaluate(() => window.harness.posted),
    state: () => page.evaluate(() => window.harness.state ?? undefined),
    close: () => context.close(),
  };
}

declare global {
  interface Window {
    harness: { posted: ViewMessage[]; state: ViewState | null };
    acquireVsCodeApi: () => unknown;
  }
}

/** Runs in the page before the view: what the workbench would set up. */
function playHost(page: {
  bodyClass: string;
  variables: Readonly<Record<string, string>>;
  state: ViewState | null;
}): void {
  window.harness = { posted: [], state: page.state };
  window.acquireVsCodeApi = () => ({
    postMessage: (message: ViewMessage) => window.harness.posted.push(message),
    getState: () => window.harness.state ?? undefined,
    setState: (state: ViewState) => {
      window.harness.state = state;
    },
  });
  const dress = (): void => {
    document.body.className = page.bodyClass;
    for (const [name, value] of Object.entries(page.variables)) {
      document.documentElement.style.setProperty(`--vscode-${name}`, value);
    }
  };
  new MutationObserver((_, observer) => {
    if (document.body === null) return;
    dress();
    observer.disconnect();
  }).observe(document, { childList: true, subtree: true });
}
