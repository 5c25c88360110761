import { createHash } from 'node:crypto';

/** Says on one line what was expected and what came. */
export function differs(what: string, wanted: unknown, got: unknown): string {
  return `${what}: expected ${show(wanted)}, got ${show(got)}`;
}

function show(value: unknown): string {
  // Texts of servers have line ends and other bytes that a terminal would obey.
  const isPlain = typeof value === 'string' && !/\p{Cc}/u.test(value);
  const text = isPlain ? value : (JSON.stringify(value) ?? 'nothing');
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}

/** The hash by which long data, one character per byte, are recorded. */
export function hashOf(text: string): string {
  return createHash('sha256').update(Buffer.from(text, 'latin1')).digest('hex');
}
