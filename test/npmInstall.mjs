// Plain JavaScript: it runs on Node 20, before anything is installed.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const PROGRESS_EVERY_MS = 3000;

// Nothing this project needs comes out of an install script, so none is allowed to run. Not `npm ci`: it refuses a lockfile that lacks
// some other system's optional package, which is what a registry mirror without that package leaves behind.
const FLAGS = ['--ignore-scripts', '--no-save', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=http'];

/**
 * Installs into `directory` what its lockfile names, without install scripts, and reports progress every three seconds.
 * Rejects with npm's own words when npm fails.
 */
export async function npmInstall(directory, say) {
  const started = Date.now();
  const words = [];
  let answers = 0;
  const seconds = () => Math.round((Date.now() - started) / 1000);

  const npm = spawnNpm(['install', ...FLAGS], directory);
  const progress = setInterval(
    () => say(`  ${answers} answers from the package registry, ${seconds()} s`),
    PROGRESS_EVERY_MS,
  );
  for (const stream of [npm.stdout, npm.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      if (line.startsWith('npm http ')) answers += 1;
      else words.push(line);
    });
  }
  const code = await new Promise((resolve, reject) => {
    npm.once('error', reject);
    npm.once('close', resolve);
  }).finally(() => clearInterval(progress));
  if (code !== 0) throw new Error(`npm install failed in ${directory} (exit code ${code}):\n${words.join('\n')}`);
  say(`  installed in ${seconds()} s`);
}

/** See npmInstall.d.mts. */
export async function runNpm(args, cwd) {
  const npm = spawnNpm(args, cwd);
  let words = '';
  for (const stream of [npm.stdout, npm.stderr]) {
    stream.on('data', (piece) => {
      words += String(piece);
    });
  }
  const code = await new Promise((resolve, reject) => {
    npm.once('error', reject);
    npm.once('close', resolve);
  });
  if (code !== 0) throw new Error(`npm ${args[0]} failed (exit code ${code}):\n${words}`);
  return words;
}

function spawnNpm(args, cwd) {
  const options = { cwd, stdio: ['ignore', 'pipe', 'pipe'] };
  const cli = process.env.npm_execpath; // set inside `npm run`: the same npm again, even where none is on PATH
  if (cli?.endsWith('.js')) return spawn(process.execPath, [cli, ...args], options);
  return spawn('npm', args, { ...options, shell: process.platform === 'win32' }); // npm.cmd needs a shell
}
