import type { Decoded } from './codes/decoded.ts';
import {
  INTERNET_STATUS_CONNECTED_TO_SERVER,
  INTERNET_STATUS_CONNECTING_TO_SERVER,
  INTERNET_STATUS_CONNECTION_CLOSED,
  INTERNET_STATUS_SENDING_REQUEST,
} from './constants.ts';
import { printable } from './format.ts';
import type { RecordedStatus } from './handleHistory.ts';
import type { ConnectionPurpose, ConnectionUse, Entry } from './journal.ts';
import type { HandleNode } from './model.ts';

/** The connections over which the work of a handle went. */

/** A connection of a handle: what its socket told, and how often this handle has used it. */
export interface HandleConnection {
  /** The newest use. */
  readonly last: ConnectionUse;
  /** The first use by this handle: 1 where it was opened for it, more where it was kept alive. */
  readonly firstUse: number;
  /** How many uses of it are this handle's. */
  readonly uses: number;
  /** When the handle was told that its connection is closed, in microseconds of the journal; null before. */
  readonly closed: number | null;
}

/**
 * The connections of a handle up to an entry, in the order of their first use: its own, those of the call that made it, as the
 * data connection of an FTP file, and the control connection of the FTP session above it.
 */
export function connectionsOf(node: HandleNode, entries: readonly Entry[], seq: number): readonly HandleConnection[] {
  const found = new Map<number, HandleConnection>();
  /** The one that was used last: of it the statuses tell, which name none. Of data connections of FTP there are none. */
  let newest: number | null = null;
  for (const entry of entries) {
    if (entry.seq > seq) break;
    const told = newest === null ? undefined : found.get(newest);
    if (newest !== null && told !== undefined && isEnd(entry, node)) found.set(newest, { ...told, closed: entry.t });
    if (entry.type !== 'connection' || !isOf(entry, node)) continue;
    const before = found.get(entry.connection);
    found.set(entry.connection, {
      last: entry,
      firstUse: before?.firstUse ?? entry.use,
      uses: (before?.uses ?? 0) + 1,
      closed: null,
    });
    if (!isData(entry)) newest = entry.connection;
  }
  return [...found.values()];
}

function isData({ purpose }: ConnectionUse): boolean {
  return purpose === 'ftp-passive' || purpose === 'ftp-active';
}

function isEnd(entry: Entry, { serial }: HandleNode): boolean {
  return entry.type === 'status' && entry.serial === serial && entry.code === INTERNET_STATUS_CONNECTION_CLOSED;
}

function isOf({ serial, call, purpose }: ConnectionUse, node: HandleNode): boolean {
  if (serial === node.serial || call === node.call) return true;
  return serial === node.parent && purpose === 'ftp-control';
}

/** A connection of which only status callbacks tell: a journal from before sockets were asked, or of native WinINet. */
export interface ToldConnection {
  readonly kept: boolean;
  /** Null where the journal does not know it. */
  readonly address: string | null;
}

/** What the status callbacks of a handle tell of its connections: one for each request. */
export function toldConnections(statuses: readonly RecordedStatus[]): readonly ToldConnection[] {
  const told: ToldConnection[] = [];
  let address: string | null = null;
  let opened = false;
  for (const { code, information } of statuses) {
    if (code === INTERNET_STATUS_CONNECTING_TO_SERVER || code === INTERNET_STATUS_CONNECTED_TO_SERVER) {
      address = typeof information === 'string' ? information : null;
      opened = code === INTERNET_STATUS_CONNECTED_TO_SERVER;
    } else if (code === INTERNET_STATUS_SENDING_REQUEST) {
      told.push({ kept: !opened, address });
      opened = false;
    }
  }
  return told;
}

/** What a connection carries, in words. */
export const CONNECTION_PURPOSES: Readonly<Record<ConnectionPurpose, Decoded>> = {
  http: {
    text: 'HTTP',
    explanation: 'Requests and their answers, one after the other; it may be kept alive for others.',
  },
  gopher: { text: 'Gopher', explanation: 'One request and its answer: Gopher opens a connection for each.' },
  'ftp-control': {
    text: 'FTP control',
    explanation: 'Commands and replies. Data have connections of their own.',
  },
  'ftp-passive': {
    text: 'FTP data, passive',
    explanation:
      'INTERNET_FLAG_PASSIVE: the server has opened a port and told it (227, 229), and this side connected to it.',
  },
  'ftp-active': {
    text: 'FTP data, active',
    explanation:
      'Without INTERNET_FLAG_PASSIVE: this side has opened a port and told it (PORT, EPRT), and the server connected to it.',
  },
};

/** Certificates name their owner in parts, one a line: the most telling of them, and all. */
export function decodeName(name: string): Decoded {
  const parts = name.split('\n').filter((part) => part !== '');
  const common = parts.find((part) => part.startsWith('CN=')) ?? parts[0] ?? '';
  const whole = parts.length > 1 ? parts.join(', ') : '';
  return { text: printable(common.replace(/^CN=/, '')), explanation: printable(whole, 1000) };
}
