// undici 8 does not load on an older Node: https://github.com/nodejs/undici (engines).
const NEEDED = [22, 19] as const;

/** Why this Node cannot run the engine; null if it can. */
export function nodeIsTooOld(version: string): string | null {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1])) return null;
  return `HINTERNET Explorer needs Node.js ${NEEDED.join('.')} or newer; this one is ${version}.`;
}
