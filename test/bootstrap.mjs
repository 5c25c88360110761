// The first thing every npm script runs: `node test/bootstrap.mjs SCRIPT [ARGUMENT...]`.
// Plain JavaScript for Node 20 with nothing installed; it installs the packages when they are missing or older than the lockfile,
// then runs the script with the Node that the packages bring along.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { npmInstall } from './npmInstall.mjs';

const root = path.resolve(import.meta.dirname, '..');
const packages = path.join(root, 'node_modules');
const bin = path.join(packages, '.bin');
const stamp = path.join(packages, '.install-stamp');

/** Node 22.18 is the first that runs TypeScript files as they are. */
const OLDEST_NODE = [22, 18];

await installWhenStale();
process.env.PATH = `${bin}${path.delimiter}${process.env.PATH ?? ''}`; // what the script starts finds the same Node

const [script, ...args] = process.argv.slice(2);
if (script === undefined) fail('usage: node test/bootstrap.mjs SCRIPT [ARGUMENT...]');
else if (runsTypeScript(process.versions.node)) await runHere(path.resolve(script), args);
else if (existsSync(path.join(bin, 'node'))) runWith(path.join(bin, 'node'), path.resolve(script), args);
else fail(`Node ${OLDEST_NODE.join('.')} or newer is needed on this system; this is ${process.versions.node}.`);

async function installWhenStale() {
  const lockfile = readFileSync(path.join(root, 'package-lock.json'));
  const wanted = createHash('sha256').update(lockfile).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  if (!installedByHand(lockfile)) {
    console.log(`Installing packages (${existsSync(packages) ? 'the lockfile has changed' : 'first run'}) ...`);
    try {
      await npmInstall(root, console.log);
    } catch (error) {
      fail(error.message);
      process.exit();
    }
  }
  writeFileSync(stamp, wanted);
}

/** True when someone ran npm himself: npm's own record of node_modules then agrees with the lockfile. */
function installedByHand(lockfile) {
  const record = path.join(packages, '.package-lock.json');
  if (!existsSync(record)) return false;
  const installed = JSON.parse(readFileSync(record, 'utf8')).packages;
  return Object.entries(JSON.parse(lockfile).packages).every(
    ([name, { version, optional }]) =>
      name === '' || installed[name]?.version === version || (optional && !installed[name]),
  );
}

function runsTypeScript(version) {
  const [major, minor] = version.split('.').map(Number);
  return major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
}

/** No second process where this Node will do: exit code, signals and streams are then the script's own. */
async function runHere(script, args) {
  process.argv.splice(1, Infinity, script, ...args);
  await import(pathToFileURL(script).href);
}

function runWith(node, script, args) {
  const child = spawn(node, [script, ...args], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.once('error', (error) => fail(`${node} did not start: ${error.message}`));
  child.once('exit', (code, signal) => {
    process.exitCode = code ?? 128 + constants.signals[signal];
  });
}

function fail(sentence) {
  console.error(sentence);
  process.exitCode = 1;
}
