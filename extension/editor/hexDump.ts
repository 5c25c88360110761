const ROW = 16;

/** Bytes as rows of sixteen: offset, hexadecimal in two groups of eight, and the printable ASCII characters. */
export function hexDump(bytes: Uint8Array): string {
  const rows: string[] = [];
  for (let offset = 0; offset < bytes.length; offset += ROW)
    rows.push(row(bytes.subarray(offset, offset + ROW), offset));
  return rows.join('');
}

function row(bytes: Uint8Array, offset: number): string {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'));
  const halves = `${hex.slice(0, 8).join(' ')}  ${hex.slice(8).join(' ')}`.padEnd(ROW * 3);
  const ascii = Array.from(bytes, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('');
  return `${offset.toString(16).padStart(8, '0')}  ${halves}  |${ascii}|\n`;
}
