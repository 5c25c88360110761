/** Marks a place that the compiler proves unreachable; throws if data from outside reaches it all the same. */
export function assertNever(value: never): never {
  throw new TypeError(`Unexpected value: ${JSON.stringify(value)}`);
}
