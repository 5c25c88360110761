import * as constants from '../shared/constants.ts';
import type { FunctionName } from '../shared/hierarchy.ts';
import { type CallerBuffer, type Filled, fillOrReturn } from './callerBuffer.ts';
import type { Engine } from './engine.ts';
import { parseHttpDate } from './httpDate.ts';
import { type SYSTEMTIME, systemTimeText } from './systemTime.ts';
import { CallFailure } from './winInetError.ts';

/** The functions of one engine that write and read times as HTTP does. They use no handle. */
export function timeFunctions(engine: Engine) {
  return {
    /**
     * Writes a time as HTTP does: `Sun, 06 Nov 1994 08:49:37 GMT`.
     * @param pst a Date, or a SYSTEMTIME record in UTC, whose day of the week is written as it is
     * @param dwRFC INTERNET_RFC1123_FORMAT
     * @param lpszTime filled instead, with the text's length as the result; it needs INTERNET_RFC1123_BUFSIZE bytes
     * Errors: ERROR_INVALID_PARAMETER, ERROR_INSUFFICIENT_BUFFER.
     */
    InternetTimeFromSystemTime<Buffer extends CallerBuffer = null>(
      pst: Date | SYSTEMTIME,
      dwRFC: number = constants.INTERNET_RFC1123_FORMAT,
      lpszTime: Buffer | null = null,
    ): Promise<Filled<Buffer, string>> {
      return engine.free('InternetTimeFromSystemTime', [pst, dwRFC, lpszTime], () => {
        if (dwRFC !== constants.INTERNET_RFC1123_FORMAT) {
          throw new CallFailure('ERROR_INVALID_PARAMETER', 'Pass INTERNET_RFC1123_FORMAT as dwRFC.');
        }
        return fillOrReturn(lpszTime, pst instanceof Date ? pst.toUTCString() : systemTimeText(pst));
      });
    },

    /**
     * Reads a time as HTTP writes it, in any of its forms and with other separators or none of GMT.
     * @param dwReserved 0
     * Errors: ERROR_INVALID_PARAMETER, also where there is no time: the original would tell the current one.
     */
    InternetTimeToSystemTime(lpszTime: string, dwReserved = 0): Promise<Date> {
      return engine.free('InternetTimeToSystemTime', [lpszTime, dwReserved], () => {
        if (dwReserved !== 0) throw new CallFailure('ERROR_INVALID_PARAMETER', 'Pass 0 as dwReserved.');
        const time = lpszTime === null ? undefined : (parseHttpDate(lpszTime) ?? parseLoosely(lpszTime));
        if (time !== undefined) return time;
        throw new CallFailure('ERROR_INVALID_PARAMETER', 'Pass a time as "Sun, 06 Nov 1994 08:49:37 GMT".');
      });
    },
  } satisfies Partial<Record<FunctionName, unknown>>;
}

const LOOSE =
  /^[^a-z]*[a-z]{3,9}[^a-z\d]*(?<day>\d{1,2})[^a-z\d]*(?<month>[a-z]{3})\D*(?<year>\d{4}|\d{2})\D+(?<hour>\d{1,2})\D+(?<minute>\d{1,2})\D+(?<second>\d{1,2})/i;

/** Only the order of the fields counts, as in the original: ` fri 7 jan 2005 12 06 35` is a time. */
function parseLoosely(text: string): Date | undefined {
  const found = LOOSE.exec(text)?.groups;
  if (found === undefined) return undefined;
  const { day, month, year, hour, minute = '', second = '' } = found;
  return parseHttpDate(`${day} ${month} ${year} ${hour}:${minute.padStart(2, '0')}:${second.padStart(2, '0')}`);
}
