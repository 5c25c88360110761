/** What a Range header asks of a resource: everything, the bytes from `start` to `end` (excluded), or nothing that exists. */
export type ByteRange =
  | { readonly kind: 'whole' }
  | { readonly kind: 'part'; readonly start: number; readonly end: number }
  | { readonly kind: 'unsatisfiable' };

const SINGLE_RANGE = /^bytes=\s*(\d{0,15})-(\d{0,15})\s*$/i;

/**
 * Reads a Range header for a resource of `size` bytes.
 * Several ranges, other units and malformed values count as absent: RFC 9110, 14.2 lets a server ignore the header.
 */
export function readByteRange(header: string | undefined, size: number): ByteRange {
  const [, first = '', last = ''] = SINGLE_RANGE.exec(header ?? '') ?? [];
  if (first === '' && last === '') {
    return { kind: 'whole' };
  }
  if (first === '') {
    const length = Math.min(Number(last), size);
    return length === 0 ? { kind: 'unsatisfiable' } : { kind: 'part', start: size - length, end: size };
  }
  const start = Number(first);
  const end = last === '' ? size : Math.min(Number(last) + 1, size);
  if (last !== '' && Number(last) < start) {
    return { kind: 'whole' };
  }
  return start >= size ? { kind: 'unsatisfiable' } : { kind: 'part', start, end };
}
