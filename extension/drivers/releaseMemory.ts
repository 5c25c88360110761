/** Smaller pieces may share a pool with others, and are not worth it. */
const LEAST_BYTES = 16_384;

/**
 * Gives the memory of bytes that a socket brought and that were copied back at once; they are empty afterwards. Left to the
 * garbage collector, Node lets 64 MiB of such memory gather. Memory in which other bytes stand behind these is left alone.
 */
export function releaseMemory({ buffer, byteOffset, length }: Uint8Array): void {
  if (length < LEAST_BYTES || !(buffer instanceof ArrayBuffer)) return;
  if (byteOffset + length === buffer.byteLength) buffer.transfer(0);
}
