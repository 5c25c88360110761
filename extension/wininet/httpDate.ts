/**
 * A time as HTTP writes it (RFC 9110, section 5.6.7): `Sun, 06 Nov 1994 08:49:37 GMT`, the older `Sunday, 06-Nov-94 08:49:37 GMT`,
 * and the form of C's asctime, `Sun Nov  6 08:49:37 1994`. All of them mean Greenwich. Undefined for anything else: the
 * language's own parser would guess, and takes the last form for local time.
 */
export function parseHttpDate(text: string): Date | undefined {
  const found = (DATED.exec(text.trim()) ?? ASCTIME.exec(text.trim()))?.groups;
  if (found === undefined) return undefined;
  const month = MONTHS.indexOf((found.month ?? '').toLowerCase());
  const [day, hour, minute, second] = [found.day, found.hour, found.minute, found.second].map(Number);
  const time = new Date(Date.UTC(fullYear(found.year ?? ''), month, day, hour, minute, second));
  // Fields out of range would move on to the next day or month.
  return month !== -1 && time.getUTCDate() === day && time.getUTCHours() === hour ? time : undefined;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const CLOCK = '(?<hour>\\d{1,2}):(?<minute>\\d{2}):(?<second>[0-5]\\d|60)';
const DATED = new RegExp(
  `^(?:[a-z]{3,9}, *)?(?<day>\\d{1,2})[ -](?<month>[a-z]{3})[ -](?<year>\\d{4}|\\d{2}) +${CLOCK}(?: +(?:GMT|UTC))?$`,
  'i',
);
const ASCTIME = new RegExp(`^[a-z]{3} (?<month>[a-z]{3}) +(?<day>\\d{1,2}) ${CLOCK} (?<year>\\d{4})$`, 'i');

/** Two digits up to 69 belong to this century, as RFC 6265 has it for cookies. */
function fullYear(digits: string): number {
  if (digits.length === 4) return Number(digits);
  const year = Number(digits);
  return year < 70 ? 2000 + year : 1900 + year;
}
