import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';

/** A running server that this project did not write, on loopback, with a scratch folder of its own. */
export interface Peer {
  readonly name: string;
  /** The version as the server itself reports it, for example `1.22.1`. */
  readonly version: string;
  readonly urls: Readonly<Record<string, string>>;
  /** Ends the server with all its processes and removes its folder; calling it again is harmless. */
  stop(): Promise<void>;
}

/** Why a peer cannot be started on this machine, for example `nginx is not installed`. */
export interface AbsentPeer {
  readonly absent: string;
}

/** A user name and a password that a peer accepts. */
export interface Account {
  readonly user: string;
  readonly password: string;
}

/**
 * Starts a peer, hands it to `use` and stops it whatever happens. On a machine without that server the test is skipped
 * with the reason, unless `HINTERNET_PEERS=required` is set (as CI does): then it fails.
 */
export async function withPeer<P extends Peer>(
  t: TestContext,
  start: () => Promise<P | AbsentPeer>,
  use: (peer: P) => Promise<void>,
): Promise<void> {
  const peer = await start();
  if ('absent' in peer) {
    assert.notEqual(process.env.HINTERNET_PEERS, 'required', peer.absent);
    t.skip(peer.absent);
    return;
  }
  t.diagnostic(`${peer.name} ${peer.version}`);
  try {
    await use(peer);
  } finally {
    await peer.stop();
  }
}
