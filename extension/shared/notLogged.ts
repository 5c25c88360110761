/**
 * What stands for an argument that a foreign log does not tell: it may have been anything. As the result of a call: nothing tells that
 * it has succeeded, or, of one with an error, why it failed.
 */
export const NOT_LOGGED = 'not logged';

/** What stands for the rest of a text of which a foreign log tells only the beginning. */
const REST_NOT_LOGGED = '… (not logged)';

/** A text as far as a foreign log tells it. */
export function cutByLog(beginning: string): string {
  return `${beginning}${REST_NOT_LOGGED}`;
}

/** The beginning of a text whose rest a foreign log does not tell; null where it tells it whole. */
export function loggedBeginning(text: string): string | null {
  return text.endsWith(REST_NOT_LOGGED) ? text.slice(0, -REST_NOT_LOGGED.length) : null;
}
