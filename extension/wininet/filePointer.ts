import * as constants from '../shared/constants.ts';
import type { FunctionName } from '../shared/hierarchy.ts';
import type { Engine } from './engine.ts';
import type { HINTERNET } from './handle.ts';
import type { HandleRecord } from './handleStore.ts';
import { CallFailure } from './winInetError.ts';

const HIGH = 0x1_0000_0000;

/** The high half of a distance, and after the call of the position. */
export interface DistanceHigh {
  high: number;
}

/** The function of one engine that moves the place of the next read. */
export function filePointerFunctions(engine: Engine) {
  return {
    /**
     * Moves the place in the answer from which the next read starts.
     * @param lDistanceToMove in bytes; signed, but with FILE_BEGIN and without the high half unsigned
     * @param lpDistanceToMoveHigh its high 32 bits, replaced by those of the position; null for none
     * @param dwMoveMethod FILE_BEGIN, FILE_CURRENT or FILE_END
     * @param dwContext reserved: 0, as the call never pends
     * @returns the position
     * Errors: ERROR_INTERNET_INVALID_OPERATION (the end was read, the answer is not kept, its size is unknown for FILE_END, or
     * the root is asynchronous), ERROR_NEGATIVE_SEEK, ERROR_INVALID_PARAMETER.
     */
    InternetSetFilePointer(
      hFile: HINTERNET<'http-request'>,
      lDistanceToMove: number,
      lpDistanceToMoveHigh: DistanceHigh | null = null,
      dwMoveMethod: number = constants.FILE_BEGIN,
      dwContext = 0,
    ): Promise<number> {
      const args = [hFile, lDistanceToMove, lpDistanceToMoveHigh?.high ?? null, dwMoveMethod, dwContext];
      return engine.use('InternetSetFilePointer', hFile, args, (record) => {
        const high = checkedHigh(lpDistanceToMoveHigh);
        if (dwContext !== 0) refuse('Pass 0 as dwContext: it is reserved.');
        if (!Number.isSafeInteger(lDistanceToMove)) refuse('Pass a whole number as lDistanceToMove.');
        const position = moved(record, distanceOf(lDistanceToMove, high, dwMoveMethod), dwMoveMethod);
        if (high === null && position >= HIGH)
          refuse('Pass { high } as lpDistanceToMoveHigh for a position of more than 32 bits.');
        record.data.spool?.moveTo(position);
        record.data.reader?.readOn();
        if (high !== null) high.high = Math.floor(position / HIGH);
        return position;
      });
    },
  } satisfies Partial<Record<FunctionName, unknown>>;
}

function moved(record: HandleRecord<'http-request'>, distance: number, method: number): number {
  const { spool } = record.data;
  const { root } = record;
  if (root.is('root') && (root.data.flags & constants.INTERNET_FLAG_ASYNC) !== 0) {
    throw new CallFailure('ERROR_INTERNET_INVALID_OPERATION', 'Open the root without INTERNET_FLAG_ASYNC.');
  }
  if (spool === null) {
    const sentence = 'Send a GET or HEAD without INTERNET_FLAG_NO_CACHE_WRITE: its answer is kept.';
    throw new CallFailure('ERROR_INTERNET_INVALID_OPERATION', sentence);
  }
  const position = distance + startOf(method, spool);
  if (position < 0) throw new CallFailure('ERROR_NEGATIVE_SEEK');
  return position;
}

function startOf(method: number, spool: { readonly position: number; readonly size: number | undefined }): number {
  switch (method) {
    case constants.FILE_BEGIN:
      return 0;
    case constants.FILE_CURRENT:
      return spool.position;
    case constants.FILE_END:
      if (spool.size !== undefined) return spool.size;
      throw new CallFailure('ERROR_INTERNET_INVALID_OPERATION', 'The server has not told how long the answer is.');
    default:
      return refuse('Pass FILE_BEGIN, FILE_CURRENT or FILE_END as dwMoveMethod.');
  }
}

function distanceOf(low: number, high: DistanceHigh | null, method: number): number {
  if (high !== null) return high.high * HIGH + (low >>> 0);
  return method === constants.FILE_BEGIN && low < 0 && low >= -HIGH / 2 ? low >>> 0 : low;
}

function checkedHigh(value: unknown): DistanceHigh | null {
  if (value === null) return null;
  if (typeof value !== 'object' || !('high' in value) || !Number.isInteger(value.high)) {
    refuse('Pass { high } or null as lpDistanceToMoveHigh.');
  }
  return value as DistanceHigh;
}

function refuse(sentence: string): never {
  throw new CallFailure('ERROR_INVALID_PARAMETER', sentence);
}
