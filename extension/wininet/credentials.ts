import { INTERNET_OPTION_PROXY_USERNAME, INTERNET_OPTION_USERNAME } from '../shared/constants.ts';
import { optionRow, ownerOf } from '../shared/optionTable.ts';
import type { AuthenticationSide } from './authentication.ts';
import type { Credentials } from './basicAuthentication.ts';
import type { HandleRecord } from './handleStore.ts';

type RequestRecord = HandleRecord<'http-request'>;

/** The options that hold name and password for a side, and of which handle they are. */
const CREDENTIAL_OPTIONS = {
  server: { user: 'userName', password: 'password', row: optionRow(INTERNET_OPTION_USERNAME) },
  proxy: { user: 'proxyUserName', password: 'proxyPassword', row: optionRow(INTERNET_OPTION_PROXY_USERNAME) },
} as const;

/** Name and password that the program has given for a side, at whatever time; null for none. */
export function credentialsGiven(record: RequestRecord, side: AuthenticationSide): Credentials | null {
  const { options } = sharing(record, side);
  const keys = CREDENTIAL_OPTIONS[side];
  const user = options[keys.user];
  // As in a real WinINet, an empty name is none.
  return user ? { user, password: options[keys.password] ?? '' } : null;
}

/** Gives name and password as INTERNET_OPTION_USERNAME and its like do. */
export function giveCredentials(record: RequestRecord, side: AuthenticationSide, given: Credentials): void {
  const owner = sharing(record, side);
  const keys = CREDENTIAL_OPTIONS[side];
  owner.options = { ...owner.options, [keys.user]: given.user, [keys.password]: given.password };
}

function sharing(record: HandleRecord, side: AuthenticationSide): HandleRecord {
  const { row } = CREDENTIAL_OPTIONS[side];
  return row === undefined ? record : ownerOf(row, record, ({ parent }) => parent);
}
