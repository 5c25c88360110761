// Puts VS Code's own server and web workbench (the lean part of code-server) and a headless Chromium under .vscode-test/, once.
// Registry packages only: no install script runs, nothing is compiled, no system package is needed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { brotliDecompressSync, createBrotliDecompress } from 'node:zlib';
import { npmInstall, type Say } from '../../npmInstall.mjs';

const packageFiles = path.join(import.meta.dirname, 'server');
const stubs = path.join(import.meta.dirname, 'stubs');
const cache = path.resolve(import.meta.dirname, '../../../.vscode-test');

/** Built-in extensions that call out, only cost start-up time, or miss what a script would have to install for them. */
const LEFT_OUT = [
  'copilot',
  'mermaid-markdown-features',
  'microsoft-authentication',
  'ms-vscode.js-debug-companion',
  'ms-vscode.vscode-js-profile-table',
  'terminal-suggest',
  'tunnel-forwarding',
  'typescript-language-features',
];

/** One look on every machine: system fonts only serve what these three families lack. */
const FONT_PACKAGES = ['@expo-google-fonts/inter', '@expo-google-fonts/jetbrains-mono', 'dejavu-fonts-ttf'];
const FONTS_CONF = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
${FONT_PACKAGES.map((name) => `  <dir prefix="relative">../node_modules/${name}</dir>`).join('\n')}
  <dir prefix="relative">fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
  ${alias('sans-serif', 'Inter')}
  ${alias('system-ui', 'Inter')}
  ${alias('monospace', 'JetBrains Mono')}
</fontconfig>
`;

/** Where the server is. */
export interface PreparedServer {
  readonly directory: string;
  readonly serverMain: string;
}

/** How Chromium is started. */
export interface PreparedChromium {
  readonly executable: string;
  readonly environment: Record<string, string | undefined>;
}

/** Downloads and arranges the server unless that has been done for this lockfile; safe to run twice at the same time. */
export async function prepareServer(say: Say = console.error): Promise<PreparedServer> {
  const directory = path.join(cache, `code-server-${fingerprint()}`);
  if (!existsSync(path.join(directory, '.ready'))) {
    say('Preparing VS Code (server build) under .vscode-test: about 230 MB, once ...');
    await completeThenMove(directory, (draft) => arrangeServer(draft, say));
    removeOutdated(directory);
  }
  return {
    directory,
    serverMain: path.join(directory, 'node_modules/code-server/lib/vscode/out/server-main.js'),
  };
}

/** Unpacks Chromium beside the server, once. VSC_HOST_CHROMIUM names another Chromium, for systems other than Linux x64. */
export async function prepareChromium(server: PreparedServer, say: Say = console.error): Promise<PreparedChromium> {
  const own = process.env.VSC_HOST_CHROMIUM;
  if (own) return { executable: own, environment: process.env };
  const directory = path.join(server.directory, 'chromium');
  if (!existsSync(path.join(directory, '.ready'))) {
    say('  unpacking Chromium ...');
    await completeThenMove(directory, (draft) => unpackChromium(path.join(server.directory, 'node_modules'), draft));
  }
  return chromiumIn(directory);
}

/** How the Chromium in a folder is started: with the libraries, fonts and font cache beside it. */
export function chromiumIn(directory: string): PreparedChromium {
  return {
    executable: path.join(directory, 'chromium'),
    environment: {
      ...process.env,
      LD_LIBRARY_PATH: path.join(directory, 'lib'),
      FONTCONFIG_FILE: path.join(directory, 'fonts.conf'),
      // Fontconfig resolves a relative cache folder against the working directory, which is the checkout.
      XDG_CACHE_HOME: path.join(directory, 'cache'),
    },
  };
}

function alias(family: string, preferred: string): string {
  return `<match target="pattern"><test name="family"><string>${family}</string></test><edit name="family" mode="prepend" binding="strong"><string>${preferred}</string></edit></match>`;
}

function fingerprint(): string {
  const hash = createHash('sha256');
  hash.update(readFileSync(path.join(packageFiles, 'package-lock.json')));
  hash.update(readFileSync(import.meta.filename));
  for (const stub of readdirSync(stubs).sort()) hash.update(readFileSync(path.join(stubs, stub)));
  return hash.digest('hex').slice(0, 12);
}

/** A folder under its final name is always complete: an interrupted attempt leaves only a draft, a second one finds the first's. */
async function completeThenMove(directory: string, fill: (draft: string) => Promise<void>): Promise<void> {
  const draft = `${directory}.draft-${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  try {
    await fill(draft);
    writeFileSync(path.join(draft, '.ready'), '');
    renameSync(draft, directory);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(path.join(directory, '.ready'))) throw error;
  }
}

/** Each is half a gigabyte, and only the one made from this lockfile is ever started. */
function removeOutdated(current: string): void {
  const outdated = readdirSync(cache).filter((name) => /^code-server-[0-9a-f]{12}$/.test(name));
  for (const name of outdated) {
    if (name !== path.basename(current)) rmSync(path.join(cache, name), { recursive: true, force: true });
  }
}

async function arrangeServer(directory: string, say: Say): Promise<void> {
  cpSync(packageFiles, directory, { recursive: true });
  say('  downloading ...');
  await npmInstall(directory, say);
  say('  arranging ...');
  const modules = path.join(directory, 'node_modules');
  const server = path.join(modules, 'code-server/lib/vscode');
  // The browser asks for its modules at lib/vscode/node_modules.
  symlinkSync('../../..', path.join(server, 'node_modules'), 'dir');
  for (const file of readdirSync(stubs)) installStub(modules, path.parse(file).name, path.join(stubs, file));
  for (const name of LEFT_OUT) rmSync(path.join(server, 'extensions', name), { recursive: true, force: true });
}

function installStub(modules: string, name: string, source: string): void {
  const directory = path.join(modules, '@vscode', name);
  mkdirSync(directory, { recursive: true });
  writeFileSync(
    path.join(directory, 'package.json'),
    JSON.stringify({ name: `@vscode/${name}`, version: '0.0.0', main: 'index.js' }),
  );
  cpSync(source, path.join(directory, 'index.js'));
}

/** The package's own unpacking shares the system's temporary folder with everyone and switches web security off; this does neither. */
async function unpackChromium(modules: string, directory: string): Promise<void> {
  const packed = path.join(modules, '@sparticuz/chromium/bin');
  await pipeline(
    createReadStream(path.join(packed, 'chromium.br')),
    createBrotliDecompress(),
    createWriteStream(path.join(directory, 'chromium'), { mode: 0o755 }),
  );
  for (const archive of ['al2023', 'fonts', 'swiftshader']) {
    const input = brotliDecompressSync(readFileSync(path.join(packed, `${archive}.tar.br`)));
    const tar = spawnSync('tar', ['xf', '-', '--no-same-owner', '-C', directory], { input });
    if (tar.status !== 0)
      throw new Error(`tar could not unpack ${archive}: ${tar.error?.message ?? tar.stderr.toString()}`);
  }
  writeFileSync(path.join(directory, 'fonts.conf'), FONTS_CONF);
}
