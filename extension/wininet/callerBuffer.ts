import { CallFailure } from './winInetError.ts';

/**
 * How functions fill a caller's buffer, as the ANSI functions on a 64-bit machine do: texts are one byte per character, numbers
 * little-endian. The buffer's length is what the original's length parameter says on entry, an empty one stands for a NULL
 * pointer, and the number returned is what the original leaves in that parameter.
 */

/** A caller's buffer, or null where the caller wants the value whole. */
export type CallerBuffer = Uint8Array | null;

/** What a function resolves to: its value, or with a buffer the length that it has filled. */
export type Filled<Buffer extends CallerBuffer, Value> = Buffer extends Uint8Array ? number : Value;

/** A text for a caller: whole, or in the buffer that was given. */
export function fillOrReturn<Buffer extends CallerBuffer>(buffer: Buffer | null, text: string): Filled<Buffer, string> {
  // The condition is that of the type, which the compiler does not follow.
  return (buffer === null ? text : fillText(buffer, text)) as Filled<Buffer, string>;
}

/** Writes a text and the NUL behind it; returns its length without the NUL. Fails with ERROR_INSUFFICIENT_BUFFER, which counts the NUL. */
export function fillText(buffer: Uint8Array, text: string): number {
  const bytes = ansiBytes(text);
  needRoom(buffer, bytes.length + 1);
  buffer.set(bytes);
  buffer[bytes.length] = 0;
  return bytes.length;
}

/** Writes a DWORD; returns its size. Fails with ERROR_INSUFFICIENT_BUFFER. */
export function fillDword(buffer: Uint8Array, value: number): number {
  needRoom(buffer, 4);
  viewOf(buffer).setUint32(0, value >>> 0, true);
  return 4;
}

/** Writes a pointer-sized number, as a handle's value; returns its size. Fails with ERROR_INSUFFICIENT_BUFFER. */
export function fillPointer(buffer: Uint8Array, value: number | bigint): number {
  needRoom(buffer, 8);
  viewOf(buffer).setBigUint64(0, BigInt.asUintN(64, BigInt(value)), true);
  return 8;
}

/** Writes bytes as they are; returns how many. Fails with ERROR_INSUFFICIENT_BUFFER. */
export function fillBytes(buffer: Uint8Array, bytes: Uint8Array): number {
  needRoom(buffer, bytes.length);
  buffer.set(bytes);
  return bytes.length;
}

/** The text that a buffer holds up to its first NUL. */
export function textIn(buffer: Uint8Array): string {
  const end = buffer.indexOf(0);
  return Buffer.from(buffer.subarray(0, end === -1 ? buffer.length : end)).toString('latin1');
}

/** A text as the ANSI functions see it: what has no byte of its own becomes a question mark. */
export function ansiBytes(text: string): Uint8Array {
  return Buffer.from(text.replace(/[^\0-\xff]/gu, '?'), 'latin1');
}

/** Fails with ERROR_INSUFFICIENT_BUFFER, which carries the required length, if the buffer is smaller. */
export function needRoom(buffer: Uint8Array, length: number): void {
  if (buffer.length >= length) return;
  throw new CallFailure('ERROR_INSUFFICIENT_BUFFER', `Call again with a buffer of ${length} bytes.`, length);
}

function viewOf(buffer: Uint8Array): DataView {
  return new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}
