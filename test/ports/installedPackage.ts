import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before } from 'node:test';
import { runNpm } from '../npmInstall.mjs';
import { packForNpm } from '../npmPackage.mjs';

const packages = path.resolve(import.meta.dirname, '../../node_modules');

/** A project of a stranger's who has installed the package from npm. */
export interface Project {
  readonly folder: string;
  /** What npm packed. */
  readonly tarball: string;
  /** Writes a file, with its folders, and gives its path. */
  write(name: string, text: string): string;
  /** Runs a program of the project, as `npx` does, to its end. */
  npx(...args: readonly string[]): Promise<Ended>;
  /** Runs Node with the project's folder as the working directory. */
  node(args: readonly string[], environment?: Readonly<Record<string, string>>): Promise<Ended>;
  /** Lends one of this repository's packages to the project. */
  lend(name: string): void;
}

/** How a program ended, and what it printed, without colours. */
export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** Packs what was built and installs it into an empty project before the tests of a file. Call the result inside a test. */
export function withInstalledPackage(): () => Project {
  let project: Project | undefined;
  before(async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'hinternet-project-'));
    writeFileSync(path.join(folder, 'package.json'), '{ "name": "stranger", "private": true, "type": "module" }\n');
    const tarball = await packForNpm(folder);
    // Nothing may have to be fetched: everything is in the package.
    await runNpm(['install', '--offline', '--no-audit', '--no-fund', tarball], folder);
    project = projectIn(folder, tarball);
  });
  after(() => project !== undefined && rmSync(project.folder, { recursive: true, force: true }));
  return () => {
    if (project === undefined) throw new Error('The project is there only while tests run.');
    return project;
  };
}

function projectIn(folder: string, tarball: string): Project {
  return {
    folder,
    tarball,
    node: (args, environment = {}) => run(process.execPath, args, folder, environment),
    npx: (...args) => run('npx', ['--no', '--', ...args], folder, {}),
    write(name, text) {
      const file = path.join(folder, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
      return file;
    },
    lend(name) {
      const place = path.join(folder, 'node_modules', name);
      mkdirSync(path.dirname(place), { recursive: true });
      symlinkSync(path.join(packages, name), place, 'junction');
    },
  };
}

async function run(
  program: string,
  args: readonly string[],
  cwd: string,
  environment: Readonly<Record<string, string>>,
): Promise<Ended> {
  // What is started by its first line, as by npx, finds the Node that runs the tests. A runner must not think itself in another.
  const PATH = `${path.dirname(process.execPath)}${path.delimiter}${process.env.PATH ?? ''}`;
  const env = {
    ...process.env,
    PATH,
    NODE_TEST_CONTEXT: undefined,
    FORCE_COLOR: undefined,
    NO_COLOR: '1',
    ...environment,
  };
  const child = spawn(program, args, { cwd, env, shell: process.platform === 'win32' && program === 'npx' });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (piece) => {
      output += String(piece);
    });
  }
  const { promise, resolve, reject } = Promise.withResolvers<number | null>();
  child.once('error', reject).once('close', resolve);
  return { code: await promise, output };
}
