import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { TestContext } from 'node:test';
import type { WatchAddress } from '../../extension/shared/watchProtocol.ts';
import type { AttachedProgram } from '../../extension/sources/attachedProgram.ts';
import { leaveAddress, ownAddress } from '../../extension/sources/watchAddress.ts';
import { WatchServer } from '../../extension/sources/watchServer.ts';

/** A window's half of watching, without the window. */
export interface Watch {
  readonly address: WatchAddress;
  readonly server: WatchServer;
  readonly programs: AttachedProgram[];
  readonly complaints: string[];
}

/** Listens for programs until the test ends. */
export async function startWatch(t: TestContext, limit = 10_000): Promise<Watch> {
  const address = await ownAddress(null);
  const programs: AttachedProgram[] = [];
  const complaints: string[] = [];
  const server = await WatchServer.listen({
    address,
    journalLimit: () => limit,
    onProgram: (program) => programs.push(program),
    complain: (sentence) => complaints.push(sentence),
  });
  t.after(async () => {
    await server.close();
    leaveAddress(address);
  });
  return { address, server, programs, complaints };
}

/** A folder inside the package, so that programs in it can import the package by its name. */
export function programFolder(t: TestContext): string {
  mkdirSync('test/artifacts', { recursive: true });
  const folder = mkdtempSync(path.resolve('test/artifacts', 'program-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes a program file and yields its path. */
export function writeProgram(folder: string, name: string, text: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

/** How a program ended. */
export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** Runs a program with the built library to its end. */
export async function runProgram(
  file: string,
  environment: Readonly<Record<string, string>>,
  flags: readonly string[] = [],
): Promise<Ended> {
  const child = spawn(process.execPath, [...flags, file], { env: { ...process.env, ...environment } });
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

/** Waits until something is so; the test's own time limit ends it. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}
