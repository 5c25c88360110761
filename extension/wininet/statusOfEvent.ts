import * as constants from '../shared/constants.ts';
import type { DriverEvent } from './ports/driver.ts';

/** A driver's event as a status callback reports it. */
export interface StatusOfEvent {
  readonly code: number;
  readonly information: string | number | null;
  /** It belongs to the making of a connection. */
  readonly whileConnecting: boolean;
}

/** The status that a driver's event stands for. Payloads as recorded from a real WinINet. */
export function statusOfEvent(
  event: Exclude<DriverEvent, { readonly type: 'wire' | 'reply' | 'waiting' | 'connection' }>,
): StatusOfEvent {
  switch (event.type) {
    case 'resolving':
      return { code: constants.INTERNET_STATUS_RESOLVING_NAME, information: event.host, whileConnecting: true };
    case 'resolved':
      return { code: constants.INTERNET_STATUS_NAME_RESOLVED, information: event.address, whileConnecting: true };
    case 'connecting':
      return {
        code: constants.INTERNET_STATUS_CONNECTING_TO_SERVER,
        information: event.address,
        whileConnecting: true,
      };
    case 'connected':
      return { code: constants.INTERNET_STATUS_CONNECTED_TO_SERVER, information: event.address, whileConnecting: true };
    case 'sending':
      return { code: constants.INTERNET_STATUS_SENDING_REQUEST, information: null, whileConnecting: false };
    case 'sent':
      return { code: constants.INTERNET_STATUS_REQUEST_SENT, information: event.bytes, whileConnecting: false };
    case 'receiving':
      return { code: constants.INTERNET_STATUS_RECEIVING_RESPONSE, information: null, whileConnecting: false };
    case 'received':
      return { code: constants.INTERNET_STATUS_RESPONSE_RECEIVED, information: event.bytes, whileConnecting: false };
    case 'intermediate':
      return {
        code: constants.INTERNET_STATUS_INTERMEDIATE_RESPONSE,
        information: event.status,
        whileConnecting: false,
      };
    case 'closing':
      return { code: constants.INTERNET_STATUS_CLOSING_CONNECTION, information: null, whileConnecting: false };
    case 'closed':
      return { code: constants.INTERNET_STATUS_CONNECTION_CLOSED, information: null, whileConnecting: false };
  }
}
