import { createRequire } from 'node:module';
import * as v from 'valibot';

/** The version of the package that this program is part of. */
export function ownVersion(): string {
  // By the package's own name: the way is the same from the sources and from the bundle.
  const manifest: unknown = createRequire(import.meta.url)('hinternet-explorer/package.json');
  return v.parse(v.object({ version: v.string() }), manifest).version;
}
