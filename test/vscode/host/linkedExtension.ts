// An extensions folder that holds this checkout itself: VS Code loads it as an installed extension.
import { mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../../..');

/**
 * Makes `extensionsDir` anew with this checkout as its only extension. Unlike an extension under development it needs no
 * test driver in the workbench, and only without that driver the workbench shows notification toasts.
 */
export function linkExtension(extensionsDir: string): void {
  rmSync(extensionsDir, { recursive: true, force: true });
  mkdirSync(extensionsDir, { recursive: true });
  const { publisher, name, version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  symlinkSync(root, path.join(extensionsDir, `${publisher}.${name}-${version}`), 'dir');
}
