import { type UncheckedHandle, type WinInet, WinInetError } from '../wininet/index.ts';

/** A whole body passes in pieces of this size, in bytes. */
const PIECE = 64 * 1024;

/**
 * Reads a body with InternetReadFile and hands its pieces on, each a fresh array.
 * @param enough asked before each read; true ends the reading early
 * @returns true if the end was reached. Errors: those of InternetReadFile, and whatever `take` throws.
 */
export async function readPieces(
  wininet: WinInet,
  handle: UncheckedHandle,
  take: (piece: Uint8Array) => void | Promise<void>,
  enough: () => boolean = () => false,
): Promise<boolean> {
  while (!enough()) {
    const piece = await nextPiece(wininet, handle, PIECE);
    if (piece.length === 0) return true;
    await take(piece);
  }
  return false;
}

/** A folder's page comes in whole lines, and a server may send names of any length. */
async function nextPiece(wininet: WinInet, handle: UncheckedHandle, size: number): Promise<Uint8Array> {
  const buffer = new Uint8Array(size);
  try {
    return buffer.subarray(0, await wininet.InternetReadFile(handle, buffer));
  } catch (failure) {
    const needed = failure instanceof WinInetError ? (failure.requiredLength ?? 0) : 0;
    if (needed <= size) throw failure;
    return nextPiece(wininet, handle, needed);
  }
}

/** The beginning of a body. */
export interface Beginning {
  readonly pieces: readonly Uint8Array[];
  readonly length: number;
  /** Is it the whole body? */
  readonly complete: boolean;
}

/**
 * Reads on until the end, or until there are more bytes than `limit`; a body of exactly the limit is complete.
 * @param before what was read already
 */
export async function readBeginning(
  wininet: WinInet,
  handle: UncheckedHandle,
  limit: number,
  before: readonly Uint8Array[] = [],
): Promise<Beginning> {
  const pieces = [...before];
  let length = lengthOf(before);
  const take = (piece: Uint8Array) => {
    pieces.push(piece);
    length += piece.length;
  };
  const complete = await readPieces(wininet, handle, take, () => length > limit);
  return { pieces, length, complete };
}

/** How many bytes the pieces hold. */
export function lengthOf(pieces: readonly Uint8Array[]): number {
  return pieces.reduce((sum, piece) => sum + piece.length, 0);
}
