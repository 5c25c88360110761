import type { DriverFailure, DriverObserver } from '../wininet/ports/driver.ts';

/** What a body can ask of its connection. */
export interface HttpFlow {
  pause(): void;
  resume(): void;
  /** Ends the connection; resolves when it is closed. */
  abandon(failure: DriverFailure): Promise<void>;
  /**
   * The caller has no more interest, but the connection may live if the rest comes soon.
   * @param awaited somebody waits for that, and may still give it up
   */
  drain(awaited: boolean): void;
  /** The answer says that its connection ends with it: reading its rest away would keep nothing. */
  readonly endsConnection: boolean;
  /** Its connection may serve somebody else, also while the handle of this body is open. */
  yield(): void;
  /** A reader begins to wait. */
  await(): void;
  /** No reader waits any more. */
  awaited(): void;
  /** The server, as `host:port`. */
  readonly peer: string;
  /** Told when a reader begins to take from the connection, how many bytes came, 0 at its end, and that it is closed. */
  readonly observer: DriverObserver;
}
