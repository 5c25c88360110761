import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

// Debian puts servers where only root's PATH looks.
const serverFolders = ['/usr/local/sbin', '/usr/sbin', '/sbin', '/usr/lib/gophernicus', '/usr/lib/wine'];

/** The absolute path of a program in PATH or in the folders where systems keep their servers, or undefined. */
export function findExecutable(name: string): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter).filter(Boolean), ...serverFolders];
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false; // absent or not ours to run: both mean "look further"
  }
}

/** What `pattern`'s first group matches in the output of `executable args`, or `unknown version`. */
export async function askVersion(executable: string, args: readonly string[], pattern: RegExp): Promise<string> {
  const { stdout, stderr } = await promisify(execFile)(executable, [...args], { timeout: 10_000 });
  return pattern.exec(`${stdout}${stderr}`)?.[1] ?? 'unknown version';
}
