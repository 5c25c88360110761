/** A whole number as people type it, decimal or with 0x; null if it is none. */
export function parseWholeNumber(text: string): number | null {
  const trimmed = text.trim();
  if (!/^(\d+|0x[0-9a-f]+)$/i.test(trimmed)) return null;
  const number = Number(trimmed);
  return number <= 0xffffffff ? number : null;
}
