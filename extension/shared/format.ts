/** How numbers and text from servers appear in labels, the same in every view. */

/** A handle's value as debuggers show it: 0x00CC0004. */
export function formatHandleValue(value: number): string {
  return `0x${value.toString(16).toUpperCase().padStart(8, '0')}`;
}

const BYTE_UNITS = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

/** One end of a connection, as `127.0.0.1:80` or `[::1]:80`. */
export function formatEndpoint({ address, port }: { readonly address: string; readonly port: number }): string {
  return `${address.includes(':') ? `[${address}]` : address}:${port}`;
}

/** A number of bytes with a binary unit: 13 bytes, 1.5 MiB. */
export function formatBytes(count: number): string {
  let amount = count;
  let unit = 0;
  while (amount >= 1024 && unit < BYTE_UNITS.length - 1) {
    amount /= 1024;
    unit += 1;
  }
  const digits = unit === 0 || amount >= 100 ? 0 : 1;
  return `${amount.toFixed(digits)} ${count === 1 ? 'byte' : BYTE_UNITS[unit]}`;
}

/** A duration given in microseconds: 850 µs, 12.4 ms, 3.2 s. */
export function formatDuration(microseconds: number): string {
  if (microseconds < 1000) return `${Math.round(microseconds)} µs`;
  if (microseconds < 1_000_000) return `${(microseconds / 1000).toFixed(1)} ms`;
  return `${(microseconds / 1_000_000).toFixed(1)} s`;
}

// Control characters, bidirectional overrides and isolates, zero-width characters: they let a server's text pose as ours.
const DECEPTIVE = /[\p{Cc}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

/** What every programmer writes for those that lines of headers end with. */
const SHORT_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\r', '\\r'],
  ['\n', '\\n'],
  ['\t', '\\t'],
]);

/** An age given in microseconds, as whole seconds, minutes or hours: 12 s, 3 min, 2 h. */
export function formatAge(microseconds: number): string {
  const seconds = Math.max(0, Math.floor(microseconds / 1_000_000));
  if (seconds < 60) return `${seconds} s`;
  return seconds < 3600 ? `${Math.floor(seconds / 60)} min` : `${Math.floor(seconds / 3600)} h`;
}

/** Text from outside, made safe to show in a label: what would not be seen, or would reorder it, appears as an escape. */
export function printable(text: string, limit = 200): string {
  // The cut may fall inside a character that takes two units: its first half goes as well.
  const cut = text.length > limit ? `${text.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, '')}…` : text;
  return cut.replace(DECEPTIVE, (character) => {
    const short = SHORT_ESCAPES.get(character);
    if (short !== undefined) return short;
    const code = character.codePointAt(0) ?? 0;
    return `\\u{${code.toString(16).padStart(2, '0')}}`;
  });
}
