/** Comparisons with a time or a number of bytes, as `>10s` and `<=1.5M`. */

/** Is a number what the comparison asks for? */
export type Comparison = (amount: number) => boolean;

/** Microseconds in each unit of time. */
const TIME_UNITS: Readonly<Record<string, number>> = {
  us: 1,
  µs: 1,
  ms: 1000,
  s: 1_000_000,
  m: 60_000_000,
  min: 60_000_000,
  h: 3_600_000_000,
  d: 86_400_000_000,
};

/** A comparison of microseconds; seconds where no unit is given. Undefined where the text is none. */
export function timeComparison(text: string): Comparison | undefined {
  return comparison(text, (unit) => TIME_UNITS[unit === '' ? 's' : unit]);
}

/** A comparison of bytes; units are binary, with or without B and iB. Undefined where the text is none. */
export function bytesComparison(text: string): Comparison | undefined {
  return comparison(text, (unit) => {
    const power = ['', 'k', 'm', 'g', 't'].indexOf(unit.replace(/(?:i?b|bytes?)$/, ''));
    return power === -1 ? undefined : 1024 ** power;
  });
}

const AMOUNT = /^(>=|<=|>|<|=)?(\d+(?:\.\d+)?)([a-zµ]*)$/;

function comparison(text: string, unitSize: (unit: string) => number | undefined): Comparison | undefined {
  const [, sign = '>=', digits = '', unit = ''] = AMOUNT.exec(text.toLowerCase()) ?? [];
  const size = unitSize(unit);
  if (digits === '' || size === undefined) return undefined;
  const limit = Number(digits) * size;
  return SIGNS[sign]?.(limit);
}

const SIGNS: Readonly<Record<string, (limit: number) => Comparison>> = {
  '>': (limit) => (amount) => amount > limit,
  '>=': (limit) => (amount) => amount >= limit,
  '<': (limit) => (amount) => amount < limit,
  '<=': (limit) => (amount) => amount <= limit,
  '=': (limit) => (amount) => amount === limit,
};
