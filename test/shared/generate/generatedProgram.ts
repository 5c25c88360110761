import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Entry } from '../../../extension/shared/journal.ts';
import { applyEntry, emptyTree, type HandleTree } from '../../../extension/shared/model.ts';
import { shownHandles, stateText, treeText } from '../../../extension/shared/treeText.ts';
import { findExecutable } from '../../peers/findExecutable.ts';
import { packageProgram } from '../../run/command.ts';

const LOADER = new URL('recordingLoader.mjs', import.meta.url).href;

/** How a program ended, and what it did. */
export interface Ended {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
  readonly entries: readonly Entry[];
}

/** A folder for programs inside the package, so that they can import it by name. */
export function programFolder(): string {
  mkdirSync('test/artifacts', { recursive: true });
  return mkdtempSync(path.join('test/artifacts', 'generated-'));
}

/** Runs a program with Node against the library's sources, and returns its journal. One that does not end by itself is a failure. */
export function runRecorded(
  file: string,
  args: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const journal = `${path.resolve(file)}.${process.hrtime.bigint()}.json`;
  const env = { ...process.env, ...environment, HINTERNET_JOURNAL: journal };
  return new Promise((resolve, reject) => {
    const options = { timeout: 60_000, env };
    execFile(process.execPath, ['--import', LOADER, file, ...args], options, (error, output, errors) => {
      if (error?.killed) reject(new Error(`${file} did not end; it said: ${output} ${errors}`));
      const entries = existsSync(journal) ? (JSON.parse(readFileSync(journal, 'utf8')) as readonly Entry[]) : [];
      rmSync(journal, { force: true });
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, output, errors, entries });
    });
  });
}

/** Checks programs with the TypeScript compiler, as strictly as it can, against the library's own types. Rejects with what it says. */
export async function typeCheck(folder: string, files: readonly string[]): Promise<void> {
  const config = path.join(folder, 'tsconfig.json');
  const library = fileURLToPath(new URL('../../../extension/library.ts', import.meta.url));
  writeFileSync(
    config,
    JSON.stringify({
      extends: fileURLToPath(new URL('../../../tsconfig.json', import.meta.url)),
      compilerOptions: {
        types: ['node'],
        noEmit: true,
        paths: { 'hinternet-explorer/wininet': [library] },
      },
      files: [
        ...files.map((file) => path.basename(file)),
        fileURLToPath(new URL('../../../extension/drivers/undiciModules.d.ts', import.meta.url)),
      ],
    }),
  );
  await promisify(execFile)(process.execPath, [packageProgram('tsc'), '-p', config]).catch(
    ({ stdout }: { readonly stdout: string }) => {
      throw new Error(stdout);
    },
  );
}

/** The tree that entries leave, closed handles too. */
export function treeOf(entries: readonly Entry[]): HandleTree {
  const tree = emptyTree();
  for (const entry of entries) applyEntry(tree, entry);
  return tree;
}

/** The same as text. */
export function leftTree(entries: readonly Entry[]): string {
  return treeText(treeOf(entries), { closed: true });
}

/** A tree without the values of its handles, which depend on those that others have. */
export function shapeOf(tree: HandleTree, isMeant: (serial: number) => boolean = () => true): string {
  return shownHandles(tree, { closed: true })
    .filter(({ node }) => isMeant(node.serial))
    .map(({ node, depth }) => `${'  '.repeat(depth)}${node.fn}: ${node.kind}, ${stateText(node)}, ${node.target}\n`)
    .join('');
}

/** A handle with its ancestors and all that hangs below it. */
export function shapeAround(tree: HandleTree, serial: number): string {
  const above = (from: number | null): number[] =>
    from === null ? [] : [from, ...above(tree.nodes.get(from)?.parent ?? null)];
  const ancestors = new Set(above(serial));
  return shapeOf(tree, (one) => ancestors.has(one) || above(one).includes(serial));
}

/** The path of a program that a test needs; undefined, the test being skipped, where it is not installed. */
export function toolOrSkip(t: TestContext, name: string): string | undefined {
  const executable = findExecutable(name);
  if (executable !== undefined) return executable;
  assert.notEqual(process.env.HINTERNET_PEERS, 'required', `${name} is not installed`);
  t.skip(`${name} is not installed`);
  return undefined;
}
