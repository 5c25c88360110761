// The workbench of a real VS Code as UI tests use it: commands by the palette, themes, webviews, pictures.
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FrameLocator, Page } from 'playwright-core';
import { type Host, type HostOptions, launchHost } from '../host/host.ts';
import { linkExtension } from '../host/linkedExtension.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const ARTIFACTS = path.join(root, 'test/artifacts');
const QUICK_PICK_ATTEMPTS = 5;
const QUICK_PICK_LIMIT_MS = 4_000;

/** The theme's label in VS Code's list, and the class its workbench then carries. */
const THEMES = {
  light: { label: 'Light Modern', workbenchClass: '.vs[class*=light_modern]' },
  dark: { label: 'Dark Modern', workbenchClass: '.vs-dark[class*=dark_modern]' },
  hc: { label: 'Dark High Contrast', workbenchClass: '.hc-black' },
  'hc-light': { label: 'Light High Contrast', workbenchClass: '.hc-light' },
} as const;

/** One of the four kinds of theme that VS Code distinguishes. */
export type Theme = keyof typeof THEMES;
export const ALL_THEMES = Object.keys(THEMES) as readonly Theme[];

/** How a picture is taken. */
export interface Picture {
  readonly theme?: Theme;
  readonly viewport?: { readonly width: number; readonly height: number };
}

/** A workbench with this extension installed and a copy of the sample workspace open. */
export interface Workbench {
  readonly page: Page;
  readonly host: Host;
  readonly workspace: string;
  runCommand(label: string): Promise<void>;
  /** The document inside the visible webview: panel, view or notebook output. */
  webview(): FrameLocator;
  setTheme(theme: Theme): Promise<void>;
  /** Writes test/artifacts/NAME.png and yields its path. */
  screenshot(name: string, picture?: Picture): Promise<string>;
  close(): Promise<void>;
}

/** Opens it; `options` go to the host on top of the above. The extension must have been built. */
export async function openWorkbench(options: HostOptions = {}): Promise<Workbench> {
  const scratch = mkdtempSync(path.join(tmpdir(), 'hinternet-ui-'));
  const workspace = path.join(scratch, 'workspace');
  const extensionsDir = path.join(scratch, 'extensions');
  cpSync(path.join(root, 'test/workspace'), workspace, { recursive: true });
  linkExtension(extensionsDir);
  const removeScratch = () => rmSync(scratch, { recursive: true, force: true, maxRetries: 3 });
  const host = await launchHost({ workspace, extensionsDir, ...options }).catch((error) => {
    removeScratch();
    throw error;
  });
  const close = async () => {
    await host.close();
    removeScratch();
  };
  const page = await host.open().catch(async (error) => {
    await close();
    throw error;
  });
  return {
    page,
    host,
    workspace,
    close,
    runCommand: (label) => runCommand(page, label),
    webview: () => page.frameLocator('iframe.webview.ready >> visible=true').frameLocator('#active-frame'),
    setTheme: (theme) => setTheme(page, theme),
    screenshot: (name, picture) => screenshot(page, name, picture),
  };
}

/** Runs a command by its palette label. */
export async function runCommand(page: Page, label: string): Promise<void> {
  await insist(page, async () => {
    await page.keyboard.press('F1');
    await pick(page, `>${label}`, label);
  });
}

/** By the list of themes: the server notices only the first change of its settings file from outside. */
async function setTheme(page: Page, theme: Theme): Promise<void> {
  const { label, workbenchClass } = THEMES[theme];
  await insist(page, async () => {
    await page.keyboard.press('F1');
    await pick(page, '>Preferences: Color Theme', 'Preferences: Color Theme');
    await pick(page, label, label);
    await page.locator(`.monaco-workbench${workbenchClass}`).waitFor({ timeout: QUICK_PICK_LIMIT_MS });
  });
  await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
}

/** Types into the open quick pick and clicks the row of that name. */
async function pick(page: Page, typed: string, label: string): Promise<void> {
  const name = JSON.stringify(label).slice(1, -1);
  const row = page.locator(`.quick-input-list .monaco-list-row:is([aria-label="${name}"], [aria-label^="${name},"])`);
  await page.locator('.quick-input-widget:visible input.input').fill(typed, { timeout: QUICK_PICK_LIMIT_MS });
  await row.first().click({ timeout: QUICK_PICK_LIMIT_MS });
}

/** Something else may take the focus and close a quick pick at any time, so what goes through one is tried again. */
async function insist(page: Page, attempt: () => Promise<void>): Promise<void> {
  for (let count = 1; ; count += 1) {
    try {
      await attempt();
      return;
    } catch (error) {
      if (count === QUICK_PICK_ATTEMPTS) throw error;
      await page.keyboard.press('Escape');
    }
  }
}

async function screenshot(page: Page, name: string, { theme, viewport }: Picture = {}): Promise<string> {
  if (theme) await setTheme(page, theme);
  if (viewport) await page.setViewportSize(viewport);
  mkdirSync(ARTIFACTS, { recursive: true });
  const file = path.join(ARTIFACTS, `${name}.png`);
  await page.screenshot({ path: file, animations: 'disabled', caret: 'hide' });
  return file;
}
