/** A time in UTC, as the original has it. */
export interface SYSTEMTIME {
  readonly wYear: number;
  /** From 1. */
  readonly wMonth: number;
  /** From 0, which is Sunday. */
  readonly wDayOfWeek: number;
  readonly wDay: number;
  readonly wHour: number;
  readonly wMinute: number;
  readonly wSecond: number;
  readonly wMilliseconds: number;
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** Is it a SYSTEMTIME from 1601 to 9999, as HTTP can write one? Its day of the week need not be that of its date. */
export function isSystemTime(value: unknown): value is SYSTEMTIME {
  if (typeof value !== 'object' || value === null) return false;
  const record: Partial<Record<keyof SYSTEMTIME, unknown>> = value;
  const within = (name: keyof SYSTEMTIME, least: number, most: number) => {
    const word = record[name];
    return typeof word === 'number' && Number.isInteger(word) && word >= least && word <= most;
  };
  return (
    within('wYear', 1601, 9999) &&
    within('wMonth', 1, 12) &&
    within('wDayOfWeek', 0, 6) &&
    within('wDay', 1, 31) &&
    within('wHour', 0, 23) &&
    within('wMinute', 0, 59) &&
    within('wSecond', 0, 59) &&
    within('wMilliseconds', 0, 999) &&
    // A day that the month does not have would move on to the next one.
    dateOf(value as SYSTEMTIME).getUTCDate() === record.wDay
  );
}

/** A time as HTTP writes it. The day of the week is the record's own, as in the original. */
export function systemTimeText(time: SYSTEMTIME): string {
  return `${DAYS[time.wDayOfWeek]}${dateOf(time).toUTCString().slice(3)}`;
}

function dateOf({ wYear, wMonth, wDay, wHour, wMinute, wSecond, wMilliseconds }: SYSTEMTIME): Date {
  return new Date(Date.UTC(wYear, wMonth - 1, wDay, wHour, wMinute, wSecond, wMilliseconds));
}

/** A time as the eight words of SYSTEMTIME, in UTC. */
export function systemTimeBytes(time: Date): Uint8Array {
  const words = [
    time.getUTCFullYear(),
    time.getUTCMonth() + 1,
    time.getUTCDay(),
    time.getUTCDate(),
    time.getUTCHours(),
    time.getUTCMinutes(),
    time.getUTCSeconds(),
    time.getUTCMilliseconds(),
  ];
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  for (const [index, word] of words.entries()) view.setUint16(index * 2, word, true);
  return bytes;
}
