import { INTERNET_DEFAULT_GOPHER_PORT } from '../shared/constants.ts';

/** The phone book's port (CSO name server). */
const CSO_PORT = 105;
const FIRST_FREE_PORT = 1024;

/** What to say where a port is refused. */
export const GOPHER_PORT_ADVICE = 'Gopher leads to ports 70, 105 and those from 1024 on only.';

/**
 * Whether Gopher may use a port. InternetOpenUrl page: addresses with a port below 1024 are blocked but for 70 and 105, because a
 * selector can be made to say anything to the servers there. The page speaks of addresses; the locators of a menu come from
 * strangers just as they do, and a session is where both lead, so the rule holds for them too.
 */
export function isGopherPort(port: number): boolean {
  return port >= FIRST_FREE_PORT || port === INTERNET_DEFAULT_GOPHER_PORT || port === CSO_PORT;
}
