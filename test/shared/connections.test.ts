import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connectionsOf, decodeName, toldConnections } from '../../extension/shared/connections.ts';
import * as c from '../../extension/shared/constants.ts';
import type { RecordedStatus } from '../../extension/shared/handleHistory.ts';
import type { Entry } from '../../extension/shared/journal.ts';
import { recordJournal } from './recordedJournal.ts';

test('connectionsOf gathers the uses of a connection over a redirect, and tells what was opened for it', async (t) => {
  const { journal } = await recordJournal(t);
  const { entries, tree } = journal;
  const redirected = [...tree.nodes.values()].find(({ target }) => target.includes('/redirect/'));
  assert.ok(redirected !== undefined);
  const [connection, ...more] = connectionsOf(redirected, entries, tree.seq);
  assert.equal(more.length, 0, 'a redirect to the same server goes over the same connection');
  assert.equal(connection?.firstUse, 1);
  assert.ok((connection?.uses ?? 0) >= 2);
  const posted = [...tree.nodes.values()].find(({ target }) => target.includes('/echo'));
  assert.ok(posted !== undefined);
  const [kept] = connectionsOf(posted, entries, tree.seq);
  assert.equal(kept?.firstUse, (connection?.uses ?? 0) + 1);
  assert.equal(kept?.last.openedFor, redirected.serial);
  assert.deepEqual(connectionsOf(posted, entries, posted.openedAt > 0 ? 1 : 0), [], 'later entries have not happened');
});

test('connectionsOf gives an FTP file the data connection of its call and the control connection of its session', () => {
  const socket = { local: { address: '127.0.0.1', port: 1 }, peer: { address: '127.0.0.1', port: 2 }, use: 1 };
  const own = { ...socket, type: 'connection', serial: 2, openedFor: 2 } as const;
  const entries: readonly Entry[] = [
    { ...own, call: 2, connection: 1, purpose: 'ftp-control', seq: 1, t: 1 },
    { ...own, call: 3, connection: 2, purpose: 'ftp-passive', seq: 2, t: 2 },
    { ...own, call: 5, connection: 3, purpose: 'ftp-passive', seq: 3, t: 3 },
  ];
  const file = { serial: 3, parent: 2, call: 5 } as Parameters<typeof connectionsOf>[0];
  const numbers = (node: typeof file): number[] => connectionsOf(node, entries, 9).map(({ last }) => last.connection);
  assert.deepEqual(numbers(file), [1, 3]);
  assert.deepEqual(numbers({ ...file, serial: 2, parent: 1, call: 2 }), [1, 2, 3]);
});

test('connectionsOf tells when the handle heard that its connection is closed, until it has another', () => {
  const socket = { local: { address: '127.0.0.1', port: 1 }, peer: { address: '127.0.0.1', port: 2 }, use: 1 };
  const own = { ...socket, type: 'connection', serial: 3, openedFor: 3, call: 5, purpose: 'http' } as const;
  const told = { type: 'status', serial: 3, context: 1, information: null } as const;
  const entries: readonly Entry[] = [
    { ...own, connection: 1, seq: 1, t: 1 },
    { ...told, code: c.INTERNET_STATUS_CLOSING_CONNECTION, seq: 2, t: 2 },
    { ...told, serial: 4, code: c.INTERNET_STATUS_CONNECTION_CLOSED, seq: 3, t: 3 },
    { ...told, code: c.INTERNET_STATUS_CONNECTION_CLOSED, seq: 4, t: 4 },
    { ...own, connection: 2, seq: 5, t: 5 },
  ];
  const request = { serial: 3, parent: 2, call: 5 } as Parameters<typeof connectionsOf>[0];
  const closed = (seq: number) => connectionsOf(request, entries, seq).map((one) => [one.last.connection, one.closed]);
  assert.deepEqual(closed(3), [[1, null]]);
  assert.deepEqual(closed(5), [
    [1, 4],
    [2, null],
  ]);
});

test('toldConnections reads from status callbacks alone which request had a new connection', () => {
  const status = (code: number, information: string | null = null): RecordedStatus => ({
    ...{ type: 'status', serial: 1, code, context: 1, information, seq: 1, t: 1 },
  });
  const statuses = [
    status(c.INTERNET_STATUS_CONNECTING_TO_SERVER, '127.0.0.1'),
    status(c.INTERNET_STATUS_CONNECTED_TO_SERVER, '127.0.0.1'),
    status(c.INTERNET_STATUS_SENDING_REQUEST),
    status(c.INTERNET_STATUS_SENDING_REQUEST),
  ];
  assert.deepEqual(toldConnections(statuses), [
    { kept: false, address: '127.0.0.1' },
    { kept: true, address: '127.0.0.1' },
  ]);
  assert.deepEqual(toldConnections([status(c.INTERNET_STATUS_SENDING_REQUEST)]), [{ kept: true, address: null }]);
});

test('decodeName shows the common name and explains with the whole one, whatever a certificate says', () => {
  assert.deepEqual(decodeName('C=DE\nCN=example.org'), { text: 'example.org', explanation: 'C=DE, CN=example.org' });
  assert.deepEqual(decodeName('CN=a\u202e'), { text: 'a\\u{202e}', explanation: '' });
});
