import * as constants from './constants.ts';

/** The name of a constant by its prefix and value, as `INTERNET_STATUS_` and 10; the shortest where several share a value. */
export function constantName(prefix: string, value: number): string | undefined {
  return names(prefix).get(value);
}

const VALUES: ReadonlyMap<string, unknown> = new Map(Object.entries(constants));

/** The value of a constant by its name, aliases included. */
export function constantValue<Name extends keyof typeof constants>(name: Name): (typeof constants)[Name] {
  return VALUES.get(name) as (typeof constants)[Name];
}

const byPrefix = new Map<string, ReadonlyMap<number, string>>();

function names(prefix: string): ReadonlyMap<number, string> {
  const known = byPrefix.get(prefix);
  if (known !== undefined) return known;
  const found = new Map<number, string>();
  for (const [name, value] of Object.entries(constants)) {
    if (!name.startsWith(prefix) || typeof value !== 'number') continue;
    const known = found.get(value);
    // An alias is longer than the name that the pages use: RECEIVE_TIMEOUT, CONTROL_RECEIVE_TIMEOUT.
    if (known === undefined || name.length < known.length) found.set(value, name);
  }
  byPrefix.set(prefix, found);
  return found;
}
